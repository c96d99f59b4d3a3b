import { goarchOf } from '../machines.js';
import type { Clue, Rule } from '../rule.js';
import { type Scene, goosOf, goarchOfTarget, isNative, targetWords } from '../scene.js';
import { wrongObject } from './archMismatch.js';
import { noToolchainFor, wrongCompiler } from './wrongCompiler.js';

/*
 * A library that the linker does not find. Its name decides: the compiler's own parts, the C library's, or one that a
 * package asks for; and what the linker skipped before on the way decides whether it is absent or of another machine.
 */

/**
 * GNU ld "cannot find -lX" (": No such file or directory" since 2.38, "can't find" in odd builds); gold the same; lld "unable to find
 * library -lX"; mold "library not found: X"; Apple "library not found for -lX", "library 'X' not found"; Visual C++ LNK1181.
 */
const libraryNotFound: Rule = {
  needles: [
    'cannot find -l',
    "can't find -l",
    'unable to find library -l',
    'library not found',
    "' not found",
    'lnk1181',
    'lnk1104',
    'cannot find lib',
  ],
  pattern:
    /(?:cannot find|can't find|unable to find library|library not found for) -l:?([\w.+-]{1,100}?)(?:: (?:No such|have you)|[\s;,]|:?$)|(?:ld|mold|clang): .{0,20}library not found: ([\w.+-]{1,100})|ld: library '([\w.+-]{1,100})' not found|LNK1(?:181|104): cannot open (?:input )?file '([\w.+-]{1,100})'/,
  read([, gnu, mold, apple, visual], scene, line) {
    const library = (gnu ?? mold ?? apple ?? visual ?? '')
      .replace(/^lib(?=.+\.(?:so|a|lib)$)/, '')
      .replace(/\.(?:so|a|lib|dylib)[\d.]*$/, '');
    return missingLibrary(library, scene, line.text);
  },
};

/* Libraries of the C library, of the compiler, and those that only mingw's has. */
const ofLibc = /^(?:c|pthread|dl|rt|m|util|resolv|nsl|crypt|c_nonshared|ssp)$/;
const ofGcc = /^(?:gcc|gcc_s|gcc_eh|ssp_nonshared)$/;
const ofMingw =
  /^(?:mingw32|mingwex|moldname|msvcrt|ucrt|ucrtbase|mingwthrd|kernel32|user32|advapi32|shell32|ws2_32|iphlpapi|winmm|ole32|bcrypt|userenv|ntdll|uuid)$/;

function missingLibrary(library: string, scene: Scene, line: string): Clue | undefined {
  const skipped = scene.block.skipped.get(library);
  const facts = { library, ...(skipped === undefined ? {} : { object: skipped }) };
  const goos = goosOf(scene);
  if (library === 'crt0.o' || (library === 'crt0' && goos === 'darwin'))
    return {
      cause: 'static-unsupported',
      confidence: 'certain',
      layer: 'link',
      detail: 'static-on-macos',
      title: 'macOS has no static C library: -static can not work there',
      facts: { flag: '-static' },
    };
  // ld64 asks for its start files by -l and the version of macOS or iOS that the program is for: SDKs drop those of old ones.
  if (/^(?:g?crt1|dylib1|bundle1)\.(?:[\d.]+\.)?o$/.test(library)) return noLibc(facts, scene);
  if (library === 'atomic') return libatomic('library-missing', facts);
  if (ofMingw.test(library) && goos !== undefined && goos !== 'windows' && !ofLibc.test(library))
    return absent(library, facts, scene);
  if (/^(?:mingw32|mingwex|moldname|mingwthrd)$/.test(library))
    return wrongCompiler('not-mingw', 'The compiler is not MinGW', scene, facts);
  if (/^(?:System|objc|SystemStubs)$/.test(library)) return noToolchainFor('darwin', scene, facts);
  if (/^(?:xnet|socket|sendfile|kstat)$/.test(library) && /^(?:solaris|illumos)$/.test(goos ?? ''))
    return noToolchainFor(goos ?? '', scene, facts);
  if (/^(?:log|android)$/.test(library) && goos === 'android')
    return wrongCompiler('not-ndk', "The compiler is not Android's", scene, facts);
  if (skipped !== undefined) return skippedLibrary(library, skipped, facts, scene);
  if (ofLibc.test(library))
    return scene.staticSeen || isNative(scene) === true || /can't find/.test(line)
      ? noStatic(library, facts)
      : noLibc(facts, scene);
  if (ofGcc.test(library)) return noLibc(facts, scene);
  if (library === 'stdc++' && scene.staticSeen) return noStatic(library, facts);
  return scene.staticSeen ? noStatic(library, facts) : absent(library, facts, scene);
}

/** What was skipped is the compiler's own: it makes code for another machine. Else a shipped file, or a library of the host. */
function skippedLibrary(
  library: string,
  file: string,
  facts: NonNullable<Clue['facts']>,
  scene: Scene,
): Clue {
  // Of the amd64 compiler only its 32-bit half is missing, which distributions pack by itself.
  if (
    (ofGcc.test(library) || /^(?:gfortran|quadmath|gomp|stdc\+\+)$/.test(library)) &&
    goarchOfTarget(scene) === '386' &&
    /[\\/]x86_64-[\w-]+[\\/][\d.]+[\\/]lib/.test(file)
  )
    return noLibc(facts, scene);
  const compilersOwn = /[\\/]gcc(?:-cross)?[\\/][^\\/]+[\\/][\d.]+[\\/]/.test(file);
  if ((ofGcc.test(library) || ofLibc.test(library)) && (compilersOwn || ofLibc.test(library)))
    return wrongCompiler(
      'own-libraries-skipped',
      'The C compiler links for another machine than the target',
      scene,
      facts,
    );
  const folder = /^(?:\/usr)?\/lib(?:32|64)?\/(?:([a-z0-9_]+)-linux-\w+\/)?/.exec(file);
  const machine = folder === null ? undefined : goarchOf(folder[1] ?? '');
  const known = machine !== undefined && machine !== goarchOfTarget(scene) ? machine : undefined;
  const clue = wrongObject(file, known, folder === null ? 'archive-skipped' : 'library-of-host-on-path');
  return { ...clue, facts: { ...facts, ...clue.facts }, key: library };
}

/** A library that a package or another library asks for and that is not there for the target. */
export function absent(library: string, facts: NonNullable<Clue['facts']>, scene: Scene): Clue {
  const native = isNative(scene) === true && !scene.muslSeen;
  return {
    cause: native ? 'missing-host-library' : 'missing-target-library',
    confidence: 'certain',
    layer: 'link',
    detail: 'library-missing',
    title: `The library ${library} is not installed for ${native ? 'this machine' : targetWords(scene)}`,
    facts,
    key: library,
    // A command that is echoed, or told by its log, after what it printed.
    whenStatic: noStatic(library, facts),
  };
}

function noLibc(facts: NonNullable<Clue['facts']>, scene: Scene): Clue {
  const native = isNative(scene) === true;
  return {
    cause: native ? 'missing-host-libc' : 'missing-target-libc',
    confidence: 'certain',
    layer: 'libc',
    detail: 'libc-libraries-missing',
    title: `The C library is not installed for ${native ? 'this machine' : targetWords(scene)}`,
    facts,
  };
}

function noStatic(library: string, facts: NonNullable<Clue['facts']>): Clue {
  return {
    cause: 'missing-static-library',
    confidence: 'certain',
    layer: 'link',
    detail: 'archive-missing',
    title: `The link is static, and there is no static library ${library}`,
    facts,
    key: library,
  };
}

/** The C library's start files: "cannot find crt1.o: No such file or directory", lld "cannot open Scrt1.o", "cannot find crtbegin.o". */
const startFiles: Rule = {
  needles: ['crt1.o', 'crti.o', 'crtn.o', 'crtbegin', 'crt2.o', 'dllcrt2.o', 'crt0.o', 'rcrt1.o'],
  pattern:
    /(?:cannot find|cannot open|can't find|could not open) '?([^\s':]{0,300}?((?:S|M|g|r|gr)?crt[12in0]\.o|crtbegin\w*\.o|dllcrt2\.o))/,
  read([, , file = ''], scene, { text }) {
    const ofAndroid =
      /^crtbegin(?:_\w+|_dynamic|_so|_static)\.o$/.test(file) && /android/.test(goosOf(scene) ?? '');
    if (ofAndroid && /-linux-android(?:eabi)?[\\/]/.test(text))
      // The NDK's own linker lacks nothing but the way to it.
      return {
        cause: 'broken-sysroot',
        confidence: 'likely',
        layer: 'compiler',
        detail: 'sysroot-not-passed',
        title: "The NDK's compiler is not told which sysroot to use",
        facts: { object: file },
      };
    if (ofAndroid) return wrongCompiler('not-ndk', "The compiler is not Android's", scene, { object: file });
    if (/^(?:dll)?crt2\.o$/.test(file)) return noLibc({ object: file }, scene);
    return noLibc({ object: file }, scene);
  },
};

/** A .a with -static: "cannot find -lX" is above; gcc's and ld's words when only the shared one is there: "attempted static link of dynamic object". */
const staticOfDynamic: Rule = {
  needles: ['attempted static link of dynamic object'],
  pattern: /attempted static link of dynamic object [`'"]?([^'"\s]{1,300})/,
  read: ([, file = '']) => noStatic(libraryOfFile(file), { object: file, library: libraryOfFile(file) }),
};

/** `/usr/lib/libfoo.so.1` is `foo` to the linker. */
export function libraryOfFile(file: string): string {
  return (file.split(/[\\/]/).pop() ?? file).replace(/^lib/, '').replace(/\.(?:so|a)[\d.]*$/, '');
}

/** glibc's link-time warning (include/libc-symbols.h, static_link_warning). A warning: the program is built. */
const staticWarning: Rule = {
  needles: ['in statically linked applications'],
  pattern: /Using '([\w@]{1,60})' in statically linked applications requires at runtime/,
  read: ([, symbol = '']) => ({
    cause: 'static-glibc-warning',
    confidence: 'likely',
    layer: 'warning',
    detail: 'nss-in-static-glibc',
    title: 'The static program still loads glibc parts at run time for names and users',
    facts: { symbol },
  }),
};

/** Apple's ld: "framework not found Cocoa", "framework 'X' not found". */
const framework: Rule = {
  needles: ['framework not found', "framework '", 'unable to find framework'],
  pattern:
    /framework not found '?([\w.-]{1,80})|framework '([\w.-]{1,80})' not found|unable to find framework '([\w.-]{1,80})'/,
  read([, a, b, c], scene) {
    const library = a ?? b ?? c ?? '';
    // What crypto/x509 and net of Go itself link (cmd/link's own list): zig has macOS' libc and nothing else of its SDK.
    if (c !== undefined && /^(?:CoreFoundation|Security|Foundation)$/.test(library))
      return noAppleSdk(library);
    return absent(library, { library }, scene);
  },
};

/** zig, src/Compilation.zig: "unable to find dynamic system library 'resolv' using strategy 'paths_first'. searched paths: none". */
const byZig: Rule = {
  needles: ['system library '],
  pattern: /unable to find (?:dynamic |static |)system library '([\w.+-]{1,100})' using strategy/,
  read: ([, library = ''], scene, { text }) =>
    library === 'resolv' ? noAppleSdk(library) : missingLibrary(library, scene, text),
};

function noAppleSdk(library: string): Clue {
  return {
    cause: 'zig-quirk',
    confidence: 'certain',
    layer: 'link',
    detail: 'no-apple-sdk',
    title: `zig does not bring ${library}, which Go links on macOS: it comes with Apple's SDK`,
    facts: { library },
  };
}

/** 8-byte atomics on a CPU without them: gcc calls libatomic. */
const atomics: Rule = {
  needles: ['__atomic_', '__sync_'],
  pattern:
    /(?:undefined (?:reference to(?: symbol)?|symbol)|unresolved external symbol):? [`'"]?_*(?:__atomic_(?:load|store|exchange|compare_exchange|fetch_\w+|add_fetch|sub_fetch|is_lock_free)(?:_\d{1,2})?|__sync_\w{1,40}_8)\b/,
  read: () => libatomic('symbols-missing', { library: 'atomic' }),
};

function libatomic(detail: string, facts: NonNullable<Clue['facts']>): Clue {
  return {
    cause: 'missing-libatomic',
    confidence: 'certain',
    layer: 'link',
    detail,
    title: '8-byte atomic operations of this CPU are in libatomic, which is not linked',
    facts,
  };
}

export const libraryRules: readonly Rule[] = [
  libraryNotFound,
  startFiles,
  staticOfDynamic,
  staticWarning,
  byZig,
  framework,
  atomics,
];
