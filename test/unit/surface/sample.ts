import type { Artifact, BuildResult } from '../../../src/core/build/build.js';
import { createCatalogue } from '../../../src/core/target/createCatalogue.js';
import { parseChoice } from '../../../src/core/target/parseChoice.js';
import type { Target } from '../../../src/core/target/target.js';
import type { TargetChoice } from '../../../src/core/target/targetChoice.js';
import type { TargetsState } from '../../../src/core/target/targetTree.js';

/** A window in which nothing happened yet, over the built-in catalogue. */
export const emptyState: TargetsState = {
  catalogue: createCatalogue(),
  pinned: [],
  toolchains: new Map(),
  history: [],
  running: [],
  recipes: [],
};

export function choice(spelling: string): TargetChoice {
  const parsed = parseChoice(spelling, emptyState.catalogue);
  if (parsed.kind !== 'choice') {
    throw new Error(parsed.message);
  }
  return parsed.choice;
}

export function artifact(target: Target, path = `/w/dist/${target.goarch}/rows`): Artifact {
  return {
    path,
    target,
    importPath: 'example.com/rows',
    mismatches: [],
    facts: {
      format: 'elf',
      machine: 'arm',
      bits: 32,
      endianness: 'little',
      type: 'executable',
      linkage: 'dynamic',
      interpreter: '/lib/ld-linux-armhf.so.3',
      neededLibraries: ['libc.so.6'],
      glibc: '2.34',
      arm: { architecture: 7, floatAbi: 'hard' },
      size: 4_120_000,
    },
  };
}

export function result(target: Target, outcome: BuildResult['outcome'], problem?: string): BuildResult {
  return {
    target,
    importPath: 'example.com/rows',
    outcome,
    artifacts: outcome === 'ok' ? [artifact(target)] : [],
    diagnoses:
      problem === undefined
        ? []
        : [{ cause: 'wrong-compiler', confidence: 'certain', title: problem, evidence: [], fixes: [] }],
    shellCommand: 'go build',
    durationMs: 2345,
  };
}
