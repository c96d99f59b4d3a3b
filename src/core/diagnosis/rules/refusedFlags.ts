import { platformOfCompiler, programName, toolKind } from '../machines.js';
import type { Clue, Rule } from '../rule.js';
import { type Scene, goarchOfTarget, goosOf, isNative } from '../scene.js';
import { audienceOf, portOfGoFlag } from './flagTable.js';
import { noToolchainFor, wrongCompiler } from './wrongCompiler.js';

/*
 * A compiler refuses an option. The option tells more than the refusal: one that the target's own compiler knows means that
 * another machine's compiler ran; one that belongs to another machine than the target is a flag in the wrong place.
 */

/* A word for "this is no error", in the languages that gcc speaks. */
const mild =
  /^(?:warning|note|remark|Warnung|Anmerkung|attention|avertissement|aviso|nota|avvertimento|предупреждение|замечание|警告|備考|附注)\b/i;

/**
 * gcc/opts-common.c and gcc.c. "unrecognized command line option "-marm"" up to 4.4, then quotes by locale; "command-line" since 9;
 * "unrecognized argument in option '-mabi=32'"; translated since LC_ALL=C is only set for the compiles that the cgo tool runs:
 * "unbekannte Kommandozeilenoption »-marm«". So the program and the quoted option are read, not the sentence between.
 */
const byGcc: Rule = {
  needles: [
    'gcc: ',
    'gcc.exe: ',
    'gcc-',
    '++: ',
    '++.exe: ',
    '++-',
    'cc1: ',
    'cc1plus: ',
    'clang: ',
    'clang.exe: ',
    'clang-',
    'cc: ',
    'gfortran: ',
    'f951: ',
    'gccgo: ',
  ],
  pattern:
    /(?<![\w.+\/\\:-])([\w.+\/\\:-]{0,200}?(?:gccgo|gcc|g\+\+|cc|c\+\+|cc1|cc1plus|clang|clang\+\+|gfortran|f951)(?:-[\w.]{1,12})?(?:\.exe)?): ([^'"`]{2,120}?)['"`]{1,2}(-[^'"`\s]{1,120})['"`]/,
  read([, compiler = '', words = '', flag = ''], scene) {
    if (
      mild.test(words) ||
      /linker name|argument unused|error: switch $|invalid argument $|requires $|unsupported use of/.test(
        words,
      )
    )
      return undefined;
    return refused(compiler, flag, scene);
  },
};

/**
 * "bad value ('armv7-a') for '-march=' switch" (x86's gcc up to 13, with double quotes in 4.x), "unknown value 'armv7-a' for '-march'"
 * (AArch64's and others), clang: "unsupported argument 'armv7' to option '-march='", "unknown target CPU 'z13'".
 */
const badValue: Rule = {
  needles: [
    'bad value',
    'unknown value',
    'unsupported argument',
    'unknown target cpu',
    'unknown target abi',
    'invalid argument',
    "for '-march",
    "for '-mcpu",
    "does not support '-m",
  ],
  pattern:
    /(?:(?<![\w.+\/\\:-])([\w.+\/\\:-]{1,200}?): )?(?:error|\S{1,20}): (?:bad value \(?['"]([^'"]{1,60})['"]\)? for ['"](-m\w+)=?['"]|unknown value ['"]([^'"]{1,60})['"] for ['"](-m\w+)=?['"]|unsupported argument '([^']{1,60})' to option '(-m\w+)=?'|unknown target CPU '([^']{1,60})'|unknown target ABI '([^']{1,40})'|.{0,40}does not support '(-m\w+=[^']{1,60})')/,
  read([, compiler, a, aFlag, b, bFlag, c, cFlag, cpu, targetAbi, whole], scene) {
    const flag =
      targetAbi !== undefined
        ? `-mabi=${targetAbi}`
        : (whole ?? `${aFlag ?? bFlag ?? cFlag ?? '-mcpu'}=${a ?? b ?? c ?? cpu ?? ''}`);
    // lto1 reads options out of an object: that object is another machine's.
    if (compiler === 'lto1')
      return {
        cause: 'wrong-arch-object',
        confidence: 'certain',
        layer: 'object',
        detail: 'lto-object',
        title: 'An archive holds link-time-optimisation code of another machine',
        facts: { flag },
      };
    return refused(compiler ?? 'cc1', flag, scene);
  },
};

/** clang: "unsupported option '-marm' for target 'x86_64-pc-linux-gnu'", "unknown argument: '-marm'", "unknown argument '-mthreads'". */
const byClang: Rule = {
  needles: ['unsupported option', 'unknown argument', 'unknown option', 'unrecognized option'],
  pattern:
    /(?<![\w.+\/\\:-])([\w.+\/\\:-]{0,200}?(?:clang|clang\+\+|cc|c\+\+|flang|zig|error)(?:-[\d.]{1,8})?(?:\.exe)?): (?:error: |fatal error: )?(?:unsupported option|unknown argument|unknown option):? ['"](-[^'"]{1,120})['"](?: for target '([^']{1,80})')?/,
  read([, compiler = 'clang', flag = '', triple], scene) {
    const name = compiler === 'error' ? 'clang' : compiler;
    // It says itself what it makes code for: of whichever option, that is not the target.
    const made = triple === undefined ? undefined : platformOfCompiler(`${triple}-cc`);
    const goos = goosOf(scene)?.replace('ios', 'darwin');
    if (
      made?.goos !== undefined &&
      goos !== undefined &&
      made.goos !== goos &&
      portOfGoFlag(flag) === undefined
    )
      return wrongCompiler('other-target', `${name} makes code for ${made.goos}`, scene, {
        compiler: name,
        flag,
        ...(made.goarch === undefined ? {} : { machine: made.goarch }),
      });
    return refused(name, flag, scene);
  },
};

/**
 * runtime/cgo is compiled with -Werror, and clang warns of options it makes no use of: "argument unused during compilation:
 * '-fuse-ld=lld' [-Werror,-Wunused-command-line-argument]". A linker's flag among the compiler's; or go's -mthreads at a host clang.
 */
const unusedArgument: Rule = {
  needles: ['argument unused during compilation'],
  pattern:
    /(?:(?<![\w.+\/\\:-])([\w.+\/\\:-]{1,200}?): )?(error|warning): argument unused during compilation: '(-[^']{1,120})'/,
  read([, compiler = 'clang', severity, flag = ''], scene) {
    if (severity === 'warning') return undefined;
    if (portOfGoFlag(flag.split(' ')[0] ?? flag) !== undefined) {
      // clang takes any word for a triple, and without a CPU that it knows it is a compiler for none.
      if (/-target[= ]/.test(scene.context.compiler ?? ''))
        return {
          cause: 'invalid-cc',
          confidence: 'likely',
          layer: 'tool',
          detail: 'unknown-triple',
          title: "clang's --target names no machine that it knows",
          facts: { compiler: scene.context.compiler ?? compiler, flag },
        };
      return refused(compiler, flag, scene);
    }
    return conflicting(
      compiler,
      flag,
      'linker-flag-in-compile',
      `${flag} is a flag for the linker, and clang refuses it when it compiles`,
    );
  },
};

/** What it means that a compiler does not take an option, which is one of some machines or systems. */
export function refused(compiler: string, option: string, scene: Scene): Clue | undefined {
  const flag = option.split(' ')[0] ?? option;
  const audience = audienceOf(flag);
  const goos = goosOf(scene);
  const goarch = goarchOfTarget(scene);
  const name = programName(compiler);
  if (audience === undefined) {
    if (
      flag === '-pthread' &&
      (scene.block.package === 'runtime/cgo' || platformOfCompiler(compiler)?.bareMetal === true)
    )
      return wrongCompiler('bare-metal', `${name} makes programs without an operating system`, scene, {
        compiler,
        flag,
      });
    return undefined;
  }
  const port = portOfGoFlag(flag);
  if (audience.goos !== undefined) {
    const other = goos !== undefined && !audience.goos.includes(goos);
    // A package's own `#cgo` line speaks to one system's compiler: the package is for that system. In runtime/cgo the flag is the user's.
    if (other && scene.block.package !== undefined && scene.block.package !== 'runtime/cgo')
      return {
        cause: 'not-on-this-target',
        confidence: 'likely',
        layer: 'source',
        detail: 'package-of-other-system',
        title: `Package ${scene.block.package} is written for ${audience.goos[0] ?? 'another system'}`,
        facts: { compiler, flag, importPath: scene.block.package },
      };
    if (other)
      return conflicting(
        compiler,
        flag,
        'flag-of-other-system',
        `${flag} is for ${audience.goos[0] ?? ''} and ${name} refuses it`,
      );
    const system = goos ?? audience.goos[0] ?? '';
    if (system !== 'windows' && platformOfCompiler(compiler) === undefined)
      return noToolchainFor(system, scene, { compiler, flag });
    return wrongCompiler(
      'flag-of-target',
      `${name} does not make code for ${system}`,
      scene,
      { compiler, flag },
      portName(port),
    );
  }
  const machines = audience.goarch ?? [];
  const promised = platformOfCompiler(compiler);
  if (goarch === undefined ? port !== undefined : machines.includes(goarch)) {
    // The host's own build with a cross compiler: CC was meant for another target.
    if (isNative(scene) === true && promised !== undefined && promised.goarch !== goarch)
      return leaked(compiler, flag);
    return wrongCompiler(
      'flag-of-target',
      `${name} does not make code for ${goarch ?? machines[0] ?? 'the target'}`,
      scene,
      { compiler, flag },
      portName(port),
    );
  }
  // go passes these for x86 only: a compiler of the very target gets them in a step that builds for the machine itself.
  if (
    /^-m(?:32|64)$/.test(flag) &&
    promised !== undefined &&
    (goarch === undefined || promised.goarch === goarch) &&
    (goarch === undefined || scene.block.package === undefined)
  )
    return leaked(compiler, flag);
  return conflicting(
    compiler,
    flag,
    'flag-of-other-machine',
    `${flag} is for ${machines[0] ?? 'another machine'}, and ${name} refuses it`,
  );
}

function portName(port: ReturnType<typeof portOfGoFlag>): string | undefined {
  const goarch = port?.goarch?.length === 1 ? port.goarch[0] : undefined;
  return goarch === undefined ? undefined : `${port?.goos?.[0] ?? 'linux'}/${goarch}`;
}

function leaked(compiler: string, flag: string): Clue {
  return {
    cause: 'cross-cc-leaked',
    confidence: 'certain',
    layer: 'compiler',
    detail: 'cross-cc-in-native-build',
    title: `${programName(compiler)} is a cross compiler, and this build is for the machine itself`,
    facts: { compiler, flag, ...machineFact(compiler) },
  };
}

function conflicting(compiler: string, flag: string, detail: string, title: string): Clue {
  const kind = toolKind(compiler);
  return {
    cause: 'conflicting-c-flags',
    confidence: 'certain',
    layer: 'flags',
    detail,
    title,
    facts: {
      compiler,
      flag,
      ...(kind === 'c' || kind === 'c++' || kind === 'fortran' ? { language: kind } : {}),
    },
    key: flag,
  };
}

function machineFact(compiler: string): { machine: string } | Record<string, never> {
  const goarch = platformOfCompiler(compiler)?.goarch;
  return goarch === undefined ? {} : { machine: goarch };
}

export const refusedFlagRules: readonly Rule[] = [byGcc, badValue, byClang, unusedArgument];
