import type { Catalogue } from './catalogue.js';
import type { Device } from './devices.js';
import { targetId, type Target } from './target.js';

/** What a person picks: a target, or a device that implies one. */
export interface TargetChoice {
  readonly target: Target;
  readonly device?: Device;
}

/** The spelling that is remembered and written to crossbow.yaml: the device's id, else the target's. */
export function choiceKey(choice: TargetChoice): string {
  return choice.device?.id ?? targetId(choice.target);
}

/** The choice's name for people. */
export function choiceName(choice: TargetChoice): string {
  return choice.device?.name ?? targetId(choice.target);
}

/** Whether a spelling, such as one of crossbow.yaml's `pinned`, means this very choice. */
export function sameChoice(a: TargetChoice, b: TargetChoice): boolean {
  return choiceKey(a) === choiceKey(b);
}

/** Whether C code can be part of a build for the target. Unknown ports count as able, so that a probe decides. */
export function cgoSupported(target: Target, catalogue: Catalogue): boolean {
  const port = catalogue.ports.find((it) => it.goos === target.goos && it.goarch === target.goarch);
  return port?.cgoSupported ?? true;
}
