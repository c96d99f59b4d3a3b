import { goarchOf, goarchOfElfMachine, platformOfCompiler, toolKind } from '../machines.js';
import type { Clue, Rule } from '../rule.js';
import { type Scene, goarchOfTarget, goosOf } from '../scene.js';
import { wrongCompiler } from './wrongCompiler.js';

/*
 * A file of another machine reaches the linker. Whose fault it is depends on the file: Go's own object shows that the linker
 * is the wrong one; an object that a C++ or Fortran compiler made, or a shipped archive, shows that the file is.
 */

/** GNU ld for an ELF it has no target for: "x.o: Relocations in generic ELF (EM: 183)", hundreds of times. */
const genericElf: Rule = {
  needles: ['relocations in generic elf'],
  pattern: /(?:^|[\s:])([^\s:]{1,400}): Relocations in generic ELF \(EM: (\d{1,5})\)/,
  read: ([, file = '', number = ''], scene, line) =>
    alienFile(file, goarchOfElfMachine(number), scene, line.text),
};

/** GNU ld: "error adding symbols: file in wrong format"; up to 2.22 "could not read symbols: File in wrong format"; "file not recognized". */
const wrongFormat: Rule = {
  needles: [
    'in wrong format',
    'file format not recognized',
    'file not recognized',
    'unknown file type',
    'unsupported file format',
  ],
  pattern:
    /(?:^|[\s:])([^\s:]{1,400}): (?:error adding symbols: |could not read symbols: )?(?:[Ff]ile in wrong format|file not recognized: [Ff]ile (?:format not recognized|truncated)|file format not recognized|not recognized|unknown file type(?! in))/,
  read: ([, file = ''], scene, line) => alienFile(file, undefined, scene, line.text),
};

/**
 * cmd/link, hostlink for macOS: what was linked goes through dsymutil and strip; those of another system do not know its format. Nothing is
 * wrong with the program: it was the host's own tool that ran.
 */
const foreignStrip: Rule = {
  needles: ['/exe/a.out', 'running strip', 'running dsymutil'],
  pattern:
    /running (strip|dsymutil) failed|strip\S{0,10}: \S{1,300}a\.out\S{0,10}: (?:file format not recognized|[Ff]ile in wrong format)/,
  read([, tool], scene) {
    const driver = scene.zigSeen;
    return {
      cause: driver ? 'zig-quirk' : 'wrong-c-compiler',
      confidence: 'likely',
      layer: 'tool',
      detail: 'strip-of-other-system',
      title: `${tool ?? 'strip'} of this system does not know the target's programs: link without debug data (-ldflags=-w)`,
      facts: { program: tool ?? 'strip', flag: '-w' },
    };
  },
};

/** ld: "i386:x86-64 architecture of input file `x.o' is incompatible with aarch64 output". */
const architectureOf: Rule = {
  needles: ['architecture of input file'],
  pattern:
    /([\w:.-]{1,40}) architecture of input file [`'"]([^'"]{1,400})['"] is incompatible with ([\w:.-]{1,40}) output/,
  read: ([, machine = '', file = ''], scene, line) =>
    alienFile(file, goarchOf(machine) ?? machine, scene, line.text),
};

/** lld: "x.o is incompatible with elf64-x86-64" / "with /lib/crt1.o"; gold: "x.o: incompatible target"; mold: "incompatible file type". */
const incompatibleWith: Rule = {
  needles: [
    'is incompatible with',
    'incompatible target',
    'incompatible file type',
    'unsupported elf machine',
    'machine type',
    'elf machine',
  ],
  pattern:
    /(?:^|[\s:])([^\s:'`]{0,400}[./\\][^\s:']{1,400}?):? (?:is incompatible with (\S{1,300})|incompatible target|incompatible file type|unsupported ELF machine number (\d{1,5})|machine type (\w+) conflicts with)/,
  read: ([, file = '', , number], scene, line) =>
    /error|ld|lld|gold|mold|:/.test(line.text)
      ? alienFile(file, number === undefined ? undefined : goarchOfElfMachine(number), scene, line.text)
      : undefined,
};

/** ld for one CPU of two byte orders: "compiled for a little endian system and target is big endian". */
const endian: Rule = {
  needles: ['endian system and target is', 'endian system but target is'],
  pattern: /(?:^|[\s:])([^\s:]{1,400}): compiled for a (little|big) endian system (?:and|but) target is/,
  read: ([, file = '', order], scene, line) => alienFile(file, `${order ?? ''}-endian`, scene, line.text),
};

/** MIPS, RISC-V and PowerPC ld: word size or ABI of go's object is not the emulation's. */
const abi: Rule = {
  needles: ['abi is incompatible with', 'abi version', 'emulations', 'elf32', 'xlen'],
  pattern:
    /(?:^|[\s:])([^\s:]{1,400}): (?:ABI is incompatible with that of the selected emulation|ABI version \d+ is not compatible with ABI version \d+ output|linking (?:32|64)-bit code with (?:32|64)-bit code|unrecognized xlen)/,
  read: ([, file = ''], scene, line) => alienFile(file, undefined, scene, line.text),
};

/**
 * Apple's ld: "ignoring file x.o, building for macOS-arm64 but attempting to link with file built for macOS-x86_64"; before Xcode 12
 * "file was built for archive which is not the architecture being linked (x86_64)". The symbols it misses then are consequence.
 */
const byAppleLd: Rule = {
  needles: ['ignoring file'],
  pattern:
    /ignoring file '?([^,'\s]{1,400})'?[,:] (?:file was built for|missing required architecture|building for|found architecture) ?['"]?([^\s'",]{0,60})/,
  read: ([, file = ''], scene, { text }) =>
    goObject.test(file)
      ? alienFile(file, undefined, scene, text)
      : wrongObject(file, undefined, 'ignored-by-apple-ld'),
};

/** dyld and dlopen: "mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64e')"; ELF: "wrong ELF class: ELFCLASS32". */
const atLoad: Rule = {
  needles: [
    'incompatible architecture',
    'wrong elf class',
    'invalid elf header',
    'missing compatible architecture',
    'but wrong architecture',
    'is not a valid win32 application',
  ],
  pattern:
    /(?:'|"|\s|^)([^\s'":]{2,400}?)['"]?:? .{0,60}(?:(?:incompatible|missing compatible) architecture \(have '?([\w-]{2,20})|mach-o, but wrong architecture|wrong ELF class: (ELFCLASS\d\d)|invalid ELF header)/,
  read: ([, file = '', have, elf]) => wrongObject(file, goarchOf(have ?? '') ?? elf, 'loaded-library'),
};

/** The Go linker on a .syso or an archive member, when it links itself. */
const byGoLink: Rule = {
  needles: [
    'unrecognized object file format',
    'elf object but expected',
    'mach-o object but expected',
    'pe object but expected',
    'object is not',
    'elf object but not',
    'mach-o object but not',
    'macho object but not',
    'unimplemented',
    'unrecognized pe',
    'not a pe',
  ],
  pattern:
    /(?<![^\s:])([^\s:]{1,400}): (?:unrecognized object file format|.{0,40}(?:ELF|elf|Mach-O|PE|pe) (?:object|file) (?:but expected|is not)|(?:loadelf: .{0,200})?elf object but not \w|(?:loadmacho: .{0,200})?mach-?o object but not \w|(?:loadelf: |loadmacho: .{0,200})?(?:elf|mach-o) \w{2,8} unimplemented|unrecognized PE format|Unrecognized PE format|not a PE file)/,
  read: ([, file = '']) => wrongObject(file, undefined, 'refused-by-go-link'),
};

/* What file(1) calls executables of the systems. */
const executables: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^PE32/, ['windows']],
  [/^Mach-O/, ['darwin', 'ios']],
  [/^WebAssembly/, ['js', 'wasip1']],
  [/^ELF/, ['linux', 'android', 'freebsd', 'netbsd', 'openbsd', 'dragonfly', 'solaris', 'illumos']],
];

/** file(1) of what a build made: "app: PE32+ executable (console) x86-64, for MS Windows", where another system's was to be built. */
const byFile: Rule = {
  needles: [': elf ', ': mach-o ', ': pe32', ': webassembly'],
  pattern:
    /^(?!.{0,200}(?:shared object, |relocatable|dynamically linked shared))(\S{1,300}): {1,20}((?:ELF (?:32|64)-bit [LM]SB (?:pie )?executable|Mach-O (?:64-bit )?(?:\S{1,12} )?executable|PE32\+? executable|WebAssembly)[^\n]{0,100})/,
  read([, file = '', kind = ''], scene) {
    const goos = goosOf(scene);
    const systems = executables.find(([pattern]) => pattern.test(kind))?.[1];
    if (goos === undefined || systems === undefined || systems.includes(goos) || /^(?:aix|plan9)$/.test(goos))
      return undefined;
    return {
      cause: 'wrong-os-artifact',
      confidence: 'likely',
      layer: 'run',
      detail: 'seen-by-file',
      title: `${file} is a program of ${systems[0] ?? 'another system'}, and the target is ${goos}`,
      facts: { object: file, machine: systems[0] ?? '' },
    };
  },
};

/* go's own objects in an external link, and what cgo compiled: cmd/link copies these to go-link-N/000001.o in order. */
const goObject = /(?:^|[\\/])go\.o$/;
const cgoObject =
  /(?:[\\/]go-link-[^\\/]+[\\/]\d{6}\.o$)|(?:go-build[^\s]{1,60}|\$WORK)[\\/]b\d+[\\/]_(?:x\d+|cgo_\w*)\.o$/;
const systemFolder =
  /^(?:\/usr)?\/lib(?:32|64|x32)?\/|[\\/]gcc(?:-cross)?[\\/][^\\/]+[\\/][\d.]+[\\/]|[\\/](?:S|g|M)?crt[1in]\.o$|crt(?:begin|end)\w*\.o$/;

/** What a file that the linker refuses tells: whose object it is decides whether it or the linker is the wrong one. */
function alienFile(file: string, machine: string | undefined, scene: Scene, line: string): Clue | undefined {
  const { driver } = scene.block;
  const linker =
    linkerMachine(line) ?? (driver === undefined ? undefined : platformOfCompiler(driver)?.goarch);
  const target = goarchOfTarget(scene);
  const facts = { object: file, ...(machine === undefined ? {} : { machine }) };
  if (goObject.test(file)) return wrongLinkDriver(scene, facts, machine);
  if (cgoObject.test(file)) {
    const ofTarget = machine !== undefined && machine === target;
    // The object is right and the linker isn't, or the driver is a C++ compiler that was left to be the host's.
    if (ofTarget || (driver !== undefined && linker === undefined && target !== undefined))
      return wrongLinkDriver(scene, facts, linker);
    return wrongObject(file, machine, 'cgo-object');
  }
  if (systemFolder.test(file)) {
    if (/crt\w*\.o$|libgcc|libc\.(?:a|so)|libc_nonshared|libpthread/.test(file))
      return wrongLinkDriver(scene, { object: file }, machine);
    return {
      ...wrongObject(file, machine, 'system-library'),
      cause: 'wrong-arch-object',
      confidence: 'likely',
    };
  }
  return wrongObject(file, machine, 'archive-or-object');
}

function wrongLinkDriver(scene: Scene, facts: NonNullable<Clue['facts']>, machine: string | undefined): Clue {
  const { driver } = scene.block;
  const cxx = driver !== undefined && toolKind(driver) === 'c++';
  // A C++ driver at the link is CXX. Where the block names none, the C compiler has done runtime/cgo well before.
  return wrongCompiler(
    cxx ? 'cxx-links-for-another-machine' : 'links-for-another-machine',
    `${driver ?? 'The linker'} links for another machine than the target`,
    scene,
    {
      ...facts,
      ...(driver === undefined ? {} : { compiler: driver }),
      ...(machine === undefined ? {} : { machine }),
    },
  );
}

/** GNU cross linkers lie in a folder named by their triplet: /usr/lib/gcc-cross/aarch64-linux-gnu/12/…/bin/ld. */
function linkerMachine(line: string): string | undefined {
  const match =
    /(?:gcc-cross|gcc|libexec)[\\/]([a-z0-9_]+)-[a-z0-9_-]{3,40}[\\/][\d.]+/.exec(line) ??
    /[\\/]([a-z0-9_]+)-[a-z0-9-]{3,40}-ld(?:\.\w+)?: /.exec(line);
  return match?.[1] === undefined ? undefined : goarchOf(match[1]);
}

function wrongObject(file: string, machine: string | undefined, detail: string): Clue {
  return {
    cause: 'wrong-arch-object',
    confidence: 'certain',
    layer: 'object',
    detail,
    title: `${file} is ${machine === undefined ? 'for another machine than the target' : `for ${machine}, not for the target`}`,
    facts: { object: file, ...(machine === undefined ? {} : { machine }) },
    key: file.replace(/\([^)]*\)$/, ''),
  };
}

export const objectRules: readonly Rule[] = [
  genericElf,
  foreignStrip,
  wrongFormat,
  architectureOf,
  incompatibleWith,
  endian,
  abi,
  byAppleLd,
  atLoad,
  byGoLink,
  byFile,
];

export { alienFile, wrongObject };
