import type { Diagnosis } from '../core/diagnosis/diagnosis.js';
import type { RecipeResult } from '../core/recipe/recipeRun.js';
import type { FixRecord, HealOptions } from './applyFix.js';
import type { CliContext } from './cliContext.js';
import { heal } from './heal.js';

interface RecipeHealing {
  readonly result: RecipeResult;
  readonly fixes: readonly FixRecord[];
}

/**
 * Runs a recipe, and heals what fails in its steps; what was done is skipped when it runs again. No fix changes the
 * target: that is the run's.
 */
export async function healRecipe(
  context: CliContext,
  configFile: string,
  run: (how: { readonly fresh: boolean }) => Promise<RecipeResult>,
  options: HealOptions,
): Promise<RecipeHealing> {
  const healed = await heal<RecipeResult>(
    context,
    configFile,
    {
      hasFailed: ({ outcome }) => outcome === 'failed',
      diagnoses: stepDiagnoses,
      again: async (_before, _edit, fresh) => ({ run: await run({ fresh }) }),
      isUnmoved: (_before, after, { diagnosis }) => stepDiagnoses(after).some((it) => isSame(it, diagnosis)),
    },
    await run({ fresh: false }),
    options,
  );
  return { result: healed.run, fixes: healed.fixes };
}

/** What is wrong with the steps that failed, in their order, with fixes that keep the target. */
export function stepDiagnoses({ steps }: RecipeResult): readonly Diagnosis[] {
  return steps
    .filter((it) => it.state === 'failed')
    .flatMap((it) => it.diagnoses)
    .map((it) => ({ ...it, fixes: it.fixes.filter((fix) => fix.edit.kind !== 'target') }));
}

function isSame(a: Diagnosis, b: Diagnosis): boolean {
  return a.cause === b.cause && a.title === b.title && a.package === b.package;
}
