import { goarchOf, platformOfCompiler } from '../machines.js';
import type { Clue, Rule } from '../rule.js';
import { type Scene, goarchOfTarget, goosOf, isNative, targetWords } from '../scene.js';
import { isDependency } from './goToolchain.js';
import { ownerOf } from './headerTable.js';
import { noToolchainFor, systemWithoutPackages, wrongCompiler } from './wrongCompiler.js';

/*
 * A header that isn't there. Which one decides: the C library's own (libc is missing for the target), another system's or
 * CPU's (the code is not for this target), a library's (its -dev package is missing for the target).
 */

/**
 * libcpp/files.cc: "main.go:4:10: fatal error: stdio.h: No such file or directory" (4.x: "error:"), translated but of the same shape;
 * clang: "fatal error: 'stdio.h' file not found".
 */
const headerNotFound: Rule = {
  needles: [
    '.h: ',
    ".h' file not found",
    "' file not found",
    '.hpp: ',
    '.h : ',
    ': no such file or directory',
    '.hh: ',
  ],
  pattern:
    /(?:^|\s)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? (?:[^\s:'"][^:'"]{2,40}?) ?: ?(?:'([^'\s]{1,200})' file not found|<?([\w+.\/-]{1,200}?)>? ?: (?:No such file|[^\s:][^:]{6,60}$))/,
  read([, file = '', line, column, quoted, bare], scene) {
    const header = quoted ?? bare ?? '';
    if (!/\.(?:h|hh|hpp|hxx|inc)$/.test(header) && ownerOf(header).kind !== 'c++') return undefined;
    if (/^(?:\S+\/)?gcc_\w+\.[chm]$/.test(file) && /^(?:android|mach|CoreFoundation)\//.test(header))
      return undefined;
    // Go's net on macOS, by zig: wrongCompiler.ts.
    if (header === 'resolv.h' && /(?:^|[\\/])cgo_\w*darwin\w*\.go$/.test(file)) return undefined;
    const place = { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
    return missingHeader(header, place, scene);
  },
};

/** Visual C++: "fatal error C1083: Cannot open include file: 'zlib.h'". */
const byVisualC: Rule = {
  needles: ['cannot open include file'],
  pattern:
    /(?<!\S)(\S{0,400}?)(?:\((\d+)\))?:? ?fatal error C1083: Cannot open include file: '([^']{1,200})'/,
  read: ([, file = '', line, header = ''], scene) =>
    missingHeader(header, { file, line: Number(line ?? 1) }, scene),
};

function missingHeader(header: string, place: Place, scene: Scene): Clue | undefined {
  const leaked = hostHeader([place.file, ...scene.block.includes], header, scene);
  if (leaked !== undefined) return { ...leaked, facts: { ...leaked.facts, place } };
  if (/^\/usr\/include\/[^/]+$/.test(place.file) && header.startsWith('bits/'))
    return hostIncludeFolder(header, place, scene);
  const owner = ownerOf(header);
  const goos = goosOf(scene);
  const goarch = goarchOfTarget(scene);
  const facts = { header, place };
  // Debian's mipsel and mips compilers know -mabi=64 and have the C library of 32 bits only.
  if (/^gnu\/stubs-n(?:32|64)_hard/.test(header) && !/mips64|mipsisa64|gnuabi64/.test(place.file))
    return wrongCompiler(
      'word-size',
      "The C compiler's library is for another word size than the target's",
      scene,
      {
        header,
        place,
      },
    );
  if (/^gnu\/stubs-(?:\w*(?:hard|soft)|ilp32|lp64|lp64f|lp64s)\.h$/.test(header))
    return {
      cause: 'float-abi-mismatch',
      confidence: 'certain',
      layer: 'compiler',
      detail: 'stubs-of-other-float-abi',
      title: "The compiler's C library is for the other floating-point ABI than the flags ask for",
      facts,
    };
  switch (owner.kind) {
    case 'machine':
      if (goarch !== undefined && owner.goarch.includes(goarch)) return undefined;
      return notHere(
        'intrinsics-of-other-machine',
        `${header} is for ${owner.goarch[0] ?? ''} only`,
        facts,
        header,
      );
    case 'system':
      if (goos !== undefined && !owner.goos.includes(goos))
        return notHere(
          'header-of-other-system',
          `${header} is for ${owner.goos[0] ?? ''}, and the target is ${goos}`,
          facts,
          header,
        );
      // The C compilers for Windows and Android bring these: where they lack, another system's compiler is at work.
      if ((goos === 'windows' || goos === 'android') && isNative(scene) === false && !ofTarget(goos, scene))
        return wrongCompiler(
          'system-header-missing',
          `The C compiler is not for ${goos}: it lacks ${header}`,
          scene,
          facts,
        );
      return noLibc(header, place, scene);
    case 'glibc':
      // One header of the C library asks for another: the library is there in parts.
      if (/[\\/]include[\\/]/.test(place.file)) return noLibc(header, place, scene);
      if (goos !== undefined && goos !== 'linux')
        return notHere('header-of-other-system', `${header} is for glibc only`, facts, header);
      return {
        cause: 'libc-mismatch',
        confidence: 'likely',
        layer: 'headers',
        detail: 'glibc-only-header',
        title: `${header} is a header of glibc, and the compiler uses another C library`,
        facts,
        key: header,
      };
    case 'libc':
      return noLibc(header, place, scene);
    case 'c++':
      return noLibrary('stdc++', header, place, scene);
    case 'library':
      return noLibrary(owner.library, header, place, scene);
  }
}

const ofTarget = (goos: string, { block, context }: Scene): boolean =>
  platformOfCompiler(block.driver ?? context.compiler ?? '')?.goos === goos;

/**
 * The host's own /usr/include is read, by a compiler that does not look into the host's multiarch folder. Natively that is a compiler
 * of another C library (musl-gcc with -I/usr/include); for Windows a clang without a sysroot; for another CPU of Linux no libc at all.
 */
function hostIncludeFolder(header: string, place: Place, scene: Scene): Clue {
  const goos = goosOf(scene);
  if (isNative(scene) === true)
    return leak("The host's headers reach a compiler of another C library", {
      header,
      place,
      object: place.file,
    });
  if (goos !== 'windows') return noLibc(header, place, scene);
  return {
    cause: 'broken-sysroot',
    confidence: 'certain',
    layer: 'compiler',
    detail: 'no-sysroot',
    title: "The compiler has no sysroot for Windows and reads the host's headers",
    facts: { header, place },
  };
}

type Place = { readonly file: string; readonly line: number; readonly column?: number };

function noLibc(header: string, place: Place, scene: Scene): Clue {
  const facts = { header, place };
  const foreign = systemWithoutPackages(scene);
  if (foreign !== undefined) return noToolchainFor(foreign, scene, facts);
  // Yocto and Buildroot keep the target's C library in a sysroot of their own, which the compiler must be told of.
  if (/[\\/](?:recipe-)?sysroots?[\\/-]/.test(place.file))
    return {
      cause: 'broken-sysroot',
      confidence: 'likely',
      layer: 'libc',
      detail: 'sysroot-not-passed',
      title: "The compiler does not look into the SDK's sysroot for the C library",
      facts,
    };
  const native = isNative(scene) === true;
  return {
    cause: native ? 'missing-host-libc' : 'missing-target-libc',
    confidence: 'certain',
    layer: 'libc',
    detail: /^(?:asm|linux)\//.test(header)
      ? 'kernel-headers-missing'
      : /stubs-|libc-header-start|bits\//.test(header)
        ? 'multilib-or-libc-missing'
        : 'libc-headers-missing',
    title: `The C library's headers are not installed for ${native ? 'this machine' : targetWords(scene)}`,
    facts,
  };
}

/** Go sources that a distribution packages are built for that distribution itself. */
const packagedSource = /^\/usr\/share\/gocode\//;

/** A binding that others released is built here, or a distribution's own package: what lacks is the machine's. */
function ofThisMachine(place: Place, scene: Scene): boolean {
  return (
    packagedSource.test(place.file) ||
    (scene.context.builtHere === true && [place.file, ...scene.block.includes].some(isDependency))
  );
}

function noLibrary(library: string | undefined, header: string, place: Place, scene: Scene): Clue {
  const native = isNative(scene) === true && !scene.muslSeen;
  return {
    cause: native && ofThisMachine(place, scene) ? 'missing-host-library' : 'missing-target-library',
    confidence: 'likely',
    layer: 'headers',
    detail: 'header-missing',
    title: `${header} is not installed for ${native ? 'this machine' : targetWords(scene)}`,
    facts: { header, place, ...(library === undefined ? {} : { library }) },
    // A module as it was released has the files of its own: what it lacks is another's, however it is asked for.
    key: /@v\d/.test(place.file) ? `${header} of a library` : header,
  };
}

function notHere(detail: string, title: string, facts: NonNullable<Clue['facts']>, key: string): Clue {
  return { cause: 'not-on-this-target', confidence: 'likely', layer: 'headers', detail, title, facts, key };
}

/** Multiarch folders of Debian and the like: /usr/include/x86_64-linux-gnu, /usr/lib/aarch64-linux-gnu. */
const multiarch = /^\/usr\/(?:include|lib)\/([a-z0-9_]+)-linux-gnu\w*\//;

/** A header of the host's multiarch folder in a compile for another CPU. i386 uses amd64's folder when multilib is installed. */
function hostHeader(files: readonly string[], header: string, scene: Scene): Clue | undefined {
  const goarch = goarchOfTarget(scene);
  if (goarch === undefined) return undefined;
  for (const file of files) {
    const machine = goarchOf(multiarch.exec(file)?.[1] ?? '');
    const alien = machine !== undefined && machine !== goarch && !(machine === 'amd64' && goarch === '386');
    if (alien)
      return leak(`Headers of the host (${machine}) are used for ${targetWords(scene)}`, {
        header,
        object: file,
        machine,
      });
  }
  return undefined;
}

function leak(title: string, facts: NonNullable<Clue['facts']>): Clue {
  return {
    cause: 'host-headers-in-cross-build',
    confidence: 'certain',
    layer: 'compiler',
    detail: 'host-include-path',
    title,
    facts,
  };
}

/** An error in the text of a host header: `unknown machine mode '__TC__'`, a wrong size, a missing type. */
const errorInHostHeader: Rule = {
  needles: ['/usr/include/'],
  pattern:
    /(?:^|\s)(\/usr\/include\/\S{1,300}?):(\d{1,7}):(?:(\d{1,5}):)? (?:fatal )?error: (?!.{1,200}(?:No such file|file not found))/,
  read([, file = '', line, column], scene) {
    const place = { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
    const goos = goosOf(scene);
    if (scene.block.package === 'runtime/cgo' && systemWithoutPackages(scene) !== undefined)
      return wrongCompiler('headers-of-other-system', `The C compiler is not for ${goos ?? ''}`, scene, {
        place,
      });
    const found = hostHeader([file, ...scene.block.includes], '', scene);
    if (found !== undefined) return { ...found, facts: { ...found.facts, place } };
    // Without a multiarch folder only the system tells: /usr/include never holds Windows' or Apple's headers.
    if (goos === undefined || goos === 'linux' || isNative(scene) !== false) return undefined;
    return leak(`Headers of the host are used for ${targetWords(scene)}`, { object: file, place });
  },
};

/** gcc -Wpoison-system-directories as Yocto, Buildroot and crosstool-NG build it in. */
const poisoned: Rule = {
  needles: ['unsafe for cross-compilation', 'unsafe header/library path'],
  pattern:
    /include location "?'?([^"'\s]{1,200})"?'? is unsafe for cross-compilation|unsafe header\/library path used in cross-compilation: '?(?:-[IL])? ?([^'\s]{1,200})/,
  read([, location, path]) {
    const folder = location ?? path ?? '';
    // Nobody writes the folder of one library by hand: it comes from a .pc file of the host.
    if (/^\/usr\/(?:include|lib)\/(?!\w+-linux-gnu)\w/.test(folder))
      return {
        cause: 'pkg-config-host-leak',
        confidence: 'likely',
        layer: 'compiler',
        detail: 'library-folder-of-host',
        title: 'pkg-config answers for the host instead of the target',
        facts: { object: folder },
      };
    return leak("A header or library folder of the host is on the cross compiler's path", { object: folder });
  },
};

/** gcc's excerpt shows how the header was asked for: with quotes, and of no library we know, it is a file of the code itself. */
const localInclude: Rule = {
  needles: ['include "'],
  pattern: /^\s{0,20}\d{0,7} {0,2}\|?[ \t/*]{0,40}# {0,8}include "([^"]{1,200})"/,
  read([, header = '']) {
    const owner = ownerOf(header);
    return owner.kind === 'library' && owner.guessed === true ? { withdraw: header } : undefined;
  },
};

export const headerRules: readonly Rule[] = [
  headerNotFound,
  byVisualC,
  errorInHostHeader,
  poisoned,
  localInclude,
];
