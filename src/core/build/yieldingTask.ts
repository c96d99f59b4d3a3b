import { changesOf, type FixEdit } from '../diagnosis/diagnosis.js';
import type { Catalogue } from '../target/catalogue.js';
import { isRecipeTask } from '../recipe/recipeTask.js';
import { parseTarget } from '../target/parseTarget.js';
import type { Target } from '../target/target.js';
import { readTaskDefinition } from './taskDefinition.js';
import { yieldToFix, yieldToTarget } from './yieldToFix.js';

/** A `crossbow` task's definition, as tasks.json or VS Code has it. */
export type TaskText = Readonly<Record<string, unknown>>;

/** What has to change about a task before a fix can have effect. */
export interface TaskChange {
  /** Variables, and properties of the task, that would win over what the fix sets. */
  readonly leaveOut: readonly string[];
  /** The target in place of the task's own. */
  readonly target?: string;
}

/** What of a task stands in the way of a fix, for a build that was for `target`. A task that can't be read keeps all. */
export function taskChange(
  definition: TaskText,
  target: Target,
  edit: FixEdit,
  catalogue: Catalogue,
): TaskChange {
  // What a recipe's step says for itself stands in crossbow.yaml, where the fix goes, too.
  if (isRecipeTask(definition))
    return { leaveOut: [], ...(edit.kind === 'target' ? { target: edit.target } : {}) };
  const reading = readTaskDefinition(definition);
  if (reading.kind === 'wrong') return { leaveOut: [] };
  const { choices, leftOut } = yieldToFix(reading.task, target, changesOf(edit));
  const parsed = edit.kind === 'target' ? parseTarget(edit.target, catalogue) : undefined;
  if (edit.kind !== 'target' || parsed?.ok !== true) return { leaveOut: leftOut };
  const named = yieldToTarget(choices, parsed.target);
  return { leaveOut: [...new Set([...leftOut, ...named.leftOut])], target: edit.target };
}

/** The definition with the change made. */
export function changeTask(definition: TaskText, { leaveOut, target }: TaskChange): TaskText {
  const { env, ...rest } = Object.fromEntries(
    Object.entries(definition).filter(([key]) => !leaveOut.includes(key)),
  );
  const kept = Object.entries(isMap(env) ? env : {}).filter(([name]) => !leaveOut.includes(name));
  return {
    ...rest,
    ...(kept.length === 0 ? {} : { env: Object.fromEntries(kept) }),
    ...(target === undefined ? {} : { target }),
  };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
