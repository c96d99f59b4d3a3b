import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { Target } from '../target/target.js';
import type { Recipe, Step } from './recipe.js';

/** One recipe to run for one target. */
export interface RecipeRequest {
  readonly recipe: Recipe;
  readonly target: Target;
  /** Replace the recipe's own variables. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Does every step again, whatever is known of it. */
  readonly force?: boolean;
  /** Does this step again, and what depends on it. */
  readonly from?: string;
}

export type StepState =
  | 'waiting'
  | 'running'
  | 'done'
  /** Nothing that it reads has changed since it was done. */
  | 'skipped'
  | 'failed'
  | 'cancelled'
  /** A step that it needs failed. */
  | 'blocked';

/** A step of a run, before anything was done. */
export interface PlannedStep {
  /** Its name; a step of another recipe has that recipe's step before it: `gdn-recipe/gdn`. */
  readonly id: string;
  readonly kind: Step['kind'];
  /** Ids of the steps that come first. */
  readonly needs: readonly string[];
}

/** What happens while a recipe runs, in order; adapters show it. */
export type RecipeEvent =
  | { readonly kind: 'planned'; readonly steps: readonly PlannedStep[] }
  /** Another run works on the same files. */
  | { readonly kind: 'waiting'; readonly message: string }
  /** `durationMs` is there when it ended. */
  | {
      readonly kind: 'step';
      readonly step: string;
      readonly state: StepState;
      readonly durationMs?: number;
      /** Why: one sentence for people. */
      readonly message?: string;
    }
  | { readonly kind: 'command'; readonly step: string; readonly line: string }
  | { readonly kind: 'output'; readonly step: string; readonly text: string }
  | {
      readonly kind: 'progress';
      readonly step: string;
      readonly done: number;
      readonly total?: number;
      readonly importPath: string;
    };

export interface StepResult extends PlannedStep {
  readonly state: Exclude<StepState, 'waiting' | 'running'>;
  readonly outputs: readonly StepOutput[];
  /** Wall time in milliseconds; of a skipped step, what it took when it was done. */
  readonly durationMs: number;
  /** Why it failed, was blocked or done again: one sentence for people. */
  readonly message?: string;
  readonly diagnoses: readonly Diagnosis[];
  /** The end of what its tools printed. */
  readonly log: string;
}

export interface StepOutput {
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  /** SHA-256 of the content, as hexadecimal digits. */
  readonly digest: string;
}

export interface RecipeResult {
  readonly recipe: string;
  readonly target: Target;
  readonly outcome: 'ok' | 'failed' | 'cancelled';
  /** In the order of the plan. */
  readonly steps: readonly StepResult[];
  /** Why nothing was run at all: the recipe itself is wrong, or is not for this target. */
  readonly problems: readonly string[];
  readonly durationMs: number;
}
