import { describe, expect, it } from 'vitest';
import { decideCgo, needsExternalLink, type CgoQuestions } from '../../../src/core/build/cgoDecision.js';
import type { CgoUse } from '../../../src/core/build/cgoUse.js';
import type { ProbedToolchain, ToolchainReport } from '../../../src/core/toolchain/toolchain.js';

const target = { goos: 'linux', goarch: 'arm', level: 'v6' };
const probed = (
  kind: ProbedToolchain['toolchain']['kind'],
  verdict: ProbedToolchain['verdict'],
): ProbedToolchain => ({
  toolchain: { kind, cc: `${kind}-gcc`, env: {} },
  verdict,
  reason: `it is ${verdict}`,
});
const proven = probed('gnu', 'proven');
const rejected = probed('gnu', 'rejected');
const report = (candidates: readonly ProbedToolchain[]): ToolchainReport => {
  const chosen = candidates.find((it) => it.verdict === 'proven');
  return { target, candidates, packages: [], ...(chosen ? { chosen } : {}) };
};
const sqlite: CgoUse = {
  kind: 'known',
  standard: true,
  order: ['unsafe', 'github.com/mattn/go-sqlite3'],
  packages: [{ importPath: 'github.com/mattn/go-sqlite3', directory: '/m', files: ['sqlite3.go'] }],
};
const pure: CgoUse = { kind: 'known', standard: true, packages: [], order: [] };

function ask(over: Partial<CgoQuestions> & { found?: CgoUse; candidates?: readonly ProbedToolchain[] }) {
  const asked: string[] = [];
  const decision = decideCgo({
    target,
    mode: 'auto',
    env: {},
    externalLink: false,
    hostPort: false,
    configured: false,
    supported: () => Promise.resolve(true),
    use: () => (asked.push('use'), Promise.resolve(over.found ?? sqlite)),
    toolchains: () => (asked.push('toolchains'), Promise.resolve(report(over.candidates ?? [proven]))),
    ...over,
  });
  return decision.then((it) => ({ decision: it, asked }));
}

describe('whether cgo is on', () => {
  it('never looks for a compiler where no package needs one', async () => {
    expect(await ask({ found: pure })).toEqual({ decision: { kind: 'off' }, asked: ['use'] });
    expect(await ask({ found: pure, hostPort: true })).toEqual({
      decision: { kind: 'default' },
      asked: ['use'],
    });
    expect(await ask({ mode: 'off' })).toEqual({ decision: { kind: 'off' }, asked: [] });
  });

  it('uses the proven toolchain where a package needs one', async () => {
    expect((await ask({})).decision).toEqual({ kind: 'on', toolchain: proven });
  });

  it('refuses rather than build a program without its C parts', async () => {
    for (const candidates of [[], [rejected]]) {
      const { decision } = await ask({ candidates });
      expect(decision.kind).toBe('refused');
    }
    expect((await ask({ candidates: [rejected], mode: 'on' })).decision.kind).toBe('refused');
  });

  it('uses a compiler that crossbow.yaml names, whatever its probe said', async () => {
    const configured = probed('configured', 'rejected');
    const { decision } = await ask({ configured: true, candidates: [configured, proven] });
    expect(decision).toEqual({ kind: 'on', toolchain: configured });
  });

  it('refuses a configured compiler that hangs, rather than wait for it or take another', async () => {
    const hung: ProbedToolchain = { ...probed('configured', 'rejected'), hung: true };
    const { decision } = await ask({ configured: true, candidates: [hung, proven] });
    expect(decision).toMatchObject({ kind: 'refused', hung });
  });

  it('asks nothing where a variable names the compiler', async () => {
    expect(await ask({ env: { CC: 'gcc' } })).toEqual({ decision: { kind: 'on' }, asked: [] });
  });

  it('turns it on for Go packages alone only where asked to', async () => {
    expect((await ask({ found: pure, mode: 'on' })).decision).toEqual({ kind: 'on', toolchain: proven });
    expect((await ask({ found: pure, externalLink: true })).decision).toEqual({
      kind: 'on',
      toolchain: proven,
    });
  });

  it('notes what a port without cgo leaves out', async () => {
    const { decision, asked } = await ask({ supported: () => Promise.resolve(false) });
    expect(decision).toMatchObject({ kind: 'off' });
    expect(JSON.stringify(decision)).toContain('github.com/mattn/go-sqlite3');
    expect(asked).toEqual(['use']);
  });

  it('takes an untried compiler only where cgo was asked for', async () => {
    const untried = probed('gnu', 'unproven');
    expect((await ask({ candidates: [untried] })).decision.kind).toBe('refused');
    expect((await ask({ candidates: [untried], mode: 'on' })).decision).toEqual({
      kind: 'on',
      toolchain: untried,
    });
  });

  it('knows when Go calls the C linker by itself', () => {
    expect(needsExternalLink(target, '-s -linkmode external -extldflags "-static"')).toBe(true);
    expect(needsExternalLink(target, '-s -w')).toBe(false);
    expect(needsExternalLink(target, undefined, '-mod=mod -race')).toBe(true);
    expect(needsExternalLink(target, undefined, '-buildmode=plugin')).toBe(true);
    expect(needsExternalLink(target, undefined, '-buildmode=exe -tags=race')).toBe(false);
    // Go links position-independent programs itself for some ports only.
    expect(
      needsExternalLink({ goos: 'linux', goarch: 'arm', level: 'v7' }, undefined, '-buildmode=pie'),
    ).toBe(true);
    expect(needsExternalLink({ goos: 'linux', goarch: 'arm64' }, undefined, '-buildmode=pie')).toBe(false);
    expect(needsExternalLink({ goos: 'android', goarch: 'arm', level: 'v7' }, undefined)).toBe(true);
    expect(needsExternalLink({ goos: 'android', goarch: 'arm64' }, undefined)).toBe(false);
  });
});
