import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCliIn } from './runCliIn.js';
import { cgoProgram, createWorkspace, pureProgram, type Workspace } from './workspace.js';

const opened: Workspace[] = [];
const open = (...args: Parameters<typeof createWorkspace>): Workspace => {
  const workspace = createWorkspace(...args);
  opened.push(workspace);
  return workspace;
};
afterEach(() => {
  for (const workspace of opened.splice(0)) workspace.remove();
});

const cli = runCliIn;

describe('crossbow', () => {
  it('teaches', async () => {
    const ws = open(pureProgram);
    expect(await cli(ws, ['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' });
    for (const command of ['', 'targets', 'toolchains', 'build', 'run', 'check', 'diagnose', 'explain']) {
      const { code, out } = await cli(ws, [...(command === '' ? [] : [command]), '--help']);
      expect(code).toBe(0);
      expect(out).toContain('Examples:');
    }
    expect((await cli(ws, [])).code).toBe(2);
    expect((await cli(ws, ['buidl'])).err).toContain('build');
  });

  it('explains a cause, and says which is meant', async () => {
    const ws = open(pureProgram);
    const markdown = readFileSync(join(import.meta.dirname, '../../docs/causes/wrong-c-compiler.md'), 'utf8');
    expect(await cli(ws, ['explain', 'wrong-c-compiler'])).toMatchObject({ code: 0, out: markdown, err: '' });
    const json = await cli(ws, ['explain', 'Wrong-C-Compiler', '--json']);
    expect(json.json()).toEqual({ cause: 'wrong-c-compiler', markdown });

    const misspelt = await cli(ws, ['explain', 'wrong-c-compilr']);
    expect(misspelt).toMatchObject({ code: 2, out: '' });
    expect(misspelt.err).toMatch(/Is it wrong-c-compiler,/);
    const vague = await cli(ws, ['explain', 'glibc', '--json']);
    expect(vague.code).toBe(2);
    expect(vague.json()).toMatchObject({
      error: { cause: 'glibc', nearest: expect.arrayContaining(['glibc-too-old', 'static-glibc-warning']) },
    });
    expect((await cli(ws, ['explain', '../README'])).code).toBe(2);
    expect((await cli(ws, ['explain', 'quux'])).err).toContain('crossbow explain --help');
  });

  it('targets', async () => {
    const rows = (await cli(open(pureProgram), ['targets', '--json'])).json() as Record<string, unknown>[];
    expect(rows.find((it) => it['id'] === 'linux/arm/v6')).toMatchObject({
      goos: 'linux',
      goarch: 'arm',
      level: 'v6',
      cgo: true,
      devices: expect.arrayContaining(['Raspberry Pi Zero']) as unknown,
    });
    expect(rows.find((it) => it['id'] === 'js/wasm')).toMatchObject({ level: null, cgo: false, devices: [] });
  });

  it('toolchains: what is chosen, and why the others are not', async () => {
    const { code, json } = await cli(open(pureProgram), ['toolchains', '--target', 'pi zero', '--json']);
    expect(code).toBe(0);
    const report = json() as {
      target: string;
      candidates: { cc: string; verdict: string; reason: string }[];
    };
    expect(report.target).toBe('linux/arm/v6');
    const armhf = report.candidates.find((it) => it.cc === 'arm-linux-gnueabihf-gcc');
    expect(armhf).toMatchObject({ verdict: 'rejected', reason: expect.stringContaining('ARMv7') as unknown });
  });

  it('build: one document for several targets', async () => {
    const ws = open(cgoProgram);
    const { code, out, json } = await cli(ws, [
      'build',
      '-t',
      'linux/armv7',
      '-t',
      'aarch64',
      './...',
      '--json',
    ]);
    expect(out.trim().startsWith('{')).toBe(true);
    expect(json()).toMatchObject({
      ok: true,
      builds: [
        {
          target: 'linux/arm/v7',
          package: 'example.com/doubler',
          ok: true,
          artifacts: [{ path: ws.path('dist/linux/arm/v7/doubler'), format: 'elf', machine: 'arm' }],
          diagnoses: [],
        },
        { target: 'linux/arm64', ok: true, artifacts: [{ machine: 'aarch64', bits: 64 }] },
      ],
    });
    expect(code).toBe(0);
  });

  it('build: names packages as go does', async () => {
    const ws = open({
      'go.mod': 'module example.com/m\n\ngo 1.21\n',
      'cmd/x/main.go': 'package main\n\nfunc main() {}\n',
    });
    for (const pattern of [
      './...',
      './cmd/x',
      'cmd/x',
      'example.com/m/cmd/x',
      './cmd/x/main.go',
      ws.path('cmd/x'),
    ]) {
      const { code, err } = await cli(ws, ['build', '-t', 'linux/amd64', pattern]);
      expect([pattern, code, err]).toEqual([pattern, 0, expect.anything()]);
    }
    const inside = await cli(ws, ['build', '-t', 'linux/amd64', '.', '--json'], { cwd: ws.path('cmd/x') });
    expect(inside.json()).toMatchObject({
      builds: [{ artifacts: [{ path: ws.path('dist/linux/amd64/x') }] }],
    });
    const missing = await cli(ws, ['build', './nothing', '--json']);
    expect(missing.code).toBe(2);
    expect(missing.json()).toMatchObject({
      error: { message: expect.stringContaining('./nothing') as unknown },
    });
  });

  it('build: a failure is exit code 1, and its cause is named', async () => {
    const ws = open(cgoProgram);
    const { code, json } = await cli(ws, ['build', '-t', 'linux/arm/v7', '--env', 'CC=gcc', '--json']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      ok: false,
      builds: [
        { ok: false, artifacts: [], diagnoses: [{ cause: 'wrong-c-compiler', confidence: 'certain' }] },
      ],
    });
  });

  it('wrong usage is exit code 2, and a document too', async () => {
    const ws = open(pureProgram);
    for (const [args, words] of [
      [['build', '-t', 'linux/arm/v8'], 'linux/arm/v7'],
      [['build', '-t', 'linux/sparc'], 'linux'],
      [['build', '--cgo', 'perhaps'], 'auto'],
      [['build', '--env', 'nonsense'], 'NAME=VALUE'],
      [['build', '--no-such'], '--no-such'],
    ] as const) {
      const { code, json } = await cli(ws, [...args, '--json']);
      expect([args, code]).toEqual([args, 2]);
      expect(json()).toMatchObject({ error: { message: expect.stringContaining(words) as unknown } });
    }
  });

  it('a malformed crossbow.yaml is told at its place, and nothing is built with half of it', async () => {
    const ws = open({ ...pureProgram, 'crossbow.yaml': 'pinned:\n  - linux/arm/v9\ntoolchains: [\n' });
    const { code, err } = await cli(ws, ['build']);
    expect(code).toBe(2);
    expect(err).toContain(`${ws.path('crossbow.yaml')}:2:`);
  });

  it('builds the pinned targets where none is named', async () => {
    const ws = open({ ...pureProgram, 'crossbow.yaml': 'pinned: [pi 3b+, linux/riscv64]\n' });
    const { json } = await cli(ws, ['build', '--json']);
    expect(json()).toMatchObject({ ok: true, builds: [{}, { target: 'linux/riscv64' }] });
  });

  it('run: the program’s exit code is passed on', async () => {
    const ws = open(cgoProgram);
    expect((await cli(ws, ['run', '-t', 'linux/arm/v7', '.', '--', 'fail'])).code).toBe(6);
    expect((await cli(ws, ['run', '-t', 'linux/arm/v7', '.'])).code).toBe(0);
  });

  it('diagnose: a log from a file', async () => {
    const ws = open({
      ...pureProgram,
      'ci.log':
        "# runtime/cgo\ngcc: error: unrecognized command-line option '-marm'; did you mean '-mabm'?\n",
    });
    const { code, json } = await cli(ws, ['diagnose', '--target', 'linux/arm/v7', 'ci.log', '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ diagnoses: [{ cause: 'wrong-c-compiler', evidence: [{ line: 2 }] }] });
  });

  it('colours a terminal alone', async () => {
    const ws = open(pureProgram);
    const build = ['build', '-t', 'linux/arm64'];
    const escape = '\u001b[';
    expect((await cli(ws, build)).out).not.toContain(escape);
    expect((await cli(ws, build, { isTTY: true })).out).toContain(escape);
    expect((await cli(ws, build, { isTTY: true, env: { NO_COLOR: '1' } })).out).not.toContain(escape);
    expect((await cli(ws, build, { env: { FORCE_COLOR: '1' } })).out).toContain(escape);
  });
});
