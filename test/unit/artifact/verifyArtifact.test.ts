import { describe, expect, it } from 'vitest';
import { describeArtifact } from '../../../src/core/artifact/describeArtifact.js';
import type { ArtifactFacts } from '../../../src/core/artifact/facts.js';
import { verifyArtifact, type ArtifactExpectations } from '../../../src/core/artifact/verifyArtifact.js';
import { compareVersions } from '../../../src/core/artifact/versions.js';
import type { Target } from '../../../src/core/target/target.js';

const armhf: ArtifactFacts = {
  format: 'elf',
  machine: 'arm',
  bits: 32,
  endianness: 'little',
  goos: 'linux',
  type: 'executable',
  linkage: 'dynamic',
  interpreter: '/lib/ld-linux-armhf.so.3',
  neededLibraries: ['libc.so.6'],
  glibc: '2.34',
  libc: 'glibc',
  arm: { architecture: 7, architectureName: 'v7', profile: 'A', floatAbi: 'hard' },
  goBuildSettings: { GOARCH: 'arm', GOOS: 'linux', GOARM: '7', CGO_ENABLED: '1' },
  size: 1_000_000,
};
const armel: ArtifactFacts = {
  ...armhf,
  interpreter: '/lib/ld-linux.so.3',
  arm: { architecture: 5, architectureName: 'v5TE', floatAbi: 'soft' },
  goBuildSettings: { GOARCH: 'arm', GOARM: '5', CGO_ENABLED: '1' },
};
const amd64: ArtifactFacts = {
  format: 'elf',
  machine: 'x86-64',
  bits: 64,
  endianness: 'little',
  goos: 'linux',
  type: 'executable',
  linkage: 'static',
  neededLibraries: [],
  goBuildSettings: { GOARCH: 'amd64', GOAMD64: 'v3', CGO_ENABLED: '0' },
  size: 1,
};

const linux = (goarch: string, level?: string): Target =>
  level === undefined ? { goos: 'linux', goarch } : { goos: 'linux', goarch, level };

function properties(facts: ArtifactFacts, target: Target, expectations?: ArtifactExpectations): string[] {
  return verifyArtifact(facts, target, expectations).map(({ property }) => property);
}

describe('ARM', () => {
  it('says that ARMv7 C code dies on an ARMv6', () => {
    const facts = { ...armhf, goBuildSettings: { GOARCH: 'arm', GOARM: '6' } };
    const [mismatch, ...rest] = verifyArtifact(facts, linux('arm', 'v6'));
    expect(rest).toEqual([]);
    expect(mismatch).toMatchObject({ property: 'arm-architecture', expected: 'v6', found: 'v7' });
    expect(mismatch?.message).toMatch(
      /^This is an ARMv7 binary: it would die with SIGILL on linux\/arm\/v6\./,
    );
  });

  it('knows the float ABIs that a system cannot run', () => {
    expect(properties(armhf, linux('arm', 'v7'))).toEqual([]);
    expect(properties(armhf, linux('arm', 'v7,softfloat'))).toEqual(['float-abi', 'GOARM']);
    expect(properties(armhf, linux('arm', 'v5'))).toEqual(['arm-architecture', 'float-abi', 'GOARM']);
    expect(properties(armel, linux('arm', 'v5'))).toEqual([]);
    expect(properties(armel, linux('arm', 'v7'))).toEqual(['float-abi']);
  });

  it('takes soft-float C where it works: on armel for v6, and in static programs', () => {
    expect(properties(armel, linux('arm', 'v6'))).toEqual([]);
    const { interpreter, ...rest } = armel;
    expect(interpreter).toBeDefined();
    expect(properties({ ...rest, linkage: 'static', neededLibraries: [] }, linux('arm', 'v7'))).toEqual([]);
  });

  it('refuses code for microcontrollers', () => {
    const arm = {
      architecture: 7,
      architectureName: 'v7E-M',
      profile: 'M' as const,
      floatAbi: 'soft' as const,
    };
    expect(properties({ ...armhf, arm }, linux('arm', 'v7'))).toContain('arm-profile');
  });

  it('holds what Go compiled for against the level', () => {
    const pure: ArtifactFacts = {
      ...amd64,
      machine: 'arm',
      bits: 32,
      arm: {},
      goBuildSettings: { GOARCH: 'arm', GOARM: '7' },
    };
    expect(properties(pure, linux('arm', 'v6'))).toEqual(['GOARM']);
    expect(properties(pure, linux('arm', 'v7'))).toEqual([]);
    const hard5 = { ...pure, goBuildSettings: { GOARCH: 'arm', GOARM: '5,hardfloat' } };
    expect(properties(hard5, linux('arm', 'v5'))).toEqual(['GOARM']);
  });
});

describe('levels of other CPUs', () => {
  const cases: readonly (readonly [
    goarch: string,
    variable: string,
    found: string,
    level: string | undefined,
    fits: boolean,
  ])[] = [
    ['amd64', 'GOAMD64', 'v3', 'v3', true],
    ['amd64', 'GOAMD64', 'v3', undefined, false],
    ['amd64', 'GOAMD64', 'v1', 'v3', true],
    ['arm64', 'GOARM64', 'v8.0', undefined, true],
    ['arm64', 'GOARM64', 'v8.0,lse', 'v8.2', true],
    ['arm64', 'GOARM64', 'v8.0,lse', undefined, false],
    ['arm64', 'GOARM64', 'v8.2,crypto', 'v8.2', false],
    ['arm64', 'GOARM64', 'v8.5', 'v9.0', true],
    ['arm64', 'GOARM64', 'v9.0', 'v8.4', false],
    ['ppc64le', 'GOPPC64', 'power10', 'power9', false],
    ['ppc64le', 'GOPPC64', 'power9', 'power10', true],
    ['riscv64', 'GORISCV64', 'rva22u64', undefined, false],
    ['riscv64', 'GORISCV64', 'rva20u64', 'rva22u64', true],
    ['386', 'GO386', 'sse2', 'softfloat', false],
    ['386', 'GO386', 'softfloat', undefined, true],
    ['mips', 'GOMIPS', 'hardfloat', 'softfloat', false],
    ['mips', 'GOMIPS', 'softfloat', undefined, true],
  ];
  const shapes: Readonly<Record<string, Partial<ArtifactFacts>>> = {
    amd64: {},
    arm64: { machine: 'aarch64' },
    ppc64le: { machine: 'ppc64' },
    riscv64: { machine: 'riscv' },
    '386': { machine: 'i386', bits: 32 },
    mips: { machine: 'mips', bits: 32, endianness: 'big' },
  };
  it.each(cases)('%s with %s=%s for level %s', (goarch, variable, found, level, fits) => {
    const facts = { ...amd64, ...shapes[goarch], goBuildSettings: { GOARCH: goarch, [variable]: found } };
    expect(properties(facts, linux(goarch, level))).toEqual(fits ? [] : [variable]);
  });
});

describe('platform', () => {
  it('names the machine alone where that is wrong', () => {
    expect(verifyArtifact(amd64, linux('arm', 'v7'))).toEqual([
      {
        property: 'machine',
        expected: 'arm',
        found: 'x86-64',
        message: 'This is a binary for x86-64: linux/arm/v7 needs ARM.',
      },
    ]);
  });

  it('finds a Linux binary built for NetBSD', () => {
    const linked = { ...amd64, linkage: 'dynamic' as const, interpreter: '/lib64/ld-linux-x86-64.so.2' };
    const [mismatch] = verifyArtifact(linked, { goos: 'netbsd', goarch: 'amd64' });
    expect(mismatch).toMatchObject({ property: 'os', expected: 'netbsd', found: 'linux' });
    expect(mismatch?.message).toContain("/lib64/ld-linux-x86-64.so.2): it can't run on NetBSD");
  });

  it('finds the wrong byte order, size and format', () => {
    const mipsle: ArtifactFacts = { ...amd64, machine: 'mips', bits: 32, goBuildSettings: {} };
    expect(properties(mipsle, linux('mips'))).toEqual(['endianness']);
    expect(properties({ ...amd64, bits: 32 }, linux('amd64'))).toEqual(['bits']);
    expect(properties(amd64, { goos: 'windows', goarch: 'amd64' })).toEqual(['format']);
  });

  it('says nothing of a file that does not tell its system, nor of a CPU it does not know', () => {
    const { goos, ...silent } = amd64;
    expect(goos).toBe('linux');
    expect(properties({ ...silent, goBuildSettings: {} }, { goos: 'freebsd', goarch: 'amd64' })).toEqual([]);
    expect(properties(amd64, linux('newcpu'))).toEqual([]);
  });
});

describe('ABIs', () => {
  const mips: ArtifactFacts = { ...amd64, machine: 'mips', bits: 32, endianness: 'big', goBuildSettings: {} };
  it('holds MIPS float and ABI against the target', () => {
    expect(
      properties({ ...mips, mips: { floatAbi: 'hard', abi: 'o32' } }, linux('mips', 'softfloat')),
    ).toEqual(['float-abi']);
    expect(
      properties({ ...mips, mips: { floatAbi: 'soft', abi: 'o32' } }, linux('mips', 'softfloat')),
    ).toEqual([]);
    expect(properties({ ...mips, mips: { abi: 'n32' } }, linux('mips'))).toEqual(['mips-abi']);
  });
  it('wants lp64d on RISC-V and ELFv2 on ppc64le', () => {
    const riscv = { floatAbi: 'soft', compressed: true } as const;
    expect(properties({ ...amd64, machine: 'riscv', riscv }, linux('riscv64'))).toEqual(['float-abi']);
    expect(properties({ ...amd64, machine: 'ppc64', ppc64: { abiVersion: 1 } }, linux('ppc64le'))).toEqual([
      'ppc64-abi',
    ]);
  });
});

describe('what the build asked for', () => {
  it('compares glibc by number', () => {
    expect(properties(armhf, linux('arm', 'v7'), { glibcFloor: '2.4' })).toEqual(['glibc']);
    expect(properties(armhf, linux('arm', 'v7'), { glibcFloor: '2.34' })).toEqual([]);
    expect(properties({ ...armhf, glibc: '2.4' }, linux('arm', 'v7'), { glibcFloor: '2.28' })).toEqual([]);
    expect(['2.34', '2.4', '2.2.5', '2.17', '2.2'].sort(compareVersions)).toEqual([
      '2.2',
      '2.2.5',
      '2.4',
      '2.17',
      '2.34',
    ]);
  });
  it('says what a dynamic binary needs where a static one was wanted', () => {
    const [mismatch] = verifyArtifact(armhf, linux('arm', 'v7'), { staticWanted: true });
    expect(mismatch?.message).toContain('/lib/ld-linux-armhf.so.3, libc.so.6');
    expect(properties(amd64, linux('amd64', 'v3'), { staticWanted: true })).toEqual([]);
  });
  it('sees cgo go missing', () => {
    expect(properties(amd64, linux('amd64', 'v3'), { cgo: true })).toEqual(['CGO_ENABLED']);
    expect(properties(amd64, linux('amd64', 'v3'), { cgo: false })).toEqual([]);
  });
});

it('describes a binary in one line', () => {
  expect(describeArtifact(armhf)).toBe(
    'ELF 32-bit ARM (ARMv7, hard-float), dynamic, /lib/ld-linux-armhf.so.3, needs GLIBC_2.34',
  );
  expect(describeArtifact(amd64)).toBe('ELF 64-bit x86-64, static');
  expect(describeArtifact({ ...amd64, format: 'pe', goos: 'windows', linkage: 'dynamic' })).toBe(
    'PE 64-bit x86-64, dynamic',
  );
  expect(describeArtifact({ ...amd64, format: 'wasm', machine: 'wasm', goos: 'js' })).toBe(
    'WebAssembly, JavaScript hosts',
  );
  expect(
    describeArtifact({
      ...amd64,
      machine: 'mips',
      bits: 32,
      endianness: 'big',
      mips: { abi: 'o32', floatAbi: 'soft' },
    }),
  ).toBe('ELF 32-bit MIPS (o32, big-endian, soft-float), static');
  expect(describeArtifact({ ...armhf, type: 'archive', linkage: 'static' })).toContain('static library');
});
