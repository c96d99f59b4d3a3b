import type { Diagnosis, Fix } from './diagnosis.js';

export interface ChosenFix {
  readonly diagnosis: Diagnosis;
  readonly fix: Fix;
}

/**
 * The best fix that can be applied without a person and was not tried before: the root cause's first. Advice can't
 * be applied; a command only after a yes. Behind a command that waits for its yes, a fix that gives something up
 * (cgo, the target) is no better one, and is left to the person.
 */
export function chooseFix(
  diagnoses: readonly Diagnosis[],
  { tried, commands }: { readonly tried: ReadonlySet<string>; readonly commands: boolean },
): ChosenFix | undefined {
  for (const diagnosis of diagnoses) {
    if (diagnosis.confidence === 'hint') continue;
    let commandWaits = false;
    for (const fix of diagnosis.fixes) {
      if (fix.edit.kind === 'command' && !commands) commandWaits = true;
      const isApplicable = fix.edit.kind === 'command' ? commands : fix.edit.kind !== 'none';
      const givesUp = fix.kind === 'disable-cgo' || fix.kind === 'change-target';
      if (!isApplicable || (commandWaits && givesUp) || tried.has(fixKey(fix))) continue;
      return { diagnosis, fix };
    }
  }
  return undefined;
}

/** Tells a fix that was tried by what it changes. */
export function fixKey(fix: Fix): string {
  return JSON.stringify(fix.edit);
}
