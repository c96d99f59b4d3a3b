import type * as vscode from 'vscode';
import type { BuildRequest, MainPackage } from '../core/build/build.js';
import { selectPackages } from '../core/build/selectPackages.js';
import { readTaskDefinition, type CrossbowTask } from '../core/build/taskDefinition.js';
import type { Target } from '../core/target/target.js';
import type { TargetChoice } from '../core/target/targetChoice.js';
import { isRecipeTask } from '../core/recipe/recipeTask.js';
import type { BuildJob } from './buildJob.js';
import { taskName, type RunDefinition } from './buildTask.js';
import { createRunRecipeDefinition } from './runRecipeDefinition.js';
import type { RecipeJob } from './recipeJob.js';
import type { Session } from './session.js';
import { isTaskProblem, targetOfTask, taskProblem } from './taskProblem.js';

/** Exit codes as the command line has them: 1 the build failed, 2 the task is wrong. */
const failed = 1;
const wrongTask = 2;

/** Turns a definition into builds, one after another, or a run of a recipe, in a terminal. */
export function createRunDefinition(session: Session, job: BuildJob, recipes: RecipeJob): RunDefinition {
  const runRecipe = createRunRecipeDefinition(session, recipes);
  return (definition, folder) => async (write, signal) => {
    const run = isRecipeTask(definition) ? runRecipe : buildAll(session, job);
    try {
      return await run(definition, folder)(write, signal);
    } catch (error) {
      if (!isTaskProblem(error)) {
        throw error;
      }
      write(`\u001b[31m${error.message.replace(/\n/g, '\r\n')}\u001b[0m\r\n`);
      return wrongTask;
    }
  };
}

function buildAll(session: Session, job: BuildJob): RunDefinition {
  return (definition, folder) => async (write, signal) => {
    const { choice, requests } = await planTask(session, definition, folder);
    const [only] = requests.length === 1 ? requests : [];
    const name = taskName(only?.package.name, choice.target);
    let ok = true;
    for (const request of requests) {
      const { configPath } = await session.settingsOf(request.package);
      const origin = { definition, folder, choice, name, configPath };
      const result = await job.run(request, origin, write, signal);
      ok &&= result.outcome === 'ok';
      if (result.outcome === 'cancelled') {
        break;
      }
    }
    return ok ? 0 : failed;
  };
}

/** What a task amounts to. */
interface TaskPlan {
  readonly choice: TargetChoice;
  readonly requests: readonly BuildRequest[];
}

async function planTask(
  session: Session,
  definition: vscode.TaskDefinition,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<TaskPlan> {
  const reading = readTaskDefinition(definition);
  if (reading.kind === 'wrong') {
    throw taskProblem(`This task can't be run as it is written:\n${reading.problems.join('\n')}`);
  }
  const { task } = reading;
  const engine = await session.engine();
  const go = await engine.crossbow.go();
  if (go.kind !== 'found') {
    throw taskProblem(go.message);
  }
  const choice = targetOfTask(session, task.target);
  const base = folder?.uri.fsPath ?? session.root?.fsPath ?? '';
  const { packages, problems } = await session.discover();
  const selected = selectPackages(task.package, packages, base, engine.host);
  if (selected.length === 0) {
    const known = packages.map((it) => `  ${it.importPath}`).join('\n');
    const said = problems.map((it) => `${it.file}: ${it.message}`).join('\n');
    throw taskProblem(
      [
        `No Go program (main package) here is named by "${task.package}".`,
        ...(known === '' ? [] : [`Programs in this workspace:\n${known}`]),
        ...(said === '' ? [] : [said]),
      ].join('\n'),
    );
  }
  const requests = await Promise.all(selected.map((it) => request(session, it, choice.target, task)));
  return { choice, requests };
}

async function request(
  session: Session,
  mainPackage: MainPackage,
  target: Target,
  task: CrossbowTask,
): Promise<BuildRequest> {
  const { tags, ldflags, trimpath, cgo, env, output } = task;
  const { root } = await session.settingsOf(mainPackage);
  return {
    target,
    package: mainPackage,
    root,
    ...(tags === undefined ? {} : { tags }),
    ...(ldflags === undefined ? {} : { ldflags }),
    ...(trimpath === undefined ? {} : { trimpath }),
    ...(cgo === undefined ? {} : { cgo }),
    ...(env === undefined ? {} : { env }),
    ...(output === undefined ? {} : { output }),
  };
}
