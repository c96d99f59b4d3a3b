import { toolKind } from '../machines.js';
import type { Clue, Rule } from '../rule.js';
import { type Scene, goosOf, isNative, targetWords } from '../scene.js';
import { absent, libraryOfFile } from './libraries.js';
import { notHere, placeOf } from './notHere.js';
import { newlibSymbol, prebuilt, visualCSymbol, windowsSymbol } from './windowsReferences.js';

/*
 * An undefined reference is nearly always a mistake in code or in LDFLAGS, and says nothing of toolchains. Only names that
 * belong to one C library, one C++ runtime or one system tell more; all others are left alone.
 */

const undefinedReference: Rule = {
  needles: [
    'undefined reference to',
    'undefined symbol: ',
    'unresolved external symbol',
    'undefined symbol `',
    'undefined reference due to',
    'undefined reference: ',
    'undefined hidden symbol',
  ],
  pattern:
    /(?:undefined reference (?:to|due to --no-allow-shlib-undefined:)|unresolved external symbol|error: undefined (?:symbol|hidden symbol|reference):) [`'"]?([^'"`\n]{1,300})/,
  read([text = '', name = ''], scene, line) {
    const symbol = name.replace(/ referenced in function .*$/, '').trim();
    return (
      neededLibrary(objectOf(text, line.text, scene), scene) ??
      raceRuntime(symbol) ??
      windowsSymbol(symbol, objectOf(text, line.text, scene), scene) ??
      cxxSymbol(symbol, scene, line.text) ??
      libcSymbol(symbol, objectOf(text, line.text, scene), scene) ??
      newlibSymbol(symbol, scene) ??
      visualCSymbol(symbol) ??
      ofDependency(symbol, line.text, scene)
    );
  },
};

/**
 * A released module was linked somewhere: what its own Go files miss in a cross build is in an archive, or in a line of `#cgo`, that
 * it has for other targets only. (gozstd, wasmer and the like ship one archive for each.)
 */
function ofDependency(symbol: string, line: string, scene: Scene): Clue | undefined {
  // An archive that a released module ships is the same for all: what it misses, the libraries it is linked with do not have.
  const shipped = /(?<![^\s:])(\S{1,300}@v\d\S{1,300}\.a)\(/.exec(line)?.[1];
  if (shipped !== undefined)
    return {
      ...prebuilt('archive-incomplete', `${symbol} is missing for an archive that the module ships`, symbol),
      confidence: 'likely',
    };
  if (isNative(scene) !== false || scene.staticSeen) return undefined;
  const [, file = '', number = ''] =
    /(?<![^\s:])(\S{1,300}@v\d\S{1,200}\.go):(\d{1,7}): undefined reference/.exec(line) ?? [];
  if (file === '') return undefined;
  return notHere(
    'archive-left-out',
    `${symbol} is in a library that the module does not ship for ${targetWords(scene)}`,
    {
      symbol,
      place: placeOf(file, number, undefined),
    },
  );
}

/** GNU ld: what a shared library misses is in one that it needs itself, which ld has just said it does not find. */
function neededLibrary(object: string, scene: Scene): Clue | undefined {
  const { needed } = scene.block;
  if (needed === undefined || !/\.so[\d.]*$/.test(object)) return undefined;
  const library = libraryOfFile(needed);
  return absent(library, { library, object }, scene);
}

/** compiler-rt's ThreadSanitizer by the names that runtime/race calls: its object, race_GOOS_GOARCH.syso, is not in this Go or was not linked. */
function raceRuntime(symbol: string): Clue | undefined {
  if (!/^__tsan_\w+$/.test(symbol)) return undefined;
  return {
    cause: 'unsupported-mode',
    confidence: 'certain',
    layer: 'target',
    detail: 'race-runtime',
    title: 'This Go does not bring the race detector for the target',
    facts: { mode: '-race', symbol },
  };
}

/** The object the linker speaks of: on the line itself, or in the "in function" line before. */
function objectOf(_text: string, line: string, scene: Scene): string {
  return (
    /(?<![^\s:])([^\s:]{1,300}\.(?:a|o|so[\d.]*|lib|obj)(?:\([^)]{1,100}\))?)[:(]/.exec(line)?.[1] ??
    scene.block.object ??
    ''
  );
}

/** The C++ run-time: a C driver linked C++ code, or an archive was built against another C++ library. */
const cxxRuntime =
  /^(?:std::|operator (?:new|delete)|vtable for (?:std::|__cxxabiv1)|typeinfo for std::|__gxx_personality|__cxa_|_ZNS?t|_Zn[aw]|_Zd[al]|_ZTVN10__cxxabiv1)/;

const ofEveryCxx =
  /^(?:std::(?:ios_base::Init|cout|cerr|cin|terminate|basic_ostream|ostream|allocator|__cxx11::basic_string)\b|operator (?:new|delete)|__gxx_personality_v0|__cxa_(?:begin|end)_catch|__cxa_(?:throw|rethrow|guard_\w+|pure_virtual|allocate_exception)|vtable for __cxxabiv1)/;

function cxxSymbol(symbol: string, scene: Scene, line: string): Clue | undefined {
  if (!cxxRuntime.test(symbol)) return undefined;
  const { driver } = scene.block;
  const object = objectOf('', line, scene);
  const own = /go-link-[^\\/]+[\\/]\d{6}\.o|_x\d+\.o/.test(object);
  const cDriver = driver === undefined || toolKind(driver) === 'c';
  if (own && cDriver)
    return {
      cause: 'wrong-cxx-compiler',
      confidence: 'likely',
      layer: 'compiler',
      detail: 'c-driver-links-cxx',
      title: 'C++ code is linked by a C compiler: CXX names no C++ compiler',
      facts: { language: 'c++', symbol, ...(driver === undefined ? {} : { compiler: driver }) },
    };
  // Names that every C++ library has, for an archive of one's own: nothing but -lstdc++ is missing.
  if (
    cDriver &&
    isNative(scene) === true &&
    !scene.muslSeen &&
    ofEveryCxx.test(symbol) &&
    /\.a\(/.test(object) &&
    !/@v\d/.test(object)
  )
    return undefined;
  return prebuilt(
    'cxx-runtime',
    'A C++ library was built against another C++ run-time than the one linked',
    symbol,
  );
}

/* Names that only glibc has: fortified functions, C23 names of 2.38, versions. And what only musl or newer GCCs define. */
const glibcNewer = /^__isoc23_|^(?:__libc_single_threaded|arc4random|__libc_start_main)$|@+GLIBC_\d/;
/* Functions that every C library has since some release: where an archive misses one, the C library is older than the archive. */
const laterFunctions =
  /^(?:timespec_get|secure_getenv|getrandom|getentropy|reallocarray|memfd_create|gettid|pthread_cond_clockwait|copy_file_range|__cxa_thread_atexit_impl|explicit_bzero|quick_exit|aligned_alloc)$/;
const compiledHere = /go-link-[^\\/]+[\\/]\d{6}\.o|_x\d+\.o|_cgo_\w*\.o/;
const glibcOnly =
  /^(?:__\w+_chk|__vfprintf_chk|gnu_get_libc_version|__strtok_r|__xstat\w*|__fxstat\w*|__lxstat\w*|__rawmemchr|__strdup|__res_\w+|__sprintf_chk|fcntl64|backtrace(?:_symbols\w*)?|secure_getenv|__register_atfork|__isnan|qsort_r|mallinfo2?|malloc_trim|getcontext|setcontext|makecontext|swapcontext|(?:fopen|open|stat|lstat|fstat|lseek|pread|pwrite|mmap|ftruncate|truncate|readdir|fstatat|creat|fseeko|ftello|mkstemp|posix_fadvise|statvfs|fstatvfs|openat|scandir|versionsort)64)$/;

/** Private names that the headers of glibc and musl put into objects; Bionic, mingw-w64 and the BSDs have others. Rust's std for Linux the same. */
const ofLinuxLibcs =
  /^(?:__xpg_(?:strerror_r|basename)|__errno_location|__h_errno_location|__ctype_(?:b|tolower|toupper)_loc|__assert_fail|__sigsetjmp|__libc_current_sigrt(?:min|max)|__isoc99_\w+|_IO_(?:getc|putc)|__isoc23_\w+)$/;

/** The objects of runtime/cgo, and what they need of every C library. Before NDK r10 Bionic had `stderr` as a macro only. */
const runtimeCgo = /(?:^|[\\/(])(?:gcc_\w+|linux_syscall)\.(?:c|o|cgo2\.o)\b/;
const ofEveryLibc =
  /^(?:stderr|__sF|abort|vfprintf|fprintf|fputc|fflush|malloc|free|nanosleep|strerror|sigfillset|mmap|munmap|pthread_\w+|__errno(?:_location)?)$/;

function libcSymbol(symbol: string, object: string, scene: Scene): Clue | undefined {
  if (ofEveryLibc.test(symbol) && runtimeCgo.test(object))
    return {
      cause: 'broken-sysroot',
      confidence: 'likely',
      layer: 'link',
      detail: 'libraries-of-two-systems',
      title: 'The headers and the C library that the compiler finds are not of one release',
      facts: { object, symbol },
    };
  if (/^__aarch64_(?:ldadd|swp|cas|ldclr|ldeor|ldset)\d/.test(symbol))
    return prebuilt('outline-atomics', 'An object needs the atomic helpers of a newer libgcc', symbol);
  if (/^__ubsan_handle_/.test(symbol) && scene.zigSeen) return undefined;
  const isOlder = laterFunctions.test(symbol) && !scene.muslSeen && !compiledHere.test(object);
  if (glibcNewer.test(symbol) || isOlder)
    return prebuilt('newer-glibc', 'An object was built against a newer glibc than the one linked', symbol);
  // compiler-rt's sanitizers, as the race detector ships them, call glibc's own allocator and find its stack by private names.
  if (
    /^__libc_(?:malloc|free|calloc|realloc|memalign|stack_end|mallinfo|pvalloc|valloc)$/.test(symbol) &&
    !/\.a\(/.test(object)
  )
    return {
      cause: 'libc-mismatch',
      confidence: 'likely',
      layer: 'link',
      detail: 'race-runtime-needs-glibc',
      title: 'The race detector needs glibc, and another C library is linked',
      facts: { symbol },
    };
  if (/^__libc_|^_dl_|^__pthread_/.test(symbol) && /(?:libpthread|libc|libdl|librt|libm)\.a\(/.test(object))
    return {
      cause: 'broken-sysroot',
      confidence: 'likely',
      layer: 'link',
      detail: 'libraries-of-two-systems',
      title:
        "Parts of the sysroot's C library are found and parts are not: its links or paths point elsewhere",
      facts: { object, symbol },
    };
  const goos = goosOf(scene);
  if (ofLinuxLibcs.test(symbol) && goos !== undefined && goos !== 'linux' && !/\.o$/.test(object))
    return prebuilt('glibc-object', 'A library was built for Linux, and another system is linked', symbol);
  if (!glibcOnly.test(symbol)) return undefined;
  // Fortified names come from headers with _FORTIFY_SOURCE: what refers to them was compiled on a glibc system.
  if (/_chk$/.test(symbol) || /\.(?:a|so)\b/.test(object))
    return prebuilt('glibc-object', 'A library was built for glibc, and another C library is linked', symbol);
  return {
    cause: 'libc-mismatch',
    confidence: 'likely',
    layer: 'link',
    detail: 'glibc-symbol',
    title: `${symbol} is a function of glibc, and another C library is linked`,
    facts: { symbol },
  };
}

/** Link-time optimised objects of another compiler version: "bytecode stream in file … generated with LTO version 9.2 instead of the expected 11.3". */
const otherLto: Rule = {
  needles: ['generated with lto version', 'plugin needed to handle lto'],
  pattern: /bytecode stream in file '?([^'\s]{1,300})'? generated with LTO version/,
  read: ([, file = '']) => ({
    ...prebuilt(
      'lto-version',
      'An archive holds link-time-optimisation code of another compiler version',
      '',
    ),
    facts: { object: file },
  }),
};

/**
 * bfd/elf*.c: "libfoo.a(foo.o): relocation R_X86_64_32S against symbol `x' can not be used when making a PIE object; recompile with -fPIE";
 * gold: "libfoo.a(foo.o): requires unsupported dynamic reloc 11; recompile with -fPIC"; mold: "libfoo.a(foo.o):(.text): R_X86_64_32S relocation
 * at offset 0x13 against symbol `x' can not be used; recompile with -fPIC"; lld names the file in a line of its own: ">>> defined in".
 */
const notPic: Rule = {
  needles: ['recompile with -fpi'],
  pattern:
    /(?:(?<![^\s:])([^\s:]{1,400}\.a\([^)]{1,120}\)|[^\s:]{1,400}\.o):(?:\([^)\s]{1,60}\):)? .{0,300}|error: relocation R_\w{1,40} cannot be used against .{1,300}); ?recompile with -f(?:PIC|PIE|pic|pie)/,
  read: ([, file = '.a('], scene) =>
    /\.a\(/.test(file) && scene.context.cgoEnabled !== false
      ? {
          ...prebuilt(
            'archive-not-pic',
            'An archive was compiled without -fPIC and can not be linked this way',
            '',
          ),
          facts: { object: file },
        }
      : undefined,
};

/** cmd/link/internal/loadpe: what newer or Microsoft tools put into a .a or .syso. */
const peFlags: Rule = {
  needles: ['malformed pe file'],
  pattern: /(?<![^\s:])([^\s:]{1,400}): malformed pe file: .{1,120}/,
  read: ([, file = '']) => ({
    ...prebuilt('pe-object', 'The Go linker can not read this object of a Windows compiler', ''),
    facts: { object: file },
  }),
};

/** bfd/elfnn-aarch64.c: small-model GOT loads of an archive compiled with -fpic do not reach in a large program. */
const gotTooSmall: Rule = {
  needles: ['too many got entries for -fpic', 'r_aarch64_ld64_gotpage_lo15'],
  pattern: /too many GOT entries for -fpic|relocation truncated to fit: R_AARCH64_LD64_GOTPAGE_LO15/,
  read: () =>
    prebuilt(
      'archive-not-pic',
      'An archive was compiled with -fpic and needs -fPIC in a program this large',
      '',
    ),
};

export const referenceRules: readonly Rule[] = [undefinedReference, otherLto, notPic, gotTooSmall, peFlags];
