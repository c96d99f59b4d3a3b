import * as vscode from 'vscode';
import type { CompiledFunction } from '../core/ssa/compile/assembly.js';
import type { SsaPackage, SsaResult } from '../core/ssa/ssa.js';
import { documentOf } from '../core/ssa/view/exportedPage.js';
import { packDocument } from '../core/ssa/view/packDocument.js';
import type { PackedDocument } from '../core/ssa/view/ssaDocument.js';
import type { SourcePlace, SsaAnswer, SsaCalls, SsaNews } from '../protocol/ssa.js';
import { choiceKey } from '../core/target/targetChoice.js';
import { webviews } from './contributions.js';
import type { Session } from './session.js';
import { exportPage, readViewFile } from './ssaExport.js';
import { createSsaProblems } from './ssaProblems.js';
import { pickTarget } from './targetPicker.js';
import { registerViews, type Views } from './webviewPanel.js';

/** What a panel is about: a function of a package, for a target. */
export interface SsaAbout extends Pick<SsaPackage, 'directory' | 'moduleDirectory' | 'test'> {
  /** As the compiler names it. */
  readonly name: string;
  /** Any spelling; the active target's when it was opened. */
  readonly target: string;
}

/** The views of functions, and the compiler behind them. */
export interface SsaViews extends Views<SsaAbout> {
  /**
   * Compiles for a function, with what is in the editors; a name that no function has lists the package's functions.
   * The compiler's own page is put at `page`, an absolute path.
   */
  compile(about: SsaAbout, signal: AbortSignal, page?: string): Promise<SsaResult>;
}

export function registerSsaView(
  extension: vscode.Uri,
  session: Session,
  log: vscode.LogOutputChannel,
): SsaViews {
  const problems = createSsaProblems();
  const compile = async (about: SsaAbout, signal: AbortSignal, page?: string): Promise<SsaResult> => {
    const choice = session.choice(about.target);
    if (choice === undefined) throw new Error(`There is no target ${about.target}.`);
    const { crossbow } = await session.engine();
    const { directory, moduleDirectory, test, name } = about;
    const result = await crossbow.ssa(
      {
        target: choice.target,
        directory,
        moduleDirectory,
        name,
        unsaved: unsavedSources(),
        ...(page === undefined ? {} : { page }),
        ...(test === undefined ? {} : { test }),
      },
      { ...session.options(), signal },
    );
    problems.set(result.kind === 'failed' ? result.problems : []);
    return result;
  };

  const views = registerViews<SsaCalls, SsaAbout, SsaNews>(extension, log, {
    type: webviews.ssa,
    bundle: 'ssa',
    beside: true,
    workers: true,
    title: ({ name, target }) => `${name} · ${target}`,
    restore: readAbout,
    connect(about, view) {
      let running: AbortController | undefined;
      let functions: readonly CompiledFunction[] = [];
      let exported: PackedDocument | undefined;
      let revealed: SourcePlace | undefined;
      const subscriptions = vscode.Disposable.from(
        vscode.window.onDidChangeTextEditorSelection(({ kind, textEditor, selections }) => {
          const [selection] = selections;
          const { document } = textEditor;
          if (document.languageId !== 'go' || selection === undefined) return;
          const place = { file: document.uri.fsPath, line: selection.active.line + 1 };
          const byHand =
            kind === vscode.TextEditorSelectionChangeKind.Mouse ||
            kind === vscode.TextEditorSelectionChangeKind.Keyboard;
          // What the view itself revealed must not come back to it as a wish of the person's.
          if (!byHand && place.file === revealed?.file && place.line === revealed.line) return;
          view.tell({ kind: 'cursor', ...place });
        }),
        vscode.workspace.onDidSaveTextDocument(({ uri }) => {
          if (vscode.Uri.joinPath(uri, '..').fsPath === about.directory) view.tell({ kind: 'changed' });
        }),
      );
      view.onDidClose(() => {
        running?.abort();
        subscriptions.dispose();
      });
      return {
        load: async () => {
          running?.abort();
          running = new AbortController();
          const result = await compile(about, running.signal);
          if (result.kind === 'dumped' || result.kind === 'no-function') functions = result.functions;
          const answer = answerOf(result);
          if (answer.kind === 'dumped') exported = answer.document;
          return answer;
        },
        cancel: () => {
          running?.abort();
          return undefined;
        },
        worker: () => readViewFile(extension, 'worker.js'),
        reveal: async ({ file, line, focus }) => {
          revealed = { file, line };
          await revealLine(file, line, focus);
          return undefined;
        },
        open: ({ name }) => {
          views.open({ ...about, name });
          return undefined;
        },
        compare: async ({ target }) => {
          const choice =
            target === undefined
              ? await pickTarget(session, 'Target to compare with')
              : session.choice(target);
          if (choice === undefined) return undefined;
          running?.abort();
          running = new AbortController();
          const other = choiceKey(choice);
          const result = await compile({ ...about, target: other }, running.signal);
          return { target: other, answer: answerOf(result) };
        },
        copy: async ({ text, what }) => {
          await vscode.env.clipboard.writeText(text);
          vscode.window.setStatusBarMessage(`Copied ${what} of ${about.name}`, 3000);
          return undefined;
        },
        openText: async ({ text, language }) => {
          const document = await vscode.workspace.openTextDocument({ content: text, language });
          await vscode.window.showTextDocument(document, { preview: true });
          return undefined;
        },
        export: async () => {
          if (exported !== undefined) await exportPage(extension, about, exported);
          return undefined;
        },
        choose: async () => {
          const name = await pickFunction(functions, 'Function to show');
          if (name !== undefined) views.open({ ...about, name });
          return undefined;
        },
      };
    },
  });
  return {
    ...views,
    compile,
    dispose: () => {
      views.dispose();
      problems.dispose();
    },
  };
}

/** Lets a person choose one of the functions that the compiler made. */
export async function pickFunction(
  functions: readonly CompiledFunction[],
  title: string,
): Promise<string | undefined> {
  const items = functions
    .filter((it) => !it.wrapper)
    .map(({ name, size, place }) => ({
      label: name,
      description: `${size.toLocaleString('en')} bytes`,
      ...(place === undefined
        ? {}
        : { detail: `${vscode.workspace.asRelativePath(place.file)}:${place.line}` }),
    }));
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  return picked?.label;
}

function answerOf(result: SsaResult): SsaAnswer {
  switch (result.kind) {
    case 'dumped':
      return { kind: 'dumped', document: packDocument(documentOf(result)) };
    case 'no-function': {
      const { nearest, inlinedAt } = result;
      return { kind: 'no-function', nearest, inlinedAt };
    }
    case 'failed':
    case 'cancelled':
      return result;
  }
}

/** Go files as they are in the editors, by path. */
function unsavedSources(): ReadonlyMap<string, string> {
  return new Map(
    vscode.workspace.textDocuments
      .filter((it) => it.isDirty && it.languageId === 'go' && it.uri.scheme === 'file')
      .map((it) => [it.uri.fsPath, it.getText()]),
  );
}

/** Puts an editor's cursor on a line: in the editor that shows the file; where none does, only if asked to go there. */
async function revealLine(file: string, line: number, focus: boolean): Promise<void> {
  const uri = vscode.Uri.file(file);
  const shown = vscode.window.visibleTextEditors.find((it) => it.document.uri.fsPath === uri.fsPath);
  if (shown === undefined && !focus) return;
  const position = new vscode.Position(line - 1, 0);
  const editor = await vscode.window.showTextDocument(uri, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Beside,
    preserveFocus: !focus,
    preview: true,
    selection: new vscode.Range(position, position),
  });
  editor.revealRange(
    new vscode.Range(position, position),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

function readAbout(kept: unknown): SsaAbout | undefined {
  const { directory, moduleDirectory, name, target, test } = (kept ?? {}) as Partial<
    Record<keyof SsaAbout, unknown>
  >;
  return typeof directory === 'string' &&
    typeof moduleDirectory === 'string' &&
    typeof name === 'string' &&
    typeof target === 'string'
    ? { directory, moduleDirectory, name, target, ...(test === true ? { test } : {}) }
    : undefined;
}
