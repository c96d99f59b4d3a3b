import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SizeReport } from '../../src/core/insight/size/sizeReport.js';
import { runCliIn } from './runCliIn.js';
import { createWorkspace, type Workspace } from './workspace.js';

const execute = promisify(execFile);
const plainOutput = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } };

/** A program of two packages without Go's larger ones, so that it is compiled fast for any system. */
const files: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/weigh\n\ngo 1.21\n',
  'main.go': 'package main\n\nimport "example.com/weigh/table"\n\nfunc main() { println(table.Sum(3)) }\n',
  'table/table.go':
    'package table\n\nvar rows = [1024]int64{5: 7}\n\n//go:noinline\nfunc Sum(n int) (s int64) {\n\tfor _, it := range rows {\n\t\ts += it * int64(n)\n\t}\n\treturn s\n}\n',
  // Its C needs a library by name, and one that pkg-config stands for.
  'cgo/main.go':
    'package main\n\n// #cgo LDFLAGS: -lm\n// #include <math.h>\nimport "C"\n\nimport "example.com/weigh/asked"\n\nfunc main() { println(C.cos(C.double(asked.Value()))) }\n',
  'asked/asked.go':
    'package asked\n\n// #cgo pkg-config: weigh-runtime\n// extern char *__progname;\n// static int value(void) { return __progname[0]; }\nimport "C"\n\nfunc Value() int { return int(C.value()) }\n',
  'pc/weigh-runtime.pc': 'Name: weigh-runtime\nDescription: for a test\nVersion: 1\nLibs: -lm\n',
};

let ws: Workspace;
beforeAll(() => {
  ws = createWorkspace(files);
  ws.write({ 'crossbow.yaml': `defaults:\n  env:\n    PKG_CONFIG_PATH: ${ws.path('pc')}\n` });
});
afterAll(() => {
  ws.remove();
});

interface Build {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly pattern?: string;
}

async function build({ name, env = {}, flags = [], pattern = '.' }: Build): Promise<string> {
  const path = ws.path('bin', name);
  await execute('go', ['build', '-o', path, ...flags, pattern], {
    cwd: ws.root,
    env: { ...process.env, CGO_ENABLED: '0', ...env },
  });
  return path;
}

async function report(path: string): Promise<SizeReport> {
  const reading = await ws.crossbow.size(path);
  if (reading.kind !== 'read') throw new Error(reading.message);
  return reading.report;
}

const total = (parts: readonly { readonly bytes: number }[]): number =>
  parts.reduce((sum, it) => sum + it.bytes, 0);

/** Bytes of a package in the sections of this kind. */
function bytesOf({ entries }: SizeReport, importPath: string, section: RegExp): number {
  const entry = entries.find((it) => it.owner.kind === 'package' && it.owner.importPath === importPath);
  return total(entry?.sections.filter((it) => section.test(it.name)) ?? []);
}

/** The code of packages as `go tool nm -size` has it, by the prefix of the symbols. */
async function nmCode(path: string): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await execute('go', ['tool', 'nm', '-size', '-type', path], plainOutput);
  const sums = new Map<string, number>();
  for (const line of stdout.split('\n')) {
    const [, size = '', , name = ''] = /^\s*\S+\s+(\d+)\s+([Tt])\s+(\S+)/.exec(line) ?? [];
    const plain = name.replace(/\[.*/, '');
    const dot = plain.indexOf('.', plain.lastIndexOf('/') + 1);
    // Mach-O's names begin with an underscore.
    const prefix = plain.slice(0, Math.max(dot, 0)).replace(/^_/, '');
    if (prefix !== '') sums.set(prefix, (sums.get(prefix) ?? 0) + Number(size));
  }
  return sums;
}

const code = /^\.text$|__TEXT,__text$/;

describe('what is in a binary, held against Go’s and the linker’s own tools', () => {
  it.each([
    ['linux/arm, stripped or not', 'linux', 'arm', 'elf'],
    ['windows/amd64', 'windows', 'amd64', 'pe'],
    ['darwin/arm64', 'darwin', 'arm64', 'macho'],
  ])('%s', async (_, GOOS, GOARCH, format) => {
    const env = { GOOS, GOARCH };
    const path = await build({ name: `plain-${GOOS}`, env });
    const whole = await report(path);
    expect(whole.facts.format).toBe(format);
    expect(whole.source).toBe('symbols');
    expect(total(whole.entries)).toBe(whole.facts.size);
    expect(total(whole.sections)).toBe(whole.facts.size);
    const nm = await nmCode(path);
    expect(nm.get('example.com/weigh/table')).toBeGreaterThan(0);
    for (const [prefix, importPath] of [
      ['main', 'example.com/weigh'],
      ['example.com/weigh/table', 'example.com/weigh/table'],
      ['internal/abi', 'internal/abi'],
    ] as const)
      expect(bytesOf(whole, importPath, code), prefix).toBe(nm.get(prefix) ?? 0);
    // Assembly has functions within others, which nm counts twice.
    const runtime = bytesOf(whole, 'runtime', code);
    expect(runtime / (nm.get('runtime') ?? 0)).toBeCloseTo(1, 1);

    // Stripped: the function table alone has the same code.
    const stripped = await report(await build({ name: `bare-${GOOS}`, env, flags: ['-ldflags=-s -w'] }));
    expect(total(stripped.entries)).toBe(stripped.facts.size);
    for (const it of ['example.com/weigh', 'example.com/weigh/table'])
      expect(bytesOf(stripped, it, code), it).toBe(bytesOf(whole, it, code));

    const { stdout } = await execute('go', ['version', '-m', path], plainOutput);
    expect(stdout).toContain(`path\t${whole.build.path ?? ''}\n`);
    for (const module of whole.build.modules) expect(stdout).toContain(`\t${module.path}\t${module.version}`);
    for (const [key, value] of Object.entries(whole.facts.goBuildSettings ?? {}))
      expect(stdout).toContain(`build\t${key}=${value}`);
  });

  it('sections, libraries and symbol versions, as readelf reads them', async () => {
    const path = await build({
      name: 'dynamic',
      env: { CGO_ENABLED: '1', PKG_CONFIG_PATH: ws.path('pc') },
      pattern: './cgo',
    });
    const { facts, sections, versions } = await report(path);
    const readelf = async (option: string): Promise<string> =>
      (await execute('readelf', [option, '-W', path], plainOutput)).stdout;
    const sizes = [...(await readelf('-S')).matchAll(/\]\s+(\.\S+)\s+(\S+)\s+\S+\s+\S+\s+([0-9a-f]+)/g)];
    expect(sizes.length).toBeGreaterThan(20);
    const known = new Map(sections.map((it) => [it.name, it.bytes]));
    for (const [, name = '', type, size = ''] of sizes)
      if (type !== 'NOBITS') expect(known.get(name) ?? 0, name).toBe(Number.parseInt(size, 16));
    const needed = [...(await readelf('-d')).matchAll(/Shared library: \[([^\]]+)\]/g)].map((it) => it[1]);
    expect(facts.neededLibraries).toEqual(needed);
    const asked = new Set(
      [...(await readelf('-V')).matchAll(/Name: (\S+)\s+Flags: none/g)].map((it) => it[1]),
    );
    expect(new Set(versions.flatMap((it) => it.versions))).toEqual(asked);
    expect(asked.size).toBeGreaterThan(0);
  });

  it('tells on the command line which package brings a library', async () => {
    const env = { CGO_ENABLED: '1', PKG_CONFIG_PATH: ws.path('pc') };
    const path = await build({ name: 'named', env, pattern: './cgo' });
    const { libraries } = (await runCliIn(ws, ['size', '--json', path])).json() as {
      libraries: readonly { name: string; origin: unknown }[];
    };
    const origins = Object.fromEntries(libraries.map((it) => [it.name, it.origin]));
    expect(origins['libm.so.6']).toEqual({
      kind: 'packages',
      by: expect.arrayContaining([
        { importPath: 'example.com/weigh/cgo', how: '-lm' },
        { importPath: 'example.com/weigh/asked', how: 'pkg-config: weigh-runtime' },
      ]) as unknown,
    });
    expect(origins['libc.so.6']).toEqual({ kind: 'c-library' });
    const text = await runCliIn(ws, ['size', path]);
    expect(text.out).toMatch(/needs libm\.so\.6 {2}from .*example\.com\/weigh\/cgo \(-lm\)/);
  });

  it('compares two files, and the differences add up', async () => {
    const [arm, windows] = [ws.path('bin/plain-linux'), ws.path('bin/plain-windows')];
    const { before, after } = (
      await runCliIn(ws, ['size', arm, '--compare', windows, '--json'])
    ).json() as Record<'before' | 'after', { bytes: number; packages: readonly { bytes: number }[] }>;
    expect([total(before.packages), total(after.packages)]).toEqual([before.bytes, after.bytes]);
    const text = await runCliIn(ws, ['size', arm, '--compare', windows]);
    const difference = after.bytes - before.bytes;
    expect(text.out).toMatch(
      new RegExp(`${before.bytes} +${after.bytes} +\\+?${String(difference)} +the whole file`),
    );
  });
});

describe('what is no whole Go program', () => {
  it('takes a C program apart by its symbols, or says that only sections are known', async () => {
    await writeFile(ws.path('c.c'), 'int table[64] = {1}; int main(void) { return table[3]; }\n');
    await execute('cc', ['-o', ws.path('bin/c'), ws.path('c.c')]);
    const whole = await report(ws.path('bin/c'));
    expect(whole.source).toBe('symbols');
    expect(whole.build).toEqual({ modules: [] });
    expect(total(whole.entries)).toBe(whole.facts.size);
    await execute('strip', [ws.path('bin/c')]);
    const stripped = await report(ws.path('bin/c'));
    expect(stripped.source).toBe('sections');
    expect(total(stripped.entries)).toBe(stripped.facts.size);
  });

  it.each(['linux', 'windows', 'darwin'])(
    'counts what is left of a file for %s that was cut',
    async (goos) => {
      const bytes = await readFile(ws.path('bin', `plain-${goos}`));
      const kinds: string[] = [];
      for (const share of [0, 0.00001, 0.0001, 0.001, 0.1, 0.4, 0.7, 0.99, 0.999]) {
        const cut = Math.floor(bytes.length * share);
        const path = ws.path('bin', 'cut');
        await writeFile(path, bytes.subarray(0, cut));
        const reading = await ws.crossbow.size(path);
        kinds.push(reading.kind);
        if (reading.kind === 'read') {
          expect(total(reading.report.entries), String(cut)).toBe(cut);
          expect(total(reading.report.sections), String(cut)).toBe(cut);
        }
      }
      expect(kinds[0]).toBe('unreadable');
    },
  );

  it('says of a file that UPX packed, and of one without a table of sections, that they hide what they hold', async () => {
    const bytes = await readFile(ws.path('bin/c'));
    // What both leave of an ELF file (64-bit, little-endian) is the program headers.
    bytes.fill(0, 0x28, 0x30).fill(0, 0x3c, 0x40);
    await writeFile(ws.path('bin/bare'), bytes);
    const bare = await report(ws.path('bin/bare'));
    expect(bare).toMatchObject({ source: 'sections', isPacked: false });
    expect(total(bare.entries)).toBe(bytes.length);
    expect((await runCliIn(ws, ['size', ws.path('bin/bare')])).out).toContain('no table of sections');

    // UPX's mark stands behind them and a checksum.
    bytes.write('UPX!', 64 + 56 * bytes.readUInt16LE(0x38) + 4, 'latin1');
    await writeFile(ws.path('bin/packed'), bytes);
    expect((await report(ws.path('bin/packed'))).isPacked).toBe(true);
    const told = await runCliIn(ws, ['size', ws.path('bin/packed')]);
    expect(told.out).toContain('packed with UPX');
    expect(told.code).toBe(0);
    expect((await report(ws.path('bin/plain-linux'))).isPacked).toBe(false);
  });

  it('says of a universal file that one of its programs is to be taken out', async () => {
    const part = await readFile(ws.path('bin/plain-darwin'));
    const head = Buffer.alloc(16_384);
    // fat_header and one fat_arch (mach-o/fat.h), big-endian: ARM64, where it is, how long, aligned to 2^14.
    [0xcafebabe, 1, 0x0100000c, 0, head.length, part.length, 14].forEach((word, at) =>
      head.writeUInt32BE(word, at * 4),
    );
    await writeFile(ws.path('bin/universal'), Buffer.concat([head, part]));
    expect(await ws.crossbow.size(ws.path('bin/universal'))).toMatchObject({
      kind: 'unreadable',
      message: expect.stringContaining('lipo -thin') as unknown,
    });
  });

  it('says why it takes nothing apart: a text, an empty file, none at all', async () => {
    await writeFile(ws.path('bin/text'), '#!/bin/sh\necho no program\n');
    for (const name of ['text', 'nothing-there'])
      expect(await ws.crossbow.size(ws.path('bin', name))).toMatchObject({ kind: 'unreadable' });
    const result = await runCliIn(ws, ['size', ws.path('bin/text')]);
    expect(result.code).not.toBe(0);
    expect(result.err).toContain('bin/text');
  });
});
