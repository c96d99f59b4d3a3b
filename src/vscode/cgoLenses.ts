import * as vscode from 'vscode';
import { exclusionReason } from '../core/diagnosis/resolve/goConstraint.js';
import { scanGoSource } from '../core/diagnosis/resolve/goSource.js';
import { throughText } from '../core/insight/whyCgo/reasonText.js';
import { choiceName } from '../core/target/targetChoice.js';
import { targetId } from '../core/target/target.js';
import { toolchainState } from '../core/toolchain/toolchainState.js';
import { settingsSection, views } from './contributions.js';
import type { Session } from './session.js';
import { readSetting } from './settings.js';
import type { WhyCgoModel } from './whyCgoModel.js';

/** Lines above `import "C"` and a program's `func main` that say what cgo means for the active target. */
export function registerCgoLenses(session: Session, model: WhyCgoModel): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let shown = compilerWords(session);
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) =>
      vscode.workspace.isTrusted && readSetting('cgo.codeLens', true) ? lenses(session, model, document) : [],
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider({ language: 'go', scheme: 'file' }, provider),
    model.onDidChange(() => {
      changed.fire();
    }),
    // A build tells of its progress many times a second: only what a lens says is worth a new one.
    session.onDidChange(() => {
      const words = compilerWords(session);
      if (words === shown) return;
      shown = words;
      changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.cgo.codeLens`)) changed.fire();
    }),
  );
}

function lenses(session: Session, model: WhyCgoModel, document: vscode.TextDocument): vscode.CodeLens[] {
  const text = document.getText();
  const { packageName, imports, head } = scanGoSource(text);
  const words = compilerWords(session);
  const { active } = session;
  if (words === undefined || active === undefined) return [];
  const found: vscode.CodeLens[] = [];
  const place = imports.find((it) => it.path === 'C');
  if (place !== undefined) {
    const tags = session.options().config.defaults.tags ?? [];
    const file = { name: document.uri.path.replace(/^.*\//, ''), head, usesC: true };
    const reason = exclusionReason(file, { target: active.target, cgo: true, tags });
    const title =
      reason === undefined ? `cgo · ${words}` : `cgo · left out for ${choiceName(active)}: ${reason}`;
    found.push(lens(place.line - 1, title));
  }
  const main = packageName === 'main' ? /^func main\(\)/m.exec(text) : null;
  if (main !== null) {
    model.want();
    const through = throughOf(session, model, document.uri);
    if (through !== undefined)
      found.push(lens(document.positionAt(main.index).line, `${through} · ${words}`));
  }
  return found;
}

/** Through how many packages the program in a file's folder needs C; undefined where it needs none, or nobody knows. */
function throughOf(session: Session, { state }: WhyCgoModel, uri: vscode.Uri): string | undefined {
  if (state.kind !== 'answered' || state.answer.kind !== 'known') return undefined;
  const folder = vscode.Uri.joinPath(uri, '..').fsPath;
  const program = session.lastDiscovery?.packages.find((it) => it.directory === folder);
  if (program === undefined) return undefined;
  const { importPath } = program;
  const isThrough = state.answer.packages.some((it) => it.routes.some((route) => route.main === importPath));
  return isThrough ? throughText(state.answer, importPath) : undefined;
}

/** `linux/arm/v7: proven`; undefined without an active target. */
function compilerWords({ active, toolchains }: Session): string | undefined {
  if (active === undefined) return undefined;
  const known = toolchains.known.get(targetId(active.target));
  const report = known?.kind === 'known' ? known.report : known?.previous;
  const state =
    report === undefined ? (known === undefined ? 'not checked' : 'checking') : toolchainState(report);
  return `${choiceName(active)}: ${state}`;
}

function lens(line: number, title: string): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
    title,
    tooltip: 'Show the import chains that bring C in',
    command: `${views.whyCgo}.focus`,
  });
}
