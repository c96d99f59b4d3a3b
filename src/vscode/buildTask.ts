import * as vscode from 'vscode';
import type { MainPackage } from '../core/build/build.js';
import type { PlacedRecipe } from '../core/recipe/workspaceRecipes.js';
import { choiceKey, type TargetChoice } from '../core/target/targetChoice.js';
import { targetId, type Target } from '../core/target/target.js';
import { taskType } from './contributions.js';
import { BuildTerminal, type TerminalWork } from './buildTerminal.js';
import { readSetting } from './settings.js';

/** A definition as tasks.json writes it; read and checked only when the task runs. */
interface CrossbowTaskDefinition extends vscode.TaskDefinition {
  readonly package?: string;
  readonly target?: string;
}

/** Runs a definition, for the folder that its paths start from. */
export type RunDefinition = (
  definition: vscode.TaskDefinition,
  folder: vscode.WorkspaceFolder | undefined,
) => TerminalWork;

/** The task of one package, or of all with `package` absent, for one target; `program`: how it is called, if not by its name. */
export function packageTask(
  run: RunDefinition,
  choice: TargetChoice,
  mainPackage: MainPackage | undefined,
  program?: string,
): vscode.Task {
  const folder =
    mainPackage === undefined
      ? vscode.workspace.workspaceFolders?.[0]
      : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(mainPackage.directory));
  const definition: CrossbowTaskDefinition = {
    type: taskType,
    package: mainPackage?.importPath ?? 'all',
    target: choiceKey(choice),
  };
  const name = taskName(program ?? mainPackage?.name, choice.target);
  return buildTask(run, definition, folder ?? vscode.TaskScope.Workspace, name);
}

/** The task of a recipe for one target; `more` says how it is to be run. */
export function recipeTask(
  run: RunDefinition,
  target: Target,
  { recipe, place }: PlacedRecipe,
  more: { readonly from?: string; readonly force?: true } = {},
): vscode.Task {
  const { name, title } = recipe.definition;
  const folder = vscode.workspace.workspaceFolders?.find((it) => it.uri.fsPath === place.folder);
  const definition = { type: taskType, recipe: name, target: targetId(target), ...more };
  const task = buildTask(run, definition, folder ?? vscode.TaskScope.Workspace, taskName(name, target));
  task.detail = title === undefined ? 'Recipe' : `Recipe: ${title}`;
  return task;
}

/** A task's name, which VS Code shows after the type: `crossbow: hello (linux/arm/v7)`. */
export function taskName(program: string | undefined, target: Target): string {
  return `${program ?? 'all programs'} (${targetId(target)})`;
}

/** The one builder of crossbow tasks: those we provide, those of tasks.json, and those a button starts. */
export function buildTask(
  run: RunDefinition,
  definition: vscode.TaskDefinition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope,
  name: string,
): vscode.Task {
  const folder = typeof scope === 'object' ? scope : undefined;
  const execution = new vscode.CustomExecution((resolved) =>
    Promise.resolve(new BuildTerminal(run(resolved, folder))),
  );
  // The last argument says "no matchers, and don't ask": a build's problems come from its diagnosis.
  const task = new vscode.Task(definition, scope, name, taskType, execution, []);
  task.group = vscode.TaskGroup.Build;
  task.presentationOptions = { reveal: revealKind(), clear: true, showReuseMessage: false };
  return task;
}

function revealKind(): vscode.TaskRevealKind {
  switch (readSetting('build.reveal', 'always')) {
    case 'always':
      return vscode.TaskRevealKind.Always;
    case 'onFailure':
      return vscode.TaskRevealKind.Silent;
    case 'never':
      return vscode.TaskRevealKind.Never;
  }
}
