import { describe, expect, it } from 'vitest';
import { emptyConfig } from '../../../src/core/config/config.js';
import { loadConfig } from '../../../src/core/config/loadConfig.js';
import type { Fix } from '../../../src/core/diagnosis/diagnosis.js';
import type { Finding } from '../../../src/core/diagnosis/finding.js';
import { nearestTargets } from '../../../src/core/diagnosis/resolve/fixes/targetFixes.js';
import { resolveFindings } from '../../../src/core/diagnosis/resolve/resolveFindings.js';
import { createCatalogue } from '../../../src/core/target/createCatalogue.js';
import { parseTarget } from '../../../src/core/target/parseTarget.js';
import { createPorts } from '../../../src/node/ports.js';

const catalogue = createCatalogue();

/** The fixes for a log's finding, in a build for `target` with this crossbow.yaml. */
async function fixesOf(
  found: Pick<Finding, 'cause' | 'facts'> & { readonly detail?: string },
  { target, yaml }: { readonly target?: string; readonly yaml?: string } = {},
): Promise<readonly Fix[]> {
  const finding: Finding = { detail: '', ...found, confidence: 'certain', title: '', evidence: [] };
  const parsed = target === undefined ? undefined : parseTarget(target, catalogue);
  const [diagnosis] = await resolveFindings(
    [finding],
    {
      config: yaml === undefined ? emptyConfig : loadConfig(yaml).config,
      trusted: false,
      ...(parsed?.ok === true ? { target: parsed.target } : {}),
    },
    createPorts(),
  );
  return diagnosis?.fixes ?? [];
}

describe('a target that Go does not have', () => {
  it.each([
    ['linux/aarch64', ['linux/arm64']],
    ['win32/amd64', ['windows/amd64', 'windows/arm64']],
    ['linux/wasm', ['js/wasm', 'wasip1/wasm']],
    ['darwin/386', ['darwin/amd64', 'darwin/arm64']],
    ['windows/riscv64', ['windows/arm64', 'windows/amd64']],
    ['386/amd64', ['linux/386', 'linux/386/softfloat']],
  ])('%s is near to %j', (wanted, nearest) => {
    expect(nearestTargets(wanted, catalogue)).toEqual(nearest);
  });

  it('is replaced by the nearest, which builds', async () => {
    const fixes = await fixesOf({ cause: 'unsupported-target', facts: { value: 'win32/amd64' } });
    expect(fixes[0]).toMatchObject({
      kind: 'change-target',
      title: 'Build for windows/amd64',
      edit: { kind: 'target', target: 'windows/amd64' },
    });
  });
});

describe('a level that Go does not have', () => {
  it.each([
    ['linux/amd64', 'GOAMD64', '3', 'linux/amd64/v3'],
    ['linux/arm', 'GOARM', 'v6', 'linux/arm/v6'],
    ['linux/mipsle', 'GOMIPS', 'soft', 'linux/mipsle/softfloat'],
    ['linux/386', 'GO386', '387', 'linux/386/softfloat'],
  ])('%s with %s=%s is what %s was meant for', async (target, variable, value, meant) => {
    const [fix] = await fixesOf({ cause: 'invalid-level', facts: { variable, value } }, { target });
    expect(fix).toMatchObject({ title: `Build for ${meant}`, edit: { kind: 'target', target: meant } });
  });

  it('goes out of crossbow.yaml, where it would win over the target', async () => {
    const yaml = 'toolchains:\n  linux/amd64:\n    env: { GOAMD64: "3" }\n';
    const found = { cause: 'invalid-level', facts: { variable: 'GOAMD64', value: '3' } } as const;
    const [fix] = await fixesOf(found, { target: 'linux/amd64', yaml });
    expect(fix?.edit).toEqual({
      kind: 'target',
      target: 'linux/amd64/v3',
      changes: [{ path: ['toolchains', 'linux/amd64', 'env', 'GOAMD64'], value: null }],
    });
  });

  it('that means nothing near leaves the target its own', async () => {
    const yaml = 'toolchains:\n  linux/arm/v7:\n    env: { GOARM: nine }\n';
    const found = { cause: 'invalid-level', facts: { variable: 'GOARM', value: 'nine' } } as const;
    const [fix] = await fixesOf(found, { target: 'linux/arm/v7', yaml });
    expect(fix?.edit).toMatchObject({ kind: 'config', changes: [{ value: null }] });
  });
});

describe('code for another port', () => {
  const windows = {
    cause: 'not-on-this-target',
    detail: 'header-of-other-system',
    facts: { header: 'windows.h' },
  } as const;
  const host = createPorts().host;

  it('that is built for this machine was meant for its own system', async () => {
    const [fix] = await fixesOf(windows, { target: `linux/${host.goarch}` });
    expect(fix).toMatchObject({
      kind: 'change-target',
      edit: { kind: 'target', target: `windows/${host.goarch}` },
    });
  });

  it('that someone builds for a target of their choice needs files for that', async () => {
    const fixes = await fixesOf(windows, { target: host.goarch === 'arm64' ? 'linux/amd64' : 'linux/arm64' });
    expect(fixes.map((it) => it.kind)).toEqual(['edit-source']);
  });

  it('which has no cgo, as linux/ppc64, is what the little-endian one was meant by', async () => {
    const fixes = await fixesOf({ cause: 'cgo-disabled', facts: {} }, { target: 'linux/ppc64' });
    expect(fixes[0]?.edit).toEqual({ kind: 'target', target: 'linux/ppc64le' });
    const others = await fixesOf({ cause: 'cgo-disabled', facts: {} }, { target: 'js/wasm' });
    expect(others.map((it) => it.edit.kind)).toEqual(['none']);
  });
});

it('an archive that is made for one address goes into a program without PIE', async () => {
  const found = {
    cause: 'incompatible-prebuilt-library',
    detail: 'archive-not-pic',
    facts: { object: 'lib/libfoo.a' },
  } as const;
  const yaml = 'defaults:\n  env: { GOFLAGS: -trimpath -buildmode=pie }\n';
  const [fix, ...others] = await fixesOf(found, { target: 'linux/amd64', yaml });
  expect(fix?.edit).toEqual({
    kind: 'config',
    changes: [{ path: ['toolchains', 'linux/amd64', 'env', 'GOFLAGS'], value: '-trimpath' }],
  });
  expect(others.map((it) => it.edit.kind)).toEqual(['none']);
  expect((await fixesOf(found, { target: 'linux/amd64' })).map((it) => it.edit.kind)).toEqual(['none']);
});
