import { platformOfCompiler, toolKind } from '../machines.js';
import type { Clue, Rule } from '../rule.js';
import type { Facts } from '../finding.js';
import { type Scene, goarchOfTarget, goosOf, isNative } from '../scene.js';

/*
 * The compiler makes code for another machine or system, seen in what it says of Go's own C and assembly files: those
 * are right for their port, so any error in them is the compiler's.
 */

/** The finding for "this compiler is for another machine", told apart by language. */
export function wrongCompiler(
  detail: string,
  title: string,
  scene: Scene,
  facts: Facts,
  target?: string,
): Clue {
  const compiler = facts.compiler ?? scene.block.driver ?? scene.context.compiler;
  const foreign = systemWithoutPackages(scene);
  if (foreign !== undefined && (compiler === undefined || platformOfCompiler(compiler) === undefined))
    return noToolchainFor(foreign, scene, facts);
  const kind = compiler === undefined ? 'c' : toolKind(compiler);
  const language = kind === 'c++' || kind === 'fortran' ? kind : 'c';
  const cause =
    language === 'c++'
      ? 'wrong-cxx-compiler'
      : language === 'fortran'
        ? 'wrong-fortran-compiler'
        : 'wrong-c-compiler';
  const machine = compiler === undefined ? undefined : platformOfCompiler(compiler)?.goarch;
  return {
    cause,
    confidence: 'certain',
    layer: 'compiler',
    detail,
    title,
    facts: {
      ...facts,
      language,
      ...(compiler === undefined ? {} : { compiler }),
      ...(machine === undefined || facts.machine !== undefined ? {} : { machine }),
    },
    ...(target === undefined ? {} : { target }),
  };
}

/** The target's GOOS where Linux has no package with a C compiler for it: Apple's, the BSDs', Solaris' and AIX'. */
export function systemWithoutPackages(scene: Scene): string | undefined {
  const goos = scene.context.target?.goos;
  return goos !== undefined &&
    /^(?:darwin|ios|freebsd|openbsd|netbsd|dragonfly|solaris|illumos|aix)$/.test(goos) &&
    (scene.toolHost?.goos ?? scene.context.host?.goos) === 'linux' &&
    isNative(scene) === false
    ? goos
    : undefined;
}

/**
 * Apple's, AIX' and the BSDs' C side can't be had as a package of another system: when the host's own gcc was used for one
 * there is no compiler that could be set, and what is missing is the whole toolchain.
 */
export function noToolchainFor(goos: string, scene: Scene, facts: Facts): Clue {
  const compiler = facts.compiler ?? scene.block.driver ?? scene.context.compiler;
  if (scene.context.target === undefined)
    return wrongCompiler('flag-of-target', `The C compiler does not make code for ${goos}`, scene, facts);
  return {
    cause: 'c-compiler-not-found',
    confidence: 'certain',
    layer: 'compiler',
    detail: 'no-toolchain-for-target',
    title: `There is no C compiler for ${goos} here; the host's own was used`,
    facts: { ...facts, language: 'c', ...(compiler === undefined ? {} : { compiler }) },
  };
}

/* The target's own assembler knows the instruction, but not in this mode: a flag such as -mips16 or -march=armv4t is in the way. */
const refusedByMode =
  /invalid operands|opcode not supported|selected processor does not support|not supported in (?:ARM|Thumb)/i;

/**
 * runtime/cgo/gcc_arm64.S and its like, through any assembler: gas says "no such instruction" (x86), "bad instruction" (ARM),
 * "unknown mnemonic" (AArch64), "unrecognized opcode" (RISC-V, MIPS, PowerPC, s390), llvm-mc "invalid instruction mnemonic";
 * gas' words are translated, its "file:line: Error:" shape is not.
 */
const ownAssembly: Rule = {
  needles: ['gcc_', 'asm_', 'linux_syscall.c'],
  pattern:
    /(?:^|[\s\/\\])gcc_(?:(?:linux|freebsd|netbsd|openbsd|darwin|windows|android|aix)_)?(\w+?)\.S:(\d+)(?::\d+)?: (?!.{0,8}(?:[Ww]arning|note|Warnung|avertissement|aviso))\S/,
  read([, word = ''], scene, { text }) {
    if (/^mips|^arm$/.test(word) && refusedByMode.test(text))
      return {
        cause: 'conflicting-c-flags',
        confidence: 'certain',
        layer: 'flags',
        detail: 'flag-breaks-assembly',
        title: "A C flag makes the assembler refuse Go's own assembly code",
        facts: { place: { file: `gcc_${word}.S` } },
      };
    const goarch =
      word === 'ppc64x' ? 'ppc64le' : word === 'mipsx' ? 'mipsle' : word === 'mips64x' ? 'mips64le' : word;
    return wrongCompiler(
      'runtime-cgo-assembly',
      `The C compiler does not assemble code for ${goarchOfTarget(scene) ?? goarch}`,
      scene,
      { place: { file: `gcc_${word}.S` } },
      /x$/.test(word) ? undefined : `linux/${goarch}`,
    );
  },
};

/*
 * runtime/cgo is compiled with -Werror. Most warnings say how it is compiled, not for what: _FORTIFY_SOURCE without -O, deprecated
 * names, large atomics of a CPU without them. These tell of headers or types of another machine.
 */
const alienWarnings =
  /-W(?:error=)?(?:implicit|int-conversion|incompatible|pointer-to-int|int-to-pointer|builtin-declaration|format|unknown-pragmas|unused-command-line|missing-sysroot)/;

/** gcc: "error: #warning … [-Werror=cpp]"; clang: "error: … [-Werror,-Watomic-alignment]". */
const warningAsError: Rule = {
  needles: ['[-werror'],
  pattern: /(?:^|[\s:])(?:[^\s:]{0,20}[Ee]rr(?:or|eur)|Fehler): .{1,400}\[(-Werror[=,][\w=+,-]{1,60})\]\s*$/,
  read([, flag = ''], scene) {
    if (scene.block.package !== 'runtime/cgo' || alienWarnings.test(flag.replace('-Werror,', '')))
      return undefined;
    return {
      cause: 'conflicting-c-flags',
      confidence: 'likely',
      layer: 'flags',
      detail: 'warning-as-error',
      title: "A C flag makes the compiler warn in Go's own C files, where warnings are errors",
      facts: { flag: flag.includes('cpp') ? '-O0' : flag.replace(/^-Werror[=,](?:-W)?/, '-Wno-') },
    };
  },
};

/** runtime/cgo/gcc_linux_amd64.c, gcc_libinit.c and so on: an error, or gcc's line that leads to one. */
const ownC: Rule = {
  needles: ['gcc_', 'linux_syscall.c'],
  pattern:
    /(?:^|[\s\/\\])((?:gcc_\w+|linux_syscall)\.(?:c|h|m))(?::\d+(?::\d+)?: (?:fatal )?error: (?!.{1,200}(?:No such file|file not found))|: In function )/,
  read([, file = ''], scene, { text }) {
    const flag = /\[(-W[\w=+,-]{1,60})\]\s*$/.exec(text)?.[1];
    if (flag !== undefined && !alienWarnings.test(flag.replace('-Werror,', ''))) return undefined;
    return wrongCompiler(
      'runtime-cgo-source',
      "The C compiler does not compile Go's own C files for the target",
      scene,
      { place: { file } },
    );
  },
};

/**
 * cmd/cgo/out.go, builtinExportProlog: a size check, so that a 32-bit compiler never makes half of a 64-bit program.
 * "size of array '_check_for_64_bit_pointer_matching_GoInt' is negative"; clang: "declared as an array with a negative size".
 */
const wordSizeCheck: Rule = {
  needles: ['bit_pointer_matching_goint'],
  pattern: /_check_for_(32|64)_bit_pointer_matching_GoInt/,
  read: ([, bits = ''], scene) =>
    wrongCompiler('word-size', `The C compiler is not for a ${bits}-bit machine, and the target is`, scene, {
      value: bits,
    }),
};

/** Go's own cgo files of a port meet C types of another system's headers: "cannot use _Ctype_size_t(len(b)) … as _Ctype_uint value". */
const ownCgo: Rule = {
  needles: ['_ctype_'],
  pattern:
    /[\\/]src[\\/](?:net|os[\\/]user|runtime[\\/]cgo|plugin)[\\/](\w+\.go):\d+:\d+: cannot use .{1,200}_Ctype_/,
  read: ([, file = ''], scene) =>
    wrongCompiler('headers-of-other-system', "The C compiler's headers are another system's", scene, {
      place: { file },
    }),
};

/** cmd/cgo on package net or os/user, which are right for their port: "could not determine kind of name for C.AI_MASK" (BSD's and Apple's). */
const ownName: Rule = {
  needles: ['could not determine kind of name for'],
  pattern:
    /^(?:\S{0,200}[\\/]src[\\/](?:net|os[\\/]user|runtime[\\/]cgo|plugin|crypto[\\/]\w+)[\\/]\w+\.go:\d+:\d+: )?could not determine kind of name for C\.(\w{1,80})/,
  read([text = '', symbol = ''], scene) {
    const ofStd =
      text.includes('/src/') || /^(?:net|os\/user|runtime\/cgo|plugin)$/.test(scene.block.package ?? '');
    if (!ofStd) return undefined;
    return wrongCompiler('headers-of-other-system', "The C compiler's headers are another system's", scene, {
      symbol,
    });
  },
};

/* Headers that only one system's compiler has, included by runtime/cgo of that port. */
const systemHeaders: readonly (readonly [RegExp, string])[] = [
  [/^android\//, 'android'],
  [/^(?:windows|process|winsock2|synchapi)\.h$/i, 'windows'],
  [/^(?:TargetConditionals\.h|CoreFoundation\/|mach\/|AvailabilityMacros\.h|libkern\/|dispatch\/)/, 'darwin'],
  [/^(?:sys\/signalvar|sys\/thr|pthread_np|machine\/sysarch)\.h$/, 'freebsd'],
  [/^(?:sys\/tls|lwp|sys\/lwp)\.h$/, 'netbsd'],
];

/** "gcc_android.c:6:10: fatal error: android/log.h: No such file or directory"; clang puts the name in quotes. */
const systemHeader: Rule = {
  needles: ['no such file or directory', 'file not found'],
  pattern:
    /(?:^|[\s\/\\])(gcc_\w+\.[chm]|cgo-gcc-prolog|_cgo_export\.c|[^\s\/\\]{1,100}\.(?:go|c|h)):\d+:?\d*:? .{0,30}?'?([A-Za-z][\w\/.+-]{1,80}\.h)'?(?:: No such file| file not found)/,
  read([, file = '', header = ''], scene) {
    const own = file.startsWith('gcc_') || scene.block.package === 'runtime/cgo';
    // Every system has resolv.h, and net asks for it on macOS. The headers that zig brings have it not, and all that runtime/cgo includes.
    if (header === 'resolv.h' && /^cgo_\w*darwin\w*\.go$/.test(file))
      return {
        cause: 'zig-quirk',
        confidence: 'likely',
        layer: 'headers',
        detail: 'no-apple-sdk',
        title: "zig does not bring resolv.h, which Go's net includes on macOS: it comes with Apple's SDK",
        facts: { header },
      };
    const foreign = systemWithoutPackages(scene);
    if (own && foreign !== undefined) return noToolchainFor(foreign, scene, { header });
    const system = systemHeaders.find(([pattern]) => pattern.test(header))?.[1];
    if (system === undefined || !own) return undefined;
    const goos = goosOf(scene);
    if (goos !== undefined && goos !== system && !(goos === 'ios' && system === 'darwin')) return undefined;
    if (system === 'darwin' || system === 'freebsd' || system === 'netbsd')
      return noToolchainFor(system, scene, { header });
    return wrongCompiler(
      'system-header-missing',
      `The C compiler is not for ${system}: it lacks ${header}`,
      scene,
      { header },
    );
  },
};

/**
 * autoconf ran what it compiled: CC is a cross compiler and the configure script was not told so, or is for a build step that must
 * run here. "cannot run C compiled programs. If you meant to cross compile, use `--host'".
 */
const configureHost: Rule = {
  needles: ['cannot run c compiled programs', 'cannot run c++ compiled programs'],
  pattern: /cannot run C(?:\+\+)? compiled programs/,
  read: () => ({
    cause: 'cross-cc-leaked',
    confidence: 'certain',
    layer: 'compiler',
    detail: 'configure-not-told',
    title: 'A configure script got the cross compiler without being told the host it is for',
    facts: { flag: '--host' },
  }),
};

export const wrongCompilerRules: readonly Rule[] = [
  ownAssembly,
  warningAsError,
  ownC,
  ownCgo,
  ownName,
  wordSizeCheck,
  systemHeader,
  configureHost,
];
