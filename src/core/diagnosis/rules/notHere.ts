import type { Facts } from '../finding.js';
import type { Clue } from '../rule.js';

/** A position in the form that facts have it, from what a pattern caught. */
export function placeOf(
  file: string,
  line: string | undefined,
  column: string | undefined,
): NonNullable<Facts['place']> {
  return {
    file,
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(column === undefined ? {} : { column: Number(column) }),
  };
}

/** The finding that code does not fit the target. */
export function notHere(
  detail: string,
  title: string,
  facts: Facts,
  confidence: 'likely' | 'hint' = 'likely',
): Clue {
  return { cause: 'not-on-this-target', confidence, layer: 'source', detail, title, facts };
}
