/** What is known about the platform that a file, a compiler or a flag belongs to. Parts that are not known are left out. */
export interface Platform {
  readonly goos?: string;
  /** GOARCH, or the tool's own word for a CPU that Go has no port for (`avr`, `sparc64`). */
  readonly goarch?: string;
  /** For ARM: hard or soft float calling convention. */
  readonly float?: 'hard' | 'soft';
  /** No operating system: newlib toolchains such as `arm-none-eabi-gcc`, `aarch64-elf-gcc`. */
  readonly bareMetal?: boolean;
  readonly libc?: 'gnu' | 'musl' | 'bionic' | 'uclibc';
}

/* First words of GNU triplets, config.guess spelling, and what Go calls them. */
const cpus: readonly (readonly [RegExp, string])[] = [
  [/^(?:aarch64|arm64)(?:_be)?$/, 'arm64'],
  [/^arm(?:v[4-8][a-z-]{0,5}|eb|el|hf)?$/, 'arm'],
  [/^(?:x86_64|amd64|x86-64)$/, 'amd64'],
  [/^(?:i[3-6]86|x86|386)$/, '386'],
  [/^riscv64(?:gc)?$/, 'riscv64'],
  [/^(?:powerpc64le|ppc64le|ppc64el)$/, 'ppc64le'],
  [/^(?:powerpc64|ppc64)$/, 'ppc64'],
  [/^(?:powerpc|ppc)$/, 'ppc'],
  [/^(?:mips64el|mips64le)$/, 'mips64le'],
  [/^mips64$/, 'mips64'],
  [/^(?:mipsel|mipsle)$/, 'mipsle'],
  [/^mips$/, 'mips'],
  [/^s390x$/, 's390x'],
  [/^loong(?:arch)?64$/, 'loong64'],
  [/^(?:avr|xtensa|sparc64|sparc|m68k|sh4|hppa|alpha|msp430|riscv32)$/, ''],
];

/** Go's word for a CPU as GNU triplets, linkers and `file` spell it, where Go has one. */
export function goarchOf(word: string): string | undefined {
  const lower = word.toLowerCase().replace(/[\s]/g, '');
  for (const [pattern, goarch] of cpus) if (pattern.test(lower)) return goarch === '' ? lower : goarch;
  return machineWords[lower];
}

/* What ld, gold, lld and Apple's ld call architectures beyond the triplet's first word. */
const machineWords: Readonly<Record<string, string>> = {
  'i386:x86-64': 'amd64',
  'elf64-x86-64': 'amd64',
  'elf32-i386': '386',
  'elf32-x86-64': 'amd64p32',
  'elf64-littleaarch64': 'arm64',
  'elf32-littlearm': 'arm',
  elf_x86_64: 'amd64',
  elf_i386: '386',
  aarch64linux: 'arm64',
  aarch64elf: 'arm64',
  armelf_linux_eabi: 'arm',
  arm_ubuntu_emulation: 'arm',
  'advancedmicrodevicesx86-64': 'amd64',
  'pe-x86-64': 'amd64',
  'pei-x86-64': 'amd64',
  'pe-i386': '386',
};

/** ELF e_machine numbers, as ld prints them in `Relocations in generic ELF (EM: 183)`. From the ELF registry. */
const elfMachines: Readonly<Record<string, string>> = {
  '2': 'sparc',
  '3': '386',
  '8': 'mips',
  '20': 'ppc',
  '21': 'ppc64',
  '22': 's390x',
  '40': 'arm',
  '43': 'sparc64',
  '62': 'amd64',
  '183': 'arm64',
  '243': 'riscv64',
  '258': 'loong64',
};

export function goarchOfElfMachine(number: string): string {
  return elfMachines[number] ?? `EM ${number}`;
}

/** The last part of a path of either kind, `.exe` taken off. */
export function programName(path: string): string {
  const name = path.replace(/["']/g, '').split(/[\\/]/).pop() ?? path;
  return name.replace(/\.exe$/i, '');
}

/**
 * The platform that a compiler's name promises: `aarch64-linux-gnu-gcc-12`, `armv7a-linux-androideabi21-clang`,
 * `x86_64-w64-mingw32-g++`, `o64-clang`. A name without a triplet (`gcc`, `clang`) promises nothing: undefined.
 */
export function platformOfCompiler(compiler: string): Platform | undefined {
  const name = programName(compiler).toLowerCase();
  if (/^o(?:a)?64e?-/.test(name))
    return { goos: 'darwin', goarch: name.startsWith('oa') ? 'arm64' : 'amd64' };
  if (/^musl-(?:gcc|clang)/.test(name)) return { goos: 'linux', libc: 'musl' };
  const parts = name.split('-');
  const goarch = parts.length < 2 ? undefined : goarchOf(parts[0] ?? '');
  if (goarch === undefined) return undefined;
  const rest = parts.slice(1).join('-');
  return {
    goarch,
    ...systemOf(rest),
    ...(goarch === 'arm' ? { float: /hf\b|hf-/.test(rest) ? 'hard' : 'soft' } : {}),
  };
}

function systemOf(rest: string): Platform {
  if (/mingw|windows|msys|cygwin/.test(rest)) return { goos: 'windows' };
  if (/apple|darwin/.test(rest)) return { goos: 'darwin' };
  if (rest.includes('android')) return { goos: 'android', libc: 'bionic' };
  for (const goos of ['freebsd', 'netbsd', 'openbsd', 'dragonfly', 'solaris', 'aix'])
    if (rest.includes(goos)) return { goos };
  if (/linux/.test(rest))
    return { goos: 'linux', libc: /musl/.test(rest) ? 'musl' : /uclibc/.test(rest) ? 'uclibc' : 'gnu' };
  if (/^(?:none|elf|eabi|unknown-elf|unknown-none|none-eabi)/.test(rest)) return { bareMetal: true };
  return {};
}

/** Which kind of program a name is, by the names that compilers and binutils go by. */
export type ToolKind = 'c' | 'c++' | 'fortran' | 'objc' | 'linker' | 'archiver' | 'pkg-config' | 'qemu';

export function toolKind(program: string): ToolKind | undefined {
  const name = programName(program)
    .toLowerCase()
    .replace(/-?\d+(?:\.\d+)*$/, '')
    .replace(/-(?:static|posix|win32)$/, '');
  if (/(?:^|-)(?:g\+\+|c\+\+|clang\+\+|cxx)$/.test(name)) return 'c++';
  if (/(?:^|-)(?:gfortran|flang|f77|f95|f90|ifort)$/.test(name)) return 'fortran';
  if (/(?:^|-)(?:gcc|cc|clang|tcc|icc|cl|clang-cl|gcc-ar)$/.test(name) || name === 'zig') return 'c';
  if (/(?:^|-)(?:pkg-config|pkgconf)$/.test(name)) return 'pkg-config';
  if (name.startsWith('qemu-')) return 'qemu';
  if (/(?:^|-)(?:ld|gold|lld|mold|ld\.\w+|wild)$/.test(name)) return 'linker';
  if (/(?:^|-)(?:ar|ranlib|as|strip|objdump|objcopy|nm)$/.test(name)) return 'archiver';
  return undefined;
}

/** Size of a word: `int`, `uintptr` and `unsafe.Pointer` of a GOARCH, in bits. */
export function wordSize(goarch: string): 32 | 64 {
  return /^(?:386|arm|mips|mipsle|ppc|riscv32)$/.test(goarch) ? 32 : 64;
}
