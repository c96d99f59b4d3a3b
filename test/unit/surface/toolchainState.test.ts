import { describe, expect, it } from 'vitest';
import { toolchainState } from '../../../src/core/toolchain/toolchainState.js';
import type { ProbedToolchain, ToolchainKind } from '../../../src/core/toolchain/toolchain.js';
import { choice } from './sample.js';

const { target } = choice('linux/arm/v7');
const candidate = (kind: ToolchainKind, verdict: ProbedToolchain['verdict']): ProbedToolchain => ({
  toolchain: { kind, cc: 'cc', env: {} },
  verdict,
  reason: 'so it is',
});
const proven = candidate('gnu', 'proven');

describe('the state of a target’s C side', () => {
  it.each([
    ['missing', { target, candidates: [], packages: [] }],
    ['missing', { target, candidates: [candidate('gnu', 'rejected')], packages: [] }],
    [
      'found',
      { target, candidates: [candidate('gnu', 'rejected'), candidate('zig', 'unproven')], packages: [] },
    ],
    ['proven', { target, chosen: proven, candidates: [proven], packages: [] }],
    // A build uses what crossbow.yaml names, so another compiler that works doesn't make the row green.
    [
      'refused',
      { target, chosen: proven, candidates: [candidate('configured', 'rejected'), proven], packages: [] },
    ],
  ] as const)('%s', (state, report) => {
    expect(toolchainState(report)).toBe(state);
  });
});
