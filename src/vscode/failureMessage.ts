import * as vscode from 'vscode';
import type { BuildResult } from '../core/build/build.js';
import type { Diagnosis } from '../core/diagnosis/diagnosis.js';
import type { RecipeResult } from '../core/recipe/recipeRun.js';
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
  if (!problems.inSight(result)) {
    await tell(`The build for ${targetId(result.target)} failed`, result.diagnoses, origin);
  }
}

/** The same for a recipe: which step failed, and why. */
export async function tellRecipeFailure(result: RecipeResult, origin: BuildOrigin): Promise<void> {
  const failed = result.steps.find((it) => it.state === 'failed');
  const id = targetId(result.target);
  const message =
    failed === undefined
      ? `The recipe ${result.recipe} for ${id} could not be run: ${result.problems.join(' ')}`
      : `The step ${failed.id} for ${id} failed`;
  await tell(message, failed?.diagnoses ?? [], origin, failed?.message);
}

async function tell(
  what: string,
  diagnoses: readonly Diagnosis[],
  origin: BuildOrigin,
  why?: string,
): Promise<void> {
  if (!readSetting('notifications.onFailure', true)) {
    return;
  }
  const cause = diagnoses[0];
  const fix = cause?.fixes.find((it) => it.edit.kind !== 'none');
  const show = 'Show problems';
  const reason = cause?.title ?? why;
  const message = reason === undefined ? `${what.replace(/\.$/, '')}.` : `${what}: ${reason}`;
  const choice = await vscode.window.showWarningMessage(
    message,
    ...(fix === undefined ? [] : ['Fix…']),
    ...(cause === undefined ? [] : [show]),
  );
  if (choice === show) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  } else if (choice !== undefined && cause !== undefined) {
    await pickFix(diagnoses, origin);
  }
}

async function pickFix(diagnoses: readonly Diagnosis[], origin: BuildOrigin): Promise<void> {
  const items = diagnoses.flatMap((diagnosis) =>
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
