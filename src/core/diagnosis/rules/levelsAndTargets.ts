import type { Clue, Rule } from '../rule.js';
import { goarchOf } from '../machines.js';
import { goosOf } from '../scene.js';

/*
 * What cmd/go refuses before anything is compiled: ports (cmd/go/internal/work/build.go, cmd/dist), levels
 * (internal/buildcfg), modes (cmd/go/internal/work/init.go, cmd/link/internal/ld/config.go).
 */

/** "go: unsupported GOOS/GOARCH pair linux/aarch64"; "cmd/go: …" before 1.16; "build: unsupported GOOS/GOARCH pair" in oldest. */
const pair: Rule = {
  needles: ['unsupported goos/goarch'],
  pattern: /unsupported GOOS\/GOARCH(?: pair)?:? ?([\w.-]{0,30})\/?([\w.-]{0,30})/i,
  read: ([, goos = '', goarch = '']) =>
    unsupportedTarget('pair', `Go has no port ${goos}/${goarch}`, `${goos}/${goarch}`),
};

/**
 * cmd/compile: `compile: unknown architecture "sparc64"`; go tool dist and cmd/go: "unknown GOARCH x86", "unknown $GOOS";
 * buildx: `failed to parse platform …: "armv9": unknown operating system or architecture`; xgo and gox: unsupported platform.
 */
const unknownWord: Rule = {
  needles: [
    'unknown architecture',
    'unknown goarch',
    'unknown goos',
    'unknown $goarch',
    'unknown $goos',
    'unknown operating system or architecture',
    'platform specifier component',
    'unsupported goarch',
    'unsupported goos',
  ],
  pattern:
    /(?:unknown architecture(?! of input file| `)|(?:unknown|unsupported) \$?(?:GOARCH|GOOS)|unknown operating system or architecture|platform specifier component must match):? ?["']?([\w.\/-]{0,40})/i,
  // zig's driver lists its own CPUs and then says the same in one form: zig.ts.
  read: ([, word = ''], _scene, { text }) =>
    /^error: unknown architecture: '/.test(text)
      ? undefined
      : unsupportedTarget(
          'unknown-name',
          `${word || 'This platform'} is no platform Go knows by that name`,
          word,
        ),
};

/** cmd/dist in a source build, and go 1.x tools that lack a port: "go tool: no such tool", "unsupported target". */
const brokenPort: Rule = {
  needles: ['is not a supported port', 'unsupported platform', 'no longer supported', 'port is broken'],
  pattern:
    /(?:go(?: build)?: .{0,80}(?:is not a supported port|port is broken)|GO(?:OS|ARCH)=?\S{0,20} (?:is )?no longer supported|unsupported platform:? ["']?[a-z]+\/[a-z0-9]+)/i,
  read: () =>
    unsupportedTarget('no-longer-supported', 'This Go has no working port for the target', undefined),
};

/**
 * cmd/compile and the standard library where go did not look at GOOS and GOARCH first (before 1.7, and gb and other tools that call the compiler themselves):
 * "compile: unknown TLS base register for 0", and functions of package runtime that no file of the target has.
 */
const noPort: Rule = {
  needles: ['unknown tls base register', 'missing function body'],
  pattern:
    /(?:compile|[568]g|link|[568]l): unknown TLS base register|^(?:\S{0,300}[\\/]src[\\/](?:runtime|internal|sync|math)\S{0,60}[\\/])?(?:intrinsics_stubs|stubs|atomic_\w+|bytealg_\w+)\.go:\d+:\d+: missing function body/,
  read(match, scene) {
    if (!match[0].includes('TLS') && !/^(?:runtime|internal|sync|math)\b/.test(scene.block.package ?? ''))
      return undefined;
    return unsupportedTarget('no-port', 'Go has no port for this GOOS and GOARCH', undefined);
  },
};

/**
 * bionic/linker (linker_main.cpp, linker_phdr.cpp), of an executable linked at fixed addresses: "error: Android 5.0 and later only support
 * position-independent executables (-fPIE).", "error: only position independent executables (PIE) are supported.", '"./app" has unexpected e_type: 2'.
 */
const onlyPie: Rule = {
  needles: ['only support position-independent executables', 'independent executables (pie)', 'e_type: 2'],
  pattern:
    /only support position-independent executables|only position independent executables \(PIE\) are supported|has unexpected e_type: 2\b/,
  read: () => ({
    cause: 'unsupported-mode',
    confidence: 'certain',
    layer: 'run',
    detail: 'android-needs-pie',
    title: 'Android starts position-independent executables only: -buildmode=pie, which is its default',
    facts: { mode: '-buildmode=exe' },
  }),
};

function unsupportedTarget(detail: string, title: string, value: string | undefined): Clue {
  const word = value?.includes('/') === true ? (value.split('/')[1] ?? '') : (value ?? '');
  const known = goarchOf(word);
  return {
    cause: 'unsupported-target',
    confidence: 'certain',
    layer: 'target',
    detail,
    title,
    facts: { ...(value === undefined ? {} : { value }), ...(known === undefined ? {} : { machine: known }) },
    ...(value?.includes('/') === true ? { target: value } : {}),
  };
}

/** cmd/cgo, main.go: cgo has no word size for ports without C: js, wasip1. */
const noPtrSize: Rule = {
  needles: ['unknown ptrsize', 'unknown intsize'],
  pattern: /unknown (?:ptrSize|intSize) for \$?GOARCH ["'](\w+)/,
  read: ([, goarch = '']) => noCgo(`Go has no cgo for GOARCH ${goarch}`),
};

/** cmd/link config.go and cmd/go for plan9, js, wasip1 and linux/ppc64 (until 1.26): no external link at all. */
const noExternalLink: Rule = {
  needles: [
    'external linking not supported',
    'cgo not supported',
    'cgo is not supported',
    'does not support cgo',
    'cannot use dynamic imports with -d flag',
  ],
  pattern:
    /external linking not supported for (\S+)|(?:CGO|cgo) (?:is )?not supported (?:on|for) (\S{1,60})|(?<!\S)(\S{1,60}) does not support cgo|[\\/](linux_ppc64)[\\/]\S{1,120}: cannot use dynamic imports with -d flag/,
  read: ([, a, b, c, d]) =>
    noCgo(`Go has no cgo for ${a ?? b ?? c ?? d?.replace('_', '/') ?? 'this target'}`),
};

/** cgo forced on for a port without it: the standard library's cgo halves are left in, and there are none. */
const stdWithoutCgo: Rule = {
  needles: ['undefined: '],
  pattern: /[\\/]src[\\/](?:os[\\/]user|net|runtime[\\/]cgo)[\\/]\w{1,60}\.go:\d+:\d+: undefined: /,
  read(_match, scene) {
    const goos = goosOf(scene);
    return goos === 'js' || goos === 'wasip1' || goos === 'plan9'
      ? noCgo(`Go has no cgo for ${goos}`)
      : undefined;
  },
};

function noCgo(title: string): Clue {
  return {
    cause: 'cgo-unsupported-target',
    confidence: 'certain',
    layer: 'target',
    detail: 'port-without-cgo',
    title,
  };
}

/**
 * internal/buildcfg: "invalid GOARM: must be 5, 6, 7", "invalid GOAMD64: must be v1, …"; cmd/go before 1.17: "Invalid GOARM value.
 * Must be 5, 6, or 7."; GO386=387 has words of its own since 1.16: "unsupported setting GO386=387".
 */
const level: Rule = {
  needles: ['invalid go', 'unsupported setting go'],
  pattern:
    /(?:invalid|unsupported setting) (GO(?:ARM64|ARM|AMD64|386|MIPS64|MIPS|PPC64|RISCV64|WASM))(?: value|:|=| )\s?(.{0,160})/i,
  read: ([, variable = 'GOARM', rest = '']) => ({
    cause: 'invalid-level',
    confidence: 'certain',
    layer: 'target',
    detail: `${variable.toLowerCase()}-invalid`,
    title: `${variable.toUpperCase()} has a value that Go does not know`,
    facts: { variable: variable.toUpperCase(), value: rest.trim() },
  }),
};

/** "-race is only supported on linux/amd64, …", "-race is not supported on linux/arm", "-buildmode=plugin not supported on …"; cmd/compile: "linux/mips64le does not support -shared". */
const mode: Rule = {
  needles: [
    'not supported on',
    'only supported on',
    'only supported by',
    'not supported by gccgo',
    'not supported when using',
    'not supported for goos',
    'does not support -',
    '-asan is not supported with',
    '-msan is not supported with',
  ],
  pattern:
    /(-race|-msan|-asan|-linkshared|-cover|-fuzz flag|-?buildmode[= ][\w-]+|-linkmode[= ]\w+)[^\n]{0,40}? (?:is )?(?:only|not) supported (?:on|by|when|for|with)|(?:^|\s)(?:compile|link|asm): \w{2,12}\/\w{2,12} does not support (-\w{3,20})/,
  read: ([, named, refused = '']) => {
    const flag = named ?? refused;
    return unsupportedMode(
      'mode-not-on-target',
      `${flag.replace(/ flag$/, '')} does not work for this target`,
      flag,
    );
  },
};

/** LLVM's sanitizer runtime: under qemu and on kernels with another address layout. */
const sanitizerMemory: Rule = {
  needles: [
    'unsupported vma range',
    'threadsanitizer failed to allocate',
    'threadsanitizer: unexpected memory mapping',
  ],
  pattern:
    /ThreadSanitizer: ?(?:unsupported VMA range|unexpected memory mapping|failed to allocate)|ThreadSanitizer failed to allocate/i,
  read: () => unsupportedMode('race-runtime', 'The race detector can not run here', '-race'),
};

/** gcc/opts.cc: "unrecognized argument to '-fsanitize=' option: 'memory'": only clang has that one, which go's -msan asks for. */
const sanitizerOfOther: Rule = {
  needles: ["'-fsanitize='", '-fsanitize='],
  pattern:
    /(?:unrecognized argument to '?-fsanitize=|unsupported option '-fsanitize=|unsupported argument ')[^']{0,20}'?(?: option)?:? ?'?(memory|address|thread)\b/,
  read: ([, name = '']) =>
    unsupportedMode(
      'sanitizer-of-other-compiler',
      `The C compiler has no ${name} sanitizer`,
      name === 'memory' ? '-msan' : name === 'address' ? '-asan' : '-race',
    ),
};

/** cmd/link asks for compressed DWARF; clang passes it on to mingw's ld and to lld's COFF driver, and both refuse. */
const compressedDwarf: Rule = {
  needles: ['--compress-debug-sections'],
  pattern:
    /(?:unrecogni[sz]ed option|unknown (?:argument|option|file type)).{0,10}['"]?--compress-debug-sections/,
  read: () =>
    unsupportedMode(
      'compressed-dwarf',
      "The linker does not know Go's compressed debug sections",
      '-compressdwarf',
    ),
};

function unsupportedMode(detail: string, title: string, flag: string): Clue {
  return {
    cause: 'unsupported-mode',
    confidence: 'certain',
    layer: 'target',
    detail,
    title,
    facts: { mode: flag },
  };
}

/** cmd/go/internal/work/build.go. */
const gobin: Rule = {
  needles: ['when gobin is set'],
  pattern: /cannot install cross-compiled binaries when GOBIN is set/,
  read: () => ({
    cause: 'gobin-in-cross-install',
    confidence: 'certain',
    layer: 'target',
    detail: 'gobin-set',
    title: 'go install does not install for another platform while GOBIN is set',
  }),
};

export const targetRules: readonly Rule[] = [
  pair,
  unknownWord,
  brokenPort,
  noPort,
  onlyPie,
  noPtrSize,
  noExternalLink,
  stdWithoutCgo,
  level,
  mode,
  sanitizerMemory,
  sanitizerOfOther,
  compressedDwarf,
  gobin,
];
