import { chmodSync, cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import type { BuildResult } from '../../src/core/build/build.js';
import type { XrayReading } from '../../src/core/insight/xray/xrays.js';
import type { Target } from '../../src/core/target/target.js';
import { runCliIn } from './runCliIn.js';
import { createWorkspace, listening, pureProgram, type Workspace } from './workspace.js';

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

async function build(ws: Workspace): Promise<{ result: BuildResult; reading: XrayReading }> {
  const { options, text } = listening();
  const result = await ws.crossbow.build({ target: armv7, package: await ws.main(), root: ws.root }, options);
  const reading = await ws.crossbow.xrays.read(result.xray ?? '');
  if (reading === undefined) throw new Error(`no X-ray: ${text()}`);
  return { result, reading };
}

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
