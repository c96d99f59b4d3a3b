import type { Catalogue } from './catalogue.js';
import { parseTarget } from './parseTarget.js';
import type { TargetChoice } from './targetChoice.js';

/** What a typed spelling means to a person who picks a target. */
export type TypedChoice =
  | { readonly kind: 'choice'; readonly choice: TargetChoice }
  /** No target: the reason, and the nearest one that is. */
  | { readonly kind: 'refused'; readonly message: string; readonly nearest?: TargetChoice };

/** Reads any spelling of a target or device as a choice. Never throws. */
export function parseChoice(text: string, catalogue: Catalogue): TypedChoice {
  const parsed = parseTarget(text, catalogue);
  if (parsed.ok) {
    return { kind: 'choice', choice: toChoice(parsed) };
  }
  for (const spelling of parsed.nearest) {
    const near = parseTarget(spelling, catalogue);
    if (near.ok) {
      return { kind: 'refused', message: parsed.message, nearest: toChoice(near) };
    }
  }
  return { kind: 'refused', message: parsed.message };
}

function toChoice({ target, device }: TargetChoice): TargetChoice {
  return device === undefined ? { target } : { target, device };
}
