import type { ToolchainOptions } from '../../crossbow.js';
import type { RecipeEvent, RecipeRequest, RecipeResult, StepResult } from '../recipeRun.js';
import { planRecipe, type RecipePlan, type RunNode } from './planRecipe.js';
import { createRecordBook } from './recordBook.js';
import type { RecipeServices } from './recipeServices.js';
import { createStepRunner } from './runNode.js';
import { runTasks } from './schedule.js';
import type { Scope } from './scope.js';

export interface RecipeOptions extends ToolchainOptions {
  readonly onRecipeEvent?: (event: RecipeEvent) => void;
}

/**
 * Runs a recipe for one target: every step as soon as what it needs is done, those that nothing has changed for not at
 * all. A step that fails blocks only what needs it. Never throws for a failed step.
 */
export async function runRecipe(
  services: RecipeServices,
  request: RecipeRequest,
  options: RecipeOptions,
): Promise<RecipeResult> {
  const { clock } = services.ports;
  const started = clock.now();
  const finish = (
    outcome: RecipeResult['outcome'],
    steps: readonly StepResult[] = [],
    problems: readonly string[] = [],
  ): RecipeResult => ({
    recipe: request.recipe.definition.name,
    target: request.target,
    outcome,
    steps,
    problems,
    durationMs: clock.now() - started,
  });
  if (!options.trusted)
    return finish('failed', [], ['Recipes run only in a trusted workspace: what they run is named there.']);
  const plan = await planRecipe(services, request, options);
  if (plan.problems.length > 0) return finish('failed', [], plan.problems);
  const { from } = request;
  if (from !== undefined && !plan.nodes.some((it) => it.id === from))
    return finish('failed', [], [`There is no step ${from}: ${plan.nodes.map((it) => it.id).join(', ')}.`]);
  options.onRecipeEvent?.({
    kind: 'planned',
    steps: plan.nodes.map(({ id, kind, needs }) => ({ id, kind, needs })),
  });
  const release = await lockAll(services, plan.scopes, options);
  if (release === undefined) return finish('cancelled');
  try {
    await Promise.all(plan.scopes.map((it) => removeLeftovers(services, it)));
    const steps = await runSteps(services, plan, forcedSteps(plan, request), options);
    const outcome = steps.some((it) => it.state === 'cancelled')
      ? 'cancelled'
      : steps.some((it) => it.state === 'failed' || it.state === 'blocked')
        ? 'failed'
        : 'ok';
    return finish(outcome, steps);
  } catch (error) {
    return finish('failed', [], [error instanceof Error ? error.message : String(error)]);
  } finally {
    await release();
  }
}

async function runSteps(
  services: RecipeServices,
  plan: RecipePlan,
  forced: ReadonlySet<string>,
  options: RecipeOptions,
): Promise<readonly StepResult[]> {
  const book = await createRecordBook(services.ports.files, plan.scopes);
  const runner = createStepRunner(services, plan, book, options);
  const results = await runTasks<StepResult>(
    plan.nodes.map((node) => ({
      id: node.id,
      needs: node.needs,
      work: () => runner.run(node, forced.has(node.id)),
      blocked: (by) => runner.blocked(node, by),
    })),
    ({ state }) => state === 'done' || state === 'skipped',
  );
  return [...results.values()];
}

/** Takes the locks of all output folders, always in the same order, so that two runs never wait for each other. */
async function lockAll(
  { ports }: RecipeServices,
  scopes: readonly Scope[],
  options: RecipeOptions,
): Promise<(() => Promise<void>) | undefined> {
  const taken: (() => Promise<void>)[] = [];
  const releaseAll = async (): Promise<void> => {
    for (const release of taken.splice(0).reverse()) await release().catch(() => undefined);
  };
  for (const file of [...new Set(scopes.map((it) => it.lockFile))].sort()) {
    const scope = scopes.find((it) => it.lockFile === file);
    const release = await ports.locks.acquire(file, {
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onWait: (holder) =>
        options.onRecipeEvent?.({
          kind: 'waiting',
          message: `Waiting for ${holder}, which runs the recipe ${scope?.recipe.definition.name ?? ''} here.`,
        }),
    });
    if (release === undefined) {
      await releaseAll();
      return undefined;
    }
    taken.push(release);
  }
  return releaseAll;
}

/** Private folders of a run that was killed. Nobody else works here while the lock is held. */
async function removeLeftovers(
  { ports: { files, host } }: RecipeServices,
  { outputs }: Scope,
): Promise<void> {
  for (const name of await files.list(outputs))
    if (name.startsWith('.crossbow-')) await files.remove(host.join(outputs, name)).catch(() => undefined);
}

/** Steps that are done again whatever is known: all, or one and those that depend on it. */
function forcedSteps({ nodes }: RecipePlan, { force, from }: RecipeRequest): ReadonlySet<string> {
  if (force === true) return new Set(nodes.map((it) => it.id));
  const forced = new Set(from === undefined ? [] : [from, ...membersOf(nodes, from)]);
  for (let before = -1; before !== forced.size;) {
    before = forced.size;
    for (const { id, needs } of nodes) if (needs.some((it) => forced.has(it))) forced.add(id);
  }
  return forced;
}

function membersOf(nodes: readonly RunNode[], id: string): readonly string[] {
  return nodes.find((it) => it.id === id)?.members ?? [];
}
