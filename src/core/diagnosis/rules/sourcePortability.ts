import { wordSize } from '../machines.js';
import { inDependency } from './leftOutNames.js';
import { notHere, placeOf } from './notHere.js';
import type { Facts } from '../finding.js';
import type { Clue, Rule } from '../rule.js';
import { goarchOfTarget, isNative, targetWords } from '../scene.js';

/* The code does not fit the target: word size, system calls, types, assembly. Plain mistakes have the same shapes, so names decide. */

/**
 * cmd/compile (go/types since 1.18): "constant 4294967295 overflows int", "math.MaxUint32 (untyped int constant 4294967295) overflows int",
 * "cannot use 4294967295 (untyped int constant) as int value in argument to f (overflows)" or "(truncated)"; of an array "array length
 * 1 << 40 (untyped int constant 1099511627776) must be integer", since 1.20 "invalid array length 1 << 40 (untyped int constant …)".
 * A value that fits 64 bits and not 32 can only overflow `int` on a 32-bit target; a larger one is a plain mistake everywhere.
 */
const overflow: Rule = {
  needles: [' overflows ', '(overflows)', '(truncated)', 'must be integer', 'invalid array length'],
  pattern:
    /(?:^|\s)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? (.{0,400}(?:overflows? |\(overflows\)|\(truncated\)|must be integer|invalid array length ).{0,200})/,
  read([, file = '', line, column, text = ''], scene) {
    const type =
      (/overflows? (u?int(?:32)?|uintptr|_Ctype_\w+)\b/.exec(text) ??
        /\bas (?:type )?(u?int|uintptr|_Ctype_\w+) /.exec(text))?.[1] ??
      (/must be integer|invalid array length/.test(text) ? 'int' : undefined);
    const digits = (/(?:untyped int )?constant (-?\d{1,40})/.exec(text) ??
      /cannot use (-?\d{1,40}) /.exec(text))?.[1];
    const goarch = goarchOfTarget(scene);
    if (
      type === undefined ||
      digits === undefined ||
      // Released code was compiled somewhere: a field of the system that has 32 bits there has 64 elsewhere (statfs, timespec).
      (/^u?int32$/.test(type) && (goarch === undefined || !inDependency.test(file))) ||
      (goarch !== undefined && wordSize(goarch) === 64 && !/long$/.test(type))
    )
      return undefined;
    if (!fitsOnly64(BigInt(digits), type)) return undefined;
    return overflows(
      `${digits} does not fit the ${type} of ${targetWords(scene)}`,
      placeOf(file, line, column),
    );
  },
};

/* Types of C that are as wide as a pointer; `long` is 32 bits on Windows too. Fixed ones, such as _Ctype_int, overflow everywhere. */
const wordSized =
  /^(?:int|uint|int32|uint32|uintptr|_Ctype_(?:u?long|size_t|ssize_t|u?intptr_t|ptrdiff_t|time_t|off_t))$/;

/** Whether a value is too large for 32 bits and not for 64. */
function fitsOnly64(value: bigint, type: string): boolean {
  if (!wordSized.test(type)) return false;
  const signed = !/^(?:uint|uint32|uintptr|_Ctype_(?:ulong|size_t|uintptr_t))$/.test(type);
  if (value < 0n) return signed && value >= -(2n ** 63n) && value < -(2n ** 31n);
  return value > (signed ? 2n ** 31n : 2n ** 32n) - 1n && value < (signed ? 2n ** 63n : 2n ** 64n);
}

/** cmd/compile: "type [1099511627776]byte larger than address space", "… too large". */
const tooLarge: Rule = {
  needles: ['larger than address space', 'too large for address space'],
  pattern:
    /(?<!\S)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? .{0,200}(?:larger than address space|too large for address space)/,
  read: ([, file = '', line, column], scene) =>
    overflows(
      `A type is larger than the address space of ${targetWords(scene)}`,
      placeOf(file, line, column),
    ),
};

function overflows(title: string, place: NonNullable<Facts['place']>): Clue {
  return {
    cause: 'int-overflow-32bit',
    confidence: 'certain',
    layer: 'source',
    detail: 'constant-too-large',
    title,
    facts: { place },
  };
}

/** Packages syscall and x/sys differ by target in names, types, fields and parameters; elsewhere a missing name is a mistake. */
const systemName: Rule = {
  needles: [
    "reference to undefined name 'sys",
    "reference to undefined identifier 'syscall.",
    "reference to undefined identifier 'unix.",
    'undefined: syscall.',
    'undefined: unix.',
    'undefined: windows.',
    'undeclared name: syscall.',
    'not declared by package syscall',
    'not declared by package unix',
    'not declared by package windows',
  ],
  pattern:
    /(?<!\S)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? (?:(?:undefined|undeclared name): ((?:syscall|unix|windows)\.\w{1,80})|(\w{1,80}) not declared by package (?:syscall|unix|windows)|error: reference to undefined (?:name|identifier) '((?:syscall\.|unix\.)\w{1,80}|S(?:YS_|izeof)\w{1,60})')/,
  read: ([, file = '', line, column, a, b, gccgo], scene) =>
    notHere('system-name-missing', `${a ?? b ?? gccgo ?? ''} is not there on ${targetWords(scene)}`, {
      symbol: a ?? b ?? gccgo ?? '',
      place: placeOf(file, line, column),
    }),
};

const systemField: Rule = {
  needles: [
    '(type syscall.',
    '(type *syscall.',
    '(type unix.',
    '(type *unix.',
    'type syscall.',
    'type unix.',
    'type windows.',
    'of type *syscall.',
    'of type *unix.',
    'unknown syscall.',
    'unknown unix.',
  ],
  pattern:
    /(?<!\S)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? (?:(\S{1,100}) undefined \((?:variable of )?type \*?(?:syscall|unix|windows)\.|unknown field '?(\w{1,80})'? in struct literal(?: of type (?:syscall|unix|windows)\.\w+)|(?:unknown |)(?:syscall|unix)\.\w+ field '?(\w+)'? in struct literal|\S{1,200} undefined \(type \S{1,60} has no field or method (\w+), but.{0,40}syscall)/,
  read: ([, file = '', line, column, a, b, c, d], scene) =>
    notHere('system-type-differs', `${a ?? b ?? c ?? d ?? 'A field'} is not there on ${targetWords(scene)}`, {
      symbol: a ?? b ?? c ?? d ?? '',
      place: placeOf(file, line, column),
    }),
};

/* Fields whose type depends on GOARCH or GOOS: Stat_t, Statfs_t, Timespec, Timeval, Utsname, Rlimit, Iovec, Msghdr, Cmsghdr. */
const fields =
  'Dev|Rdev|Nlink|Ino|Mode|Blksize|Bsize|Frsize|Type|Sec|Nsec|Usec|Cur|Max|Len|Iovlen|Controllen|Machine|Nodename|Release|Sysname|Version|Domainname|Uptime|Totalram|Freeram|Unit|Handle|Fd|Bfree|Blocks|Bavail';
const charArrays = /\[(?:\d+)?\](?:u?int8|byte)\b.{0,80}\[(?:\d+)?\](?:u?int8|byte)\b/;

/** "cannot use u.Machine[:] (value of type []uint8) as []int8 value", "cannot use st.Nlink (variable of type uint32) as uint64 value". */
const systemType: Rule = {
  needles: [
    'cannot use ',
    'mismatched types',
    'not enough arguments in call to syscall',
    'too many arguments in call to syscall',
    'arguments in call to unix',
  ],
  pattern:
    /(?<!\S)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? ((?:cannot use |invalid operation: |not enough arguments in call to (?:syscall|unix)\.|too many arguments in call to (?:syscall|unix)\.).{1,600})/,
  read([, file = '', line, column, text = ''], scene) {
    const handle =
      /syscall\.(?:Handle|Stdin|Stdout|Stderr)\b|windows\.Handle/.test(text) &&
      /\bu?int\b|uintptr|Handle/.test(text);
    const field =
      new RegExp(`\\b\\w+(?:\\(\\))?\\.(?:${fields})\\b(?!\\()`).test(text) &&
      /\bu?int(?:8|16|32|64)?\b|\bbyte\b/.test(text) &&
      /variable|value of type|type \[?\]?u?int|mismatched types/.test(text);
    const chars = charArrays.test(text) && /int8/.test(text);
    const call = /arguments in call to (?:syscall|unix)\./.test(text);
    const clock =
      /\.(?:Unix|UnixNano|Nanosecond|Nanoseconds|Seconds|Microseconds)\(\)/.test(text) &&
      /\bas (?:type )?int32 /.test(text);
    const timeField =
      /(?:syscall|unix)\.(?:Time(?:val|spec)|Rlimit|Stat_t|Utsname)/.test(text) ||
      (/(?:Sec|Nsec|Usec)\b/.test(text) && /u?int(?:32|64)/.test(text));
    if (!handle && !chars && !call && !(field && isSystemSized(text)) && !timeField && !clock)
      return undefined;
    return notHere('system-type-differs', `A type of the system differs on ${targetWords(scene)}`, {
      place: placeOf(file, line, column),
    });
  },
};

/** Both sides are whole numbers of different size: what fits on one CPU does not on another. */
function isSystemSized(text: string): boolean {
  const sizes = text.match(/\bu?int(?:8|16|32|64)?\b/g);
  return sizes !== null && new Set(sizes).size > 1;
}

/*
 * C functions that runtime/cgo and net refer to through cgo's _cgo_.o. zig's linker drops sections that nothing in that file uses
 * (--gc-sections by default), and cmd/link then misses them.
 */
const ofLibc =
  /^(?:__errno_location|getaddrinfo|freeaddrinfo|gai_strerror|stderr|pthread_\w+|abort|free|malloc|fprintf|fputc|vfprintf|setenv|unsetenv|sig\w+|mmap|munmap|nanosleep|strerror|getnameinfo|fwrite)$/;

/** cmd/link until 1.19 on the race detector's archive when cgo is off: "runtime/race(.text): __libc_malloc: not defined". */
const raceWithoutCgo: Rule = {
  needles: ['runtime/race('],
  pattern: /runtime\/race\(\.\w{1,12}\): (?:relocation target )?(\w{1,80}):? not defined/,
  read: ([, symbol = '']) => ({
    cause: 'cgo-disabled',
    confidence: 'certain',
    layer: 'cgo',
    detail: 'mode-requires-cgo',
    title: '-race needs cgo, and cgo is off',
    facts: { mode: '-race', symbol },
  }),
};

/** cmd/compile and cmd/link on a Go declaration whose assembly is not there for this CPU. */
const noBody: Rule = {
  needles: ['missing function body', 'relocation target'],
  pattern:
    /(?:(?<!\S)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? missing function body|relocation target (\S{1,300}) not defined(?! for ABI))/,
  read([, file, line, column, symbol], scene) {
    if (symbol !== undefined && ofLibc.test(symbol))
      return {
        cause: 'zig-quirk',
        confidence: 'likely',
        layer: 'link',
        detail: 'sections-dropped',
        title: 'The C compiler dropped what runtime/cgo needs of the C library, as zig does',
        facts: { symbol },
      };
    const sure = isNative(scene) !== true || (file !== undefined && inDependency.test(file));
    return notHere(
      'assembly-missing',
      `A function has no assembly for ${targetWords(scene)}`,
      {
        ...(symbol === undefined ? {} : { symbol }),
        ...(file === undefined ? {} : { place: placeOf(file, line, column) }),
      },
      sure ? 'likely' : 'hint',
    );
  },
};

/** cmd/asm: an assembly file without a CPU in its name, written for another one. */
const goAssembly: Rule = {
  needles: ['unrecognized instruction'],
  pattern: /(?<!\S)(\S{1,400}\.s):(\d{1,7}): unrecognized instruction "(\w{1,30})"/,
  read([, file = '', line, name = ''], scene) {
    // A file that names its CPU is only assembled for it: what is wrong in it is the code.
    if (/_(?:386|amd64|arm|arm64|loong64|mips\w{0,5}|ppc64(?:le|x)?|riscv64|s390x|wasm)\.s$/.test(file))
      return undefined;
    return notHere(
      'go-assembly-of-other-machine',
      `${file} holds assembly of another CPU than ${targetWords(scene)}`,
      { symbol: name, place: placeOf(file, line, undefined) },
    );
  },
};

export const sourceRules: readonly Rule[] = [
  overflow,
  tooLarge,
  systemName,
  systemField,
  systemType,
  raceWithoutCgo,
  noBody,
  goAssembly,
];
