import { type ToolKind, platformOfCompiler, programName, toolKind } from '../machines.js';
import type { Clue, Rule } from '../rule.js';
import { type Scene, isNative } from '../scene.js';

/*
 * A program that is not there, or is there and can not be run. Which cause it is depends on the program: os/exec says the
 * same of gcc, g++, pkg-config, qemu and of things that are none of our business (git, node, protoc).
 */

/** os/exec: `exec: "gcc": executable file not found in $PATH` (%PATH% on Windows, $path on Plan 9). */
const notInPath: Rule = {
  needles: ['executable file not found in'],
  pattern: /exec: {1,4}\\?"([^"]{1,300}?)\\?": executable file not found in (?:\$|%)?/,
  read: ([, program = ''], scene, line) => missing(program, 'not-on-path', scene, line.text),
};

/** cmd/cgo, gcc.go: `C compiler "X" not found: …`; an absolute CC is looked at with stat. */
const compilerGone: Rule = {
  needles: ['c compiler "', 'c++ compiler "'],
  pattern: /C(?:\+\+)? compiler \\?"([^"]{0,300}?)\\?" not found:? ?(.{0,300})/,
  read([, program = '', reason = ''], scene, { text }) {
    if (/executable file not found/.test(reason))
      return missing(program, 'not-on-path', scene, text) ?? notInstalled('c', program, 'not-on-path');
    if (
      /permission denied|is a directory|cannot run executable found relative|exec format|not a valid/i.test(
        reason,
      )
    )
      return unusable(program, /relative/.test(reason) ? 'relative-path' : 'not-executable');
    // A path cut at its space, or a word that is no compiler's name, is a CC written wrongly; a compiler's name is one that is missing.
    if (toolKind(program) === undefined && /[\\/]/.test(program)) return unusable(program, 'path-with-space');
    return missing(program, 'path-missing', scene, text);
  },
};

/**
 * os/exec on a program that was found and could not be started: `fork/exec /opt/x-gcc: no such file or directory` is its
 * loader or interpreter that is missing, for the program itself was found; `exec format error` is another host's program.
 */
const cannotStart: Rule = {
  needles: ['fork/exec ', 'exec format error', '%1 is not a valid win32', 'createprocess'],
  pattern:
    /fork\/exec ([^:\n]{1,300}(?::\\[^:\n]{1,300})?): (no such file or directory|exec format error|permission denied|is a directory|%1 is not a valid Win32 application|The system cannot find the file)/,
  read([, program = '', reason = ''], scene, { text }) {
    const kind = toolKind(program);
    if (kind === 'qemu' && reason.startsWith('no such')) return missing(program, 'path-missing', scene, text);
    if (kind === undefined || kind === 'qemu') return undefined;
    if (kind === 'pkg-config') return pkgConfigMissing(program);
    // What Go was configured with where it was built without a compiler.
    if (programName(program) === 'missing-cc') return notInstalled('c', program, 'not-configured');
    const detail = reason.startsWith('no such')
      ? 'loader-of-compiler-missing'
      : reason === 'permission denied'
        ? 'not-executable'
        : 'for-another-host';
    return unusable(program, detail);
  },
};

/** os/exec on Windows, for a CC whose path was cut at its space: `cgo: exec C:\Program: exec: "C:\\Program": file does not exist`. */
const cutAtSpace: Rule = {
  needles: ['cgo: exec '],
  pattern: /cgo: exec (.{1,300}?): exec: ".{1,300}?": (?:file does not exist|The system cannot find)/,
  read: ([, program = '']) => unusable(program, 'path-with-space'),
};

/** cmd/go/internal/work/init.go looks at CC, CXX, FC, … before it builds anything. */
const relativePath: Rule = {
  needles: ['environment variable is relative', 'environment variable could not be parsed'],
  pattern:
    /\b(CC|CXX|FC|AR|PKG_CONFIG)\w* environment variable (?:is relative; must be absolute path: (.{1,200})|could not be parsed)/,
  read([, variable = 'CC', program]) {
    if (program === undefined)
      return {
        cause: 'flag-quoting',
        confidence: 'certain',
        layer: 'target',
        detail: 'variable-not-closed',
        title: `${variable} has a quote that is not closed`,
        facts: { variable },
      };
    return unusable(program, 'relative-path');
  },
};

/** Shells, make, env, cmd.exe and PowerShell, each in its own words. */
const byShell: Rule = {
  needles: [
    'command not found',
    ': not found',
    'no such file or directory',
    'is not recognized',
    'cannot find the file specified',
    'unable to find utility',
    'unable to execute command',
    'program not found',
  ],
  pattern:
    /(?:(?:^|[\s:\/])(?:(?:ba|z|da|a|k)?sh|line \d+|\d+|make(?:\[\d+\])?|env|exec|xargs|configure|time): (?:\d+: |line \d+: )?(?:command not found: )?'?([\w.+\\/:-]{1,200}?)'?(?:: command not found|: not found|: No such file or directory|$)|'?(?<![\w.+\\/:-])([\w.+\\/:-]{1,200}?)'? is not recognized as|exec: "([^"]{1,200})": The system cannot find the file)/i,
  read([text = '', a, b, c], scene, line) {
    if (!/not found|no such file|not recognized|cannot find/i.test(text)) return undefined;
    return missing(a ?? b ?? c ?? '', 'not-on-path', scene, line.text);
  },
};

/**
 * gcc's driver calls cc1, cc1plus, f951, cc1obj by name: "error trying to exec 'cc1plus': execvp: No such file or directory" until 9,
 * then "fatal error: cannot execute 'cc1plus': execvp: …". The language's package is not installed.
 */
const languageBackend: Rule = {
  needles: ["'cc1", "'f951", "'cc1obj", "'as'", '"cc1', "'ld'", "'ld.", "'collect2'", "'d21'"],
  pattern:
    /(?:(?<![\w.+\/\\-])([\w.+\/\\-]{1,200}?): )?(?:\b\w{1,20} )?(?:error|fatal error|(?<![^\s:])[^\s:]{1,20}):? .{0,80}?['"](cc1|cc1plus|cc1obj|cc1objplus|f951|as|ld(?:\.\w{2,5})?|collect2)['"]: (?:execvp|posix_spawnp?|spawn|CreateProcess)/,
  read([, compiler, backend = ''], scene) {
    const program = compiler ?? 'gcc';
    if (backend === 'cc1plus') return notInstalled('c++', program, 'cc1plus-missing');
    if (backend === 'f951') return notInstalled('fortran', program, 'f951-missing');
    if (backend.startsWith('cc1obj')) return notInstalled('objc', program, 'cc1obj-missing');
    if (backend === 'as' || backend === 'cc1') return unusable(program, 'parts-missing');
    return linkerMissing(backend, scene);
  },
};

/** gcc: "cannot find 'ld'"; clang: "invalid linker name in argument '-fuse-ld=lld'", "unable to execute command: Executable "ld" doesn't exist!". */
const linkerGone: Rule = {
  needles: [
    "cannot find 'ld",
    'cannot find ld',
    'invalid linker name',
    "doesn't exist!",
    'invalid use of linker',
    'cannot find `ld',
    'cannot find "ld',
  ],
  pattern:
    /cannot find [`'"]?(ld(?:\.\w+)?|real-ld)['"]?|invalid linker name in (?:argument )?'?-?-?(?:fuse-ld|ld-path)=([\w.\/+-]{1,200})|Executable "([^"]{1,200})" doesn't exist/,
  read: ([, gnu, named, executable], scene) => linkerMissing(gnu ?? named ?? executable ?? 'ld', scene),
};

function linkerMissing(linker: string, scene: Scene): Clue {
  /*
   * go asks for gold when it links for linux/arm and linux/arm64. A clang that has no such linker and lives on another system
   * is that system's own: it could not link for the target with any linker.
   */
  const foreign =
    scene.toolHost !== undefined && scene.toolHost.goos !== 'linux' && isNative(scene) === false;
  if (linker === 'gold' && foreign)
    return {
      cause: 'wrong-c-compiler',
      confidence: 'likely',
      layer: 'tool',
      detail: 'host-clang-used',
      title: "The host's own clang was asked to link for another system",
      facts: {
        ...(scene.block.driver === undefined ? {} : { compiler: scene.block.driver }),
        flag: '-fuse-ld=gold',
      },
    };
  return {
    cause: 'linker-not-found',
    confidence: 'certain',
    layer: 'tool',
    detail: 'linker-missing',
    title: `The linker ${linker} is not installed`,
    facts: { program: linker },
  };
}

/** What the missing program makes of it. Programs that no build of Go calls by itself are left to others. */
function missing(program: string, detail: string, scene: Scene, line: string): Clue | undefined {
  const kind: ToolKind | undefined = toolKind(program);
  switch (kind) {
    case 'c':
      // "running X failed: exec" is -extld or CC at the link.
      return /: running .{1,200} failed: exec/.test(line) && scene.block.package !== 'runtime/cgo'
        ? linkerDriverMissing(program)
        : notInstalled('c', program, detail);
    case 'c++':
      return notInstalled('c++', program, detail);
    case 'fortran':
      return notInstalled('fortran', program, detail);
    case 'pkg-config':
      return pkgConfigMissing(program);
    case 'qemu':
      return {
        cause: 'qemu-not-found',
        confidence: 'certain',
        layer: 'run',
        detail: 'not-on-path',
        title: `The emulator ${programName(program)} is not installed`,
        facts: { program },
      };
    case 'linker':
      return linkerMissing(program, scene);
    case 'archiver':
      return platformOfCompiler(program) === undefined
        ? undefined
        : notInstalled('c', program, 'binutils-missing');
    case 'objc':
    case undefined:
      return undefined;
  }
}

function linkerDriverMissing(program: string): Clue {
  return {
    cause: 'linker-not-found',
    confidence: 'certain',
    layer: 'tool',
    detail: 'link-driver-missing',
    title: `${programName(program)}, which is to link, is not installed`,
    facts: { program, compiler: program },
  };
}

const languageNames = { c: 'C', 'c++': 'C++', fortran: 'Fortran', objc: 'Objective-C' } as const;
const languageCauses = {
  c: 'c-compiler-not-found',
  'c++': 'cxx-compiler-not-found',
  fortran: 'fortran-compiler-not-found',
  objc: 'objc-compiler-not-found',
} as const;

function notInstalled(language: keyof typeof languageCauses, compiler: string, detail: string): Clue {
  return {
    cause: languageCauses[language],
    confidence: 'certain',
    layer: 'tool',
    detail,
    title: `The ${languageNames[language]} compiler ${programName(compiler)} was not found`,
    facts: { compiler, language },
    key: compiler,
  };
}

function pkgConfigMissing(program: string): Clue {
  return {
    cause: 'pkg-config-not-found',
    confidence: 'certain',
    layer: 'tool',
    detail: 'not-on-path',
    title: `${programName(program)} is not installed`,
    facts: { pkgConfig: program },
  };
}

function unusable(compiler: string, detail: string): Clue {
  return {
    cause: 'invalid-cc',
    confidence: 'certain',
    layer: 'tool',
    detail,
    title: `${compiler} can not be run as a C compiler`,
    facts: { compiler, language: 'c' },
    key: compiler,
  };
}

export const compilerNotFoundRules: readonly Rule[] = [
  notInPath,
  compilerGone,
  relativePath,
  cannotStart,
  cutAtSpace,
  byShell,
  languageBackend,
  linkerGone,
];
