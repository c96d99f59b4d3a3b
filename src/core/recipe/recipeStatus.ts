import type { Target } from '../target/target.js';
import type { RecipeOrigin } from './recipe.js';
import type { PlannedStep, RecipeEvent, RecipeResult, StepOutput, StepState } from './recipeRun.js';
import type { RecalledStep } from './run/recallRecipe.js';

/** A recipe as it stands for one target: what the editor shows of it. Plain data. */
export interface RecipeStatus {
  /** The same for the same recipe, whatever its target; unique in the window. */
  readonly key: string;
  readonly name: string;
  readonly title?: string;
  readonly origin: RecipeOrigin;
  readonly target: Target;
  /** Why it can't be run for the target; then there are no steps. */
  readonly problem?: string;
  readonly running: boolean;
  /** Whether sources changed since its steps were done. */
  readonly stale: boolean;
  readonly steps: readonly StepStatus[];
}

/** A step as it stands. */
export interface StepStatus extends PlannedStep {
  readonly state: StepState;
  /** Wall time in milliseconds, of a step that was done. */
  readonly durationMs?: number;
  /** Why: one sentence for people. */
  readonly message?: string;
  readonly outputs: readonly Pick<StepOutput, 'path' | 'size'>[];
  /** How many packages are built, while it runs. */
  readonly progress?: { readonly done: number; readonly total?: number };
}

/** What is kept of a window's last run of a recipe for a target, beside the records that every run leaves. */
export interface LastRun {
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
  readonly steps: readonly LastStep[];
}

export interface LastStep {
  readonly id: string;
  readonly state: StepState;
  readonly durationMs: number;
  readonly message?: string;
  /** Commands, and the end of what they printed; of a step that was skipped, from when it was done. */
  readonly log: string;
}

/** The steps as records and the last run tell them: a failure is in no record, and what was done since counts more. */
export function recalledSteps(
  steps: readonly RecalledStep[],
  last: LastRun | undefined,
): readonly StepStatus[] {
  return steps.map(({ made, ...step }) => {
    const before = last?.steps.find((it) => it.id === step.id);
    const isOlder = made === undefined || made.at < (last?.endedAt ?? 0);
    if (isOlder && (before?.state === 'failed' || before?.state === 'blocked')) {
      const { state, message, durationMs } = before;
      return {
        ...step,
        state,
        outputs: [],
        ...(state === 'failed' ? { durationMs } : {}),
        ...(message === undefined ? {} : { message }),
      };
    }
    if (made === undefined) return { ...step, state: 'waiting', outputs: [] };
    const state = isOlder && before?.state === 'skipped' ? 'skipped' : 'done';
    return { ...step, state, durationMs: made.durationMs, outputs: made.outputs };
  });
}

/** The status after something happened in a run. */
export function afterEvent(status: RecipeStatus, event: RecipeEvent): RecipeStatus {
  switch (event.kind) {
    case 'planned':
      return {
        ...status,
        running: true,
        steps: event.steps.map((step) => ({
          ...step,
          state: 'waiting',
          outputs: outputsOf(status, step.id),
        })),
      };
    case 'step': {
      const { step, state, durationMs, message } = event;
      return change(status, step, ({ id, kind, needs, outputs }) => ({
        id,
        kind,
        needs,
        outputs,
        state,
        ...(durationMs === undefined ? {} : { durationMs }),
        ...(message === undefined ? {} : { message }),
      }));
    }
    case 'progress': {
      const { step, done, total } = event;
      return change(status, step, (it) => ({
        ...it,
        progress: { done, ...(total === undefined ? {} : { total }) },
      }));
    }
    case 'waiting':
    case 'command':
    case 'output':
      return status;
  }
}

/** The status after a run has ended. */
export function afterRun(status: RecipeStatus, { steps, problems }: RecipeResult): RecipeStatus {
  const { key, name, title, origin, target } = status;
  return {
    key,
    name,
    origin,
    target,
    running: false,
    stale: false,
    ...(title === undefined ? {} : { title }),
    ...(problems.length === 0 ? {} : { problem: problems.join(' ') }),
    // A run that could not begin has no steps: what was known of them stays.
    steps: steps.length === 0 ? status.steps.map(atRest) : steps.map(resultStep),
  };
}

/** What is to be kept of a run; logs of skipped steps are those of when they were done. */
export function lastRun({ steps }: RecipeResult, endedAt: number, logOf: (step: string) => string): LastRun {
  return {
    endedAt,
    steps: steps.map(({ id, state, durationMs, message }) => ({
      id,
      state,
      durationMs,
      ...(message === undefined ? {} : { message }),
      log: logOf(id),
    })),
  };
}

/** One state out of all steps, for the recipe's own row. */
export type RecipeState =
  | { readonly kind: 'wrong'; readonly problem: string }
  | { readonly kind: 'running'; readonly ended: number; readonly total: number }
  | { readonly kind: 'failed'; readonly step: string }
  | { readonly kind: 'done' | 'stale' }
  | { readonly kind: 'partly'; readonly done: number; readonly total: number }
  | { readonly kind: 'none' };

export function recipeState({ problem, running, stale, steps }: RecipeStatus): RecipeState {
  const done = steps.filter((it) => it.state === 'done' || it.state === 'skipped');
  const total = steps.length;
  if (running) {
    const ended = steps.filter((it) => it.state !== 'waiting' && it.state !== 'running').length;
    return { kind: 'running', ended, total };
  }
  if (problem !== undefined) return { kind: 'wrong', problem };
  const failed = steps.find((it) => it.state === 'failed');
  if (failed !== undefined) return { kind: 'failed', step: failed.id };
  if (done.length === 0) return { kind: 'none' };
  if (done.length < total) return { kind: 'partly', done: done.length, total };
  return { kind: stale ? 'stale' : 'done' };
}

function outputsOf({ steps }: RecipeStatus, id: string): StepStatus['outputs'] {
  return steps.find((it) => it.id === id)?.outputs ?? [];
}

function change(status: RecipeStatus, id: string, work: (step: StepStatus) => StepStatus): RecipeStatus {
  return { ...status, steps: status.steps.map((it) => (it.id === id ? work(it) : it)) };
}

function resultStep({
  id,
  kind,
  needs,
  state,
  durationMs,
  message,
  outputs,
}: RecipeResult['steps'][number]): StepStatus {
  return {
    id,
    kind,
    needs,
    state,
    durationMs,
    outputs: outputs.map(({ path, size }) => ({ path, size })),
    ...(message === undefined ? {} : { message }),
  };
}

function atRest(step: StepStatus): StepStatus {
  return step.state === 'running' ? { ...step, state: 'waiting' } : step;
}
