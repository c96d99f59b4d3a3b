import { cpuOf } from './cpuNames.js';
import { levelVariable } from './levels.js';

/** What a text says of a target; each part only if it says it. */
export interface Reading {
  readonly goos?: string;
  readonly goarch?: string;
  readonly level?: string;
  /** Words that were not understood. */
  readonly rest: readonly string[];
}

const systemNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows nacl hurd zos'
      .split(' ')
      .map((name) => [name, name]),
  ),
  macos: 'darwin',
  macosx: 'darwin',
  osx: 'darwin',
  mac: 'darwin',
  win: 'windows',
  mingw: 'windows',
  gnu: 'linux',
  musl: 'linux',
  raspbian: 'linux',
  debian: 'linux',
  ubuntu: 'linux',
  alpine: 'linux',
  dragonflybsd: 'dragonfly',
  iphoneos: 'ios',
  wasi: 'wasip1',
};

/** Words that name a CPU together with more: a system, or Debian's name of a level. */
const wholeNames: Readonly<Record<string, Omit<Reading, 'rest'>>> = {
  win64: { goos: 'windows', goarch: 'amd64' },
  win32: { goos: 'windows', goarch: '386' },
  winarm64: { goos: 'windows', goarch: 'arm64' },
  linux64: { goos: 'linux', goarch: 'amd64' },
  linux32: { goos: 'linux', goarch: '386' },
  armhf: { goarch: 'arm', level: 'v7' },
  armel: { goarch: 'arm', level: 'v5' },
  armv6hf: { goarch: 'arm', level: 'v6' },
  wasi: { goos: 'wasip1', goarch: 'wasm' },
  wasip1: { goos: 'wasip1', goarch: 'wasm' },
  js: { goos: 'js', goarch: 'wasm' },
};

const lookUp = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/**
 * Takes a text (lower case, single spaces) apart: assignments to Go's variables, or words in any order, divided by
 * slashes, dashes, underscores, commas or spaces. What is left when system and CPU are known is the level.
 */
export function readSpelling(typed: string): Reading {
  return readAssignments(typed) ?? readWords(typed);
}

/** `GOOS=linux GOARCH=arm GOARM=6` in any shell's way of setting them, with whatever else is on the line. */
function readAssignments(typed: string): Reading | undefined {
  const values = new Map<string, string>();
  // A value may hold a comma (GOARM=6,softfloat), and a comma may stand between assignments.
  const line = typed.replace(/[,;&]\s*(?=(?:export |set |setx |\$?env:)?\s*[a-z0-9_]+\s*=)/g, ' ');
  for (const [, name = '', value = ''] of line.matchAll(/\b(go[a-z0-9]+) ?= ?["']?([^\s"';&]*)/g)) {
    values.set(name, value);
  }
  // fish and cmd's setx: `set -x GOOS linux`.
  for (const [, name = '', value = ''] of line.matchAll(/\bsetx? (?:-\w+ )*(go[a-z0-9]+) ([^\s"';&=]+)/g)) {
    values.set(name, value);
  }
  const architectures = ['arm', 'arm64', 'amd64', '386', 'mips', 'mips64', 'ppc64', 'riscv64'];
  const implied = architectures.find((goarch) => values.has((levelVariable(goarch) ?? '').toLowerCase()));
  const written = values.get('goarch');
  if (written === undefined && implied === undefined && !values.has('goos')) return undefined;
  const cpu = written === undefined ? undefined : cpuOf(written);
  const goarch = cpu?.goarch ?? written ?? implied;
  const goos = values.get('goos') ?? 'linux';
  const level = goarch === undefined ? undefined : values.get((levelVariable(goarch) ?? '').toLowerCase());
  return reading(lookUp(systemNames, goos) ?? goos, goarch, level ?? cpu?.level, []);
}

function readWords(typed: string): Reading {
  const words = typed
    .replace(/x86[-_]64/g, 'amd64')
    .replace(/\b(soft|hard)[-_ ]float/g, '$1float')
    .replace(/\barm64-v8a\b/g, 'arm64')
    .replace(/\brisc-v/g, 'riscv')
    .replace(/(v\d(?:\.\d)?)-a\b/g, '$1')
    .replace(/\bmac os\b/g, 'macos')
    .replaceAll('+', ',')
    .split(/[\s/_,-]+/)
    .filter((word) => word !== '');
  const bySlash = /^[^/]+\/[^/]/.test(typed);
  let goos: string | undefined;
  let cpu: { goarch: string; level?: string } | undefined;
  const rest: string[] = [];
  for (const word of words) {
    const whole = lookUp(wholeNames, word);
    const system = lookUp(systemNames, word);
    if (
      cpu === undefined &&
      whole?.goarch !== undefined &&
      (goos === undefined || whole.goos === undefined)
    ) {
      cpu = { goarch: whole.goarch, ...(whole.level === undefined ? {} : { level: whole.level }) };
      goos ??= whole.goos;
    } else if (system !== undefined && (goos === undefined || system === goos)) {
      goos = system;
    } else if (cpu === undefined && cpuWord(word) !== undefined) {
      cpu = cpuWord(word);
    } else if (!rest.includes(word) && !(cpu?.goarch === 'wasm' && word === 'wasm')) {
      rest.push(word);
    }
  }
  if (cpu === undefined) return reading(goos, undefined, undefined, rest);
  // "foo/arm64": the first part should have been a system.
  const [first] = words;
  if (bySlash && goos === undefined && first !== undefined && rest.includes(first)) {
    return reading(first, cpu.goarch, undefined, []);
  }
  const parts = [...(cpu.level === undefined || rest.includes(cpu.level) ? [] : [cpu.level]), ...rest];
  goos ??= cpu.goarch === 'wasm' ? 'js' : undefined;
  return reading(goos, cpu.goarch, parts.length === 0 ? undefined : parts.join(','), []);
}

/** Also `armv8.2`, which is a 64-bit level. */
function cpuWord(word: string): { goarch: string; level?: string } | undefined {
  const version = /^armv([89]\.\d)$/.exec(word)?.[1];
  return version === undefined ? cpuOf(word) : { goarch: 'arm64', level: `v${version}` };
}

function reading(
  goos: string | undefined,
  goarch: string | undefined,
  level: string | undefined,
  rest: readonly string[],
): Reading {
  return {
    ...(goos === undefined ? {} : { goos }),
    ...(goarch === undefined ? {} : { goarch }),
    ...(level === undefined ? {} : { level }),
    rest,
  };
}
