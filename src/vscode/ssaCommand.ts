import * as vscode from 'vscode';
import { compiledWithin, declaredAround } from '../core/ssa/declaredFunctions.js';
import type { CompiledFunction } from '../core/ssa/compile/assembly.js';
import type { CompileProblem } from '../core/ssa/compile/problems.js';
import { packageOfFile } from '../core/ssa/packageOfFile.js';
import type { SsaResult } from '../core/ssa/ssa.js';
import { pageFileName } from '../core/ssa/view/exportedPage.js';
import { choiceKey, choiceName } from '../core/target/targetChoice.js';
import type { Session } from './session.js';
import { askWhereToSave } from './ssaExport.js';
import { pickFunction, type SsaAbout, type SsaViews } from './ssaView.js';
import { pickTarget } from './targetPicker.js';

/** A line of a file, from 1: where a lens stands. */
export interface FunctionRow {
  readonly file: string;
  readonly line: number;
}

export function functionRow(row: unknown): FunctionRow | undefined {
  const { file, line } = (row ?? {}) as Partial<Record<keyof FunctionRow, unknown>>;
  return typeof file === 'string' && typeof line === 'number' ? { file, line } : undefined;
}

/** Opens the view of the function that a line belongs to: the lens's, else the cursor's. */
export async function showSsa(
  session: Session,
  views: SsaViews,
  row: FunctionRow | undefined,
): Promise<void> {
  const about = await chooseFunction(session, views, row);
  if (about !== undefined) views.open(about);
}

/** Saves the compiler's own page of the function that the cursor is in: what GOSSAFUNC writes, as it is. */
export async function saveCompilerPage(
  session: Session,
  views: SsaViews,
  row: FunctionRow | undefined,
): Promise<void> {
  const about = await chooseFunction(session, views, row);
  if (about === undefined) return;
  const proposed = pageFileName(about.name, about.target).replace(/\.html$/, '.ssa.html');
  const uri = await askWhereToSave("Save the compiler's own ssa.html", proposed);
  if (uri === undefined) return;
  const result = await withCompiler(about.name, (signal) => views.compile(about, signal, uri.fsPath));
  switch (result.kind) {
    case 'cancelled':
      return;
    case 'failed':
      throw firstError(result.problems);
    case 'no-function':
      throw new Error(`The compiler made no code of its own for ${about.name}: it is not used, or inlined.`);
    case 'dumped':
      break;
  }
  const open = 'Open in browser';
  const chosen = await vscode.window.showInformationMessage(
    `Saved the compiler's page of ${about.name} as ${vscode.workspace.asRelativePath(uri)}.`,
    open,
  );
  if (chosen === open) await vscode.env.openExternal(uri);
}

/** The function that a line belongs to, as the compiler names it; a person decides where it made several of it. */
async function chooseFunction(
  session: Session,
  views: SsaViews,
  row: FunctionRow | undefined,
): Promise<SsaAbout | undefined> {
  const at = row ?? cursorRow();
  if (at === undefined) throw new Error('Open a Go file, and put the cursor into a function.');
  const choice = session.active ?? (await pickTarget(session, 'Target to compile for'));
  if (choice === undefined) return undefined;
  const document = await vscode.workspace.openTextDocument(at.file);
  const found = declaredAround(document.getText(), at.line);
  if (found === undefined) throw new Error('Put the cursor into a function.');
  const about = { ...(await packageOf(session, at.file)), target: choiceKey(choice) };

  const { declared, inner } = found;
  // A lens is about the whole function, a cursor about the innermost that it is in.
  const range = row === undefined ? inner : declared;
  if (declared.name !== undefined && range.start === declared.start) return { ...about, name: declared.name };
  const title = `${declared.label} for ${choiceName(choice)}`;
  const functions = await listFunctions(views, { ...about, name: '-' }, title);
  if (functions === undefined) return undefined;
  const within = compiledWithin(functions, at.file, range);
  const beginning = within.filter((it) => it.place?.line === range.start);
  const offered = beginning.length > 0 ? beginning : within;
  if (offered.length === 0)
    throw new Error(
      `The compiler made no code of its own for ${declared.label}: it is not used, or inlined.`,
    );
  const [first] = offered;
  const name =
    first !== undefined && offered.length === 1
      ? first.name
      : await pickFunction(offered, `Which ${declared.label}?`);
  return name === undefined ? undefined : { ...about, name };
}

function cursorRow(): FunctionRow | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'go' || editor.document.uri.scheme !== 'file') return undefined;
  return { file: editor.document.uri.fsPath, line: editor.selection.active.line + 1 };
}

async function packageOf(
  session: Session,
  file: string,
): Promise<Pick<SsaAbout, 'directory' | 'moduleDirectory' | 'test'>> {
  const { files, host } = await session.engine();
  const folders = (vscode.workspace.workspaceFolders ?? []).map((it) => it.uri.fsPath);
  const modules = (session.lastDiscovery?.packages ?? []).map((it) => it.moduleDirectory);
  return packageOfFile({ files, host }, file, { folders, modules });
}

/** What the compiler made of a package; undefined when it was cancelled. Throws its first error. */
async function listFunctions(
  views: SsaViews,
  about: SsaAbout,
  title: string,
): Promise<readonly CompiledFunction[] | undefined> {
  const result = await withCompiler(title, (signal) => views.compile(about, signal));
  switch (result.kind) {
    case 'cancelled':
      return undefined;
    case 'failed':
      throw firstError(result.problems);
    case 'dumped':
    case 'no-function':
      return result.functions;
  }
}

/** Shows that the compiler runs, and lets a person end it. */
function withCompiler(title: string, work: (signal: AbortSignal) => Promise<SsaResult>): Thenable<SsaResult> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      progress.report({ message: 'compiling the package' });
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      return work(controller.signal);
    },
  );
}

function firstError(problems: readonly CompileProblem[]): Error {
  return new Error(problems[0]?.message ?? 'The package does not compile.');
}
