import * as vscode from 'vscode';
import { taskType } from './contributions.js';
import { buildTask, packageTask, recipeTask, type RunDefinition } from './buildTask.js';
import { recipeKey } from './recipeBook.js';
import type { Session } from './session.js';

/**
 * Tasks of type `crossbow`: every main package for the active target, every recipe for the active target and those
 * that are pinned, and whatever tasks.json says.
 */
export function registerTaskProvider(session: Session, run: RunDefinition): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    async provideTasks(): Promise<vscode.Task[]> {
      const { active, pinned } = session.state;
      const choices = active === undefined ? pinned : [active];
      if (choices.length === 0 || !vscode.workspace.isTrusted) {
        return [];
      }
      const [recipes, { packages }] = await Promise.all([recipeTasks(session, run), session.discover()]);
      const taken = new Set(recipes.map((it) => it.name));
      const programs = choices.flatMap((choice) =>
        packages.map((it) => {
          const task = packageTask(run, choice, it);
          // A recipe makes more than its program, and takes the plain name.
          return taken.has(task.name) ? packageTask(run, choice, it, it.importPath) : task;
        }),
      );
      return [...programs, ...recipes];
    },
    resolveTask(task): vscode.Task {
      return buildTask(run, task.definition, task.scope ?? vscode.TaskScope.Workspace, task.name);
    },
  });
}

async function recipeTasks(session: Session, run: RunDefinition): Promise<vscode.Task[]> {
  await session.recipes.show();
  const recipes = new Map((await session.recipes.recipes()).map((it) => [recipeKey(it), it]));
  return session.recipes.statuses.flatMap(({ key, target, problem }) => {
    const recipe = recipes.get(key);
    return recipe === undefined || problem !== undefined ? [] : [recipeTask(run, target, recipe)];
  });
}
