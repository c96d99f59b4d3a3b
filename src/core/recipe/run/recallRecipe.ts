import type { PlannedStep, RecipeRequest, StepOutput } from '../recipeRun.js';
import { isFor, planRecipe, type RunNode } from './planRecipe.js';
import { createRecordBook, type RecordBook } from './recordBook.js';
import type { RecipeServices } from './recipeServices.js';
import type { RecipeOptions } from './runRecipe.js';

/** A step of a recipe, and what the runs before left of it. */
export interface RecalledStep extends PlannedStep {
  /** What it made, where all of that is still there. */
  readonly made?: {
    /** Milliseconds since the epoch. */
    readonly at: number;
    /** Wall time in milliseconds. */
    readonly durationMs: number;
    readonly outputs: readonly StepOutput[];
  };
}

export type RecipeMemory =
  | { readonly kind: 'steps'; readonly steps: readonly RecalledStep[] }
  /** Its matrix leaves the target out. */
  | { readonly kind: 'other-target' }
  /** It can't be run for the target, by these sentences. */
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

/**
 * A recipe's steps for a target, and what is known of each from the records of runs, whoever made those. Only files are
 * read; whether a step is up to date is not asked, since that takes the tools that would run it.
 */
export async function recallRecipe(
  services: RecipeServices,
  request: RecipeRequest,
  options: Pick<RecipeOptions, 'config' | 'signal'>,
): Promise<RecipeMemory> {
  if (!isFor(request.recipe, request.target)) return { kind: 'other-target' };
  const plan = await planRecipe(services, request, options);
  if (plan.problems.length > 0) return { kind: 'wrong', problems: plan.problems };
  const book = await createRecordBook(services.ports.files, plan.scopes);
  const recalled = new Map<string, RecalledStep>();
  for (const node of plan.nodes) recalled.set(node.id, await recallStep(services, book, node, recalled));
  return { kind: 'steps', steps: [...recalled.values()] };
}

async function recallStep(
  { ports: { files } }: RecipeServices,
  book: RecordBook,
  { id, kind, needs, scope, step, members }: RunNode,
  before: ReadonlyMap<string, RecalledStep>,
): Promise<RecalledStep> {
  const planned: PlannedStep = { id, kind, needs };
  if (members !== undefined) {
    const made = members.map((it) => before.get(it)?.made);
    const all = made.filter((it) => it !== undefined);
    if (all.length < made.length || all.length === 0) return planned;
    return { ...planned, made: { at: Math.max(...all.map((it) => it.at)), durationMs: 0, outputs: [] } };
  }
  const record = book.get(scope, step.name);
  if (record === undefined) return planned;
  const sizes = await Promise.all(record.outputs.map(async (it) => (await files.stat(it.path))?.size));
  if (record.outputs.some((it, index) => it.size !== sizes[index])) return planned;
  const outputs = record.outputs.map(({ path, size, digest }) => ({ path, size, digest }));
  return { ...planned, made: { at: record.takenAt, durationMs: record.durationMs, outputs } };
}
