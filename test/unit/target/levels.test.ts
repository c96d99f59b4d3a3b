import { describe, expect, it } from 'vitest';
import {
  levelEnvironment,
  levelVariable,
  listedLevels,
  parseLevel,
} from '../../../src/core/target/levels.js';
import { debianToolchainPackages } from '../../../src/core/target/platforms.js';

const level = (goarch: string, text: string): string | undefined => {
  const parsed = parseLevel(goarch, text);
  return parsed.ok ? parsed.level : 'illegal';
};

describe('parseLevel', () => {
  it.each([
    ['arm', '7', 'v7'],
    ['arm', 'v7', 'v7'],
    ['arm', 'ARMv7', 'v7'],
    ['arm', 'v7l', 'v7'],
    ['arm', '', 'v7'],
    ['arm', 'v5', 'v5'],
    ['arm', 'armv5te', 'v5'],
    ['arm', '5,softfloat', 'v5'],
    ['arm', 'v5,hardfloat', 'v5,hardfloat'],
    ['arm', '6,softfloat', 'v6,softfloat'],
    ['arm', 'v6 , soft-float', 'v6,softfloat'],
    ['arm', 'v6hf', 'v6'],
    ['arm', '7,hardfloat', 'v7'],
    ['arm64', 'v8', undefined],
    ['arm64', 'v8.0', undefined],
    ['arm64', '', undefined],
    ['arm64', 'v8.0,lse', 'v8.0,lse'],
    ['arm64', 'v8.0,crypto,lse', 'v8.0,lse,crypto'],
    ['arm64', 'v8.1,lse', 'v8.1'],
    ['arm64', 'armv8.2-a+crypto', 'v8.2,crypto'],
    ['arm64', 'v9', 'v9.0'],
    ['arm64', 'v9.5', 'v9.5'],
    ['amd64', 'v1', undefined],
    ['amd64', 'x86-64-v3', 'v3'],
    ['amd64', '4', 'v4'],
    ['386', 'sse2', undefined],
    ['386', 'softfloat', 'softfloat'],
    ['mips', 'soft-float', 'softfloat'],
    ['mipsle', 'sf', 'softfloat'],
    ['mips64le', 'hardfloat', undefined],
    ['ppc64le', 'p9', 'power9'],
    ['ppc64', 'power8', undefined],
    ['riscv64', 'rva22', 'rva22u64'],
    ['riscv64', 'rva20u64', undefined],
    ['s390x', '', undefined],
  ])('reads %s %s', (goarch, text, expected) => {
    expect(level(goarch, text)).toBe(expected);
  });

  it.each([
    ['arm', 'v8'],
    ['arm', 'v4'],
    ['arm', 'banana'],
    ['arm64', 'v9.6'],
    ['arm64', 'v8.10'],
    ['arm64', 'v7'],
    ['amd64', 'v5'],
    ['386', '387'],
    ['mips', 'v7'],
    ['ppc64le', 'power7'],
    ['riscv64', 'rva21u64'],
    ['s390x', 'z14'],
    ['wasm', 'signext'],
    ['constructor', 'x'],
  ])('refuses %s %s', (goarch, text) => {
    expect(level(goarch, text)).toBe('illegal');
  });

  it('names the legal values', () => {
    expect(parseLevel('ppc64', 'power7')).toEqual({ ok: false, legal: ['power8', 'power9', 'power10'] });
    expect(parseLevel('s390x', 'z14')).toEqual({ ok: false, legal: [] });
  });
});

describe('levelEnvironment', () => {
  it('writes levels as Go reads them, defaults too', () => {
    expect(levelEnvironment({ goos: 'linux', goarch: 'arm', level: 'v7' })).toEqual({ GOARM: '7' });
    expect(levelEnvironment({ goos: 'linux', goarch: 'arm', level: 'v6,softfloat' })).toEqual({
      GOARM: '6,softfloat',
    });
    expect(levelEnvironment({ goos: 'linux', goarch: 'arm64' })).toEqual({ GOARM64: 'v8.0' });
    expect(levelEnvironment({ goos: 'linux', goarch: '386' })).toEqual({ GO386: 'sse2' });
    expect(levelEnvironment({ goos: 'linux', goarch: 's390x' })).toEqual({});
    expect(levelVariable('mips64le')).toBe('GOMIPS64');
  });
});

describe('listedLevels', () => {
  it('puts the default first', () => {
    expect(listedLevels('linux', 'arm')).toEqual(['v7', 'v6', 'v5']);
    expect(listedLevels('android', 'arm')).toEqual(['v7']);
    expect(listedLevels('linux', 'amd64')).toEqual([undefined, 'v2', 'v3', 'v4']);
    expect(listedLevels('linux', 's390x')).toEqual([undefined]);
  });
});

describe('debianToolchainPackages', () => {
  it('proposes the native compiler on the same CPU, else a cross compiler with its C library', () => {
    const arm = { goos: 'linux', goarch: 'arm', level: 'v7' };
    expect(debianToolchainPackages(arm, 'arm')).toEqual(['gcc', 'libc6-dev']);
    expect(debianToolchainPackages(arm, 'amd64', true)).toEqual([
      'gcc-arm-linux-gnueabihf',
      'libc6-dev-armhf-cross',
      'g++-arm-linux-gnueabihf',
    ]);
    expect(debianToolchainPackages({ goos: 'linux', goarch: '386' }, 'amd64')).not.toContain('gcc-multilib');
    expect(debianToolchainPackages({ goos: 'darwin', goarch: 'arm64' }, 'amd64')).toEqual([]);
  });
});
