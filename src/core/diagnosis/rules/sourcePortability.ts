import { wordSize } from '../machines.js';
import type { Facts } from '../finding.js';
import type { Clue, Rule } from '../rule.js';
import { type Scene, goarchOfTarget, goosOf, isNative, targetWords } from '../scene.js';

/* The code does not fit the target: word size, system calls, types, assembly. Plain mistakes have the same shapes, so names decide. */

/**
 * cmd/compile (go/types since 1.18): "constant 4294967295 overflows int", "math.MaxUint32 (untyped int constant 4294967295) overflows int",
 * "cannot use 4294967295 (untyped int constant) as int value in argument to f (overflows)" or "(truncated)".
 * A value that fits 64 bits and not 32 can only overflow `int` on a 32-bit target; a larger one is a plain mistake everywhere.
 */
const overflow: Rule = {
  needles: [
    'overflows int',
    'overflows uint',
    '(overflows)',
    '(truncated)',
    'overflow int',
    'overflows _ctype',
  ],
  pattern:
    /(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? .{0,300}?(?:constant (-?\d{1,40})(?: of type \S{1,60})?\)? overflows? (u?int|uintptr|_Ctype_\w+)\b|(?:cannot use .{0,200}?|\()(?:constant |cannot use )?(-?\d{1,40})\)?(?: \(untyped int constant\)| of type \S{1,40}\)|\))? as (?:type )?(u?int|uintptr) (?:value )?.{0,200}?(?:\(overflows\)|\(truncated\)|overflows))/,
  read([, file = '', line, column, a, aType, b, bType], scene) {
    const type = aType ?? bType ?? 'int';
    const value = BigInt(a ?? b ?? '0');
    const goarch = goarchOfTarget(scene);
    const limit = type === 'int' ? 2n ** 63n - 1n : 2n ** 64n - 1n;
    const small = type === 'int' ? 2n ** 31n - 1n : 2n ** 32n - 1n;
    if (value > limit || (value >= 0n && value <= small) || value < -(2n ** 63n)) return undefined;
    if (value < 0n && (type !== 'int' || value >= -(2n ** 31n))) return undefined;
    if (goarch !== undefined && wordSize(goarch) === 64) return undefined;
    return overflows(
      `${value.toString()} does not fit the 32-bit ${type} of ${targetWords(scene)}`,
      placeOf(file, line, column),
    );
  },
};

/** cmd/compile: "type [1099511627776]byte larger than address space", "… too large". */
const tooLarge: Rule = {
  needles: ['larger than address space', 'too large for address space'],
  pattern:
    /(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? .{0,200}(?:larger than address space|too large for address space)/,
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

function placeOf(
  file: string,
  line: string | undefined,
  column: string | undefined,
): NonNullable<Facts['place']> {
  return {
    file,
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(column === undefined ? {} : { column: Number(column) }),
  };
}

function notHere(
  detail: string,
  title: string,
  facts: Facts,
  confidence: 'likely' | 'hint' = 'likely',
): Clue {
  return { cause: 'not-on-this-target', confidence, layer: 'source', detail, title, facts };
}

/** Packages syscall and x/sys differ by target in names, types, fields and parameters; elsewhere a missing name is a mistake. */
const systemName: Rule = {
  needles: [
    'undefined: syscall.',
    'undefined: unix.',
    'undefined: windows.',
    'undeclared name: syscall.',
    'not declared by package syscall',
    'not declared by package unix',
    'not declared by package windows',
  ],
  pattern:
    /(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? (?:(?:undefined|undeclared name): ((?:syscall|unix|windows)\.\w{1,80})|(\w{1,80}) not declared by package (?:syscall|unix|windows))/,
  read: ([, file = '', line, column, a, b], scene) =>
    notHere('system-name-missing', `${a ?? b ?? ''} is not there on ${targetWords(scene)}`, {
      symbol: a ?? b ?? '',
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
  ],
  pattern:
    /(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? (?:(\S{1,100}) undefined \((?:variable of )?type \*?(?:syscall|unix|windows)\.|unknown field '?(\w{1,80})'? in struct literal(?: of type (?:syscall|unix|windows)\.\w+)|(?:unknown |)(?:syscall|unix)\.\w+ field '?(\w+)'? in struct literal|\S{1,200} undefined \(type \S{1,60} has no field or method (\w+), but.{0,40}syscall)/,
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
    /(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? ((?:cannot use |invalid operation: |not enough arguments in call to (?:syscall|unix)\.|too many arguments in call to (?:syscall|unix)\.).{1,600})/,
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
    const timeField =
      /(?:syscall|unix)\.(?:Time(?:val|spec)|Rlimit|Stat_t|Utsname)/.test(text) ||
      (/(?:Sec|Nsec|Usec)\b/.test(text) && /u?int(?:32|64)/.test(text));
    if (!handle && !chars && !call && !(field && isSystemSized(text)) && !timeField) return undefined;
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

/* Names that assembly files define. */
const assemblyName =
  /(?:asm|avx\d*|sse\d*|neon|simd|cpuid|amd64|arm64|xgetbv|rdtsc)$|^(?:asm|cpuid|has[A-Z]\w*(?:AVX|SSE|NEON))/i;
const inDependency = /@v\d|[\\/]pkg[\\/]mod[\\/]|(?:^|[\\/])vendor[\\/]/;

/**
 * `undefined: name` without a package before it, in a released module: the name is its own, in files that this target or
 * cgo being off leaves out. (In the user's own code it may be a slip of the pen.)
 */
const ownNameOfDependency: Rule = {
  needles: ['undefined: '],
  pattern: /(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? undefined: ([\p{L}_][\w\p{L}]{0,80})\s*$/u,
  read([, file = '', line, column, name = ''], scene) {
    if (!inDependency.test(file) || /^(?:any|min|max|clear|comparable)$/.test(name)) return undefined;
    const facts = { symbol: name, place: placeOf(file, line, column) };
    const goos = goosOf(scene);
    const port =
      assemblyName.test(name) ||
      scene.cgoSeen ||
      scene.context.cgoEnabled === true ||
      (goos !== undefined && goos !== 'linux' && goos !== 'windows');
    if (port)
      return notHere(
        'name-left-out',
        `${name} is in files that are left out for ${targetWords(scene)}`,
        facts,
      );
    return {
      cause: 'cgo-disabled',
      confidence: 'likely',
      layer: 'source',
      detail: 'name-left-out',
      title: `${name} is in files that are left out: most likely they need cgo, and cgo is off`,
      facts,
    };
  },
};

/** cmd/compile and cmd/link on a Go declaration whose assembly is not there for this CPU. */
const noBody: Rule = {
  needles: ['missing function body', 'relocation target'],
  pattern:
    /(?:(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? missing function body|relocation target (\S{1,300}) not defined)/,
  read([, file, line, column, symbol], scene) {
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
  pattern: /(\S{1,400}\.s):(\d{1,7}): unrecognized instruction "(\w{1,30})"/,
  read: ([, file = '', line, name = ''], scene) =>
    notHere(
      'go-assembly-of-other-machine',
      `${file} holds assembly of another CPU than ${targetWords(scene)}`,
      { symbol: name, place: placeOf(file, line, undefined) },
    ),
};

/**
 * C with assembly or intrinsics of another CPU. gcc: "impossible constraint in 'asm'"; clang: "invalid output constraint '=a' in asm",
 * "unknown register name 'rax' in asm"; gas by machine: "bad instruction" (ARM), "unknown mnemonic" (AArch64), "unrecognized opcode" (RISC-V,
 * MIPS, PowerPC), "no such instruction" (x86). In runtime/cgo the same words mean a wrong compiler.
 */
const cAssembly: Rule = {
  needles: [
    "constraint in 'asm'",
    'constraint in `asm',
    'constraints in an',
    'in asm',
    'bad instruction `',
    'unknown mnemonic `',
    'unrecognized opcode',
    'no such instruction',
    'invalid instruction mnemonic',
    'selected processor does not support',
    '__builtin_ia32',
    "'__m128",
    "'__m256",
    'unrecognized instruction mnemonic',
    'opcode not supported on this processor',
    'invalid instruction',
  ],
  pattern:
    /(\S{1,300}?):(\d{1,7})?:?(?:(\d{1,5}):)? (?:[Ee]rror|fatal error): .{0,120}?(?:impossible constraint in|invalid (?:output|input) constraint|unknown register name|inconsistent operand constraints in|bad instruction|unknown mnemonic|[Uu]nrecognized opcode|no such instruction|(?:invalid|unrecognized) instruction mnemonic|invalid instruction|opcode not supported on this processor|selected processor does not support|__builtin_ia32|unknown type name '__m(?:128|256|512))/,
  read([, file = '', line, column], scene) {
    if (scene.block.package === 'runtime/cgo' || /gcc_\w+\.S/.test(file)) return undefined;
    return notHere(
      'c-for-other-machine',
      `C or assembly code is for another CPU than ${targetWords(scene)}`,
      { place: placeOf(file, line, column) },
    );
  },
};

/** `#error "unsupported architecture"`, and constants of system calls that a CPU's kernel interface has dropped. */
const cPort: Rule = {
  needles: ['#error', "'sys_", "'__nr_", 'error: "'],
  pattern:
    /(\S{1,300}?):(\d{1,7}):(?:(\d{1,5}):)? (?:fatal )?error: (?:#error .{0,80}(?:[Uu]nsupported|[Nn]ot supported|[Uu]nknown|[Nn]ot implemented|UNSUPPORTED|[Uu]nrecognized).{0,40}(?:arch|ARCH|platform|PLATFORM|CPU|cpu|processor|OS|system|target|machine)|(?:use of undeclared identifier )?'(?:SYS_|__NR_)\w+'(?: undeclared)?)/,
  read: ([, file = '', line, column], scene) =>
    notHere('c-port-missing', `C code has no port for ${targetWords(scene)}`, {
      place: placeOf(file, line, column),
    }),
};

/** Large-file names of glibc; musl dropped them in 1.2.4, which go-sqlite3 before 1.14.17 meets: "'pread64' undeclared here". */
const largeFile: Rule = {
  needles: ["64' undeclared", "64'; did you mean", 'off64_t', "pread64'", "pwrite64'"],
  pattern:
    /(\S{1,300}?):(\d{1,7}):(?:(\d{1,5}):)? error: (?:use of undeclared identifier |unknown type name |implicit declaration of function )?'((?:pread|pwrite|mmap|lseek|open|stat|fstat|lstat|ftruncate|fopen|readdir|off|ino|loff|posix_fadvise|statvfs)64(?:_t)?)'/,
  read: ([, file = '', line, column, symbol = '']) => ({
    cause: 'libc-mismatch',
    confidence: 'likely',
    layer: 'source',
    detail: 'large-file-names',
    title: `${symbol} is a name of glibc that musl does not have`,
    facts: { symbol, place: placeOf(file, line, column) },
  }),
};

/** cmd/cgo: the header has no such name. An older library, another platform's header, or a slip. */
const noKind: Rule = {
  needles: ['could not determine kind of name for', 'could not determine what c.'],
  pattern:
    /(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? could not determine (?:kind of name for|what) C\.(\w{1,120})/,
  read: ([, file = '', line, column, symbol = '']) => ({
    cause: 'library-too-old',
    confidence: 'hint',
    layer: 'source',
    detail: 'name-not-in-header',
    title: `The C header found does not declare ${symbol}`,
    facts: { symbol, place: placeOf(file, line, column) },
  }),
};

export const sourceRules: readonly Rule[] = [
  overflow,
  tooLarge,
  systemName,
  systemField,
  systemType,
  ownNameOfDependency,
  noBody,
  goAssembly,
  cAssembly,
  cPort,
  largeFile,
  noKind,
];
