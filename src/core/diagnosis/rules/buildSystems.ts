import type { Clue, Rule } from '../rule.js';

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
 * autoconf: "C compiler cannot create executables"; CMake: "The C compiler "…" is not able to compile a simple test program". Without the
 * compiler's own words beside it, no more is known than that it does not work.
 */
const cannotCompile: Rule = {
  needles: ['cannot create executables', 'is not able to compile a simple test program'],
  pattern: /C(?:\+\+)? compiler cannot create executables|is not able to compile a simple test program/,
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

export const buildSystemRules: readonly Rule[] = [noCompiler, cannotCompile, versionDemanded];
