import { chmodSync, cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { execFileSync, spawnSync } from 'node:child_process';
import type { BuildResult } from '../../src/core/build/build.js';
import { usedCompilers } from '../../src/core/insight/xray/usedCompilers.js';
import type { XrayProcess } from '../../src/core/insight/xray/xray.js';
import type { XrayReading } from '../../src/core/insight/xray/xrays.js';
import type { Target } from '../../src/core/target/target.js';
import { runCliIn } from './runCliIn.js';
import { cacheFolder, createWorkspace, listening, pureProgram, type Workspace } from './workspace.js';

const armv7: Target = { goos: 'linux', goarch: 'arm', level: 'v7' };

const opened: Workspace[] = [];
afterEach(() => {
  for (const it of opened.splice(0)) it.remove();
});

function open(...args: Parameters<typeof createWorkspace>): Workspace {
  const ws = createWorkspace(...args);
  opened.push(ws);
  return ws;
}

/** An example, made new by a line that no cache has seen. */
function openExample(name: string): Workspace {
  const ws = open({});
  cpSync(path.resolve('examples', name), ws.root, { recursive: true });
  const main = readFileSync(ws.path('main.go'), 'utf8');
  ws.write({ 'main.go': `${main}\nvar edition = "${String(Date.now())}${String(Math.random())}"\n` });
  return ws;
}

async function build(
  ws: Workspace,
  more: { readonly traceProcesses?: boolean } = {},
): Promise<{ result: BuildResult; reading: XrayReading }> {
  const { options: said, text } = listening();
  const options = { ...said, ...more };
  const result = await ws.crossbow.build({ target: armv7, package: await ws.main(), root: ws.root }, options);
  const reading = await ws.crossbow.xrays.read(result.xray ?? '');
  if (reading === undefined) throw new Error(`no X-ray: ${text()}`);
  return { result, reading };
}

/** Every program that a process of this log began to execute, told without the parser that is tested. */
function executed(log: string): readonly string[] {
  const lines = log.split('\n');
  return lines.flatMap((line, at) => {
    const [, pid = '', path = ''] = /^(\d+)\s+\S+ execve\("([^"]+)"/.exec(line) ?? [];
    if (pid === '' || line.includes(' = -1 ')) return [];
    const resumed = new RegExp(`^${pid}\\s+\\S+ <\\.\\.\\. execve resumed>`);
    const end = line.endsWith('= 0') ? line : lines.slice(at).find((it) => resumed.test(it));
    return end?.endsWith('= 0') === true ? [`${pid} ${path}`] : [];
  });
}

function flat(process: XrayProcess): readonly XrayProcess[] {
  return [process, ...process.children.flatMap(flat)];
}

describe('with strace', () => {
  it('has every C compiler that strace sees, each under what started it', async (context) => {
    const trial = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' });
    if (trial.status !== 0) context.skip(`strace does not work here: ${trial.stderr}`);
    const ws = openExample('cgo-hello');
    const { result, reading } = await build(ws, { traceProcesses: true });
    expect(result.outcome).toBe('ok');
    expect(reading.xray.gaps).toEqual([]);
    expect(reading.xray.lanesAre).toBe('workers');
    // A worker does one thing at a time.
    for (let lane = 0; lane < reading.xray.lanes; lane++) {
      const own = reading.xray.actions.filter(
        (it) => it.lane === lane && (it.end ?? 0) - (it.start ?? 0) > 0.05,
      );
      const inTime = own.sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
      inTime.slice(1).forEach((it, at) => expect(it.start).toBeGreaterThanOrEqual(inTime[at]?.end ?? 0));
    }

    const log = readFileSync(path.join(cacheFolder, 'xray', result.xray ?? '', 'strace.txt'), 'utf8');
    const all = flat(reading.processes);
    const shown = all.flatMap(({ seen }) => (seen === undefined ? [] : [`${String(seen.pid)} ${seen.path}`]));
    expect([...shown].sort()).toEqual([...executed(log)].sort());
    expect(
      shown.filter((it) => /\/(?:arm-linux-gnueabihf-gcc|cc1|as|collect2)$/.test(it)).length,
    ).toBeGreaterThan(10);

    // Go's own words for each command, and the process that it was, are one and the same.
    const own = all.filter((it) => it.time?.user !== undefined);
    expect(own.every((it) => it.seen !== undefined)).toBe(true);
    const compiled = all.find((it) => it.words.at(-1) === 'fingerprint.c' && it.action !== undefined);
    expect(compiled).toMatchObject({ package: result.importPath, kind: 'c', seen: { exitCode: 0 } });
    expect(compiled?.children.map((it) => it.seen?.path.split('/').at(-1))).toEqual(['cc1', 'as']);
    const cgo = all.find((it) => it.kind === 'cgo' && it.words.includes('-objdir'));
    expect(cgo?.children.some((it) => it.kind === 'c')).toBe(true);
  });
});

describe('the C compilers of a build', () => {
  it('are asked what they make code for, and held against the target', async () => {
    const { ports } = open({});
    const call = (...words: string[]): XrayProcess => ({ words, kind: 'c', children: [] });
    const tree: XrayProcess = {
      words: ['go', 'build'],
      kind: 'go',
      children: [
        call('gcc', '-O2', '-c', 'a.c'),
        call('gcc', '-O2', '-c', 'b.c'),
        call('arm-linux-gnueabihf-gcc', '-marm', '-c', 'a.c'),
        call('/usr/lib/gcc/x86_64-linux-gnu/12/cc1', 'a.c'),
        call('no-such-gcc', '-c', 'a.c'),
      ],
    };
    const [host, cross, missing, ...more] = await usedCompilers(ports, tree, armv7);
    expect(more).toEqual([]);
    expect(host).toMatchObject({ words: ['gcc'], calls: 2 });
    expect(host?.objection).toContain('not for ARM');
    expect(cross).toMatchObject({
      words: ['arm-linux-gnueabihf-gcc', '-marm'],
      machine: 'arm-linux-gnueabihf',
    });
    expect(cross?.objection).toBeUndefined();
    expect(missing).toEqual({ words: ['no-such-gcc'], calls: 1 });
  });
});

describe('the X-ray of a build', () => {
  it('adds up to the time that go took, and has every command', async () => {
    const ws = openExample('cgo-hello');
    const { result, reading } = await build(ws);
    const { record, xray, processes } = reading;
    expect(result.outcome).toBe('ok');
    expect(record).toMatchObject({ target: armv7, importPath: result.importPath, outcome: 'ok' });
    expect(xray.gaps).toEqual([]);
    expect(xray.wall).toBeLessThanOrEqual(result.durationMs);
    expect(xray.critical.time).toBeLessThanOrEqual(xray.wall);
    expect(Math.max(...xray.actions.map((it) => it.end ?? 0))).toBeLessThanOrEqual(record.wallMs);
    // Never more at work than the lanes have room for.
    expect(xray.total.time).toBeLessThanOrEqual(xray.wall * xray.lanes);
    const words = processes.children.map((it) => it.words);
    expect(words.some((it) => it[0] === 'arm-linux-gnueabihf-gcc' && it.at(-1) === 'fingerprint.c')).toBe(
      true,
    );
    expect(xray.packages.find((it) => it.importPath === result.importPath)).toMatchObject({
      state: 'built',
      usesC: true,
    });
    expect(xray.packages.find((it) => it.importPath === 'fmt')?.state).toBeDefined();
  });

  it('of a failed one shows what ran, and the failing action with what was said', async () => {
    const ws = openExample('cgo-hello');
    const source = readFileSync(ws.path('fingerprint.c'), 'utf8');
    ws.write({ 'fingerprint.c': `${source}\nint broken(void) { return nowhere; }\n` });
    const { result, reading } = await build(ws);
    expect(result.outcome).toBe('failed');
    const { xray } = reading;
    expect(xray.actions.filter((it) => it.state === 'failed').map((it) => it.label)).toEqual([
      `fingerprint.c (${result.importPath})`,
    ]);
    expect(xray.failures[0]?.said.join('\n')).toContain('nowhere');
    expect(xray.actions.find((it) => it.mode === 'link')?.state).toBe('skipped');
    const { out } = await runCliIn(ws, ['xray', result.xray ?? '']);
    expect(out).toContain(`failed at fingerprint.c (${result.importPath})`);
  });

  it('is told by the command line: in words, as JSON, as commands', async () => {
    const ws = openExample('cgo-hello');
    const { result, reading } = await build(ws);
    const id = result.xray ?? '';
    const text = await runCliIn(ws, ['xray', id]);
    expect(text.code).toBe(0);
    expect(text.out).toContain('critical path');
    expect(text.out).toMatch(/arm-linux-gnueabihf-gcc × \d+/);
    expect(text.out).toMatch(/arm-linux-gnueabihf-gcc -marm × \d+: \/.*, for arm-linux-gnueabihf/);
    const json = (await runCliIn(ws, ['xray', id, '--json'])).json() as Record<string, unknown[]>;
    expect(json['actions']).toHaveLength(reading.xray.actions.length);
    expect(json['packages']).toHaveLength(reading.xray.packages.length);
    expect(json['build']).toMatchObject({ id, target: 'linux/arm/v7' });
    const commands = (await runCliIn(ws, ['xray', id, '--commands'])).out.trim().split('\n');
    expect(commands).toHaveLength(reading.processes.children.length);
    expect((await runCliIn(ws, ['xray', '--list', '--target', 'linux/arm/v7'])).out).toContain(id);
    const unknown = await runCliIn(ws, ['xray', '19990101']);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('--list');
  });

  it('is done without where go knows no action graph: the build still runs, and nobody sees the refusal', async () => {
    const go = execFileSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim();
    const wrapper = open({
      go: `#!/bin/sh
case "$*" in *-debug-actiongraph*) echo "flag provided but not defined: -debug-actiongraph" >&2; echo "usage: go build" >&2; exit 2;; esac
exec '${go}' "$@"
`,
    });
    chmodSync(wrapper.path('go'), 0o755);
    const ws = open(pureProgram, { env: { PATH: `${wrapper.root}:${process.env['PATH'] ?? ''}` } });
    const { options, text } = listening();
    const result = await ws.crossbow.build(
      { target: armv7, package: await ws.main(), root: ws.root },
      options,
    );
    expect(result.outcome).toBe('ok');
    expect(result.xray).toBeUndefined();
    expect(text()).not.toContain('debug-actiongraph');
  });
});
