import { cpuNames } from './cpuNames.js';
import { linuxCpu, linuxTriplets } from './linuxCpus.js';
import type { Target } from './target.js';

/** How the C world names a target: what to look for, what to install, what to pass. */
export interface Platform {
  /** GNU triplets a cross compiler for it may be named by (`TRIPLET-gcc`), the likeliest first. */
  readonly triplets: readonly string[];
  /** `--target` for clang. */
  readonly clangTarget?: string;
  /** `-target` for zig, the C library that needs nothing on the device (musl) after the usual one. */
  readonly zigTargets: readonly string[];
  /** Further flags for zig, which names CPUs its own way. */
  readonly zigFlags: readonly string[];
  /** The NDK's compiler is `TRIPLET<API level>-clang`. */
  readonly ndkTriplet?: string;
  /** Debian's name of the architecture, for `libfoo-dev:ARCH`. */
  readonly dpkgArch?: string;
  /** Debian's folder for its libraries, below /usr/lib. */
  readonly multiarch?: string;
  /** Debian's cross compilers with everything they need to link; empty where Debian has none. */
  readonly debianPackages: readonly string[];
  /** What brings C++ on top. */
  readonly debianCxxPackages: readonly string[];
  /** qemu-user's program without any suffix: qemu-arm. Absent where user-mode emulation does not exist. */
  readonly qemuUser?: string;
  /** The loaders its dynamic programs name (ELF's PT_INTERP), glibc's first, then musl's. */
  readonly loaders: readonly string[];
  /** Flags that keep the C code within the level, for gcc and clang alike. Where a default can't exceed it: none. */
  readonly levelFlags: readonly string[];
  /** What `go build` itself passes to the C compiler: gccArchArgs and -mthreads in cmd/go/internal/work/exec.go. */
  readonly goFlags: readonly string[];
}

const none = {
  triplets: [],
  zigTargets: [],
  zigFlags: [],
  debianPackages: [],
  debianCxxPackages: [],
  loaders: [],
  levelFlags: [],
} as const;

/** What the C world calls the target, or undefined where there is no C side at all (js, wasip1, plan9). */
export function platformOf(target: Target): Platform | undefined {
  const names = cpuNames(target.goarch);
  const goFlags = flagsGoAdds(target);
  switch (target.goos) {
    case 'linux': {
      const cpu = linuxCpu(target);
      if (cpu === undefined) return undefined;
      // Debian writes no underscore in a package's name.
      const packageName = cpu.debianTriplet.replaceAll('_', '-');
      // Debian's C library for MIPS calls with hardware floats: what its gcc makes with -msoft-float does not link with it.
      const inDebian = !(target.goarch.startsWith('mips') && target.level === 'softfloat');
      return {
        triplets: linuxTriplets(cpu),
        clangTarget: cpu.clangTarget ?? cpu.debianTriplet,
        zigTargets: cpu.zig,
        zigFlags: cpu.zigFlags ?? [],
        dpkgArch: cpu.dpkgArch,
        multiarch: cpu.multiarch ?? cpu.debianTriplet,
        // The C library is only a recommendation of the compiler's package, and left out on slim installations.
        debianPackages: inDebian ? [`gcc-${packageName}`, `libc6-dev-${cpu.dpkgArch}-cross`] : [],
        debianCxxPackages: inDebian ? [`g++-${packageName}`] : [],
        ...(names.qemu === undefined ? {} : { qemuUser: `qemu-${names.qemu}` }),
        loaders: cpu.loaders,
        levelFlags: cpu.levelFlags ?? [],
        goFlags,
      };
    }
    case 'windows': {
      const triplet = `${names.gnu}-w64-mingw32`;
      const inDebian = target.goarch === 'amd64' || target.goarch === '386';
      const packageName = triplet.slice(0, -'-w64-mingw32'.length).replaceAll('_', '-');
      return {
        ...none,
        triplets: [triplet, `${triplet}ucrt`],
        clangTarget: triplet,
        zigTargets: [`${names.zig}-windows-gnu`],
        debianPackages: inDebian ? [`gcc-mingw-w64-${packageName}`] : [],
        debianCxxPackages: inDebian ? [`g++-mingw-w64-${packageName}`] : [],
        goFlags,
      };
    }
    case 'darwin':
      return {
        ...none,
        triplets: [`${names.gnu}-apple-darwin`, `${names.apple}-apple-darwin`],
        clangTarget: `${names.apple}-apple-macos12`,
        zigTargets: [`${names.zig}-macos`],
        loaders: ['/usr/lib/dyld'],
        goFlags,
      };
    case 'ios':
      return { ...none, clangTarget: `${names.apple}-apple-ios12`, loaders: ['/usr/lib/dyld'], goFlags };
    case 'android': {
      const ndk = target.goarch === 'arm' ? 'armv7a-linux-androideabi' : `${names.gnu}-linux-android`;
      return {
        ...none,
        triplets: [ndk],
        ndkTriplet: ndk,
        clangTarget: `${ndk}21`,
        loaders: [['amd64', 'arm64'].includes(target.goarch) ? '/system/bin/linker64' : '/system/bin/linker'],
        goFlags,
      };
    }
    case 'freebsd':
    case 'netbsd':
    case 'openbsd':
    case 'dragonfly': {
      const cpu = target.goarch === 'arm' ? 'armv7' : target.goarch === '386' ? 'i386' : names.gnu;
      const version = target.goos === 'freebsd' ? '14' : '';
      return {
        ...none,
        triplets: [`${cpu}-unknown-${target.goos}`],
        clangTarget: `${cpu}-unknown-${target.goos}${version}`,
        loaders: bsdLoaders[target.goos] ?? [],
        goFlags,
      };
    }
    case 'solaris':
      return { ...none, triplets: [`${names.gnu}-pc-solaris2.11`], loaders: ['/lib/amd64/ld.so.1'], goFlags };
    case 'illumos':
      return {
        ...none,
        triplets: [`${names.gnu}-unknown-illumos`],
        loaders: ['/lib/amd64/ld.so.1'],
        goFlags,
      };
    case 'aix':
      return { ...none, triplets: ['powerpc-ibm-aix7.2.0.0', 'powerpc-ibm-aix7.3.0.0'], goFlags };
    default:
      return undefined;
  }
}

/** As Go's own linker writes them: cmd/link/internal/ARCH/obj.go. */
const bsdLoaders: Readonly<Record<string, readonly string[]>> = {
  freebsd: ['/libexec/ld-elf.so.1', '/usr/libexec/ld-elf.so.1'],
  netbsd: ['/libexec/ld.elf_so', '/usr/libexec/ld.elf_so'],
  openbsd: ['/usr/libexec/ld.so'],
  dragonfly: ['/usr/libexec/ld-elf.so.2'],
};

function flagsGoAdds({ goos, goarch, level }: Target): string[] {
  const soft = level?.includes('softfloat') ?? false;
  const threads = goos === 'windows' ? ['-mthreads'] : [];
  switch (goarch) {
    case '386':
      return ['-m32', ...threads];
    case 'amd64':
      return goos === 'darwin' ? ['-arch', 'x86_64', '-m64'] : ['-m64', ...threads];
    case 'arm64':
      return goos === 'darwin' ? ['-arch', 'arm64'] : threads;
    case 'arm':
      return ['-marm', ...threads];
    case 's390x':
      return ['-m64', '-march=z13'];
    case 'mips':
    case 'mipsle':
      return [
        '-mabi=32',
        '-march=mips32',
        ...(soft ? ['-msoft-float'] : ['-mhard-float', '-mfp32', '-mno-odd-spreg']),
      ];
    case 'mips64':
    case 'mips64le':
      return ['-mabi=64', soft ? '-msoft-float' : '-mhard-float'];
    case 'loong64':
      return ['-mabi=lp64d'];
    case 'ppc64':
      return goos === 'aix' ? ['-maix64'] : [];
    default:
      return [];
  }
}

/**
 * The Debian packages that bring a working toolchain for the target to a host of this CPU, libc included; empty where
 * Debian has none. Never gcc-multilib: it conflicts with every cross gcc and would remove them.
 */
export function debianToolchainPackages(target: Target, hostGoarch: string, cxx = false): readonly string[] {
  if (target.goos === 'linux' && target.goarch === hostGoarch)
    return ['gcc', 'libc6-dev', ...(cxx ? ['g++'] : [])];
  const platform = platformOf(target);
  return platform === undefined
    ? []
    : [...platform.debianPackages, ...(cxx ? platform.debianCxxPackages : [])];
}
