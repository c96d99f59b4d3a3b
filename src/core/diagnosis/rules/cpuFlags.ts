import type { Clue, Rule } from '../rule.js';
import { goarchOfTarget, targetWords } from '../scene.js';
import { isAssemblerFlag } from './flagTable.js';
import { refused } from './refusedFlags.js';
import { wrongCompiler } from './wrongCompiler.js';

/* A CPU or ABI that the compiler or its assembler will not make code for: said of the option's value, or of two options that exclude each other. */

/** clang on a float option for a triple of which it knows no calling convention: "unknown platform, assuming -mfloat-abi=soft". */
const unknownPlatform: Rule = {
  needles: ['unknown platform, assuming'],
  pattern: /([\w.+-]{0,100}): error: unknown platform, assuming -mfloat-abi/,
  read: ([, compiler = 'clang'], scene) =>
    goarchOfTarget(scene) === 'arm'
      ? {
          cause: 'invalid-cc',
          confidence: 'certain',
          layer: 'tool',
          detail: 'unknown-triple',
          title: "clang's --target names no machine that it knows",
          facts: { compiler },
        }
      : wrongCompiler('other-target', `${compiler} is told to make code for another machine`, scene, {
          compiler,
        }),
};

/**
 * gcc/config/i386/i386-options.cc: "sorry, unimplemented: 64-bit mode not compiled in", which a MinGW made for 32-bit Windows only
 * answers to go's -m64.
 */
const wordSizeNotCompiledIn: Rule = {
  needles: ['bit mode not compiled in'],
  pattern:
    /(?:(?<![\w.+\/\\:-])([\w.+\/\\:-]{1,200}?): )?(?:sorry, unimplemented|error): (16|32|64)-bit mode not compiled in/,
  read: ([, compiler, bits = ''], scene) =>
    wrongCompiler(
      'word-size',
      `The C compiler makes no ${bits}-bit code, and the target is ${bits}-bit`,
      scene,
      {
        ...(compiler === undefined || /(?:^|[\\/])cc1/.test(compiler) ? {} : { compiler }),
        flag: `-m${bits}`,
        value: bits,
      },
    ),
};

/** gcc/common/config/arm/arm-common.cc: "unrecognized -march target: x86-64", with the valid ones in a note. */
const unrecognizedTarget: Rule = {
  needles: ['unrecognized -m'],
  pattern: /(?:(?<![\w.+/\\:-])([\w.+/\\:-]{1,200}?): )?error: unrecognized (-m\w{2,10}) target: (\S{1,60})/,
  read: ([, compiler = 'gcc', option = '', value = ''], scene) =>
    refused(compiler, `${option}=${value}`, scene),
};

/**
 * gcc/config: i386-options.cc "CPU you selected does not support x86-64 instruction set"; arm.cc "switch '-mcpu=…' conflicts with switch '-march=…'"
 * (an error in runtime/cgo, which is built with -Werror) and "sorry, unimplemented: Thumb-1 hard-float VFP ABI"; riscv.cc "requested ABI requires '-march'
 * to subsume the 'D' extension", "ABI requires '-march=rv64'"; ld "-r and -pie may not be used together"; clang "invalid argument '-a' not allowed with '-b'"; cmd/cgo on objects without DWARF, as -flto and -g0 make them.
 */
const optionsClash: Rule = {
  needles: [
    'does not support x86-64 instruction set',
    'conflicts with',
    'unimplemented: thumb-1',
    "abi requires '-march",
    'cannot load dwarf output',
    'may not be used together',
    "' not allowed with '",
    'are incompatible',
  ],
  pattern:
    /error: (?:CPU you selected does not support x86-64 instruction set|switch '(-m[^']{1,60})' conflicts with|(?:requested )?ABI requires '(-march)[^']{0,20}')|sorry, unimplemented: Thumb-1 |ld\S{0,12}: (?:error: )?(-\w{1,12} and -\w{1,12} (?:may not be used together|are incompatible))|error: invalid argument '(-[^']{1,80})' not allowed with '|cgo: cannot load DWARF output from/,
  read: ([text = '', option, march, pie, unwelcome]): Clue => ({
    cause: 'conflicting-c-flags',
    confidence: 'likely',
    layer: 'flags',
    detail: text.includes('DWARF') ? 'no-dwarf' : 'options-clash',
    title: text.includes('DWARF')
      ? 'A C flag leaves out the debug data that cgo reads types from'
      : 'C flags name a CPU and an ABI that exclude each other',
    facts: {
      flag: text.includes('DWARF') ? '-flto' : (option ?? march ?? pie?.split(' ')[0] ?? unwelcome ?? ''),
    },
  }),
};

/**
 * gas refuses what the compiler's driver passes to the assembler of its own machine: gcc ran another machine's `as`. "as: unrecognized option '-EL'" (AArch64,
 * MIPS), "'-meabi=5'" (ARM), "'--64'" (x86), "Fatal error: invalid -march= option: `armv8-a'", "Error: unknown architecture `armv7-a'".
 */
const otherAssembler: Rule = {
  needles: [
    "as: unrecognized option '",
    'fatal error: invalid -m',
    'unknown architecture `',
    'unknown cpu `',
  ],
  pattern:
    /(?:^|[\s/\\-])as(?:\.exe)?: unrecognized option '(-[^']{1,60})'|Fatal error: invalid (-m\w+)= option: `|^Error: unknown (?:architecture|cpu) `/,
  read([, option, value], scene) {
    if (option !== undefined && !isAssemblerFlag(option)) return undefined;
    return wrongCompiler(
      'assembler-of-other-machine',
      `The compiler calls an assembler that is for another machine than ${targetWords(scene)}`,
      scene,
      { flag: option ?? value ?? '' },
    );
  },
};

export const cpuFlagRules: readonly Rule[] = [
  unknownPlatform,
  wordSizeNotCompiledIn,
  unrecognizedTarget,
  optionsClash,
  otherAssembler,
];
