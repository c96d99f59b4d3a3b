import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipeWorkspace } from './recipeFixtures.js';
import { runCliIn } from './runCliIn.js';
import type { Workspace } from './workspace.js';

interface Run {
  readonly ok: boolean;
  readonly runs: readonly {
    readonly target: string;
    readonly steps: readonly {
      readonly id: string;
      readonly state: string;
      readonly message?: string;
      readonly outputs: readonly { readonly path: string; readonly digest: string }[];
      readonly diagnoses: readonly {
        readonly cause: string;
        readonly fixes: readonly { readonly title: string }[];
      }[];
    }[];
  }[];
}

async function run(ws: Workspace, ...args: readonly string[]): Promise<Run> {
  const { out, err } = await runCliIn(ws, ['recipe', 'run', ...args, '--json']);
  expect(out, err).not.toBe('');
  return JSON.parse(out) as Run;
}

const stepsIn = (result: Run, state: string): readonly string[] =>
  result.runs.flatMap((it) => it.steps.filter((step) => step.state === state).map((step) => step.id));

const digests = (result: Run): readonly string[] =>
  result.runs.flatMap((it) => it.steps.flatMap((step) => step.outputs.map((output) => output.digest)));

const targets = [
  ['linux/arm/v7', 'qemu-arm-static', 'arm-linux-gnueabihf', 'linux/arm', 32],
  ['linux/arm64', 'qemu-aarch64-static', 'aarch64-linux-gnu', 'linux/arm64', 64],
] as const;

describe.each(targets)('a whole worker for %s', (target, emulator, triplet, platform, bits) => {
  let ws: Workspace;
  let first: Run;
  const dist = (...parts: readonly string[]): string => ws.path('dist', ...target.split('/'), ...parts);
  const said = (file: string, ...args: readonly string[]): string => {
    const { stdout, stderr } = spawnSync(emulator, [dist(file), ...args], { encoding: 'utf8' });
    return (stdout + stderr).trim();
  };

  beforeAll(async () => {
    ws = recipeWorkspace();
    // A library of the target's own in the place of libseccomp, which is not part of the set-up.
    const library = ws.path('library');
    ws.write({
      'library/seccomp.h':
        'struct scmp_version { unsigned major, minor, micro; };\nconst struct scmp_version *seccomp_version(void);\n',
      'library/seccomp.c':
        '#include "seccomp.h"\nstatic const struct scmp_version v = {2, 5, 9};\nconst struct scmp_version *seccomp_version(void) { return &v; }\n',
      'library/libseccomp.pc': `Name: libseccomp\nDescription: filters\nVersion: 2.5.9\nCflags: -I${library}\nLibs: -L${library} -lseccomp\n`,
      'crossbow.yaml': `toolchains:\n  ${target}:\n    pkg-config: { libdir: ${library} }\n`,
    });
    execFileSync(`${triplet}-gcc`, ['-c', 'seccomp.c'], { cwd: library });
    execFileSync(`${triplet}-ar`, ['rcs', 'libseccomp.a', 'seccomp.o'], { cwd: library });
    first = await run(ws, 'worker', '--target', target);
  });
  afterAll(() => {
    ws.remove();
  });

  it('is built step by step', () => {
    expect(first.runs.flatMap((it) => it.steps).filter((it) => it.state !== 'done')).toEqual([]);
    expect(first.ok).toBe(true);
  });

  it('is a tarball of exactly what a worker needs', () => {
    const name = first.runs[0]?.steps.find((it) => it.id === 'worker')?.outputs[0]?.path ?? '';
    expect(path.basename(name)).toMatch(/^concourse-0\.0\.0-dev-linux-arm(?:v7|64)\.tgz$/);
    const listed = execFileSync('tar', ['-tzf', name], { encoding: 'utf8' }).split('\n');
    expect(listed.filter((it) => it !== '' && !it.endsWith('/')).sort()).toEqual([
      'concourse/bin/concourse',
      'concourse/bin/fly',
      'concourse/bin/gdn',
      'concourse/bin/gdn-dadoo',
      'concourse/bin/gdn-init',
      'concourse/bin/runc',
      'concourse/resource-types/registry-image/resource_metadata.json',
      'concourse/resource-types/registry-image/rootfs.tgz',
    ]);
  });

  it('holds programs that run', () => {
    expect(said('concourse/concourse')).toBe(
      `concourse 0.0.0-dev ${platform}, storage in C (6), worker guardian`,
    );
    expect(said('concourse/fly')).toBe(`fly 0.0.0-dev ${platform}`);
    expect(said('gdn/gdn')).toBe(`gdn 0.0.0-dev ${platform}, API 1, 2 architectures`);
    expect(said('gdn/gdn-dadoo')).toBe(`dadoo ${platform}`);
    expect(said('gdn/gdn-init', '--check')).toBe(`init, ${String(bits)} bits`);
    expect(said('gdn/gdn-nstar')).toMatch(/^usage: .*home of root is \/root$/);
    expect(said('runc/runc')).toBe(`runc 1.3.0 ${platform}, seccomp 2.5.9, namespaces 7`);
  });

  it('holds a resource type whose programs run, and what the worker is told of it', () => {
    expect(JSON.parse(readFileSync(dist('resource/resource_metadata.json'), 'utf8'))).toEqual({
      type: 'registry-image',
      version: '0.0.0-dev',
      privileged: false,
      unique_version_history: false,
    });
    mkdirSync(ws.path('root'), { recursive: true });
    execFileSync('tar', ['-xzf', dist('resource/rootfs.tgz'), '-C', ws.path('root')]);
    for (const name of ['check', 'in', 'out'])
      expect(execFileSync(emulator, [ws.path('root/opt/resource', name)], { encoding: 'utf8' }).trim()).toBe(
        `${name} ${platform}`,
      );
    expect(readFileSync(ws.path('root/etc/ssl/certs/ca-certificates.crt'), 'utf8')).toContain(
      'BEGIN CERTIFICATE',
    );
  });

  it('is not built again while nothing changes', async () => {
    const second = await run(ws, 'worker', '--target', target);
    expect(stepsIn(second, 'done')).toEqual([]);
    expect(digests(second)).toEqual(digests(first));
  });

  it('is the same, byte for byte, when every step is done again', async () => {
    const again = await run(ws, 'worker', '--target', target, '--force');
    expect(stepsIn(again, 'skipped')).toEqual([]);
    expect(digests(again)).toEqual(digests(first));
  });

  it('is built again where a C file changed, and in what depends on it', async () => {
    appendFileSync(ws.path('src/guardian/cmd/init/init.c'), '\nint another;\n');
    const third = await run(ws, 'worker', '--target', target);
    const built = stepsIn(third, 'done').filter((it) => it !== 'gdn');
    expect(built).toEqual(['gdn/init', 'worker']);
  });
});

describe('runc without libseccomp for the target', () => {
  it('is diagnosed, and can be built without', async () => {
    const ws = recipeWorkspace({ '.': 'runc' });
    try {
      ws.write({
        'crossbow.yaml': `toolchains:\n  linux/arm/v7:\n    pkg-config: { libdir: ${ws.path('none')} }\n`,
      });
      const failed = await run(ws, 'runc', '--target', 'linux/arm/v7');
      expect(failed.ok).toBe(false);
      const causes = failed.runs[0]?.steps[0]?.diagnoses.map((it) => it.cause) ?? [];
      expect(causes[0]).toBe('missing-target-library');
      const fixes = failed.runs[0]?.steps[0]?.diagnoses[0]?.fixes.map((it) => it.title);
      expect(fixes?.[0]).toBe('Install libseccomp-dev for linux/arm/v7 (armhf)');
      expect(fixes).toContain('Build without libseccomp: --set seccomp=off');
      const auto = await run(ws, 'runc', '--target', 'linux/arm/v7', '--set', 'seccomp=auto');
      const [step] = auto.runs[0]?.steps ?? [];
      expect(step).toMatchObject({
        state: 'done',
        message: 'Built without libseccomp: pkg-config knows none for linux/arm/v7.',
      });
      const program = step?.outputs[0]?.path ?? '';
      expect(execFileSync(targets[0][1], [program], { encoding: 'utf8' })).toContain('seccomp off');
      const off = await run(ws, 'runc', '--target', 'linux/arm/v7', '--set', 'seccomp=off');
      expect(digests(off)).toEqual(digests(auto));
      const wrong = await run(ws, 'runc', '--target', 'linux/arm/v7', '--set', 'seccomp=maybe');
      expect(wrong.runs[0]?.steps[0]?.message).toBe('seccomp is maybe: it can be on, off or auto.');
    } finally {
      ws.remove();
    }
  });
});
