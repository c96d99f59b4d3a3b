import { describe, expect, it } from 'vitest';
import { platformOf } from '../../../src/core/target/platforms.js';
import { targetId } from '../../../src/core/target/target.js';
import type { Target } from '../../../src/core/target/target.js';
import { isBareMetalTriplet, targetsOfTriplet } from '../../../src/core/target/triplets.js';

const ids = (triplet: string): string[] => targetsOfTriplet(triplet).map(targetId);

describe('targetsOfTriplet', () => {
  it.each([
    ['arm-linux-gnueabihf', 'linux/arm/v7'],
    ['arm-none-linux-gnueabihf', 'linux/arm/v7'],
    ['arm-unknown-linux-gnueabihf', 'linux/arm/v6'],
    ['arm-linux-gnueabi', 'linux/arm/v5'],
    ['arm-buildroot-linux-uclibcgnueabi', 'linux/arm/v5'],
    ['armv7-unknown-linux-musleabihf', 'linux/arm/v7'],
    ['armv7l-linux-musleabihf', 'linux/arm/v7'],
    ['armv7hl-redhat-linux-gnueabi', 'linux/arm/v7'],
    ['armv6-alpine-linux-musleabihf', 'linux/arm/v6'],
    ['armv5te-unknown-linux-gnueabi', 'linux/arm/v5'],
    ['aarch64-unknown-linux-gnu', 'linux/arm64'],
    ['aarch64-openwrt-linux-musl', 'linux/arm64'],
    ['aarch64-poky-linux', 'linux/arm64'],
    ['aarch64-linux-android21', 'android/arm64'],
    ['armv7a-linux-androideabi21', 'android/arm/v7'],
    ['i686-linux-android', 'android/386'],
    ['x86_64-linux-gnu', 'linux/amd64'],
    ['x86_64-pc-linux-gnu', 'linux/amd64'],
    ['x86_64-alpine-linux-musl', 'linux/amd64'],
    ['i686-redhat-linux', 'linux/386'],
    ['x86_64-w64-mingw32', 'windows/amd64'],
    ['x86_64-w64-windows-gnu', 'windows/amd64'],
    ['x86_64-pc-windows-msvc', 'windows/amd64'],
    ['aarch64-w64-mingw32', 'windows/arm64'],
    ['i686-w64-mingw32', 'windows/386'],
    ['i686-pc-win32', 'windows/386'],
    ['x86_64-apple-darwin22', 'darwin/amd64'],
    ['x86_64h-apple-macos12', 'darwin/amd64'],
    ['arm64-apple-macos', 'darwin/arm64'],
    ['arm64-apple-darwin23.1.0', 'darwin/arm64'],
    ['arm64-apple-ios12', 'ios/arm64'],
    ['mips-linux-gnu', 'linux/mips'],
    ['mips-openwrt-linux-musl', 'linux/mips/softfloat'],
    ['mipsel-linux-muslsf', 'linux/mipsle/softfloat'],
    ['mipsisa32r2el-linux-gnu', 'linux/mipsle'],
    ['mips64el-linux-gnuabi64', 'linux/mips64le'],
    ['powerpc64le-linux-gnu', 'linux/ppc64le'],
    ['riscv64-unknown-linux-gnu', 'linux/riscv64'],
    ['riscv64gc-unknown-linux-gnu', 'linux/riscv64'],
    ['s390x-ibm-linux-gnu', 'linux/s390x'],
    ['loongarch64-unknown-linux-gnu', 'linux/loong64'],
    ['x86_64-unknown-freebsd14.1', 'freebsd/amd64'],
    ['armv7-unknown-freebsd14', 'freebsd/arm/v7'],
    ['amd64-unknown-openbsd7.4', 'openbsd/amd64'],
    ['wasm32-wasip1', 'wasip1/wasm'],
    ['  ARM-Linux-GNUEABIHF ', 'linux/arm/v7'],
  ])('%s makes programs for %s', (triplet, id) => {
    expect(ids(triplet)[0]).toBe(id);
  });

  it.each([
    'arm-none-eabi',
    'aarch64-elf',
    'aarch64-none-elf',
    'riscv64-unknown-elf',
    'x86_64-linux-gnux32',
    'aarch64-linux-gnu_ilp32',
    'mips64el-linux-gnuabin32',
    'aarch64_be-linux-gnu',
    'armeb-linux-gnueabi',
    'sparc64-linux-gnu',
    'powerpc-linux-gnu',
    'm68k-linux-gnu',
    'x86_64-pc-cygwin',
    'thumbv7em-none-eabihf',
    '',
    '-',
    'x86_64',
  ])('Go has no target for %s', (triplet) => {
    expect(ids(triplet)).toEqual([]);
  });

  it('lets a compiler for an older ARM serve the newer ones', () => {
    expect(ids('arm-linux-gnueabi')).toEqual(['linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7']);
    expect(ids('armv6l-linux-gnueabihf')).toEqual(['linux/arm/v6', 'linux/arm/v7']);
  });

  it('knows bare metal', () => {
    expect(isBareMetalTriplet('arm-none-eabi')).toBe(true);
    expect(isBareMetalTriplet('aarch64-elf')).toBe(true);
    expect(isBareMetalTriplet('arm-none-linux-gnueabihf')).toBe(false);
    expect(isBareMetalTriplet('sparc64-linux-gnu')).toBe(false);
  });
});

const linux = (goarch: string, level?: string): Target => ({
  goos: 'linux',
  goarch,
  ...(level === undefined ? {} : { level }),
});

describe('platformOf', () => {
  const targets = [
    linux('amd64'),
    linux('386'),
    linux('arm', 'v5'),
    linux('arm', 'v6'),
    linux('arm', 'v7'),
    linux('arm64'),
    linux('mips'),
    linux('mips', 'softfloat'),
    linux('mipsle', 'softfloat'),
    linux('mips64'),
    linux('mips64le'),
    linux('ppc64'),
    linux('ppc64le'),
    linux('riscv64'),
    linux('s390x'),
    linux('loong64'),
    { goos: 'windows', goarch: 'amd64' },
    { goos: 'windows', goarch: 'arm64' },
    { goos: 'darwin', goarch: 'arm64' },
    { goos: 'android', goarch: 'arm', level: 'v7' },
    { goos: 'freebsd', goarch: 'arm', level: 'v7' },
    { goos: 'solaris', goarch: 'amd64' },
  ];

  it.each(targets.map((target) => [targetId(target), target] as const))(
    'gives triplets and a clang target that lead back to %s',
    (_, target) => {
      const platform = platformOf(target);
      const names = [...(platform?.triplets ?? []), platform?.clangTarget, ...(platform?.zigTargets ?? [])];
      expect(names.length).toBeGreaterThan(1);
      for (const name of names) {
        if (name === undefined) continue;
        const back = targetsOfTriplet(name).map(({ goos, goarch }) => `${goos}/${goarch}`);
        expect(back, name).toContain(`${target.goos}/${target.goarch}`);
      }
    },
  );

  it('names what Debian calls it, with the C library a slim installation leaves out', () => {
    expect(platformOf(linux('arm', 'v7'))).toMatchObject({
      dpkgArch: 'armhf',
      multiarch: 'arm-linux-gnueabihf',
      debianPackages: ['gcc-arm-linux-gnueabihf', 'libc6-dev-armhf-cross'],
      debianCxxPackages: ['g++-arm-linux-gnueabihf'],
      qemuUser: 'qemu-arm',
      goFlags: ['-marm'],
      levelFlags: [],
    });
    expect(platformOf(linux('386'))).toMatchObject({
      multiarch: 'i386-linux-gnu',
      debianPackages: ['gcc-i686-linux-gnu', 'libc6-dev-i386-cross'],
    });
    expect(platformOf(linux('amd64'))?.debianPackages[0]).toBe('gcc-x86-64-linux-gnu');
    expect(platformOf({ goos: 'windows', goarch: 'amd64' })?.debianPackages).toEqual([
      'gcc-mingw-w64-x86-64',
    ]);
    expect(platformOf({ goos: 'windows', goarch: 'arm64' })?.debianPackages).toEqual([]);
  });

  it('never puts the ARMv7 compiler first for an ARMv6', () => {
    expect(platformOf(linux('arm', 'v6'))?.triplets[0]).toBe('arm-linux-gnueabi');
    expect(platformOf(linux('arm', 'v6'))?.triplets).toContain('arm-linux-gnueabihf');
    expect(platformOf(linux('arm', 'v6'))?.levelFlags).toEqual(['-march=armv6', '-mfpu=vfp']);
  });

  it('follows the float ABI of MIPS', () => {
    expect(platformOf(linux('mipsle', 'softfloat'))?.goFlags).toContain('-msoft-float');
    expect(platformOf(linux('mipsle', 'softfloat'))?.zigTargets).toContain('mipsel-linux-musleabi');
    expect(platformOf(linux('mipsle'))?.zigTargets).toContain('mipsel-linux-musleabihf');
  });

  it('knows no C side where there is none', () => {
    expect(platformOf({ goos: 'js', goarch: 'wasm' })).toBeUndefined();
    expect(platformOf({ goos: 'plan9', goarch: '386' })).toBeUndefined();
  });
});
