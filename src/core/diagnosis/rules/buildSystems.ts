import type { Clue, Rule } from '../rule.js';
import { isNative, targetWords } from '../scene.js';

/* C build systems that run before go or beside it: autoconf's configure, CMake, Meson. They try the compiler and say in their own words what is wrong. */

/**
 * autoconf, lib/autoconf/c.m4: "configure: error: no acceptable C compiler found in $PATH"; CMake, CMakeDetermineCompiler: "No CMAKE_C_COMPILER
 * could be found", "is not a full path and was not found in the PATH", "is not a full path to an existing compiler tool"; Meson: "Unknown compiler(s)".
 */
const noCompiler: Rule = {
  needles: [
    'no acceptable c',
    'could be found.',
    'was not found in the path.',
    'to an existing compiler tool',
    'unknown compiler(s)',
  ],
  pattern:
    /no acceptable C(\+\+)? compiler found|No CMAKE_C(XX)?_COMPILER could be found|^\s*is not a full path (?:and was not found in the PATH|to an existing compiler tool)|ERROR: Unknown compiler\(s\): \[/,
  read([, autoconf, cmake]): Clue {
    const cxx = autoconf !== undefined || cmake !== undefined;
    return {
      cause: cxx ? 'cxx-compiler-not-found' : 'c-compiler-not-found',
      confidence: 'likely',
      layer: 'tool',
      detail: 'not-found-by-build-system',
      title: `The ${cxx ? 'C++' : 'C'} compiler that a C build asks for was not found`,
      facts: { language: cxx ? 'c++' : 'c' },
    };
  },
};

/**
 * Meson, mesonbuild/dependencies: `Dependency "glib-2.0" not found, tried pkgconfig and cmake`, `C shared or static library 'foo' not found`;
 * CMake, FindPackageHandleStandardArgs: `Could NOT find ZLIB (missing: ZLIB_LIBRARY …)`; autoconf: `Package requirements (x >= 1) were not met`.
 */
const noDependency: Rule = {
  needles: ['dependency "', "library '", 'could not find', 'package requirements ('],
  pattern:
    /ERROR: (?:Dependency (?:lookup for )?"?([\w.+-]{1,60})"?[^\n]{0,60} (?:not found|failed)|C(?:\+\+|pp)? (?:shared or static |shared |static )?library '([\w.+-]{1,60})' not found)|Could NOT find (\w{1,40}) \((?:missing|Required)|Package requirements \(([\w.+-]{1,60})[^)]{0,60}\) were not met/,
  read([, meson, library, cmake, autoconf], scene): Clue | undefined {
    const name = meson ?? library ?? cmake ?? autoconf ?? '';
    if (name === 'PkgConfig' || /^pkg-?config$/i.test(name))
      return {
        cause: 'pkg-config-not-found',
        confidence: 'likely',
        layer: 'tool',
        detail: 'not-found-by-build-system',
        title: 'A C build asks for pkg-config, which is not installed',
        facts: { pkgConfig: 'pkg-config' },
      };
    // Interpreters and tools of the build itself are no libraries.
    if (/^(?:Python\w*|Perl\w*|Git|Doxygen|Threads|BISON|FLEX|Java|Ruby)$/i.test(name)) return undefined;
    const native = isNative(scene) === true && !scene.muslSeen;
    return {
      cause: native ? 'missing-host-library' : 'missing-target-library',
      confidence: 'likely',
      layer: 'headers',
      detail: 'asked-by-build-system',
      title: `A C build asks for ${name}, which is not installed for ${native ? 'this machine' : targetWords(scene)}`,
      facts: { library: name.replace(/^lib/, ''), ...(meson === undefined ? {} : { pkgConfigName: name }) },
      key: name,
    };
  },
};

/** Meson runs what it has compiled: "Executables created by c compiler arm-linux-gnueabihf-gcc are not runnable", "Could not invoke sanity test executable: [Errno 8]". */
const notRunnable: Rule = {
  needles: ['are not runnable', 'could not invoke sanity test'],
  pattern:
    /Executables created by \w{1,12} compiler (.{1,200}?) are not runnable|Could not invoke sanity (?:test|check) (?:executable|program): (?:\[Errno 8\]|.{0,80}Exec format)/,
  read: ([, compiler]): Clue => ({
    cause: 'cross-cc-leaked',
    confidence: 'likely',
    layer: 'compiler',
    detail: 'meson-not-told',
    title: 'Meson got a cross compiler without being told the machine it is for',
    facts: { flag: '--cross-file', ...(compiler === undefined ? {} : { compiler }) },
  }),
};

/**
 * Meson: "Compiler arm-linux-gnueabihf-gcc can not compile programs"; autoconf: "C compiler cannot create executables"; CMake: "The C compiler "…" is not able to compile a simple test program". Without the
 * compiler's own words beside it, no more is known than that it does not work.
 */
const cannotCompile: Rule = {
  needles: [
    'cannot create executables',
    'is not able to compile a simple test program',
    'can not compile programs',
    'cannot compile programs',
  ],
  pattern:
    /C(?:\+\+)? compiler cannot create executables|is not able to compile a simple test program|ERROR: Compiler .{1,200} can ?not compile programs/,
  read: (): Clue => ({
    cause: 'invalid-cc',
    confidence: 'likely',
    layer: 'fallback',
    detail: 'fails-in-build-system',
    title: 'The C compiler that a C build uses can not make a program',
  }),
};

/** `#error` of a binding that looks at its library's version: "#error "Invalid libgit2 version; …"", "requires libseccomp >= v2.3.1". */
const versionDemanded: Rule = {
  needles: ['#error'],
  pattern:
    /error: #error .{0,80}?(?:\b[\w.+-]{2,40} version\b|(?:requires?|needs?|at least) [\w.+-]{2,40} ?(?:>=|version|v?\d)).{0,60}/,
  read([text = '']): Clue | undefined {
    if (
      /\b(?:gcc|clang|compiler|C\+\+\d|C\d\d|GNU C|glibc|kernel|Go)\b/i.test(text) ||
      !/\d\.\d|version/.test(text)
    )
      return undefined;
    return {
      cause: 'library-too-old',
      confidence: 'likely',
      layer: 'headers',
      detail: 'version-demanded',
      title: 'A C library has not the version that its Go binding asks for',
    };
  },
};

export const buildSystemRules: readonly Rule[] = [
  noCompiler,
  noDependency,
  notRunnable,
  cannotCompile,
  versionDemanded,
];
