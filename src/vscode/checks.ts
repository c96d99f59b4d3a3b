import * as vscode from 'vscode';
import type { CheckOptions } from '../core/lint/createChecker.js';
import type { CheckFix, CheckProblem } from '../core/lint/lint.js';
import { targetId, type Target } from '../core/target/target.js';
import { changedPart } from '../core/text/changedPart.js';
import { settingsSection } from './contributions.js';
import type { CausePages } from './explainCause.js';
import type { Session } from './session.js';

/** Milliseconds without typing before files are looked at again. */
const pause = 400;

/** Files that a check reads, by name: others change no problem. */
const concerning = /(?:\.go|go\.mod|\.ya?ml|\.env|\.service|\.sh|\.conf|Dockerfile.*|Containerfile.*)$/i;

interface Shown {
  readonly problem: CheckProblem;
  /** The document's version that the problem was found in; absent where it was read from disk. */
  readonly version: number | undefined;
}

/** Problems that files have by themselves, for the active and pinned targets, with quick fixes. */
export function registerChecks(
  session: Session,
  codeOf: CausePages['checkCode'],
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('crossbow-checks');
  const shown = new WeakMap<vscode.Diagnostic, Shown>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  let lastTargets = '';

  const paint = (problems: readonly CheckProblem[], versions: ReadonlyMap<string, number>): void => {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const problem of problems) {
      const diagnostic = toDiagnostic(problem, codeOf);
      shown.set(diagnostic, { problem, version: versions.get(problem.file) });
      byFile.set(problem.file, [...(byFile.get(problem.file) ?? []), diagnostic]);
    }
    collection.clear();
    collection.set([...byFile].map(([file, list]) => [vscode.Uri.file(file), list]));
  };

  const run = async (): Promise<void> => {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    const options = optionsOf(session, controller.signal);
    if (options.targets.length === 0 || options.folders.length === 0) {
      collection.clear();
      return;
    }
    const versions = new Map(openDocuments().map((it) => [it.uri.fsPath, it.version]));
    const { crossbow } = await session.engine();
    const problems = await crossbow.check(options);
    // A later run has more to say than this one.
    if (!controller.signal.aborted) paint(problems, versions);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      run().catch((error: unknown) => {
        log.error(`Checks: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      });
    }, pause);
  };
  const whenItConcerns = (document: vscode.TextDocument): void => {
    if (document.uri.scheme === 'file' && concerning.test(document.fileName)) soon();
  };
  const whenTargetsChanged = (): void => {
    const targets = targetsOf(session).map(targetId).join(' ');
    if (targets === lastTargets) return;
    lastTargets = targets;
    soon();
  };
  const whenIdsConcern = ({ files }: { readonly files: readonly vscode.Uri[] }): void => {
    if (files.some((it) => concerning.test(it.path))) soon();
  };

  whenTargetsChanged();
  return vscode.Disposable.from(
    collection,
    session.onDidChange(whenTargetsChanged),
    vscode.workspace.onDidChangeTextDocument((event) => {
      whenItConcerns(event.document);
    }),
    vscode.workspace.onDidSaveTextDocument(whenItConcerns),
    vscode.workspace.onDidOpenTextDocument(whenItConcerns),
    vscode.workspace.onDidCloseTextDocument(whenItConcerns),
    vscode.workspace.onDidCreateFiles(whenIdsConcern),
    vscode.workspace.onDidDeleteFiles(whenIdsConcern),
    vscode.workspace.onDidGrantWorkspaceTrust(soon),
    vscode.workspace.onDidChangeWorkspaceFolders(soon),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.checks`)) soon();
    }),
    vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, fixesOf(session, shown), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    new vscode.Disposable(() => {
      clearTimeout(timer);
      running?.abort();
    }),
  );
}

/** The light bulb of a check: its fixes, then all of the file's, which are worked out when that one is taken. */
function fixesOf(
  session: Session,
  shown: WeakMap<vscode.Diagnostic, Shown>,
): vscode.CodeActionProvider<FileAction | vscode.CodeAction> {
  return {
    provideCodeActions(document, _range, { diagnostics }) {
      const ours = diagnostics.flatMap((diagnostic) => {
        const found = shown.get(diagnostic);
        // Places move while a person types; the next run is on its way.
        const isStale = found?.version !== undefined && found.version !== document.version;
        return found === undefined || isStale ? [] : [{ diagnostic, fixes: found.problem.fixes }];
      });
      const single = ours.flatMap(({ diagnostic, fixes }) =>
        fixes.map((fix, index) => toAction(diagnostic, fix, index === 0)),
      );
      if (single.length === 0) return [];
      return [
        ...single,
        new FileAction(
          document,
          ours.map((it) => it.diagnostic),
        ),
      ];
    },
    async resolveCodeAction(action) {
      if (!(action instanceof FileAction)) return action;
      const { document } = action;
      const { crossbow } = await session.engine();
      const before = document.getText();
      const options = optionsOf(session);
      const unsaved = new Map([...(options.unsaved ?? []), [document.uri.fsPath, before]]);
      const after = await crossbow.mend(document.uri.fsPath, { ...options, unsaved });
      if (after === undefined) return action;
      const { start, end, text } = changedPart(before, after);
      action.edit = new vscode.WorkspaceEdit();
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      action.edit.replace(document.uri, range, text);
      return action;
    },
  };
}

/** Every fix of a file in one edit. */
class FileAction extends vscode.CodeAction {
  constructor(
    readonly document: vscode.TextDocument,
    diagnostics: vscode.Diagnostic[],
  ) {
    super('Fix all that Crossbow checks in this file', vscode.CodeActionKind.QuickFix);
    this.diagnostics = diagnostics;
  }
}

function toAction(diagnostic: vscode.Diagnostic, fix: CheckFix, isFirst: boolean): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = isFirst;
  action.edit = new vscode.WorkspaceEdit();
  for (const { file, range, text } of fix.edits) {
    action.edit.replace(vscode.Uri.file(file), toRange(range), text);
  }
  return action;
}

function toDiagnostic(problem: CheckProblem, codeOf: CausePages['checkCode']): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    toRange(problem.range),
    `${problem.message} (${problem.targets.join(', ')})`,
    problem.severity === 'warning'
      ? vscode.DiagnosticSeverity.Warning
      : vscode.DiagnosticSeverity.Information,
  );
  diagnostic.source = 'crossbow';
  diagnostic.code = codeOf(problem.check);
  return diagnostic;
}

function toRange({ line, column, endLine, endColumn }: CheckProblem['range']): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

function targetsOf(session: Session): readonly Target[] {
  const { active, pinned } = session.state;
  const all = [...(active === undefined ? [] : [active]), ...pinned].map((it) => it.target);
  return [...new Map(all.map((it) => [targetId(it), it])).values()];
}

function openDocuments(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter((it) => it.uri.scheme === 'file' && !it.isClosed);
}

function optionsOf(session: Session, signal?: AbortSignal): CheckOptions {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(
    (it) =>
      it.uri.scheme === 'file' &&
      vscode.workspace.getConfiguration(settingsSection, it.uri).get('checks.enabled', true),
  );
  const open = openDocuments();
  const { tags } = session.options().config.defaults;
  return {
    folders: folders.map((it) => it.uri.fsPath),
    targets: targetsOf(session),
    ...(tags === undefined ? {} : { tags }),
    unsaved: new Map(open.filter((it) => it.isDirty).map((it) => [it.uri.fsPath, it.getText()])),
    also: open
      .filter((it) => folders.some((folder) => vscode.workspace.getWorkspaceFolder(it.uri) === folder))
      .map((it) => it.uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    ...(signal === undefined ? {} : { signal }),
  };
}
