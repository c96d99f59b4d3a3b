import * as vscode from 'vscode';
import { internalCommands } from './contributions.js';
import type { BuildProblems } from './buildProblems.js';

/** The light bulb of our problems: a diagnosis's fixes, the first one preferred. */
export function registerQuickFixes(problems: BuildProblems): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions(_document, _range, { diagnostics }): vscode.CodeAction[] {
        return diagnostics.flatMap((diagnostic) => {
          const finding = problems.finding(diagnostic);
          return (finding?.diagnosis.fixes ?? []).map((fix, index) => {
            const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
            action.diagnostics = [diagnostic];
            action.isPreferred = index === 0 && fix.edit.kind === 'config';
            action.command = {
              command: internalCommands.applyFix,
              title: fix.title,
              arguments: [fix, finding?.origin],
            };
            return action;
          });
        });
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
