import type { CrossbowConfig } from '../../config/config.js';
import type { CancelSignal } from '../../ports.js';
import { createCatalogue } from '../../target/createCatalogue.js';
import { parseTarget } from '../../target/parseTarget.js';
import { targetId, type Target } from '../../target/target.js';
import { checkRecipe } from '../checkRecipe.js';
import type { Recipe, RecipeStep, Step } from '../recipe.js';
import type { PlannedStep, RecipeRequest } from '../recipeRun.js';
import { spellReference } from '../references.js';
import { stepsBefore } from '../stepTexts.js';
import type { RecipeServices } from './recipeServices.js';
import { createScope, replaceIn, replacerFor, type Scope } from './scope.js';

/** A step of a run, with the recipe it is of. */
export interface RunNode extends PlannedStep {
  readonly scope: Scope;
  /** Its references are not replaced yet: the files of other steps are known only when those are done. */
  readonly step: Step;
  /** Of a `recipe` step: the steps of that recipe, and its scope. */
  readonly members?: readonly string[];
  readonly inner?: Scope;
}

export interface RecipePlan {
  readonly nodes: readonly RunNode[];
  readonly scopes: readonly Scope[];
  /** Why it can't be run; then there are no nodes. */
  readonly problems: readonly string[];
}

interface Planning {
  readonly services: RecipeServices;
  readonly config: CrossbowConfig;
  readonly target: Target;
  readonly signal?: CancelSignal;
  readonly nodes: RunNode[];
  readonly scopes: Scope[];
  readonly problems: string[];
  /** Recipes that are in the plan, by what makes them the same. */
  readonly known: Map<string, { readonly members: readonly string[]; readonly scope: Scope }>;
}

/** All steps of a recipe and of the recipes that it runs first, each with what it waits for. Runs no tool. */
export async function planRecipe(
  services: RecipeServices,
  request: RecipeRequest,
  options: { readonly config: CrossbowConfig; readonly signal?: CancelSignal },
): Promise<RecipePlan> {
  const planning: Planning = {
    services,
    config: options.config,
    target: request.target,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    nodes: [],
    scopes: [],
    problems: [],
    known: new Map(),
  };
  await addRecipe(planning, request.recipe, '', request.variables ?? {}, [], []);
  const { nodes, scopes, problems } = planning;
  return problems.length > 0 ? { nodes: [], scopes: [], problems } : { nodes, scopes, problems };
}

async function addRecipe(
  planning: Planning,
  recipe: Recipe,
  prefix: string,
  variables: Readonly<Record<string, string>>,
  before: readonly string[],
  chain: readonly string[],
): Promise<{ readonly members: readonly string[]; readonly scope: Scope } | undefined> {
  const { services, target, problems } = planning;
  const { definition } = recipe;
  const key = JSON.stringify([recipe.root, recipe.directory, definition.name, variables]);
  const say = (message: string): void => {
    problems.push(`${prefix}${definition.name}: ${message}`);
  };
  if (chain.includes(key)) {
    say('this recipe runs itself first.');
    return undefined;
  }
  const known = planning.known.get(key);
  if (known !== undefined) return known;
  const wrong = checkRecipe({ ...definition, variables: { ...definition.variables, ...variables } });
  if (wrong.length > 0) {
    say(wrong.map((it) => `${it.message}.`).join(' '));
    return undefined;
  }
  if (!isFor(recipe, target)) {
    say(`it is for ${definition.matrix.join(', ')}, not for ${targetId(target)}.`);
    return undefined;
  }

  const scope = createScope(services, recipe, target, {
    prefix,
    variables,
    output: planning.config.defaults.output ?? 'dist',
    ...(planning.signal === undefined ? {} : { signal: planning.signal }),
  });
  planning.scopes.push(scope);
  const members: string[] = [];
  for (const written of definition.steps) {
    const step = await resolveStep(planning, scope, written);
    if (step === undefined) continue;
    const id = prefix + step.name;
    const needs = [
      ...before,
      ...stepsBefore(step, scope.variables)
        .filter((name) => name !== step.name)
        .map((name) => prefix + name),
    ];
    if (step.kind !== 'recipe') {
      planning.nodes.push({ id, kind: step.kind, needs, scope, step });
      members.push(id);
      continue;
    }
    const other = await findOther(planning, scope, step);
    if (other === undefined) continue;
    const inner = await addRecipe(planning, other, `${id}/`, step.variables, needs, [...chain, key]);
    if (inner === undefined) continue;
    for (const file of inner.scope.leftOut) scope.leftOut.add(`${step.name}/${file}`);
    planning.nodes.push({
      id,
      kind: 'recipe',
      needs: [...needs, ...inner.members],
      scope,
      step,
      members: inner.members,
      inner: inner.scope,
    });
    members.push(id, ...inner.members);
  }
  const added = { members, scope };
  planning.known.set(key, added);
  return added;
}

/** Whether the recipe's matrix names the target; one without a matrix is for all. */
export function isFor({ definition: { matrix } }: Recipe, target: Target): boolean {
  if (matrix.length === 0) return true;
  const catalogue = createCatalogue();
  return matrix.some((spelling) => {
    const parsed = parseTarget(spelling, catalogue);
    return parsed.ok && targetId(parsed.target) === targetId(target);
  });
}

/** A step with what must be known before anything runs: its program, the other recipe's name. */
async function resolveStep(planning: Planning, scope: Scope, step: Step): Promise<Step | undefined> {
  if (step.kind !== 'program' && step.kind !== 'recipe') return step;
  const { services, target, problems } = planning;
  const replaced = await quietly(async () => {
    const replace = await replacerFor(services.ports.host, scope, step, (_, name, file) => {
      // The files of steps are not known yet: the program's own step asks again.
      if (step.kind === 'program')
        return spellReference({ kind: 'step', step: name, ...(file === undefined ? {} : { file }) });
      throw new Error(`Which recipe is run can't depend on the step ${name}.`);
    });
    return replaceIn(step, scope, replace);
  });
  if (typeof replaced === 'string') {
    problems.push(`${scope.prefix}${step.name}: ${replaced}`);
    return undefined;
  }
  if (replaced.kind !== 'program') return replaced;
  const found = await services.resolveProgram(replaced, scope.recipe.directory, target);
  if (found !== undefined) return { ...found, name: step.name, needs: step.needs };
  if (!replaced.optional)
    problems.push(
      `${scope.prefix}${step.name}: there is no program in ${replaced.paths.join(', ')} below ${scope.recipe.directory}.`,
    );
  scope.leftOut.add(step.name);
  scope.leftOut.add(replaced.output ?? step.name);
  return undefined;
}

async function findOther(planning: Planning, scope: Scope, step: RecipeStep): Promise<Recipe | undefined> {
  const { services, problems } = planning;
  const { host } = services.ports;
  const { directory } = scope.recipe;
  const folder =
    step.directory === undefined
      ? undefined
      : host.isAbsolute(step.directory)
        ? step.directory
        : host.join(directory, step.directory);
  const found = await services.findRecipe(step.recipe, folder, scope.recipe);
  if (found !== undefined) return found;
  scope.leftOut.add(step.name);
  if (!step.optional)
    problems.push(
      `${scope.prefix}${step.name}: there is no recipe ${step.recipe}${folder === undefined ? '' : ` in ${folder}`}.`,
    );
  return undefined;
}

async function quietly<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
