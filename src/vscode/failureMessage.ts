import * as vscode from 'vscode';
import type { BuildResult } from '../core/build/build.js';
import { targetId } from '../core/target/target.js';
import { internalCommands } from './contributions.js';
import type { BuildOrigin, BuildProblems } from './buildProblems.js';
import { readSetting } from './settings.js';

/**
 * Says that a build failed and why, with the way to the problem and to its best fix. As a warning, because an
 * extension can't take a message back: one of an error stays on the screen after the fix has made the build
 * pass, and a warning leaves by itself. Where the problem is in sight with its light bulb, nothing is said.
 */
export async function tellFailure(
  result: BuildResult,
  origin: BuildOrigin,
  problems: Pick<BuildProblems, 'inSight'>,
): Promise<void> {
  if (!readSetting('notifications.onFailure', true) || problems.inSight(result)) {
    return;
  }
  const cause = result.diagnoses[0];
  const fix = cause?.fixes.find((it) => it.edit.kind !== 'none');
  const show = 'Show problems';
  const message =
    cause === undefined
      ? `The build for ${targetId(result.target)} failed.`
      : `The build for ${targetId(result.target)} failed: ${cause.title}`;
  const choice = await vscode.window.showWarningMessage(
    message,
    ...(fix === undefined ? [] : ['Fix…']),
    show,
  );
  if (choice === show) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  } else if (choice !== undefined && cause !== undefined) {
    await pickFix(result, origin);
  }
}

async function pickFix(result: BuildResult, origin: BuildOrigin): Promise<void> {
  const items = result.diagnoses.flatMap((diagnosis) =>
    diagnosis.fixes.map((fix) => ({
      label: fix.title,
      description: fix.proven ? 'proven here' : '',
      detail: diagnosis.title,
      fix,
    })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Fix the build',
    placeHolder: 'Each is applied only when you choose it',
    matchOnDetail: true,
  });
  if (picked !== undefined) {
    await vscode.commands.executeCommand(internalCommands.applyFix, picked.fix, origin);
  }
}
