import type { Clue, Rule } from '../rule.js';

/*
 * zig as CC: its own front end (src/main.zig, src/link/) before clang and lld. What it refuses are options that go or #cgo
 * lines pass to every linker; what it adds (UBSan in debug builds) meets links that know nothing of it.
 */

/** zig: "error: unsupported linker arg: --unresolved-symbols=…", "unsupported linker extension flag: -z …"; a warning alone is harmless. */
const linkerArgument: Rule = {
  needles: [
    'unsupported linker arg',
    'unsupported linker extension',
    'unsupported preprocessor arg',
    'unsupported linker option',
  ],
  pattern: /error: unsupported (?:linker (?:arg|extension flag|option)|preprocessor arg):? ?(\S{0,100})/,
  read: ([, flag = '']) => quirk('linker-argument', `zig does not take the option ${flag}`, { flag }),
};

/** zig: "unknown target: …", "unable to parse target query 'arm-linux': UnknownArchitecture", "unknown CPU: …". */
const target: Rule = {
  needles: [
    'unable to parse target query',
    'error: parsing target',
    'error: unknown cpu:',
    'error: unknown architecture:',
    'error: unknown operating system:',
    'error: unknown abi',
  ],
  pattern:
    /error: (?:unable to parse target query|parsing target|unknown (?:CPU|architecture|operating system|ABI):?) ?'?([^'\s]{1,80})/i,
  read: ([, value = '']): Clue => ({
    cause: 'invalid-cc',
    confidence: 'certain',
    layer: 'tool',
    detail: 'zig-target-unknown',
    title: `zig does not know the target ${value}`,
    facts: { value },
  }),
};

/** zig's libc for a target it has none for, and its refusal to link some statically. */
const libc: Rule = {
  needles: [
    'unable to find or provide libc',
    'libcinstallationnotavailable',
    'libcruntimenotfound',
    'libc not available',
    'requires dynamic linking',
    'unable to create compilation',
    'zig can provide libc',
    'sub-compilation of ',
    'appdatadirunavailable',
    'cache directory',
  ],
  pattern:
    /unable to find or provide libc for target|LibCInstallationNotAvailable|LibCRuntimeNotFound|libc not available|the libc of the specified target requires dynamic linking|error: sub-compilation of \S{1,40} failed|error: unable to (?:resolve|open) (?:zig|global|local) cache directory\S{0,200}|AppDataDirUnavailable|unable to create compilation: (\w{1,60})/i,
  read: ([text = '', error]) =>
    quirk('libc-for-target', 'zig has no C library for this target or way to link', { value: error ?? text }),
};

/** Options that only zig's lld or its own linker refuses; UBSan's handlers, which zig's C compiler calls unless told not to. */
const sanitizer: Rule = {
  needles: ['__ubsan_handle'],
  pattern: /undefined (?:symbol|reference to)[: ]{1,3}[`']?__ubsan_handle_\w+/,
  read: ([text = ''], scene) =>
    scene.zigSeen || text.includes('symbol')
      ? quirk('ubsan', 'zig compiled C with checks (UBSan) that the link does not bring', {
          flag: '-fno-sanitize=undefined',
        })
      : undefined,
};

/** In a link by zig: lld and zig's linker on go's options and relocations. */
const byZigLinker: Rule = {
  needles: ['zig:', 'zig cc', 'lld', 'error(link)', 'unrecognized parameter', 'zig ld', 'zig-cache', 'zig/'],
  pattern:
    /(?:zig(?:\.exe)?|zig (?:cc|c\+\+|ld)): (?:error: )?(?:unrecognized|unsupported|unknown) (?:parameter|argument|option|command)[^\n]{0,10}?['"]?(-{0,2}[\w=,.-]{1,80})|unrecognized parameter: '?(-{1,2}[\w=,-]{1,80})|running zig(?: cc| c\+\+)?.{0,40} failed: .{0,80}(?:signal|FileNotFound|AccessDenied)|error\(link\): /,
  read: ([, a, b]) =>
    quirk(
      'option-refused',
      `zig does not take ${a ?? b ?? 'an option that go passes'}`,
      a === undefined && b === undefined ? {} : { flag: a ?? b ?? '' },
    ),
};

/**
 * cmd/link links net and os/user itself where it can, and reads the C library's objects for that: zig's are not where gcc's are.
 * "runtime/cgo(.text): relocation target stderr not defined" (golang/go#44695, ziglang/zig#14989).
 */
const internalLink: Rule = {
  needles: ['relocation target '],
  pattern: /\(\.\w{1,20}\): relocation target (\w{1,80}) not defined/,
  read: ([, symbol = ''], scene) =>
    scene.zigSeen
      ? quirk('internal-link', "Go's own linker does not find zig's C library: let zig link", { symbol })
      : undefined,
};

/**
 * lld names who refers to an undefined symbol in lines of its own: libraries that zig compiles for the target (libc++abi, libunwind) and keeps in
 * its cache are no fault of the package, nor is a name that zig's glibc has in a later version than the floor asked for: "did you mean: fcntl64@GLIBC_2.28".
 */
const ofZigsCache: Rule = {
  needles: ['.cache/zig', 'zig-cache', 'zig/o/', 'zig\\o\\', 'local\\zig'],
  pattern:
    /^\s*(?:>>>|note:) .{0,400}[\\/](?:\.?zig|zig-cache|\.zig-cache)[\\/](?:global[\\/])?o[\\/][0-9a-f]{32}[\\/](libc\+\+(?:abi)?|libunwind|libcompiler_rt|libc)\.(?:a|so)/,
  read([text = '', library = '']) {
    if (library === 'libc' && !/defined in/.test(text)) return undefined;
    return quirk(
      library === 'libc' ? 'glibc-floor' : 'own-runtime',
      library === 'libc'
        ? "zig's glibc floor is older than a name that the C code uses"
        : `zig's own ${library} does not link for this target`,
      { library: library.replace(/^lib/, '') },
    );
  },
};

/** A crash of the compiler, by zig's panic handler (lib/std/debug.zig). */
const panic: Rule = {
  needles: [' panic: '],
  pattern: /^thread \d{1,12} panic: (.{0,200})/,
  read: ([, value = ''], scene) =>
    scene.zigSeen ? quirk('compiler-crash', 'zig itself crashed on this code', { value }) : undefined,
};

function quirk(detail: string, title: string, facts: NonNullable<Clue['facts']>): Clue {
  return { cause: 'zig-quirk', confidence: 'certain', layer: 'flags', detail, title, facts };
}

export const zigRules: readonly Rule[] = [
  linkerArgument,
  target,
  libc,
  sanitizer,
  internalLink,
  ofZigsCache,
  panic,
  byZigLinker,
];
