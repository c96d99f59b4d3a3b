import * as vscode from 'vscode';
import { compiledWithin, declaredAround } from '../core/ssa/declaredFunctions.js';
import { packageOfFile } from '../core/ssa/packageOfFile.js';
import { choiceKey, choiceName } from '../core/target/targetChoice.js';
import type { Session } from './session.js';
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
  const at = row ?? cursorRow();
  if (at === undefined) throw new Error('Open a Go file, and put the cursor into a function.');
  const choice = session.active ?? (await pickTarget(session, 'Target to compile for'));
  if (choice === undefined) return;
  const document = await vscode.workspace.openTextDocument(at.file);
  const found = declaredAround(document.getText(), at.line);
  if (found === undefined) throw new Error('Put the cursor into a function.');
  const about = { ...(await packageOf(session, at.file)), target: choiceKey(choice) };

  const { declared, inner } = found;
  // A lens is about the whole function, a cursor about the innermost that it is in.
  const range = row === undefined ? inner : declared;
  if (declared.name !== undefined && range.start === declared.start) {
    views.open({ ...about, name: declared.name });
    return;
  }
  const title = `${declared.label} for ${choiceName(choice)}`;
  const functions = await listFunctions(views, { ...about, name: '-' }, title);
  if (functions === undefined) return;
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
  if (name !== undefined) views.open({ ...about, name });
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
): Promise<
  Extract<Awaited<ReturnType<SsaViews['compile']>>, { kind: 'no-function' }>['functions'] | undefined
> {
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      progress.report({ message: 'compiling the package' });
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      return views.compile(about, controller.signal);
    },
  );
  switch (result.kind) {
    case 'cancelled':
      return undefined;
    case 'failed':
      throw new Error(result.problems[0]?.message ?? 'The package does not compile.');
    case 'dumped':
    case 'no-function':
      return result.functions;
  }
}
