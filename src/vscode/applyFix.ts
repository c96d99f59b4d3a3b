import * as vscode from 'vscode';
import { changesOf, type Fix } from '../core/diagnosis/diagnosis.js';
import { internalCommands } from './contributions.js';
import { buildTask, type RunDefinition } from './buildTask.js';
import type { BuildOrigin } from './buildProblems.js';
import { changeConfig } from './configFile.js';
import { guarded } from './errorBoundary.js';
import { installWithConsent } from './installPackages.js';
import type { Session } from './session.js';
import { readSetting } from './settings.js';
import { makeWay } from './taskFix.js';

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
  const { edit } = fix;
  switch (edit.kind) {
    case 'none':
      await vscode.window.showInformationMessage(fix.title, { modal: true, detail: edit.advice });
      return;
    case 'command':
      if (!(await installWithConsent(fix.title, edit.command))) {
        return;
      }
      break;
    case 'config':
    case 'target':
      break;
  }
  // What is installed is of no use where crossbow.yaml still names something else, nor is that where the task does.
  const changes = changesOf(edit);
  if (changes.length > 0) {
    await changeConfig(session, origin.configPath, changes);
  }
  if (edit.kind === 'command') {
    session.probeAgain(true);
  }
  await buildAgain(run, { ...origin, definition: await makeWay(session, origin, edit) }, fix.title);
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
