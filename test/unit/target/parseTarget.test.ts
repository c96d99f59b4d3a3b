import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../src/core/target/createCatalogue.js';
import { parseTarget } from '../../../src/core/target/parseTarget.js';
import { searchTerms } from '../../../src/core/target/searchTerms.js';
import { targetId } from '../../../src/core/target/target.js';

const catalogue = createCatalogue(undefined, 'go1.26.8');

function read(text: string): string {
  const parsed = parseTarget(text, catalogue);
  if (!parsed.ok) return `refused: ${parsed.message}`;
  return parsed.device === undefined
    ? targetId(parsed.target)
    : `${parsed.device.name} = ${targetId(parsed.target)}`;
}

describe('parseTarget', () => {
  it.each([
    // Ids, and the ways people write them.
    ['linux/arm/v7', 'linux/arm/v7'],
    ['linux/armv7', 'linux/arm/v7'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux arm hf', 'linux/arm/v7'],
    ['linux/arm/7', 'linux/arm/v7'],
    ['linux-arm-v7', 'linux/arm/v7'],
    ['linux_arm_6', 'linux/arm/v6'],
    ['linux_amd64_v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['  Linux / ARM64 ', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm64/v8.2,crypto', 'linux/arm64/v8.2,crypto'],
    ['linux/arm/v6,softfloat', 'linux/arm/v6,softfloat'],
    ['linux/arm/v5,softfloat', 'linux/arm/v5'],
    ['linux/mips/soft-float', 'linux/mips/softfloat'],
    ['linux mipsle softfloat', 'linux/mipsle/softfloat'],
    ['linux/386/sse2', 'linux/386'],
    ['linux arm64', 'linux/arm64'],
    ['arm64 linux', 'linux/arm64'],
    ['linux,arm64', 'linux/arm64'],
    ['macos arm64', 'darwin/arm64'],
    ['mac os x86_64', 'darwin/amd64'],
    ['darwin-arm64', 'darwin/arm64'],
    ['windows x64', 'windows/amd64'],
    ['android/arm', 'android/arm/v7'],
    ['linux/x86_64', 'linux/amd64'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux-musl-arm64', 'linux/arm64'],
    // CPUs alone mean Linux.
    ['arm64', 'linux/arm64'],
    ['aarch64', 'linux/arm64'],
    ['armv7l', 'linux/arm/v7'],
    ['armv6l', 'linux/arm/v6'],
    ['armv8l', 'linux/arm/v7'],
    ['arm', 'linux/arm/v7'],
    ['x86_64', 'linux/amd64'],
    ['x86-64', 'linux/amd64'],
    ['x86_64_v3', 'linux/amd64/v3'],
    ['i686', 'linux/386'],
    ['x86', 'linux/386'],
    ['riscv64', 'linux/riscv64'],
    ['risc-v', 'linux/riscv64'],
    ['s390x', 'linux/s390x'],
    ['loongarch64', 'linux/loong64'],
    ['armv8.2-a', 'linux/arm64/v8.2'],
    ['wasm', 'js/wasm'],
    ['wasi', 'wasip1/wasm'],
    ['wasip1', 'wasip1/wasm'],
    ['win64', 'windows/amd64'],
    ['win32', 'windows/386'],
    // Debian's names.
    ['armhf', 'linux/arm/v7'],
    ['armel', 'linux/arm/v5'],
    ['i386', 'linux/386'],
    ['mipsel', 'linux/mipsle'],
    ['mips64el', 'linux/mips64le'],
    ['ppc64el', 'linux/ppc64le'],
    ['arm32v7', 'linux/arm/v7'],
    ['arm64v8', 'linux/arm64'],
    // Triplets of GNU, Rust, zig, LLVM.
    ['arm-linux-gnueabihf', 'linux/arm/v7'],
    ['arm-linux-gnueabi', 'linux/arm/v5'],
    ['aarch64-linux-musl', 'linux/arm64'],
    ['x86_64-linux-gnu', 'linux/amd64'],
    ['x86_64-w64-mingw32', 'windows/amd64'],
    ['x86_64-pc-windows-msvc', 'windows/amd64'],
    ['armv7-unknown-linux-gnueabihf', 'linux/arm/v7'],
    ['arm-unknown-linux-gnueabihf', 'linux/arm/v6'],
    ['aarch64-apple-darwin', 'darwin/arm64'],
    ['aarch64-macos', 'darwin/arm64'],
    ['wasm32-wasip1', 'wasip1/wasm'],
    ['i686-linux-android21', 'android/386'],
    // Go's variables.
    ['GOOS=linux GOARCH=arm GOARM=6', 'linux/arm/v6'],
    ['GOARM=6 GOARCH=arm GOOS=linux', 'linux/arm/v6'],
    ['GOOS=linux,GOARCH=arm,GOARM=6,softfloat', 'linux/arm/v6,softfloat'],
    ['export GOOS=linux; export GOARCH=arm64', 'linux/arm64'],
    ['set GOOS=windows&& set GOARCH=amd64', 'windows/amd64'],
    ['$env:GOOS="linux"; $env:GOARCH="arm"; $env:GOARM="7"', 'linux/arm/v7'],
    ["$Env:GOOS = 'linux'; $Env:GOARCH = 'riscv64'", 'linux/riscv64'],
    [
      'env GOOS=linux GOARCH=arm GOARM=5 CGO_ENABLED=1 CC=arm-linux-gnueabi-gcc go build ./...',
      'linux/arm/v5',
    ],
    ['set -x GOOS linux; set -x GOARCH mipsle; set -x GOMIPS softfloat', 'linux/mipsle/softfloat'],
    ['GOARCH=arm64', 'linux/arm64'],
    ['GOARM=6', 'linux/arm/v6'],
    ['GOOS=linux GOARCH=amd64 GOARM=6', 'linux/amd64'],
    // Devices.
    ['pi 3b+', 'Raspberry Pi 3B+ = linux/arm/v7'],
    ['Raspberry Pi 3B+', 'Raspberry Pi 3B+ = linux/arm/v7'],
    ['rpi3b+', 'Raspberry Pi 3B+ = linux/arm/v7'],
    ['Raspberry Pi 3 Model B+', 'Raspberry Pi 3B+ = linux/arm/v7'],
    ['raspberry-pi-3b-plus', 'Raspberry Pi 3B+ = linux/arm/v7'],
    ['Raspberry Pi 3B+ (64-bit)', 'Raspberry Pi 3B+ (64-bit) = linux/arm64'],
    ['pi 3b+ 64 bit', 'Raspberry Pi 3B+ (64-bit) = linux/arm64'],
    ['pi3', 'Raspberry Pi 3B = linux/arm/v7'],
    ['raspberrypi zero', 'Raspberry Pi Zero = linux/arm/v6'],
    ['pi0', 'Raspberry Pi Zero = linux/arm/v6'],
    ['Pi Zero W', 'Raspberry Pi Zero W = linux/arm/v6'],
    ['pi zero 2 w', 'Raspberry Pi Zero 2 W = linux/arm/v7'],
    ['raspi5', 'Raspberry Pi 5 = linux/arm64/v8.2,crypto'],
    ['pi 5 64-bit', 'Raspberry Pi 5 = linux/arm64/v8.2,crypto'],
    ['raspberry pi 4', 'Raspberry Pi 4 = linux/arm64'],
    ['pi 4 32bit', 'Raspberry Pi 4 (32-bit) = linux/arm/v7'],
    ['graviton3', 'AWS Graviton 3 = linux/arm64/v8.4,crypto'],
    ['AWS Graviton2', 'AWS Graviton 2 = linux/arm64/v8.2,crypto'],
    ['beaglebone', 'BeagleBone Black = linux/arm/v7'],
    ['edgerouter x', 'EdgeRouter X = linux/mipsle/softfloat'],
    ['apple silicon', 'Apple silicon Mac = darwin/arm64'],
    ['m1', 'Apple silicon Mac = darwin/arm64'],
    ['visionfive2', 'VisionFive 2 = linux/riscv64'],
    ['ibm z', 'IBM Z = linux/s390x'],
    ['power9', 'IBM Power9 = linux/ppc64le/power9'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  const refusal = (
    text: string,
  ): { message: string; nearest: readonly string[]; legal: readonly string[] } => {
    const parsed = parseTarget(text, catalogue);
    if (parsed.ok) throw new Error(`${text} was taken as ${targetId(parsed.target)}`);
    return parsed;
  };

  it('refuses linux/arm/v8, and knows what is meant', () => {
    expect(refusal('linux/arm/v8')).toEqual({
      ok: false,
      message: '"v8" is not a level of linux/arm. ARMv8 and later are linux/arm64.',
      nearest: ['linux/arm64', 'linux/arm/v7', 'linux/arm/v6', 'linux/arm/v5'],
      legal: ['v5', 'v6', 'v7', 'each optionally with ,softfloat or ,hardfloat'],
    });
    expect(refusal('GOOS=linux GOARCH=arm GOARM=8').nearest[0]).toBe('linux/arm64');
  });

  it('refuses linux/sparc with the CPUs that Linux has', () => {
    const { message, nearest, legal } = refusal('linux/sparc');
    expect(message).toContain('"sparc" is not a CPU that go1.26.8 has on linux');
    expect(legal).toContain('arm64');
    expect(nearest.length).toBeGreaterThan(0);
  });

  it.each([
    ['windows/arm', 'no port windows/arm', 'windows/arm64'],
    ['linux/s390x/z14', 'has no levels', 'linux/s390x'],
    ['linux/amd64/v9', '"v9" is not a level', 'linux/amd64'],
    ['linux/ppc64le/power7', '"power7" is not a level', 'linux/ppc64le/power9'],
    ['solaris/sparc64', 'not a CPU', 'solaris/amd64'],
    ['linxu/arm64', '"linxu" is not an operating system', 'linux/arm64'],
    ['templeos/amd64', '"templeos" is not an operating system', 'linux/amd64'],
    ['windows', 'no CPU', 'windows/amd64'],
    ['linux/amr64', 'not a CPU', 'linux/arm64'],
    ['graviton', 'several devices', 'AWS Graviton 1'],
    ['pi', 'several devices', 'Raspberry Pi 3B+'],
    ['rapsberry pi 3b+', 'neither', 'Raspberry Pi 3B+'],
    ['sparc64-linux-gnu', 'not a CPU', 'linux/amd64'],
    ['linux/arm64/v7', 'not a level', 'linux/arm/v7'],
    ['pi 6', 'neither', 'Raspberry Pi 5'],
    ['3b+', 'neither', 'Raspberry Pi 3B+'],
    ['GOOS=linux', 'no CPU', 'linux/arm64'],
    ['GOOS=beos GOARCH=386', '"beos" is not', 'linux/386'],
    ['linux/arm/v7/v6', 'not a level', 'linux/arm/v7'],
  ])('refuses %s, saying %s and suggesting %s', (text, words, suggestion) => {
    const { message, nearest } = refusal(text);
    expect(message).toContain(words);
    expect(nearest).toContain(suggestion);
  });

  it('refuses bare metal as such', () => {
    expect(refusal('arm-none-eabi').message).toContain('bare metal');
    expect(refusal('   ').message).toContain('No target');
  });

  it('reads its own spelling of every target and device back', () => {
    for (const target of catalogue.targets) expect(read(targetId(target))).toBe(targetId(target));
    for (const device of catalogue.devices) {
      for (const name of [device.id, device.name, ...device.aliases]) {
        expect(read(name), name).toBe(`${device.name} = ${targetId(device.target)}`);
      }
    }
  });

  it('finds every target by every one of its search terms that is whole', () => {
    for (const target of catalogue.targets) {
      const assignment = searchTerms(target).find((term) => term.startsWith('goos='));
      expect(read(assignment ?? ''), assignment).toBe(targetId(target));
    }
    const pi = catalogue.devices.find((it) => it.id === 'raspberry-pi-3b-plus');
    const terms = searchTerms({ goos: 'linux', goarch: 'arm', level: 'v7' }, pi);
    for (const term of ['linux/armv7', 'armv7', 'arm-linux-gnueabihf', 'armhf', 'pi 3b+', 'rpi 3b+']) {
      expect(terms).toContain(term);
    }
  });

  it('never throws, and suggests only what it would take itself', () => {
    const words = [
      'linux',
      'arm',
      'v8',
      '/',
      '-',
      '=',
      'GOOS',
      'GOARM=',
      'pi',
      '3b+',
      'gnueabihf',
      ',',
      '__proto__',
      ' ',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.oneof(fc.constantFrom(...words, ...catalogue.targets.map(targetId)), fc.string()), {
          maxLength: 6,
        })
        .map((it) => it.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parseTarget(typed, catalogue);
        if (parsed.ok) {
          expect(read(targetId(parsed.target))).toBe(targetId(parsed.target));
        } else {
          expect(parsed.message).not.toBe('');
          for (const name of parsed.nearest) expect(parseTarget(name, catalogue).ok, name).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
    expect(() => parseTarget('-'.repeat(1_000_000), catalogue)).not.toThrow();
  });
});
