import { editDistance } from '../../target/editDistance.js';
import type { CompiledFunction } from './assembly.js';

/** Names offered at once. */
const most = 8;

/**
 * Functions of the package that a name most likely meant, best first: the same without receiver, instance or case
 * (`Sum` for `Sum[go.shape.int]`, `T.m` for `(*T).m`), closures within it, then the least misspelt.
 */
export function nearestFunctions(name: string, functions: readonly CompiledFunction[]): readonly string[] {
  const wanted = plain(name);
  const ranked = [...new Set(functions.filter((it) => !it.wrapper).map((it) => it.name))]
    .map((candidate) => ({ candidate, rank: rank(wanted, plain(candidate)) }))
    .filter((it) => it.rank < 1)
    .sort((a, b) => a.rank - b.rank || a.candidate.length - b.candidate.length);
  return ranked.slice(0, most).map((it) => it.candidate);
}

/** From 0, the same, to 1, nothing in common. */
function rank(wanted: string, candidate: string): number {
  if (candidate === wanted) return 0;
  if (lastPart(candidate) === lastPart(wanted)) return 0.1;
  if (candidate.startsWith(`${wanted}.`)) return 0.2;
  if (candidate.endsWith(`.${wanted}`) || wanted.endsWith(`.${candidate}`)) return 0.3;
  // Whatever is longer than any name is no misspelling.
  if (wanted.length > 200 || candidate.length > 200) return 1;
  const distance = editDistance(wanted, candidate) / Math.max(wanted.length, candidate.length);
  if (distance <= 1 / 3) return 0.4 + distance;
  return candidate.includes(wanted) ? 0.8 : 1;
}

/** Without instance arguments, receiver's parentheses and case. */
function plain(name: string): string {
  return name
    .replace(/\[.*\]/, '')
    .replace(/[(*)]/g, '')
    .toLowerCase();
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
