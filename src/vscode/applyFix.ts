import * as vscode from 'vscode';
import type { Fix } from '../core/diagnosis/diagnosis.js';
import { internalCommands } from './contributions.js';
import { buildTask, type RunDefinition } from './buildTask.js';
import type { BuildOrigin } from './buildProblems.js';
import { changeConfig } from './configFile.js';
import { guarded } from './errorBoundary.js';
import { installWithConsent } from './installPackages.js';
import type { Session } from './session.js';
import { readSetting } from './settings.js';

/** The command behind light bulbs and notifications: applies a fix, then builds again. */
export function registerApplyFix(
  session: Session,
  run: RunDefinition,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand(internalCommands.applyFix, (fix: Fix, origin: BuildOrigin) =>
    guarded(log, 'Fix', () => applyFix(session, run, fix, origin)),
  );
}

async function applyFix(session: Session, run: RunDefinition, fix: Fix, origin: BuildOrigin): Promise<void> {
  switch (fix.edit.kind) {
    case 'config': {
      await changeConfig(session, origin.configPath, fix.edit.changes);
      await buildAgain(run, origin, fix.title);
      return;
    }
    case 'command':
      if (await installWithConsent(fix.title, fix.edit.command)) {
        // What is installed is of no use where crossbow.yaml still names something else.
        if (fix.edit.changes !== undefined) {
          await changeConfig(session, origin.configPath, fix.edit.changes);
        }
        session.probeAgain(true);
        await buildAgain(run, origin, fix.title);
      }
      return;
    case 'target': {
      const { changes, target } = fix.edit;
      if (changes !== undefined) {
        await changeConfig(session, origin.configPath, changes);
      }
      await buildAgain(run, { ...origin, definition: { ...origin.definition, target } }, fix.title);
      return;
    }
    case 'none':
      await vscode.window.showInformationMessage(fix.title, { modal: true, detail: fix.edit.advice });
      return;
  }
}

async function buildAgain(run: RunDefinition, origin: BuildOrigin, title: string): Promise<void> {
  if (!readSetting('diagnostics.rebuildAfterFix', true)) {
    const again = 'Build again';
    if ((await vscode.window.showInformationMessage(`Done: ${title}`, again)) !== again) {
      return;
    }
  }
  await vscode.tasks.executeTask(
    buildTask(run, origin.definition, origin.folder ?? vscode.TaskScope.Workspace, origin.name),
  );
}
