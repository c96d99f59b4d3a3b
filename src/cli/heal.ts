import { chooseFix, fixKey, type ChosenFix } from '../core/diagnosis/chooseFix.js';
import type { Diagnosis, FixEdit } from '../core/diagnosis/diagnosis.js';
import { applyFix, fixRecord, mostFixes, type FixRecord, type HealOptions } from './applyFix.js';
import type { CliContext } from './cliContext.js';

/** What is run again after each fix; `R` is what a run of it came to. */
export interface Patient<R> {
  hasFailed(run: R): boolean;
  /** What fixes are chosen from. */
  diagnoses(run: R): readonly Diagnosis[];
  /** Runs it with a fix in effect; `fresh` looks again for what was not there before. The note goes with a good fix. */
  again(before: R, edit: FixEdit, fresh: boolean): Promise<{ readonly run: R; readonly note?: string }>;
  /** Whether the fix did not reach what it was for. */
  isUnmoved(before: R, after: R, chosen: ChosenFix): boolean;
}

/**
 * Applies the best fix of a failed run and runs it again, until it is green or no fix is left that was not tried. A fix
 * that changed nothing about the failure is taken back before the next.
 */
export async function heal<R>(
  context: CliContext,
  configFile: string,
  patient: Patient<R>,
  first: R,
  options: HealOptions,
): Promise<{ readonly run: R; readonly fixes: readonly FixRecord[] }> {
  const fixes: FixRecord[] = [];
  const tried = new Set<string>();
  let run = first;
  while (patient.hasFailed(run) && fixes.length < mostFixes) {
    const chosen = chooseFix(patient.diagnoses(run), { tried, commands: options.yes });
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
    const next = await patient.again(run, chosen.fix.edit, fresh);
    if (patient.isUnmoved(run, next.run, chosen)) {
      await attempt.undo();
      const note = fresh
        ? 'The command ended well, but the failure is the same.'
        : 'It changed nothing about the failure, and was taken back.';
      fixes.push(fixRecord(chosen, false, note));
      continue;
    }
    fixes.push(fixRecord(chosen, true, next.note));
    run = next.run;
  }
  return { run, fixes };
}
