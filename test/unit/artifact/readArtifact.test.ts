import { truncate, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeArtifact } from '../../../src/core/artifact/describeArtifact.js';
import { readArtifact } from '../../../src/core/artifact/readArtifact.js';
import { verifyArtifact } from '../../../src/core/artifact/verifyArtifact.js';
import { compareVersions } from '../../../src/core/artifact/versions.js';
import type { Target } from '../../../src/core/target/target.js';
import {
  createWorkshop,
  factsOf,
  has,
  inMemory,
  openCounted,
  read,
  readBytes,
  run,
  type Workshop,
} from './binaries.js';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.remove());

const slow = 600_000;

/** What binutils says of a file, in its own words. */
interface Truth {
  readonly header: string;
  readonly needed: readonly string[];
  readonly interpreter: string | undefined;
  readonly glibc: string | undefined;
  readonly attributes: string;
}

async function readelf(path: string): Promise<Truth> {
  const env = { ...process.env, LC_ALL: 'C' };
  const ask = async (...flags: string[]): Promise<string> =>
    (await run('readelf', [...flags, '-W', path], { env, maxBuffer: 1 << 26 })).stdout;
  const [header, segments, dynamic, versions, attributes] = await Promise.all([
    ask('-h'),
    ask('-l'),
    ask('-d'),
    ask('-V'),
    ask('-A'),
  ]);
  const needs = [...(versions.split('.gnu.version_r')[1] ?? '').matchAll(/Name: GLIBC_([\d.]+)/g)];
  return {
    header,
    needed: [...dynamic.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map((match) => match[1] ?? ''),
    interpreter: /program interpreter: (.*)\]/.exec(segments)?.[1],
    glibc: needs
      .map((match) => match[1] ?? '')
      .sort(compareVersions)
      .at(-1),
    attributes,
  };
}

/** What `go version -m` prints, as settings. */
async function goVersion(path: string): Promise<Record<string, string>> {
  const { stdout } = await run('go', ['version', '-m', path]);
  // It prints a value with spaces as a quoted Go string.
  const plain = (value: string): string => (value.startsWith('"') ? String(JSON.parse(value)) : value);
  return Object.fromEntries(
    [...stdout.matchAll(/^\tbuild\t([^=]*)=(.*)$/gm)].map((match) => [match[1] ?? '', plain(match[2] ?? '')]),
  );
}

const cgo = [
  ['linux/arm/v5', 'arm-linux-gnueabi-gcc', 'ARM', 'Tag_CPU_arch: v5TE', 'soft-float ABI'],
  ['linux/arm/v7', 'arm-linux-gnueabihf-gcc', 'ARM', 'Tag_CPU_arch: v7', 'hard-float ABI'],
  ['linux/arm64', 'aarch64-linux-gnu-gcc', 'AArch64', '', ''],
  ['linux/riscv64', 'riscv64-linux-gnu-gcc', 'RISC-V', '', 'RVC, double-float ABI'],
  ['linux/386', 'i686-linux-gnu-gcc', 'Intel 80386', '', ''],
  ['linux/amd64', 'x86_64-linux-gnu-gcc', 'X86-64', '', ''],
] as const;

function targetOf(id: string): Target {
  const [goos = '', goarch = '', level] = id.split('/');
  return level === undefined ? { goos, goarch } : { goos, goarch, level };
}

function goEnv(id: string): Record<string, string> {
  const { goos, goarch, level } = targetOf(id);
  if (level === undefined) return { GOOS: goos, GOARCH: goarch };
  return {
    GOOS: goos,
    GOARCH: goarch,
    ...(goarch === 'arm' ? { GOARM: level.slice(1) } : { GOMIPS: level }),
  };
}

/** As `sstrip` does, which no distribution brings: e_shoff, e_shnum and e_shstrndx become zero. */
async function eraseSectionHeaders(path: string, bits: 32 | 64, endianness: 'little' | 'big'): Promise<void> {
  const bytes = Uint8Array.from(await readBytes(path));
  const view = new DataView(bytes.buffer);
  if (bits === 64) view.setBigUint64(40, 0n, endianness === 'little');
  else view.setUint32(32, 0);
  view.setUint32(bits === 64 ? 60 : 48, 0);
  await writeFile(path, bytes);
}

describe('cgo programs, against readelf', () => {
  for (const [id, compiler, machine, attribute, flags] of cgo) {
    it.runIf(has(compiler) && has('readelf'))(
      id,
      async () => {
        const path = await workshop.go('cgo', id.replaceAll('/', '-'), { CC: compiler, ...goEnv(id) });
        const [facts, truth, settings] = [await factsOf(path), await readelf(path), await goVersion(path)];
        expect(truth.header).toContain(machine);
        expect(truth.header).toContain(flags);
        expect(truth.attributes).toContain(attribute);
        expect(truth.glibc).toBeDefined();
        expect(facts).toMatchObject({
          neededLibraries: truth.needed,
          interpreter: truth.interpreter,
          glibc: truth.glibc,
          libc: 'glibc',
          goos: 'linux',
          type: 'executable',
          linkage: 'dynamic',
          goBuildSettings: settings,
        });
        if (facts.arm) {
          expect(attribute).toContain(`Tag_CPU_arch: ${String(facts.arm.architectureName)}`);
          expect(flags).toBe(`${String(facts.arm.floatAbi)}-float ABI`);
        }
        expect(facts.goBuildSettings).toMatchObject({ GOARCH: targetOf(id).goarch, CGO_ENABLED: '1' });
        expect(verifyArtifact(facts, targetOf(id), { cgo: true })).toEqual([]);

        // Program headers alone tell the same but for ARM's attributes, which are a section.
        await eraseSectionHeaders(path, facts.bits, facts.endianness);
        const stripped = await factsOf(path);
        expect(stripped).toMatchObject({ ...facts, size: stripped.size, ...(facts.arm && { arm: {} }) });
        expect(stripped.arm?.floatAbi).toBe(facts.arm?.floatAbi);
      },
      slow,
    );
  }
});

describe('pure Go programs', () => {
  const pure = [
    ['linux/arm/v6', { machine: 'arm', linkage: 'static', arm: {}, goos: 'linux' }],
    [
      'linux/mips/softfloat',
      { machine: 'mips', endianness: 'big', mips: { floatAbi: 'soft', abi: 'o32', revision: 1 } },
    ],
    ['linux/s390x', { machine: 's390', endianness: 'big', bits: 64 }],
    ['freebsd/amd64', { machine: 'x86-64', goos: 'freebsd', linkage: 'static' }],
    ['netbsd/amd64', { goos: 'netbsd', linkage: 'static' }],
    ['openbsd/amd64', { goos: 'openbsd', linkage: 'dynamic', interpreter: '/usr/libexec/ld.so' }],
    ['illumos/amd64', { goos: 'illumos', interpreter: '/lib/amd64/ld.so.1' }],
    ['android/arm64', { goos: 'android', libc: 'bionic', interpreter: '/system/bin/linker64' }],
    [
      'windows/amd64',
      { format: 'pe', goos: 'windows', subsystem: 'console', neededLibraries: ['kernel32.dll'] },
    ],
    ['darwin/arm64', { format: 'macho', machine: 'aarch64', goos: 'darwin', linkage: 'dynamic' }],
    ['js/wasm', { format: 'wasm', goos: 'js', machine: 'wasm' }],
    ['wasip1/wasm', { format: 'wasm', goos: 'wasip1' }],
    ['plan9/amd64', { format: 'plan9', machine: 'x86-64' }],
  ] as const;
  it.each(pure)(
    '%s',
    async (id, expected) => {
      const name = `pure-${id.replaceAll('/', '-')}`;
      const path = await workshop.go('pure', name, goEnv(id), ['-ldflags=-s -w']);
      const facts = await factsOf(path);
      expect(facts).toMatchObject({ type: 'executable', ...expected });
      expect(verifyArtifact(facts, targetOf(id), { cgo: false })).toEqual([]);
      if (!['wasm', 'plan9'].includes(facts.format)) {
        expect(facts.goBuildSettings).toEqual(await goVersion(path));
        expect(facts.goVersion).toMatch(/^go1\.\d+/);
      }
      const others = pure.map(([other]) => other).filter((other) => other !== id);
      for (const other of others) {
        expect(verifyArtifact(facts, targetOf(other)), `${id} as ${other}`).not.toEqual([]);
      }
    },
    slow,
  );
});

describe('libraries and objects', () => {
  it.runIf(has('arm-linux-gnueabihf-gcc'))(
    'reads the C code of a c-archive and c-shared',
    async () => {
      const env = { CC: 'arm-linux-gnueabihf-gcc', ...goEnv('linux/arm/v7') };
      const v7 = { architecture: 7, architectureName: 'v7', profile: 'A', floatAbi: 'hard' };
      const archive = await factsOf(await workshop.go('cgo', 'lib.a', env, ['-buildmode=c-archive']));
      expect(archive).toMatchObject({
        type: 'archive',
        machine: 'arm',
        arm: v7,
        goBuildSettings: { GOARM: '7' },
      });
      const shared = await factsOf(await workshop.go('cgo', 'lib.so', env, ['-buildmode=c-shared']));
      expect(shared).toMatchObject({ type: 'shared', linkage: 'dynamic', libc: 'glibc', arm: v7 });
    },
    slow,
  );

  it.runIf(has('gcc'))('tells static, PIE and static PIE apart', async () => {
    const source = 'int main(void) { return 0; }\n';
    const facts = (name: string, ...flags: string[]): Promise<unknown> =>
      workshop.c('gcc', name, source, flags).then(factsOf);
    expect(await facts('s', '-static')).toMatchObject({
      type: 'executable',
      linkage: 'static',
      goos: 'linux',
    });
    expect(await facts('pie', '-pie', '-fPIE')).toMatchObject({ type: 'executable', linkage: 'dynamic' });
    expect(await facts('spie', '-static-pie')).toMatchObject({ type: 'executable', linkage: 'static' });
    expect(await facts('so', '-shared', '-fPIC')).toMatchObject({ type: 'shared' });
    expect(await facts('o', '-c')).toMatchObject({ type: 'object', machine: 'x86-64' });
  });

  it.runIf(has('x86_64-w64-mingw32-gcc'))('reads objects and DLLs of mingw', async () => {
    const source = 'int f(void) { return 0; }\n';
    const compiler = 'x86_64-w64-mingw32-gcc';
    const object = await factsOf(await workshop.c(compiler, 'f.obj', source, ['-c']));
    expect(object).toMatchObject({ format: 'pe', type: 'object', machine: 'x86-64', bits: 64 });
    const dll = await factsOf(await workshop.c(compiler, 'f.dll', source, ['-shared']));
    expect(dll).toMatchObject({ type: 'shared', goos: 'windows' });
    expect(dll.neededLibraries).toContain('KERNEL32.dll');
  });

  it('reads a universal Mach-O file', async () => {
    const part = await readBytes(await workshop.go('pure', 'part', goEnv('darwin/arm64')));
    const file = universal([part, part], [0x0100000c, 0x01000007]);
    const reading = await readArtifact(inMemory(file));
    if (reading.kind !== 'read') throw new Error(reading.message);
    expect(reading.facts).toMatchObject({
      format: 'macho',
      goos: 'darwin',
      universal: ['aarch64', 'x86-64'],
    });
    expect(describeArtifact(reading.facts)).toMatch(/^Mach-O 64-bit AArch64 \+ x86-64, dynamic, macOS/);
    expect(verifyArtifact(reading.facts, targetOf('darwin/amd64'))).toEqual([]);
    expect(verifyArtifact(reading.facts, targetOf('darwin/386'))).not.toEqual([]);
  }, 600_000);
});

/** As lipo writes it. */
function universal(parts: readonly Uint8Array[], cpus: readonly number[]): Uint8Array {
  const alignment = 0x4000;
  const aligned = (size: number): number => Math.ceil(size / alignment) * alignment;
  const offsets: number[] = [];
  let end = alignment;
  for (const part of parts) {
    offsets.push(end);
    end = aligned(end + part.length);
  }
  const file = new Uint8Array(end);
  const view = new DataView(file.buffer);
  [0xcafebabe, parts.length].forEach((word, i) => {
    view.setUint32(i * 4, word);
  });
  parts.forEach((part, i) => {
    [cpus[i] ?? 0, 0, offsets[i] ?? 0, part.length, 14].forEach((word, k) => {
      view.setUint32(8 + i * 20 + k * 4, word);
    });
    file.set(part, offsets[i]);
  });
  return file;
}

describe('what is no whole binary', () => {
  it('says why', async () => {
    const unreadable = async (text: string): Promise<unknown> =>
      readArtifact(inMemory(new TextEncoder().encode(text)));
    expect(await unreadable('')).toMatchObject({ reason: 'empty' });
    expect(await unreadable('#!/bin/sh\n')).toMatchObject({
      reason: 'not-a-binary',
      message: expect.stringMatching(/script/) as string,
    });
    expect(await unreadable('package main\n')).toMatchObject({ reason: 'not-a-binary' });
    expect(await unreadable('\x7fELF')).toMatchObject({ reason: 'truncated' });
    expect(await unreadable('!<arch>\n')).toMatchObject({ reason: 'unsupported' });
    expect(await unreadable('!<thin>\nx')).toMatchObject({
      message: expect.stringMatching(/thin/) as string,
    });
  });

  it('reports a read that fails', async () => {
    const file = {
      ...inMemory(new Uint8Array(100)),
      read: () => Promise.reject(new Error('EIO: i/o error')),
    };
    expect(await readArtifact(file)).toMatchObject({
      reason: 'read-failed',
      message: expect.stringMatching(/EIO/) as string,
    });
  });

  it.each(['linux/amd64', 'windows/amd64', 'darwin/arm64', 'js/wasm'])(
    'finds %s cut off anywhere',
    async (id) => {
      const path = await workshop.go('pure', `cut-${id.replaceAll('/', '-')}`, goEnv(id), ['-ldflags=-s -w']);
      const { size } = await factsOf(path);
      // PE's symbol table may follow its sections, and nothing in the headers counts a missing end of that.
      for (const left of [size * 0.9, size / 2, 5000, 300, 70, 20].map(Math.floor)) {
        await truncate(path, left);
        expect(await read(path), `${String(left)} bytes`).toMatchObject({
          kind: 'unreadable',
          reason: 'truncated',
        });
      }
    },
    slow,
  );
});

describe('hostile bytes', () => {
  it('never throws, loops or reads without bound on any bytes', async () => {
    const magics = [
      '\x7fELF\x01\x01',
      '\x7fELF\x02\x02',
      'MZ',
      '\xcf\xfa\xed\xfe',
      '\xca\xfe\xba\xbe',
      '\0asm\x01\0\0\0',
      '!<arch>\n',
    ];
    const bytes = fc
      .tuple(fc.constantFrom('', ...magics), fc.uint8Array({ maxLength: 2000, size: 'max' }))
      .map(([magic, rest]) => Uint8Array.from([...Array.from(magic, (c) => c.charCodeAt(0)), ...rest]));
    await fc.assert(
      fc.asyncProperty(bytes, async (data) => {
        const reading = await readArtifact(inMemory(data));
        expect(['read', 'unreadable']).toContain(reading.kind);
        if (reading.kind === 'unreadable') expect(reading.reason).not.toBe('read-failed');
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  it(
    'survives damaged tables of real binaries',
    async () => {
      const env = { CC: 'gcc', GOOS: 'linux', GOARCH: 'amd64' };
      const names = [
        await workshop.go('cgo', 'bits-elf', env),
        await workshop.go('pure', 'bits-pe', goEnv('windows/amd64')),
        await workshop.go('pure', 'bits-macho', goEnv('darwin/arm64')),
        await workshop.go('pure', 'bits-wasm', goEnv('wasip1/wasm')),
      ];
      const originals = await Promise.all(names.map(readBytes));
      const flips = fc.array(fc.tuple(fc.nat({ max: 3000 }), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 12,
      });
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...originals),
          flips,
          fc.double({ min: 0, max: 1, noNaN: true }),
          async (original, changes, cut) => {
            const whole = cut > 0.5;
            const data = original.slice(0, whole ? undefined : Math.floor(original.length * cut * 2));
            for (const [at, value] of changes) data[at] = value;
            let bytesRead = 0;
            const file = inMemory(data);
            const counted = {
              ...file,
              read: async (offset: number, length: number) => {
                const part = await file.read(offset, length);
                bytesRead += part.length;
                return part;
              },
            };
            const reading = await readArtifact(counted);
            if (reading.kind === 'unreadable') expect(reading.reason).not.toBe('read-failed');
            expect(bytesRead).toBeLessThanOrEqual(65 * 1024 * 1024);
          },
        ),
        { numRuns: 1500 },
      );
    },
    slow,
  );
});

it(
  'reads a big program in few reads',
  async () => {
    const path = await workshop.go('cgo', 'big', { CC: 'gcc', GOOS: 'linux', GOARCH: 'amd64' });
    const file = await openCounted(path);
    const reading = await readArtifact(file);
    await file.close();
    expect(reading.kind).toBe('read');
    expect(file.reads).toBeLessThanOrEqual(16);
    expect(file.bytesRead).toBeLessThan(256 * 1024);
  },
  slow,
);
