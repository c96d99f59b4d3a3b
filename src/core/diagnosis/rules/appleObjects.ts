import { goarchOf } from '../machines.js';
import type { Rule } from '../rule.js';
import { goosOf, isNative } from '../scene.js';
import { alienFile, wrongObject } from './archMismatch.js';
import { prebuilt } from './windowsReferences.js';
import { wrongCompiler } from './wrongCompiler.js';

/* Objects of another CPU, system or format, in the words of Apple's linkers and of lld for Mach-O. */

/** lld/MachO/InputFiles.cpp: "libfoo.a(foo.o) has architecture x86_64 which is incompatible with target architecture arm64". */
const byLldMacho: Rule = {
  needles: ['which is incompatible with target architecture'],
  pattern:
    /(?<![^\s:])([^\s:]{1,400}) has architecture (\S{1,30}) which is incompatible with target architecture/,
  read: ([, file = '', machine = ''], scene, { text }) =>
    alienFile(file, goarchOf(machine) ?? machine, scene, text),
};

/**
 * ld64: "building for iOS Simulator, but linking in object file built for iOS, file 'libx.a'", "in libx.a(x.o), building for macOS, but linking in object file
 * built for iOS"; since Xcode 15 "building for 'macOS', but linking in object file (libx.a[2](x.o)) built for 'iOS'". Of a dylib it only warns.
 */
const otherAppleSystem: Rule = {
  needles: [', but linking in '],
  pattern:
    /(?:in ([^\s,]{1,300}), )?building for '?([\w\s-]{3,30}?)'?, but linking in (?:object file|archive member|dylib)(?: \(?([^\s,]{1,300}?)\)?)? ?(?:file )?built for '?([\w\s-]{3,30}?)'?(?:,|$|\s*$)(?:.{0,20}file '([^']{1,300}))?/,
  read: ([, before, wanted = '', between, built = '', after]) =>
    wanted === built
      ? undefined
      : wrongObject(before ?? between ?? after ?? 'an object', built, 'object-of-other-apple-system'),
};

/** ld64 on what GNU's ar or another system's compiler made: "archive member 'foo.o' not a mach-o file in 'libfoo.a'", "missing required architecture arm64 in file". */
const notMachO: Rule = {
  needles: ['not a mach-o file in', 'missing required architecture'],
  pattern:
    /archive member '([^']{1,200})' not a mach-o file in '([^']{1,300})'|missing required architecture (\S{1,20}) in file (\S{1,300})/,
  read: ([, , archive, , file]) => wrongObject(archive ?? file ?? '', undefined, 'archive-or-object'),
};

/** ld since Xcode 15 on another system's object: "unknown file type in '/…/go.o'". */
const unknownType: Rule = {
  needles: ['unknown file type in '],
  pattern: /ld: unknown file type in '([^']{1,400})'/,
  read: ([, file = ''], scene, { text }) => alienFile(file, undefined, scene, text),
};

/**
 * compiler-rt's half of `@available`: Apple's clang links it, osxcross has it only where its build_compiler_rt.sh was run, and an archive of a newer Xcode
 * asks an older one for what it has not.
 */
const availability: Rule = {
  needles: ['___isplatformversionatleast', '___isosversionatleast'],
  pattern: /"?(___is(?:Platform|OS)VersionAtLeast)"?(?:, referenced from|$)/,
  read: ([, symbol = ''], scene) =>
    isNative(scene) === true || goosOf(scene) === undefined
      ? prebuilt('compiler-rt', 'An archive was built by a newer Xcode than the one that links it', symbol)
      : {
          cause: 'missing-target-libc',
          confidence: 'likely',
          layer: 'libc',
          detail: 'libc-libraries-missing',
          title: "The compiler's own run-time library (compiler-rt) is missing for the target",
          facts: { symbol },
        },
};

/** runtime/cgo of iOS and macOS differ in a name: an archive built for the one is linked for the other. */
const appleArchive: Rule = {
  needles: ['_darwin_arm_init_'],
  pattern: /"_darwin_arm_init_(?:mach_exception_handler|thread_exception_port)", referenced from/,
  read: () => ({
    cause: 'wrong-arch-object',
    confidence: 'likely',
    layer: 'object',
    detail: 'archive-of-other-apple-system',
    title: 'The Go archive was built for another Apple system than the app that links it',
  }),
};

/**
 * sys/cdefs.h and machine/*.h of Apple's SDKs end their list of CPUs with an #error: the SDK is older than the target's CPU (macOS 10.15 knows no arm64),
 * or macOS' own compiler is used for another system.
 */
const cpuUnknownToSdk: Rule = {
  needles: ['unsupported architecture', 'architecture not supported'],
  pattern:
    /(?<!\S)(\S{0,300}\.sdk\/usr\/include\/\S{1,100}\.h):\d+:\d+: error: (?:Unsupported architecture|architecture not supported)/,
  read([, file = ''], scene) {
    const goos = goosOf(scene);
    if (goos !== undefined && goos !== 'darwin' && goos !== 'ios')
      return wrongCompiler('headers-of-other-system', `The C compiler is not for ${goos}`, scene, {
        object: file,
      });
    return {
      cause: 'broken-sysroot',
      confidence: 'certain',
      layer: 'libc',
      detail: 'sdk-without-cpu',
      title: "Apple's SDK that the compiler reads does not know the target's CPU",
      facts: { object: file },
    };
  },
};

export const appleObjectRules: readonly Rule[] = [
  byLldMacho,
  otherAppleSystem,
  notMachO,
  unknownType,
  availability,
  appleArchive,
  cpuUnknownToSdk,
];
