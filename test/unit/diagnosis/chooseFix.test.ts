import { describe, expect, it } from 'vitest';
import { chooseFix, fixKey } from '../../../src/core/diagnosis/chooseFix.js';
import type { Diagnosis, Fix } from '../../../src/core/diagnosis/diagnosis.js';

const config = (value: string, kind: Fix['kind'] = 'set-compiler'): Fix => ({
  kind,
  title: value,
  proven: true,
  edit: { kind: 'config', changes: [{ path: ['toolchains', 'linux/arm/v7', 'cc'], value }] },
});
const install: Fix = {
  kind: 'install-packages',
  title: 'install',
  proven: false,
  edit: { kind: 'command', command: 'apt-get install gcc' },
};
const advice: Fix = {
  kind: 'advice',
  title: 'think',
  proven: false,
  edit: { kind: 'none', advice: 'think' },
};
const diagnosis = (fixes: readonly Fix[], confidence: Diagnosis['confidence'] = 'certain'): Diagnosis => ({
  cause: 'wrong-c-compiler',
  confidence,
  title: 'wrong',
  evidence: [],
  fixes,
});
const choose = (
  diagnoses: readonly Diagnosis[],
  { tried = [], commands = false }: { tried?: readonly Fix[]; commands?: boolean } = {},
): string | undefined => chooseFix(diagnoses, { tried: new Set(tried.map(fixKey)), commands })?.fix.title;

describe('which fix is applied', () => {
  it('the first of the root cause that is no advice and was not tried', () => {
    const [one, two] = [config('a'), config('b')];
    expect(choose([diagnosis([advice, one, two])])).toBe('a');
    expect(choose([diagnosis([one, two])], { tried: [one] })).toBe('b');
    expect(choose([diagnosis([one])], { tried: [one] })).toBeUndefined();
    expect(choose([diagnosis([advice]), diagnosis([two])])).toBe('b');
  });

  it('none of a hint', () => {
    expect(choose([diagnosis([config('a')], 'hint')])).toBeUndefined();
  });

  it('a command only after a yes, and nothing given up in its place', () => {
    const off = config('off', 'disable-cgo');
    expect(choose([diagnosis([install, off])], { commands: true })).toBe('install');
    expect(choose([diagnosis([install, off])])).toBeUndefined();
    expect(choose([diagnosis([install, config('a')])])).toBe('a');
    expect(choose([diagnosis([off])])).toBe('off');
  });
});
