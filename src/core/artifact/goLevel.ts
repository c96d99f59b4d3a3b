import { levelEnvironment } from '../target/levels.js';
import type { Target } from '../target/target.js';

/**
 * Compares the level that Go recorded in a binary with the target's. Code for a lower level runs on a higher one,
 * so only a level that demands more is named; `undefined` when the binary's suits.
 */
export function excessGoLevel(
  target: Target,
  settings: Readonly<Record<string, string>>,
): { readonly variable: string; readonly expected: string; readonly found: string } | undefined {
  const [wanted] = Object.entries(levelEnvironment(target));
  if (wanted === undefined) {
    return undefined;
  }
  const [variable, expected] = wanted;
  const found = settings[variable];
  if (found === undefined) {
    return undefined;
  }
  return demandsMore(target.goarch, found, expected) ? { variable, expected, found } : undefined;
}

function demandsMore(goarch: string, found: string, expected: string): boolean {
  if (goarch === '386' || goarch.startsWith('mips')) {
    return expected === 'softfloat' && found !== 'softfloat';
  }
  if (goarch === 'arm') {
    const usesFloat = (level: string): boolean =>
      !level.includes('softfloat') && (!level.startsWith('5') || level.includes('hardfloat'));
    return Number.parseInt(found) > Number.parseInt(expected) || (usesFloat(found) && !usesFloat(expected));
  }
  if (goarch === 'arm64') {
    const have = arm64Features(expected);
    const want = arm64Features(found);
    return want.rank > have.rank || (want.crypto && !have.crypto) || (want.lse && !have.lse);
  }
  const rank = (level: string): number => Number(/\d+/.exec(level)?.[0] ?? 0);
  return rank(found) > rank(expected);
}

/** Armv9.x holds all of v8.(x+5), and LSE is part of everything from v8.1 (Go's src/internal/buildcfg/cfg.go). */
function arm64Features(level: string): {
  readonly rank: number;
  readonly lse: boolean;
  readonly crypto: boolean;
} {
  const match = /^v(8|9)\.(\d)/.exec(level);
  const rank = Number(match?.[2] ?? 0) + (match?.[1] === '9' ? 5 : 0);
  return { rank, lse: rank >= 1 || level.includes(',lse'), crypto: level.includes(',crypto') };
}
