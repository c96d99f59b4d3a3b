import { discardTemporary, placeOutput, prepareOutput } from '../../build/outputFile.js';
import type { BuildOptions } from '../../crossbow.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { targetId, type Target } from '../../target/target.js';
import type { RunResult } from '../../ports.js';
import { decideToolchain, type ToolchainChoice } from './chooseToolchain.js';
import type { RecipeServices } from './recipeServices.js';
import type { Scope } from './scope.js';
import type { Glance } from './stamps.js';

/** What a step works with. */
export interface StepJob {
  readonly services: RecipeServices;
  readonly options: BuildOptions;
  readonly scope: Scope;
  readonly target: Target;
  /** Files of the steps that it refers to. */
  readonly needed: readonly string[];
  /** Text as its tools print it. */
  readonly say: (text: string) => void;
  readonly command: (line: string) => void;
  readonly progress: (event: {
    readonly done: number;
    readonly total?: number;
    readonly importPath: string;
  }) => void;
}

/** How a step's work ended. */
export type StepOutcome =
  | {
      readonly kind: 'done';
      /** Absolute paths of what it made, in place. */
      readonly outputs: readonly string[];
      /** All that it read, as it was before the work began. */
      readonly inputs: readonly Glance[];
      /** Folders whose sources belong to it, whatever their names. */
      readonly folders?: readonly string[];
      readonly toolchain?: string;
      /** What people should know although it was done. */
      readonly note?: string;
    }
  | { readonly kind: 'failed'; readonly message: string; readonly diagnoses: readonly Diagnosis[] }
  | { readonly kind: 'cancelled' };

export function failed(message: string, diagnoses: readonly Diagnosis[] = []): StepOutcome {
  return { kind: 'failed', message, diagnoses };
}

/** The toolchain for the C side of the target. */
export async function toolchainFor({ services, options, target }: StepJob): Promise<ToolchainChoice> {
  const configured = options.config.toolchains[targetId(target)]?.cc !== undefined;
  return decideToolchain(await services.toolchains(target, options), configured);
}

/**
 * Makes one file in a private folder beside its place and puts it there in one step when `make` says that it is good.
 * `make` resolves with what went wrong instead.
 */
export async function makeOutput(
  { services: { ports } }: StepJob,
  path: string,
  make: (temporary: string, folder: string) => Promise<StepOutcome | undefined>,
): Promise<StepOutcome | undefined> {
  const prepared = await prepareOutput(ports, path, 'empty');
  if (prepared.kind === 'failed') return failed(prepared.message);
  const { output } = prepared;
  try {
    const problem = await make(output.temporaryPath, output.temporaryFolder);
    if (problem !== undefined) return problem;
    const refused = await placeOutput(ports.files, output);
    return refused === undefined ? undefined : failed(refused);
  } finally {
    await discardTemporary(ports.files, output);
  }
}

/** Why a tool did not do its work, or `undefined` where it did. */
export function toolFailure(program: string, { outcome }: RunResult): StepOutcome | undefined {
  switch (outcome.kind) {
    case 'exited':
      return outcome.code === 0
        ? undefined
        : failed(`${program} failed with exit code ${String(outcome.code)}.`);
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'signalled':
      return failed(`${program} was ended by ${outcome.signal}.`);
    case 'timed-out':
      return failed(`${program} did not end.`);
    case 'not-started':
      return failed(outcome.message);
  }
}
