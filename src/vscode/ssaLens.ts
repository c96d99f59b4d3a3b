import * as vscode from 'vscode';
import { declaredFunctions } from '../core/ssa/declaredFunctions.js';
import { choiceKey, choiceName } from '../core/target/targetChoice.js';
import { commands, settingsSection } from './contributions.js';
import type { Session } from './session.js';
import type { FunctionRow } from './ssaCommand.js';

const setting = 'ssa.codeLens';

/** Offers above each function of a Go file to show what the compiler makes of it for the active target. */
export function registerSsaLens(session: Session): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let shown = '';
  const whenTargetChanged = (): void => {
    const target = session.active === undefined ? '' : choiceKey(session.active);
    if (target === shown) return;
    shown = target;
    changed.fire();
  };
  whenTargetChanged();
  return vscode.Disposable.from(
    changed,
    session.onDidChange(whenTargetChanged),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.${setting}`)) changed.fire();
    }),
    vscode.languages.registerCodeLensProvider(
      { language: 'go', scheme: 'file' },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses(document) {
          const { uri } = document;
          const { active } = session;
          const wanted = vscode.workspace.getConfiguration(settingsSection, uri).get<boolean>(setting, true);
          if (active === undefined || !wanted || !vscode.workspace.isTrusted) return [];
          return declaredFunctions(document.getText()).map(({ start, label }) => {
            const row: FunctionRow = { file: uri.fsPath, line: start };
            return new vscode.CodeLens(new vscode.Range(start - 1, 0, start - 1, 0), {
              title: `SSA · ${choiceName(active)}`,
              tooltip: `Show what the compiler makes of ${label}, pass by pass`,
              command: commands.showSsa,
              arguments: [row],
            });
          });
        },
      },
    ),
  );
}
