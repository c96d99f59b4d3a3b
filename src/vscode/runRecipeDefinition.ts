import type * as vscode from 'vscode';
import { chooseRecipe } from '../core/recipe/chooseRecipe.js';
import { readRecipeTask } from '../core/recipe/recipeTask.js';
import type { TargetChoice } from '../core/target/targetChoice.js';
import { taskName, type RunDefinition } from './buildTask.js';
import { configFileName } from './engine.js';
import type { RecipeJob, RecipeWork } from './recipeJob.js';
import type { Session } from './session.js';
import { taskProblem, targetOfTask } from './taskProblem.js';

/** Turns a definition with `recipe` into a run of it in a terminal. */
export function createRunRecipeDefinition(session: Session, job: RecipeJob): RunDefinition {
  return (definition, folder) => async (write, signal) => {
    const { work, choice } = await planRecipeTask(session, definition, folder);
    const { host } = await session.engine();
    const { place, recipe } = work.recipe;
    const origin = {
      definition,
      folder,
      choice,
      name: taskName(recipe.definition.name, choice.target),
      configPath: place.configFile ?? host.join(place.root, configFileName),
    };
    const result = await job.run(work, origin, write, signal);
    return result.outcome === 'ok' ? 0 : 1;
  };
}

async function planRecipeTask(
  session: Session,
  definition: vscode.TaskDefinition,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<{ readonly work: RecipeWork; readonly choice: TargetChoice }> {
  const reading = readRecipeTask(definition);
  if (reading.kind === 'wrong') {
    throw taskProblem(`This task can't be run as it is written:\n${reading.problems.join('\n')}`);
  }
  const { task } = reading;
  const { files, host } = await session.engine();
  const choice = targetOfTask(session, task.target);
  const base = folder?.uri.fsPath ?? session.root?.fsPath ?? '';
  const sources = task.source.map((it) => (host.isAbsolute(it) ? host.join(it) : host.join(base, it)));
  for (const source of sources) {
    if ((await files.stat(source))?.kind !== 'directory') {
      throw taskProblem(`"source": there is no folder ${source}.`);
    }
  }
  const known = await session.recipes.recipes(sources);
  const chosen = chooseRecipe(task, known, folder?.uri.fsPath);
  if (chosen.kind === 'none') {
    throw taskProblem(chosen.message);
  }
  const request = {
    recipe: chosen.recipe.recipe,
    target: choice.target,
    variables: task.set,
    ...(task.force ? { force: true } : {}),
    ...(task.from === undefined ? {} : { from: task.from }),
  };
  return { work: { recipe: chosen.recipe, known, request }, choice };
}
