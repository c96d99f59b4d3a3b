import type { Clue, Rule } from '../rule.js';
import { goosOf } from '../scene.js';
import { platformOfCompiler, toolKind } from '../machines.js';
import { isAssemblerFlag } from './flagTable.js';
import { noToolchainFor, wrongCompiler } from './wrongCompiler.js';

/* What linkers say of their own options, of ABIs and of sysroots. Libraries that they miss are in libraries.ts. */

/** GNU ld: "unrecognised emulation mode: aarch64linux" (British spelling, always); lld and mold: "unknown emulation: armelf_linux_eabi". */
const emulation: Rule = {
  needles: [
    'unrecognised emulation mode',
    'unrecognized emulation mode',
    'unknown emulation',
    'unknown -m argument',
    'cannot represent machine',
    'invalid bfd target',
    'target elf',
    'target pe',
    'linker script file ldscripts/',
  ],
  pattern:
    /(?:unrecogni[sz]ed emulation mode|unknown emulation|unknown -m argument|cannot open linker script file|cannot represent machine|[Ii]nvalid BFD target|ld(?:\.\w{2,5})?(?:\.exe)?: target(?= (?:elf|pei?-)\S{2,30} not found)):? ?[`'"]?(?:ldscripts\/)?(\S{1,60}?)(?:\.x\w*)?['"]?(?::|\s|$)/,
  read([, mode = ''], scene) {
    // `ld` as CC gets -marm from go and reads it as `-m arm`.
    if (/^(?:arm|32|64|abi=.*|threads)$/.test(mode))
      return {
        cause: 'invalid-cc',
        confidence: 'certain',
        layer: 'tool',
        detail: 'linker-as-compiler',
        title: 'CC names a linker instead of a compiler',
        facts: { value: mode },
      };
    const { driver } = scene.block;
    if (driver !== undefined && /clang/.test(driver))
      return {
        cause: 'linker-not-found',
        confidence: 'likely',
        layer: 'compiler',
        detail: 'no-linker-for-target',
        title: `clang calls a linker that does not know ${mode}; the target's own linker is missing`,
        facts: { program: 'ld', compiler: driver, machine: mode },
      };
    return wrongCompiler('emulation', `The linker does not know the target's format (${mode})`, scene, {
      machine: mode,
    });
  },
};

/**
 * OpenBSD's go passes -nopie, which only its clang knows; Apple's ld refuses GNU's options ("unknown option: --build-id"), GNU's ld
 * refuses Apple's (-dead_strip, -macosx_version_min).
 */
const ofApplesLd =
  /^-{1,2}(?:dead_strip|pagezero_size|no_pie|headerpad|macosx_version_min|platform_version|syslibroot|demangle|no_deduplicate|dynamic$|arch$|lto_library|objc_abi|macos_version_min|sdk_version|no_compact_unwind|framework|dylib|install_name|all_load|force_load|bundle$)/;

const optionOfOtherSystem: Rule = {
  needles: [
    'unable to disambiguate',
    'unknown option',
    'unknown options',
    'unrecognized option',
    'unrecognised option',
    'unrecognized command-line option',
    'unrecognized command line option',
  ],
  pattern:
    /(?:unable to disambiguate:|unknown options?:|unrecogni[sz]ed option|command[- ]line option) ['"]?(-{1,2}[\w-]{2,60}(?:=[\w-]{0,40})?)/,
  read([, flag = ''], scene, { text }) {
    const goos = goosOf(scene);
    if (flag === '-nopie' && (goos === undefined || goos === 'openbsd'))
      return noToolchainFor('openbsd', scene, { flag });
    const fromLd = /(?:^|[\s\/\\-])ld(?:64)?(?:\.\w{2,5})?: /.test(text);
    if (!fromLd) return archiveTool(text, flag);
    if (ofApplesLd.test(flag)) {
      const { driver } = scene.block;
      // osxcross' clang is the right one. It calls what goes by the name of ld where Apple's is not beside it.
      return driver !== undefined && platformOfCompiler(driver)?.goos === 'darwin'
        ? {
            cause: 'linker-not-found',
            confidence: 'likely',
            layer: 'tool',
            detail: 'no-linker-for-target',
            title: `${driver} calls the host's ld: Apple's linker for the target is not found`,
            facts: { program: 'ld', compiler: driver, flag },
          }
        : noToolchainFor('darwin', scene, { flag });
    }
    if (
      /^-{1,2}(?:build-id|znow|z|no-as-needed|as-needed|hash-style|eh-frame-hdr|rosegment|no-gc-sections|start-group|export-dynamic|dynamic-linker)/.test(
        flag,
      ) &&
      goos !== 'darwin'
    )
      return wrongCompiler(
        'linker-of-other-system',
        "The host's own linker was used for another system",
        scene,
        { flag },
      );
    return undefined;
  },
};

/** lld for MinGW and others on an option that go passes for GNU's ld: "lld: error: unknown argument: -T". The choice of the linker is to blame. */
const refusedByLld: Rule = {
  needles: ['lld: error: unknown argument', 'lld-link: error: unknown argument', 'mold: fatal: unknown'],
  pattern:
    /(?:^|\s)(?:ld\.)?(lld(?:-link)?|mold|ld64\.lld): (?:error|fatal): unknown (?:argument|command line option)s?:? ['"]?(-{1,2}[\w-]{1,60})/,
  read: ([, linker = '', flag = ''], scene) =>
    scene.block.driver === undefined
      ? undefined
      : {
          cause: 'conflicting-c-flags',
          confidence: 'likely',
          layer: 'flags',
          detail: 'linker-refuses-option',
          title: `${linker} does not take ${flag}, which go passes: leave -fuse-ld out`,
          facts: { flag: `-fuse-ld=${linker}`, value: flag },
        },
};

/** `ar`, `as` or `objcopy` as CC: binutils' own refusal of a compiler's options. */
function archiveTool(text: string, flag: string): Clue | undefined {
  const program = /(?:^|\s)([\w.+\/\\-]{1,200}): (?:unrecogni[sz]ed|invalid) option/.exec(text)?.[1];
  if (program === undefined || toolKind(program) !== 'archiver' || isAssemblerFlag(flag)) return undefined;
  return binutilsAsCompiler(program, flag);
}

const invalidOption: Rule = {
  needles: ['invalid option -- ', 'unrecognized option'],
  pattern: /(?:^|\s)([\w.+\/\\-]{1,200}): (?:invalid option -- |unrecognized option )['"]?([^'"\s]{1,60})/,
  read([, program = '', flag = ''], scene) {
    const kind = toolKind(program);
    if (
      scene.block.package === undefined ||
      isAssemblerFlag(flag) ||
      ofApplesLd.test(flag) ||
      (kind !== 'archiver' && !(kind === 'linker' && scene.block.package === 'runtime/cgo'))
    )
      return undefined;
    return binutilsAsCompiler(program, flag);
  },
};

function binutilsAsCompiler(program: string, flag: string): Clue {
  return {
    cause: 'invalid-cc',
    confidence: 'certain',
    layer: 'tool',
    detail: 'not-a-compiler',
    title: `CC names ${program}, which is no compiler`,
    facts: { compiler: program, flag },
  };
}

/**
 * ARM ld: "x.o uses VFP register arguments, y does not"; MIPS: "uses -mdouble-float (set by …), x.o uses -msoft-float", "linking
 * -msoft-float module with previous -mhard-float modules"; RISC-V: "can't link hard-float modules with soft-float modules";
 * gcc: "selected architecture lacks an FPU" / "-mfloat-abi=hard and VFP".
 */
const floatAbi: Rule = {
  needles: [
    'vfp register arguments',
    'soft-float',
    'double-float',
    'hard-float',
    'lacks an fpu',
    'selected processor lacks an fpu',
    'float abi',
    'floating-point abi',
    'floating point abi',
  ],
  pattern:
    /(?:(?<![^\s:])([^\s:]{1,400}) )?(?:uses VFP register arguments, .{1,400} does not|does not use VFP register arguments)|uses -m(?:double|soft|hard|single)-float.{0,400}uses -m(?:double|soft|hard|single)-float|linking -m(?:soft|hard)-float module|can't link (?:hard|soft|double|single)-float modules|(?:selected (?:architecture|processor)|-mfloat-abi=hard).{0,60} lacks an FPU|floating point ABI '.{1,40}' is incompatible with target floating point ABI|not available with the soft-float ABI|cannot link object files with different floating-point ABI|target CPU does not support .{0,20}hard-float/,
  read: ([, object]) => ({
    cause: 'float-abi-mismatch',
    confidence: 'certain',
    layer: 'object',
    detail: 'hard-and-soft-float',
    title: 'Hard-float and soft-float code meet',
    facts: object === undefined ? {} : { object },
  }),
};

/** ld and lld on start files and linker scripts of a sysroot: absolute links that point out of it, or an empty folder. */
const sysroot: Rule = {
  needles: ['inside ', 'sysroot', 'isysroot', 'cannot find /'],
  pattern:
    /cannot find (\/(?:usr\/(?:[a-z0-9_]+-[\w-]+\/)?)?lib\S{0,60}\/(?:lib(?:c|m|mvec|pthread|dl|rt)[-.][\w.-]{1,30}|ld-linux\S{1,40}|ld\.so\.1))(?=$|:|\s)(?! inside)|cannot find (\S{1,300}) inside (\S{1,300})|no such sysroot directory: ?['"]?([^'"\s]{1,300})|(?:--sysroot=|isysroot )['"]?([^'"\s]{1,300})['"]? .{0,60}(?:does not exist|no such)/,
  read: ([, absolute, inside, root, missing, other]) => {
    const file = absolute ?? inside;
    return {
      cause: 'broken-sysroot',
      confidence: 'certain',
      layer: 'compiler',
      detail: file === undefined ? 'sysroot-missing' : 'links-point-outside',
      title: `The sysroot ${root ?? missing ?? other ?? 'of the compiler'} is missing or not whole`,
      facts: { directory: root ?? missing ?? other ?? '', ...(file === undefined ? {} : { object: file }) },
    };
  },
};

/** xcrun(1) finds the SDKs of Xcode for clang and gomobile: `xcrun: error: SDK "iphoneos" cannot be located`. */
const appleSdk: Rule = {
  needles: ['xcrun: error:'],
  pattern: /xcrun: error: (?:SDK "([^"]{1,60})" cannot be located|invalid active developer path)/,
  read: ([, sdk]) =>
    sdk === undefined
      ? {
          cause: 'c-compiler-not-found',
          confidence: 'certain',
          layer: 'tool',
          detail: 'no-command-line-tools',
          title: "Apple's command line tools are not installed",
          facts: { compiler: 'clang', language: 'c' },
        }
      : {
          cause: 'broken-sysroot',
          confidence: 'certain',
          layer: 'compiler',
          detail: 'sdk-missing',
          title: `The SDK ${sdk} is not there: it comes with Xcode, not with the command line tools`,
          facts: { directory: sdk },
        },
};

/** Go before 1.24 on a compiler that was told -mcpu=power10 by go; cmd/go of a compiler that fails without a word; and cgo's reading of an object whose kind it does not know. */
const noObject: Rule = {
  needles: [
    'cannot parse gcc output',
    '_cgo_.o as elf',
    'produced no output',
    'did not produce error at completed',
    'runtime/cgo: ',
  ],
  pattern:
    /cannot parse (?:gcc output )?(\S{1,200}) as ELF, Mach-O, PE|(?<!\S)(\S{1,200}) (?:produced no output|did not produce error at completed:1)|(?<!\S)runtime\/cgo: (\S{1,200}): exit status [1-9]/,
  read([, , silent, compiler = silent], scene) {
    const facts = compiler === undefined ? {} : { compiler };
    if (platformOfCompiler(compiler ?? '') !== undefined)
      return wrongCompiler(
        'object-unreadable',
        'The C compiler does not make objects that cgo can read',
        scene,
        facts,
      );
    return {
      cause: 'invalid-cc',
      confidence: 'likely',
      layer: 'tool',
      detail: 'no-usable-output',
      title: 'What CC names does not act as a C compiler',
      facts,
    };
  },
};

/** cmd/link/internal/arm: calls between ARM and Thumb code; the Go linker knows only the former. */
const thumbCode: Rule = {
  needles: ['are you using -marm'],
  pattern: /R_ARM_\w{1,30}, are you using -marm/,
  read: () => ({
    cause: 'conflicting-c-flags',
    confidence: 'certain',
    layer: 'flags',
    detail: 'thumb-code',
    title: 'C code is compiled to Thumb, and Go links ARM code only',
    facts: { flag: '-mthumb' },
  }),
};

/** clang: "unknown target triple", "No available targets are compatible with triple". */
const noSuchTriple: Rule = {
  needles: ['unknown target triple', 'no available targets are compatible'],
  pattern:
    /unknown target triple '?([^'\s,]{1,80})|No available targets are compatible with triple "?([^"\s]{1,80})/,
  read: ([, a, b]) => ({
    cause: 'invalid-cc',
    confidence: 'certain',
    layer: 'tool',
    detail: 'unknown-triple',
    title: `The C compiler does not know the target ${a ?? b ?? ''}`,
    facts: { value: a ?? b ?? '' },
  }),
};

export const linkerRules: readonly Rule[] = [
  emulation,
  optionOfOtherSystem,
  refusedByLld,
  invalidOption,
  floatAbi,
  sysroot,
  noObject,
  noSuchTriple,
  thumbCode,
  appleSdk,
];
