import { editDistance } from '../target/editDistance.js';

/** The candidate that a mistyped name most likely meant, or undefined where none is near. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  // Whatever is longer than any name is no misspelling.
  if (wanted.length > 64) return undefined;
  // A third of the letters may be wrong; more than that is another word.
  let best = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  let found: string | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}
