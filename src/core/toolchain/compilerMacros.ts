import type { Target } from '../target/target.js';
import { targetId } from '../target/target.js';

/** Reads the output of `-dM -E`; undefined when it is not a list of macros. */
export function parseMacros(text: string): ReadonlyMap<string, string> | undefined {
  const macros = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/^#define (\w+)(?: (.*))?\r?$/gm)) {
    if (name !== undefined) macros.set(name, value ?? '');
  }
  return macros.size < 10 ? undefined : macros;
}

/** The CPU a compiler makes code for, by GOARCH, told by its macros (GCC's and clang's predefined ones agree here). */
function cpuOfMacros(macros: ReadonlyMap<string, string>): string | undefined {
  const has = (name: string): boolean => macros.has(name);
  const little = has('__LITTLE_ENDIAN__') || macros.get('__BYTE_ORDER__') === '__ORDER_LITTLE_ENDIAN__';
  if (has('__x86_64__')) return has('__ILP32__') ? 'x32' : 'amd64';
  if (has('__i386__')) return '386';
  if (has('__aarch64__')) return little ? (has('__ILP32__') ? 'arm64 ILP32' : 'arm64') : 'big-endian arm64';
  if (has('__arm__')) return little ? 'arm' : 'big-endian arm';
  if (has('__mips__')) {
    if (macros.get('_MIPS_SIM') === '_ABIN32') return 'mips n32';
    return (
      (has('__mips64') && macros.get('__SIZEOF_POINTER__') === '8' ? 'mips64' : 'mips') + (little ? 'le' : '')
    );
  }
  if (has('__powerpc64__')) return little ? 'ppc64le' : 'ppc64';
  if (has('__powerpc__')) return 'ppc';
  if (has('__s390x__')) return 's390x';
  if (has('__riscv')) return macros.get('__riscv_xlen') === '32' ? 'riscv32' : 'riscv64';
  if (has('__loongarch64') || macros.get('__loongarch_grlen') === '64') return 'loong64';
  if (has('__wasm__')) return 'wasm';
  return undefined;
}

function systemOfMacros(macros: ReadonlyMap<string, string>): string | undefined {
  const has = (name: string): boolean => macros.has(name);
  if (has('__CYGWIN__')) return 'cygwin';
  if (has('_WIN32')) return 'windows';
  if (has('__ANDROID__')) return 'android';
  if (has('__linux__')) return 'linux';
  if (has('__APPLE__')) return has('__ENVIRONMENT_IPHONE_OS_VERSION_MIN_REQUIRED__') ? 'ios' : 'darwin';
  if (has('__FreeBSD__')) return 'freebsd';
  if (has('__NetBSD__')) return 'netbsd';
  if (has('__OpenBSD__')) return 'openbsd';
  if (has('__DragonFly__')) return 'dragonfly';
  if (has('__illumos__')) return 'illumos';
  if (has('__sun')) return 'solaris';
  return has('_AIX') ? 'aix' : undefined;
}

const cpuWords: Readonly<Record<string, string>> = {
  amd64: 'x86-64',
  '386': '32-bit x86',
  arm: 'ARM',
  arm64: 'AArch64',
  riscv64: 'RISC-V 64',
  s390x: 'IBM Z',
  loong64: 'LoongArch 64',
};

/** The GOARCH in words that people use for the CPU. */
function cpuWord(goarch: string): string {
  return cpuWords[goarch] ?? goarch;
}

/**
 * Why a compiler of these macros can't serve the target, or undefined. `triplet` (from -dumpmachine) only names it:
 * wrappers such as musl-gcc print their base compiler's. The float ABI and ARM's level are left to the linked file,
 * except where the compiler passes floats in registers that the target has not.
 */
export function macroObjection(
  macros: ReadonlyMap<string, string>,
  target: Target,
  triplet: string,
): string | undefined {
  const cpu = cpuOfMacros(macros);
  const system = systemOfMacros(macros);
  const id = targetId(target);
  if (cpu !== target.goarch) {
    const made = triplet === '' ? cpuWord(cpu ?? 'another CPU') : triplet;
    return `makes code for ${made}, not for ${cpuWord(target.goarch)}`;
  }
  if (system === undefined) {
    return `is a bare-metal compiler${triplet === '' ? '' : ` (${triplet})`}: it has no operating system to link for, and ${id} needs one`;
  }
  if (system !== target.goos && !(system === 'solaris' && target.goos === 'illumos')) {
    return `makes programs for ${system}${triplet === '' ? '' : ` (${triplet})`}, not for ${target.goos}`;
  }
  if (target.goarch === 'arm' && macros.has('__ARM_PCS_VFP') && isSoftArm(target)) {
    return `is hard-float, ${id} is soft-float`;
  }
  return undefined;
}

function isSoftArm({ level = '' }: Target): boolean {
  return level.includes('softfloat') || (level.startsWith('v5') && !level.includes('hardfloat'));
}
