import { cpuOf } from './cpuNames.js';
import type { Target } from './target.js';

/** What a triplet says about the system its programs run on. */
interface TripletSystem {
  readonly goos: string;
  /** Hardware float ABI (`eabihf`), where the triplet tells. */
  readonly hardFloat?: boolean;
}

/**
 * The targets that a compiler of this triplet makes programs for, closest first; empty when Go has none: bare metal,
 * other ABIs of a known CPU (x32, n32, big-endian ARM), unknown CPUs.
 *
 * Tolerant to vendor fields, version suffixes and the spellings of GNU, LLVM, Rust, zig and the NDK. A compiler for an
 * older ARM serves the newer ones too, so those follow. Only `-dumpmachine`'s word is judged here: what the C library
 * was built for shows in a probe.
 */
export function targetsOfTriplet(triplet: string): Target[] {
  const fields = triplet
    .trim()
    .toLowerCase()
    .replace(/^x86-64/, 'x86_64')
    .split('-');
  const [cpuField = '', ...rest] = fields;
  if (rest.length === 0 || rest.some((field) => /gnux32|gnuabin32|_ilp32|gnuspe/.test(field))) return [];
  const cpu = cpuOf(cpuField) ?? cpuVariant(cpuField);
  const system = systemOf(rest);
  if (cpu === undefined || system === undefined) return [];
  const { goos } = system;
  switch (cpu.goarch) {
    case 'arm':
      return armLevels(cpu.level, system, rest, cpu.armFloat === 'hf').map((level) => ({
        goos,
        goarch: 'arm',
        level,
      }));
    case 'mips':
    case 'mipsle':
    case 'mips64':
    case 'mips64le':
      return mips(cpu.goarch, goos, rest);
    default:
      return [{ goos, goarch: cpu.goarch, ...(cpu.level === undefined ? {} : { level: cpu.level }) }];
  }
}

/** Whether the text is a triplet of a compiler for bare metal, which has no operating system to run Go programs on. */
export function isBareMetalTriplet(triplet: string): boolean {
  const fields = triplet.trim().toLowerCase().split('-');
  const last = fields.at(-1) ?? '';
  return (
    fields.length > 1 &&
    systemOf(fields.slice(1)) === undefined &&
    (/^(?:eabi|eabihf|elf|newlib|none|freestanding)$/.test(last) || fields.includes('none'))
  );
}

/** `mipsisa32r2el`, `mips64r2el` and `mipsallegrexel` are CPUs of a known family. */
function cpuVariant(field: string): { goarch: string; level?: string; armFloat?: 'hf' } | undefined {
  if (/^(?:aarch64|arm64)(?!_be)/.test(field)) return { goarch: 'arm64' };
  if (/^mips(?:isa)?32r[2-5]/.test(field)) return { goarch: field.endsWith('el') ? 'mipsle' : 'mips' };
  if (/^mips(?:isa)?64r[2-5]/.test(field)) return { goarch: field.endsWith('el') ? 'mips64le' : 'mips64' };
  if (/^riscv64/.test(field)) return { goarch: 'riscv64' };
  return undefined;
}

function systemOf(fields: readonly string[]): TripletSystem | undefined {
  const all = fields.join('-');
  if (/android/.test(all)) return { goos: 'android' };
  // Only Windows binaries that need no POSIX layer are Go's: neither Cygwin nor MSYS.
  if (/cygwin|msys/.test(all)) return undefined;
  if (/mingw|windows|w64|win32/.test(all)) return { goos: 'windows' };
  if (/\bios|iphoneos/.test(all)) return { goos: 'ios' };
  if (/watchos|tvos|xros|visionos/.test(all)) return undefined;
  if (/darwin|macos|\bapple\b/.test(all)) return { goos: 'darwin' };
  for (const goos of ['freebsd', 'netbsd', 'openbsd', 'dragonfly', 'illumos', 'solaris', 'aix']) {
    if (all.includes(goos)) return { goos };
  }
  if (/wasip1|wasi/.test(all)) return { goos: 'wasip1' };
  if (/emscripten/.test(all)) return { goos: 'js' };
  if (/linux/.test(all)) {
    if (/eabihf|_hf\b/.test(all)) return { goos: 'linux', hardFloat: true };
    return /eabi/.test(all) ? { goos: 'linux', hardFloat: false } : { goos: 'linux' };
  }
  // zig's and Rust's short forms leave "linux" out nowhere; a lone C library is still a Linux one.
  return /^(?:gnu|musl)/.test(fields.at(-1) ?? '') ? { goos: 'linux' } : undefined;
}

/**
 * `arm-linux-gnueabihf` is ARMv7 where Debian, Arch and Arm say it, `arm-unknown-linux-gnueabihf` ARMv6 where Rust and
 * crosstool-NG do; without hardware float it is ARMv5TE.
 */
function armLevels(
  level: string | undefined,
  { goos, hardFloat }: TripletSystem,
  fields: readonly string[],
  cpuSaysHard: boolean,
): string[] {
  if (goos === 'android' || goos === 'windows' || goos === 'darwin' || goos === 'ios') return ['v7'];
  if (level !== undefined) return ['v5', 'v6', 'v7'].filter((other) => other >= level);
  if (goos !== 'linux') return ['v7', 'v6'];
  if (hardFloat ?? cpuSaysHard) return fields.includes('unknown') ? ['v6', 'v7'] : ['v7', 'v6'];
  return ['v5', 'v6', 'v7'];
}

function mips(goarch: string, goos: string, fields: readonly string[]): Target[] {
  const abi = fields.at(-1) ?? '';
  const soft = { goos, goarch, level: 'softfloat' };
  // musl's soft-float ABI is `muslsf`; zig says `eabi` for soft and `eabihf` for hard.
  if (/sf$|_soft|eabi$/.test(abi)) return [soft];
  if (/openwrt/.test(fields.join('-'))) return [soft, { goos, goarch }];
  return [{ goos, goarch }];
}
