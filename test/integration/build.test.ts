import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyConfig } from '../../src/core/config/config.js';
import { targetId, type Target } from '../../src/core/target/target.js';
import { cgoProgram, createWorkspace, listening, pureProgram, type Workspace } from './workspace.js';

const opened: Workspace[] = [];
const open = (...args: Parameters<typeof createWorkspace>): Workspace => {
  const workspace = createWorkspace(...args);
  opened.push(workspace);
  return workspace;
};
afterEach(() => {
  for (const workspace of opened.splice(0)) workspace.remove();
});

const armv7: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };
const here: Target = { goos: 'linux', goarch: 'amd64' };

/** Everything below a folder, except what is a folder. */
function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => !it.isDirectory())
    .map((it) => path.relative(folder, path.join(it.parentPath, it.name)))
    .sort();
}

describe('a cgo program for every target', () => {
  const targets: readonly (readonly [Target, machine: string, emulated: boolean])[] = [
    [armv7, 'arm', true],
    [{ goos: 'linux', goarch: 'arm64' }, 'aarch64', true],
    [{ goos: 'linux', goarch: 'riscv64' }, 'riscv', true],
    [{ goos: 'linux', goarch: '386' }, 'i386', true],
    [{ goos: 'windows', goarch: 'amd64' }, 'x86-64', false],
    [here, 'x86-64', true],
  ];

  it.each(targets)('%o', async (target, machine, emulated) => {
    const ws = open(cgoProgram);
    const { options } = listening();
    const result = await ws.crossbow.build({ target, package: await ws.main(), root: ws.root }, options);
    expect(result).toMatchObject({ outcome: 'ok', diagnoses: [], toolchain: { verdict: 'proven' } });
    const [artifact] = result.artifacts;
    if (artifact === undefined) throw new Error('no artifact');
    const exe = target.goos === 'windows' ? '.exe' : '';
    expect(filesBelow(ws.path('dist'))).toEqual([path.join(...targetId(target).split('/'), `doubler${exe}`)]);
    expect(artifact.facts.machine).toBe(machine);
    if (target === armv7) expect(artifact.facts.arm).toMatchObject({ floatAbi: 'hard' });
    if (!emulated) return;
    const plan = await ws.crossbow.emulation(artifact, options);
    if (plan.kind !== 'run') throw new Error(plan.message);
    const env = { ...process.env, ...plan.env };
    expect(execFileSync(plan.program, [...plan.args], { encoding: 'utf8', env })).toBe('twice 21 is 42\n');
  });
});

describe('a build', () => {
  it('does the same as its shell line', async () => {
    const ws = open(cgoProgram, { name: "wörk 'späce $HOME " });
    const { options, events } = listening();
    const request = { target: armv7, package: await ws.main(), root: ws.root };
    const result = await ws.crossbow.build(request, options);
    const [artifact] = result.artifacts;
    if (artifact === undefined) throw new Error(`not built: ${JSON.stringify(result)}`);
    const built = readFileSync(artifact.path);
    writeFileSync(artifact.path, '');
    execFileSync('/bin/sh', ['-c', result.shellCommand], { stdio: 'inherit' });
    expect(readFileSync(artifact.path).equals(built)).toBe(true);
    expect(await ws.crossbow.shellCommand(request, options)).toBe(result.shellCommand);
    expect(events[0]).toMatchObject({ kind: 'command' });
    expect(events.at(-1)).toMatchObject({ kind: 'artifact' });
  });

  it('spares the relink when nothing changed, and replaces the file when something did', async () => {
    const ws = open(pureProgram);
    const { options } = listening();
    const request = { target: armv7, package: await ws.main(), root: ws.root };
    const first = await ws.crossbow.build(request, options);
    const file = first.artifacts[0]?.path ?? '';
    const inode = statSync(file).ino;
    await ws.crossbow.build(request, options);
    expect(statSync(file).ino).toBe(inode);
    ws.write({ 'main.go': 'package main\n\nfunc main() { println("changed") }\n' });
    expect((await ws.crossbow.build(request, options)).outcome).toBe('ok');
    expect(statSync(file).ino).not.toBe(inode);
    expect(filesBelow(ws.path('dist'))).toEqual(['linux/arm/v7/pure']);
  });

  it('needs no C compiler for a program without C', async () => {
    const go = path.dirname(execFileSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim());
    const ws = open(pureProgram, { env: { PATH: go, CC: undefined } });
    const { options } = listening();
    const result = await ws.crossbow.build(
      { target: armv7, package: await ws.main(), root: ws.root },
      options,
    );
    expect(result).toMatchObject({ outcome: 'ok', artifacts: [{ facts: { linkage: 'static' } }] });
    expect(result.toolchain).toBeUndefined();
  });

  it('is refused rather than made without its C parts', async () => {
    const go = path.dirname(execFileSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim());
    const ws = open(cgoProgram, { env: { PATH: go, CC: undefined } });
    const { options, text } = listening();
    const result = await ws.crossbow.build(
      { target: armv7, package: await ws.main(), root: ws.root },
      options,
    );
    expect(result.outcome).toBe('failed');
    expect(result.diagnoses[0]).toMatchObject({ cause: 'c-compiler-not-found', confidence: 'certain' });
    expect(text()).toContain('example.com/doubler uses cgo');
    expect(filesBelow(ws.path('dist'))).toEqual([]);
  });

  it('fails when the bytes are not what the target asks for', async () => {
    const ws = open(cgoProgram);
    const { options, text } = listening();
    const target: Target = { goos: 'linux', goarch: 'arm', level: 'v6' };
    const result = await ws.crossbow.build(
      { target, package: await ws.main(), root: ws.root, env: { CC: 'arm-linux-gnueabihf-gcc' } },
      options,
    );
    expect(result).toMatchObject({
      outcome: 'failed',
      artifacts: [],
      diagnoses: [{ cause: 'illegal-instruction' }],
    });
    expect(text()).toContain('ARMv7');
    expect(filesBelow(ws.path('dist'))).toEqual([]);
  });

  it("shows the host compiler's own words and what they mean", async () => {
    const ws = open(cgoProgram);
    const { options, text } = listening();
    const result = await ws.crossbow.build(
      { target: armv7, package: await ws.main(), root: ws.root },
      { ...options, config: { ...emptyConfig, toolchains: { 'linux/arm/v7': { cc: 'gcc' } } } },
    );
    expect(result).toMatchObject({ outcome: 'failed', diagnoses: [{ cause: 'wrong-c-compiler' }] });
    expect(text()).toMatch(/^# runtime\/cgo\ngcc: error: .*-marm/m);
    expect(text()).not.toMatch(/^runtime\/cgo$/m);
  });

  it('keeps the last good artifact when it fails', async () => {
    const ws = open(pureProgram);
    const { options } = listening();
    const request = { target: here, package: await ws.main(), root: ws.root };
    await ws.crossbow.build(request, options);
    ws.write({ 'main.go': 'package main\n\nfunc main() { nonsense }\n' });
    expect((await ws.crossbow.build(request, options)).outcome).toBe('failed');
    expect(execFileSync(ws.path('dist/linux/amd64/pure'), { stdio: 'pipe' }).length).toBe(0);
    expect(filesBelow(ws.path('dist'))).toEqual(['linux/amd64/pure']);
  });

  it('counts packages out of a total while it compiles', async () => {
    const ws = open(pureProgram);
    const { options, events } = listening();
    await ws.crossbow.build(
      {
        target: here,
        package: await ws.main(),
        root: ws.root,
        ldflags: '-s',
        env: { GOCACHE: ws.path('cache') },
      },
      options,
    );
    const counts = events.filter((it) => it.kind === 'progress');
    expect(counts.map((it) => it.done)).toEqual([...counts.map((it) => it.done)].sort((a, b) => a - b));
    const last = counts.at(-1);
    expect(last?.total).toBe(last?.done);
    expect(last?.done).toBeGreaterThan(10);
  });

  it('two at once do not hurt each other', async () => {
    const ws = open(pureProgram);
    const request = { target: armv7, package: await ws.main(), root: ws.root };
    const results = await Promise.all([1, 2, 3].map(() => ws.crossbow.build(request, listening().options)));
    expect(results.map((it) => it.outcome)).toEqual(['ok', 'ok', 'ok']);
    expect(filesBelow(ws.path('dist'))).toEqual(['linux/arm/v7/pure']);
  });
});

describe('cancelling', () => {
  it('ends the whole build and leaves nothing half-written', async () => {
    const ws = open({
      ...cgoProgram,
      // A compiler that works for minutes, with a child of its own.
      'slow-cc':
        '#!/bin/sh\npids="${0%/*}/pids"\necho $$ >> "$pids"\nsleep 300 &\necho $! >> "$pids"\nwait\n',
    });
    chmodSync(ws.path('slow-cc'), 0o755);
    const controller = new AbortController();
    const { options } = listening();
    const build = ws.crossbow.build(
      { target: armv7, package: await ws.main(), root: ws.root, env: { CC: ws.path('slow-cc') } },
      { ...options, signal: controller.signal },
    );
    await expect.poll(() => existsSync(ws.path('pids')), { timeout: 30_000, interval: 20 }).toBe(true);
    const before = performance.now();
    controller.abort();
    const result = await build;
    // The compiler would work for minutes; how soon it ends is not measured on a machine that does other things.
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(result).toMatchObject({ outcome: 'cancelled', artifacts: [] });
    expect(filesBelow(ws.path('dist'))).toEqual([]);
    const alive = readFileSync(ws.path('pids'), 'utf8')
      .trim()
      .split('\n')
      .filter((pid) => isRunning(pid));
    expect(alive).toEqual([]);
  });
});

function isRunning(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('bad input', () => {
  it('no go command', async () => {
    const ws = open(pureProgram, { env: { PATH: '/nonexistent', GOROOT: undefined } });
    const status = await ws.crossbow.go();
    // A Go in its usual place is found without PATH; where there is none, the message says what to do.
    if (status.kind === 'found') expect(path.isAbsolute(status.path)).toBe(true);
    else expect(status.message).toMatch(/Install Go/);
  });

  it.each([
    ['dist is a file', { dist: 'in the way\n' }, 'dist is a file'],
    ['the artifact is a folder', { 'dist/linux/amd64/pure/keep': 'me\n' }, 'is a folder'],
  ])('%s', async (_, files, message) => {
    const ws = open({ ...pureProgram, ...files });
    const { options, text } = listening();
    const before = filesBelow(ws.root);
    const result = await ws.crossbow.build(
      { target: here, package: await ws.main(), root: ws.root },
      options,
    );
    expect(result.outcome).toBe('failed');
    expect(text()).toContain(message);
    expect(filesBelow(ws.root)).toEqual(before);
  });

  it('a CC that is a folder', async () => {
    const ws = open(cgoProgram);
    const { options, text } = listening();
    const result = await ws.crossbow.build(
      { target: armv7, package: await ws.main(), root: ws.root, env: { CC: ws.root } },
      options,
    );
    expect(result.outcome).toBe('failed');
    expect(text()).toContain(ws.root);
    expect(result.diagnoses.length).toBeGreaterThan(0);
  });

  it('a CC that hangs is given up on, and told', { timeout: 120_000 }, async () => {
    const ws = open({ ...cgoProgram, 'hanging-gcc': '#!/bin/sh\nexec sleep 600\n' });
    chmodSync(ws.path('hanging-gcc'), 0o755);
    const report = await ws.crossbow.toolchains(armv7, {
      trusted: true,
      config: { ...emptyConfig, toolchains: { 'linux/arm/v7': { cc: ws.path('hanging-gcc') } } },
    });
    const hanging = report.candidates.find((it) => it.toolchain.kind === 'configured');
    expect(hanging?.verdict).not.toBe('proven');
    expect(hanging?.reason).toMatch(/within \d+ s/);
    expect(report.chosen?.toolchain.cc).toBe('arm-linux-gnueabihf-gcc');
  });

  it('a go command without -json', async () => {
    const go = execFileSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim();
    const ws = open({
      ...cgoProgram,
      // As Go 1.19 answers: its version, and no -json for build.
      'old/go': `#!/bin/sh
case "$*" in "env GOVERSION") echo go1.19.8; exit;; "build -json"*) echo "flag provided but not defined: -json" >&2; exit 2;; esac
exec '${go}' "$@"
`,
    });
    chmodSync(ws.path('old/go'), 0o755);
    const old = createWorkspace(cgoProgram, {
      env: { PATH: `${ws.path('old')}:${process.env['PATH'] ?? ''}` },
    });
    opened.push(old);
    expect(await old.crossbow.go()).toMatchObject({ version: 'go1.19.8', buildJson: false });
    const request = { target: armv7, package: await old.main(), root: old.root };
    expect((await old.crossbow.build(request, listening().options)).outcome).toBe('ok');
    const { options, text } = listening();
    const failed = await old.crossbow.build({ ...request, env: { CC: 'gcc' } }, options);
    expect(failed).toMatchObject({ outcome: 'failed', diagnoses: [{ cause: 'wrong-c-compiler' }] });
    expect(text()).toContain('# runtime/cgo\n');
  });
});
