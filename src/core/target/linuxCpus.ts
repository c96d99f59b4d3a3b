import type { Target } from './target.js';

/** What differs between Linux on one CPU and another. */
export interface LinuxCpu {
  /** Debian's own triplet. */
  readonly debianTriplet: string;
  /** CPU and ABI as cross compilers spell them: [`armv7`, `eabihf`]. */
  readonly spellings: readonly (readonly [cpu: string, abi: string])[];
  readonly clangTarget?: string;
  readonly zig: readonly string[];
  readonly zigFlags?: readonly string[];
  readonly dpkgArch: string;
  readonly multiarch?: string;
  readonly loaders: readonly string[];
  readonly levelFlags?: readonly string[];
}

const gnuAndMusl = (cpu: string, abi = ''): string[] => [`${cpu}-linux-gnu${abi}`, `${cpu}-linux-musl${abi}`];

const mipsCpu = (cpu: string, dpkgArch: string, soft: boolean): LinuxCpu => ({
  debianTriplet: `${cpu}-linux-gnu`,
  spellings: [[cpu, ''], ...(soft ? ([[cpu, 'sf']] as const) : [])],
  // A soft-float program needs a soft-float C library, which Debian has not; zig and OpenWrt's SDK do.
  zig: gnuAndMusl(cpu, soft ? 'eabi' : 'eabihf'),
  dpkgArch,
  loaders: ['/lib/ld.so.1', `/lib/ld-musl-${cpu}${soft ? '-sf' : ''}.so.1`],
});

const mips64Cpu = (cpu: string, soft: boolean): LinuxCpu => ({
  debianTriplet: `${cpu}-linux-gnuabi64`,
  spellings: [
    [cpu, 'abi64'],
    [cpu, ''],
  ],
  zig: gnuAndMusl(cpu, 'abi64'),
  dpkgArch: cpu,
  loaders: ['/lib64/ld.so.1', `/lib/ld-musl-${cpu}${soft ? '-sf' : ''}.so.1`],
});

const plainCpu = (cpu: string, dpkgArch: string, loaders: readonly string[]): LinuxCpu => ({
  debianTriplet: `${cpu}-linux-gnu`,
  spellings: [[cpu, '']],
  zig: gnuAndMusl(cpu),
  dpkgArch,
  loaders,
});

/** Linux on the target's CPU and level, or undefined for a CPU whose C side is not known. */
export function linuxCpu(target: Target): LinuxCpu | undefined {
  const soft = target.level?.includes('softfloat') ?? false;
  switch (target.goarch) {
    case 'amd64':
      return plainCpu('x86_64', 'amd64', ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-musl-x86_64.so.1']);
    case '386':
      return {
        debianTriplet: 'i686-linux-gnu',
        spellings: ['i686', 'i586', 'i486', 'i386'].map((cpu) => [cpu, ''] as const),
        zig: gnuAndMusl('x86'),
        dpkgArch: 'i386',
        multiarch: 'i386-linux-gnu',
        loaders: ['/lib/ld-linux.so.2', '/lib/ld-musl-i386.so.1'],
      };
    case 'arm':
      return armCpu(target.level ?? 'v7');
    case 'arm64':
      return plainCpu('aarch64', 'arm64', ['/lib/ld-linux-aarch64.so.1', '/lib/ld-musl-aarch64.so.1']);
    case 'mips':
      return mipsCpu('mips', 'mips', soft);
    case 'mipsle':
      return mipsCpu('mipsel', 'mipsel', soft);
    case 'mips64':
      return mips64Cpu('mips64', soft);
    case 'mips64le':
      return mips64Cpu('mips64el', soft);
    case 'ppc64':
      return plainCpu('powerpc64', 'ppc64', ['/lib64/ld64.so.1', '/lib/ld-musl-powerpc64.so.1']);
    case 'ppc64le':
      return plainCpu('powerpc64le', 'ppc64el', ['/lib64/ld64.so.2', '/lib/ld-musl-powerpc64le.so.1']);
    case 'riscv64':
      return plainCpu('riscv64', 'riscv64', [
        '/lib/ld-linux-riscv64-lp64d.so.1',
        '/lib/ld-musl-riscv64.so.1',
      ]);
    case 's390x':
      return plainCpu('s390x', 's390x', ['/lib/ld64.so.1', '/lib/ld-musl-s390x.so.1']);
    case 'loong64':
      return plainCpu('loongarch64', 'loong64', [
        '/lib64/ld-linux-loongarch-lp64d.so.1',
        '/lib/ld-musl-loongarch64.so.1',
      ]);
    default:
      return undefined;
  }
}

/**
 * ARM has three levels and two float ABIs. Go passes no floating-point values to C in registers, so the ABI need only
 * agree within the C side; what counts is that the C library holds no instruction the level lacks. Debian's
 * gnueabihf is built for ARMv7, its gnueabi for ARMv5TE: hence gnueabi comes first for v5 and v6.
 */
function armCpu(level: string): LinuxCpu {
  const soft = level.includes('softfloat');
  if (level.startsWith('v5') || (level.startsWith('v6') && soft)) {
    return {
      debianTriplet: 'arm-linux-gnueabi',
      spellings: [
        ['arm', 'eabi'],
        ['armv5te', 'eabi'],
        ['armv5', 'eabi'],
        ...(level.startsWith('v6') ? ([['armv6', 'eabi']] as const) : []),
      ],
      clangTarget: level.startsWith('v5') ? 'armv5te-linux-gnueabi' : 'armv6-linux-gnueabi',
      zig: gnuAndMusl('arm', 'eabi'),
      zigFlags: [level.startsWith('v5') ? '-mcpu=arm926ej_s' : '-mcpu=arm1176jzf_s'],
      dpkgArch: 'armel',
      loaders: ['/lib/ld-linux.so.3', '/lib/ld-musl-arm.so.1'],
      levelFlags: [level.startsWith('v5') ? '-march=armv5te' : '-march=armv6'],
    };
  }
  if (level.startsWith('v6')) {
    return {
      debianTriplet: 'arm-linux-gnueabi',
      // Rust's and messense's `arm-unknown-linux-gnueabihf` and Alpine's armhf are ARMv6 with hardware floating point.
      spellings: [
        ['armv6', 'eabihf'],
        ['armv6l', 'eabihf'],
        ['armv6hl', 'eabihf'],
        ['arm', 'eabihf'],
        ['arm', 'eabi'],
      ],
      clangTarget: 'armv6-linux-gnueabihf',
      zig: gnuAndMusl('arm', 'eabihf'),
      zigFlags: ['-mcpu=arm1176jzf_s'],
      dpkgArch: 'armel',
      loaders: [
        '/lib/ld-linux-armhf.so.3',
        '/lib/ld-linux.so.3',
        '/lib/ld-musl-armhf.so.1',
        '/lib/ld-musl-arm.so.1',
      ],
      // gcc wants the FPU named with an ARMv6 and a hard-float ABI; "-march=armv6+fp" is not known before gcc 8.
      levelFlags: ['-march=armv6', '-mfpu=vfp'],
    };
  }
  return {
    debianTriplet: soft ? 'arm-linux-gnueabi' : 'arm-linux-gnueabihf',
    spellings: soft
      ? [
          ['arm', 'eabi'],
          ['armv7', 'eabi'],
          ['armv7a', 'eabi'],
        ]
      : [
          ['arm', 'eabihf'],
          ['armv7', 'eabihf'],
          ['armv7l', 'eabihf'],
          ['armv7a', 'eabihf'],
          ['armv7hl', 'eabihf'],
          ['armv6', 'eabihf'],
          ['arm', 'eabi'],
        ],
    clangTarget: soft ? 'armv7-linux-gnueabi' : 'armv7-linux-gnueabihf',
    zig: gnuAndMusl('arm', soft ? 'eabi' : 'eabihf'),
    zigFlags: ['-mcpu=cortex_a7'],
    dpkgArch: soft ? 'armel' : 'armhf',
    loaders: soft
      ? ['/lib/ld-linux.so.3', '/lib/ld-musl-arm.so.1']
      : [
          '/lib/ld-linux-armhf.so.3',
          '/lib/ld-musl-armhf.so.1',
          '/lib/ld-linux.so.3',
          '/lib/ld-musl-arm.so.1',
        ],
  };
}

/**
 * Vendor fields as cross compilers carry them: none (Debian, Arch, musl.cc), unknown (crosstool-NG, messense, Rust),
 * none (Arm's own), buildroot, openwrt, alpine, redhat.
 */
const vendors = ['', 'unknown-', 'none-', 'buildroot-', 'openwrt-', 'alpine-', 'redhat-'];

/** Every triplet a cross compiler for it may be named by, Debian's first. */
export function linuxTriplets(cpu: LinuxCpu): string[] {
  const made = ['gnu', 'musl'].flatMap((libc) =>
    cpu.spellings.flatMap(([name, abi]) => vendors.map((vendor) => `${name}-${vendor}linux-${libc}${abi}`)),
  );
  return [...new Set([cpu.debianTriplet, ...made])];
}
