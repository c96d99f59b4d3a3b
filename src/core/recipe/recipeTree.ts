import type { Target } from '../target/target.js';
import { targetId } from '../target/target.js';
import type { StepState } from './recipeRun.js';
import { recipeState, type RecipeState, type RecipeStatus, type StepStatus } from './recipeStatus.js';

/** A recipe's row below a target. */
export interface RecipeNode {
  readonly kind: 'recipe';
  /** Unique in the tree. */
  readonly id: string;
  /** Which recipe it is, whatever the target. */
  readonly key: string;
  readonly name: string;
  readonly title?: string;
  readonly origin: RecipeStatus['origin'];
  readonly target: Target;
  readonly state: RecipeState;
  readonly children: readonly StepNode[];
}

/** A step's row: below its recipe, or below the step that runs the recipe it is of. */
export interface StepNode {
  readonly kind: 'step';
  readonly id: string;
  readonly key: string;
  readonly target: Target;
  readonly label: string;
  readonly step: Omit<StepStatus, 'outputs'>;
  /** Names of the steps that come right before it. */
  readonly after: readonly string[];
  readonly children: readonly (StepNode | OutputNode)[];
}

/** A file that a step made. */
export interface OutputNode {
  readonly kind: 'output';
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  /** Its name, which the path ends with. */
  readonly label: string;
  readonly size: number;
  readonly target: Target;
  /** What opening it shows. */
  readonly content: 'archive' | 'program' | 'file';
}

/** The rows of the recipes that stand below a target; `parent` makes their ids unique in the tree. */
export function recipeNodes(
  statuses: readonly RecipeStatus[],
  parent: string,
  target: Target,
): readonly RecipeNode[] {
  const id = targetId(target);
  return statuses.filter((it) => targetId(it.target) === id).map((it) => recipeNode(it, parent));
}

function recipeNode(status: RecipeStatus, parent: string): RecipeNode {
  const { key, name, title, origin, target, steps } = status;
  const id = `${parent}:recipe:${key}`;
  const ordered = inOrder(steps);
  return {
    kind: 'recipe',
    id,
    key,
    name,
    ...(title === undefined ? {} : { title }),
    origin,
    target,
    state: recipeState(status),
    children: stepsIn('', ordered).map((it) => stepNode(it, { status, ordered, parent: id })),
  };
}

function stepNode(
  status: StepStatus,
  around: { readonly status: RecipeStatus; readonly ordered: readonly StepStatus[]; readonly parent: string },
): StepNode {
  const { outputs, ...step } = status;
  const { key, target } = around.status;
  const id = `${around.parent}:${step.id}`;
  const inner = stepsIn(`${step.id}/`, around.ordered);
  const prefix = step.id.slice(0, step.id.lastIndexOf('/') + 1);
  const after = step.needs.filter((it) => it.startsWith(prefix) && !it.slice(prefix.length).includes('/'));
  return {
    kind: 'step',
    id,
    key,
    target,
    label: step.id.slice(prefix.length),
    step: inner.length === 0 ? step : { ...step, state: stateOfAll(step.state, inner) },
    after: after.map((it) => it.slice(prefix.length)),
    children: [
      ...inner.map((it) => stepNode(it, { ...around, parent: id })),
      ...outputs.map(({ path, size }): OutputNode => ({
        kind: 'output',
        id: `${id}:${path}`,
        path,
        label: path.split(/[\\/]/).at(-1) ?? path,
        size,
        target,
        content: contentOf(path, step.kind),
      })),
    ],
  };
}

/** The steps whose ids are a prefix and one name. */
function stepsIn(prefix: string, steps: readonly StepStatus[]): readonly StepStatus[] {
  return steps.filter(({ id }) => id.startsWith(prefix) && !id.slice(prefix.length).includes('/'));
}

/** Each step after all that it needs; otherwise as they are written. */
function inOrder(steps: readonly StepStatus[]): readonly StepStatus[] {
  const byId = new Map(steps.map((it) => [it.id, it]));
  const ordered = new Map<string, StepStatus>();
  const open = new Set<string>();
  const add = (step: StepStatus): void => {
    if (ordered.has(step.id) || open.has(step.id)) return;
    open.add(step.id);
    for (const id of step.needs) {
      const needed = byId.get(id);
      if (needed !== undefined) add(needed);
    }
    ordered.set(step.id, step);
  };
  steps.forEach(add);
  return [...ordered.values()];
}

/** A step that runs another recipe is what that recipe's steps are: by itself it only begins when those have ended. */
function stateOfAll(own: StepState, inner: readonly StepStatus[]): StepState {
  if (own !== 'waiting' && own !== 'blocked') return own;
  for (const state of ['running', 'failed'] as const)
    if (inner.some((it) => it.state === state)) return state;
  return own;
}

/** An archive is known by its name here: its bytes are looked at when it is opened. */
function isArchiveName(path: string): boolean {
  return /\.(?:tgz|tar\.gz|tar|zip)$/i.test(path);
}

function contentOf(path: string, kind: StepStatus['kind']): OutputNode['content'] {
  if (isArchiveName(path)) return 'archive';
  return kind === 'go' || kind === 'c' || kind === 'program' ? 'program' : 'file';
}
