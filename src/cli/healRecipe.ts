import { chooseFix, fixKey } from '../core/diagnosis/chooseFix.js';
import type { Diagnosis } from '../core/diagnosis/diagnosis.js';
import type { RecipeResult } from '../core/recipe/recipeRun.js';
import { applyFix, fixRecord, mostFixes, type FixRecord, type HealOptions } from './applyFix.js';
import type { CliContext } from './cliContext.js';

interface RecipeHealing {
  readonly result: RecipeResult;
  readonly fixes: readonly FixRecord[];
}

/**
 * Runs a recipe, applies the best fix of what failed in its steps, and runs it again: what was done is skipped. A fix
 * after which the step fails as before is taken back before the next. No fix changes the target: that is the run's.
 */
export async function healRecipe(
  context: CliContext,
  configFile: string,
  run: (how: { readonly fresh: boolean }) => Promise<RecipeResult>,
  options: HealOptions,
): Promise<RecipeHealing> {
  const fixes: FixRecord[] = [];
  const tried = new Set<string>();
  let result = await run({ fresh: false });
  while (result.outcome === 'failed' && fixes.length < mostFixes) {
    const chosen = chooseFix(stepDiagnoses(result), { tried, commands: options.yes });
    if (chosen === undefined) break;
    tried.add(fixKey(chosen.fix));
    const attempt = await applyFix(context, chosen, configFile, options);
    if (attempt.kind !== 'applied') {
      fixes.push(fixRecord(chosen, false, attempt.note));
      if (options.dryRun) break;
      continue;
    }
    // What a command has installed may be looked for where nothing was a moment ago.
    const fresh = chosen.fix.edit.kind === 'command';
    const next = await run({ fresh });
    if (stepDiagnoses(next).some((it) => isSame(it, chosen.diagnosis))) {
      await attempt.undo();
      const note = fresh
        ? 'The command ended well, but the failure is the same.'
        : 'It changed nothing about the failure, and was taken back.';
      fixes.push(fixRecord(chosen, false, note));
      continue;
    }
    fixes.push(fixRecord(chosen, true, undefined));
    result = next;
  }
  return { result, fixes };
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
