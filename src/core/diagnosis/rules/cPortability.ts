import type { Clue, Rule } from '../rule.js';
import { goarchOfTarget, goosOf, targetWords } from '../scene.js';
import { wordSize } from '../machines.js';
import { isDependency } from './goToolchain.js';
import { notHere, placeOf } from './notHere.js';

/* C and assembly in a package that another CPU, kernel or C library than the target's was in mind for. */

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
    /(?<!\S)(\S{1,300}?):(\d{1,7})?:?(?:(\d{1,5}):)? (?:[Ee]rror|fatal error): .{0,120}?(?:impossible constraint in|invalid (?:output|input) constraint|unknown register name|inconsistent operand constraints in|bad instruction|unknown mnemonic|[Uu]nrecognized opcode|no such instruction|(?:invalid|unrecognized) instruction mnemonic|invalid instruction|opcode not supported on this processor|selected processor does not support|__builtin_ia32|unknown type name '__m(?:128|256|512))/,
  read([, file = '', line, column], scene) {
    if (scene.block.package === 'runtime/cgo' || /gcc_\w+\.S/.test(file)) return undefined;
    return inC('c-for-other-machine', `C or assembly code is for another CPU than ${targetWords(scene)}`, {
      place: placeOf(file, line, column),
    });
  },
};

/** `#error "unsupported architecture"`, and constants of system calls that a CPU's kernel interface has dropped. */
const cPort: Rule = {
  needles: ['#error', "'sys_", "'__nr_", 'error: "', 'only meant to be used on'],
  pattern:
    /(?<!\S)(\S{1,300}?):(\d{1,7}):(?:(\d{1,5}):)? (?:fatal )?error: (?:"This header is only meant to be used on|(?:#error |").{0,80}(?:[Uu]nsupported|[Nn]ot supported|[Uu]nknown|[Nn]ot implemented|UNSUPPORTED|[Uu]nrecognized).{0,40}(?:arch|ARCH|platform|PLATFORM|CPU|cpu|processor|OS|system|target|machine)|(?:use of undeclared identifier )?'(?:SYS_|__NR_)\w+'(?: undeclared)?)/,
  read: ([, file = '', line, column], scene) =>
    inC('c-port-missing', `C code has no port for ${targetWords(scene)}`, {
      place: placeOf(file, line, column),
    }),
};

/**
 * gcc: "expected expression before '__int128'", "unknown type name '__int128_t'"; clang: "__int128 is not supported on this target". Compilers have the type
 * for 64-bit machines only.
 */
const wideInteger: Rule = {
  needles: ['__int128', '__uint128'],
  pattern:
    /(?<!\S)(\S{1,300}?):(\d{1,7}):(?:(\d{1,5}):)? error: .{0,60}(?:'?__u?int128(?:_t)?'? is not supported|before '(?:unsigned )?__int128|type name '__u?int128(?:_t)?'|identifier '__u?int128(?:_t)?'|'__int128' undeclared)/,
  read([, file = '', line, column], scene) {
    const goarch = goarchOfTarget(scene);
    return goarch !== undefined && wordSize(goarch) === 32
      ? inC('c-for-64-bit', `C code uses 128-bit integers, which ${targetWords(scene)} does not have`, {
          place: placeOf(file, line, column),
        })
      : undefined;
  },
};

/** C that asks for a release of a library: `#error "Invalid libgit2 version; this git2go supports libgit2 between …"`. */
const libraryVersion: Rule = {
  needles: ['#error'],
  pattern:
    /(?<!\S)(\S{1,300}?):(\d{1,7}):(?:(\d{1,5}):)? (?:fatal )?error: #error "?(.{0,80}(?:[Vv]ersion|[Rr]equires?|too old|at least|or (?:newer|later|higher)).{0,120})/,
  read([, file = '', line, column, words = '']) {
    if (!/\d\.\d/.test(words) && !/[Ii]nvalid \w+ version|too old/.test(words)) return undefined;
    if (/\b(?:C\+\+|C\d\d|compiler|gcc|clang|GCC)\b/.test(words)) return undefined;
    return {
      cause: 'library-too-old',
      confidence: 'likely',
      layer: 'headers',
      detail: 'version-checked-in-c',
      title: 'The C library found is not of a release that the package takes',
      facts: { place: placeOf(file, line, column) },
    };
  },
};

/** Large-file names of glibc; musl dropped them in 1.2.4, which go-sqlite3 before 1.14.17 meets: "'pread64' undeclared here". */
const largeFile: Rule = {
  needles: ["64' undeclared", "64'; did you mean", 'off64_t', "pread64'", "pwrite64'"],
  pattern:
    /(?<!\S)(\S{1,300}?):(\d{1,7}):(?:(\d{1,5}):)? error: (?:use of undeclared identifier |unknown type name |implicit declaration of function )?'((?:pread|pwrite|mmap|lseek|open|stat|fstat|lstat|ftruncate|fopen|readdir|off|ino|loff|posix_fadvise|statvfs)64(?:_t)?)'/,
  read([, file = '', line, column, symbol = ''], scene) {
    const facts = { symbol, place: placeOf(file, line, column) };
    const goos = goosOf(scene);
    if (goos !== undefined && goos !== 'linux')
      return notHere(
        'name-of-other-system',
        `${symbol} is a name of glibc, and the target is ${goos}`,
        facts,
      );
    return {
      cause: 'libc-mismatch',
      confidence: 'likely',
      layer: 'source',
      detail: 'large-file-names',
      title: `${symbol} is a name of glibc that musl does not have`,
      facts,
    };
  },
};

/** cmd/cgo: the header has no such name. An older library, another platform's header, or a slip. */
const noKind: Rule = {
  needles: ['could not determine kind of name for', 'could not determine what c.'],
  pattern:
    /(?<!\S)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? could not determine (?:kind of name for|what) C\.(\w{1,120})/,
  read([, file = '', line, column, symbol = ''], scene) {
    const facts = { symbol, place: placeOf(file, line, column) };
    // Released code was compiled with these names somewhere. In the user's own it may be a slip of the pen.
    // A path that leads out of the folder go ran in, to a package of a site: another module, in GOPATH or replaced.
    const beside = file.startsWith('..') && /^[\w-]+\.[a-z]{2,10}\//.test(scene.block.package ?? '');
    const released = isDependency(file) || beside;
    if (released && ofLinux.test(symbol) && ![undefined, 'linux', 'android'].includes(goosOf(scene)))
      return notHere('name-of-other-system', `${symbol} is a name of Linux`, facts);
    return {
      cause: 'library-too-old',
      confidence: released ? 'likely' : 'hint',
      layer: 'source',
      detail: 'name-not-in-header',
      title: `The C header found does not declare ${symbol}`,
      facts,
    };
  },
};

/* Constants of Linux' system interface, by their families. */
const ofLinux =
  /^(?:SHM_|CLONE_|EPOLL|PR_|SYS_|MAP_(?:HUGE|POPULATE|LOCKED)|O_(?:TMPFILE|PATH|NOATIME|DIRECT)|SO_|TCP_|IPPROTO_|AF_(?:PACKET|NETLINK|ALG|VSOCK)|IFF_|V4L2_|VIDIOC_|SND_|RLIMIT_|MADV_|SIG(?:RTMIN|RTMAX|PWR|STKFLT)|linux_)/;

/** C that fails is no matter of the code where the compiler is the wrong one: it ranks with headers. */
function inC(...what: Parameters<typeof notHere>): Clue {
  return { ...notHere(...what), layer: 'headers' };
}

export const cSourceRules: readonly Rule[] = [
  cAssembly,
  cPort,
  wideInteger,
  libraryVersion,
  largeFile,
  noKind,
];
