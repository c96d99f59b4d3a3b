import type { Clue, Rule } from '../rule.js';
import { newIdentifiers, newPackages, oldPackages } from './goHistory.js';

/*
 * The Go installation: too old for the code or for a dependency, or damaged. A missing package or identifier of the
 * standard library is "too old" only where the name is one that a later Go brought: else it is a plain mistake.
 */

/* Packages that only the standard library imports: who asks for one is a part of it, of another Go than the rest. */
const ownInternals =
  /^(?:internal\/(?:abi|bytealg|chacha8rand|coverage\/rtcov|cpu|fmtsort|goarch|godebugs|goexperiment|goos|itoa|nettrace|oserror|poll|race|reflectlite|runtime\/\w+|singleflight|stringslite|syscall\/\w+|testlog|unsafeheader)|runtime\/internal\/\w+|vendor\/golang\.org\/x\/\S+)$/;

/** modload/import.go: "package slices is not in std (/usr/lib/go/src/slices)", "is not in GOROOT (…)" until 1.20. */
const notInStd: Rule = {
  needles: ['is not in std', 'is not in goroot'],
  pattern: /(?<!\S)(\S{0,400}?):? ?package (\S{1,200}) is not in (?:std|GOROOT)/,
  read([, place = '', name = '']) {
    if (oldPackages.has(name) || ownInternals.test(name))
      return brokenGoroot('std-package-missing', `The Go installation lacks its own package ${name}`);
    const since = newPackages[name];
    if (since === undefined) return undefined;
    return tooOld(
      'std-package-newer',
      `Package ${name} came with Go ${since}; this Go is older`,
      since,
      isDependency(place),
    );
  },
};

/** go before 1.13 and GOPATH mode: "cannot find package "io/fs" in any of"; modules: "cannot load slices: malformed module path". */
const cannotLoad: Rule = {
  needles: [
    'malformed module path',
    'cannot find package',
    'cannot find module providing package',
    'unknown import path',
    'unrecognized import path',
  ],
  pattern:
    /(?:cannot load (\S{1,80}): |cannot find (?:package|module providing package) "?([^\s":]{1,80})"?|(?:unknown|unrecognized) import path "([^"]{1,80})")/,
  read([, loaded, found, unknown], _scene, { text }) {
    const name = loaded ?? found ?? unknown ?? '';
    // The linker's words for a package compiled without its dependencies: no matter of the installation.
    if (text.includes('-importcfg')) return undefined;
    if (oldPackages.has(name))
      return brokenGoroot('std-package-missing', `The Go installation lacks its own package ${name}`);
    const since = newPackages[name];
    if (since === undefined) return undefined;
    return tooOld(
      'std-package-newer',
      `Package ${name} came with Go ${since}; this Go is older`,
      since,
      true,
    );
  },
};

/** Code in the module cache, a vendor folder or GOPATH was released and compiled elsewhere: there it is no typing mistake. */
export function isDependency(place: string): boolean {
  return /@v\d|[\\/]pkg[\\/]mod[\\/]|(?:^|[\\/])vendor[\\/]|[\\/]src[\\/][\w.-]+\.\w+[\\/]/.test(place);
}

/**
 * gover/toolchain.go (since 1.21): "go: go.mod requires go >= 1.24 (running go 1.22.2; GOTOOLCHAIN=local)". With "switching to"
 * go helps itself. Up to 1.20, after a failed build: "note: module requires Go 1.21".
 */
const requires: Rule = {
  needles: [
    'requires go',
    'need go1',
    'go.mod file indicates go',
    'requires at least go',
    'requires a newer go',
    'go version too old',
  ],
  pattern:
    /(?:requires go ?>= ?(?:version )?(?:go)?([\d.]{1,9}\w*) \(running|note: module requires Go ([\d.]{1,9})|go\.mod file indicates go ([\d.]{1,9}), but maximum (?:supported version|version supported)|requires (?:at least |a newer )?[Gg]o(?: version)? ?(?:>=)? ?([\d.]{3,9})(?: or (?:later|newer))?,? (?:but|found|you have|is running))/,
  read([, running, note, indicated, other]) {
    const version = running ?? note ?? indicated ?? other ?? '';
    return tooOld('go-directive-newer', `The module needs Go ${version}; this Go is older`, version, true);
  },
};

/**
 * go.mod written for 1.21 or later read by an older Go: "invalid go version '1.21.0': must match format 1.23",
 * "unknown directive: toolchain", "unknown directive: godebug".
 */
const goModSyntax: Rule = {
  needles: [
    'must match format 1.23',
    'unknown directive: toolchain',
    'unknown directive: godebug',
    'unknown directive: tool',
    'unknown block type: tool',
  ],
  pattern:
    /invalid go version '([^']{1,20})': must match format 1\.23|unknown (?:directive|block type): (toolchain|godebug|tool)\b/,
  read([, version, directive]) {
    const needed = version ?? (directive === 'tool' ? '1.24' : directive === 'godebug' ? '1.23' : '1.21');
    return tooOld('go-mod-newer', `go.mod is written for Go ${needed}; this Go is older`, needed, true);
  },
};

/** cmd/go/internal/toolchain: the version that go.mod asks for is not to be had here. */
const toolchainNotAvailable: Rule = {
  needles: ['toolchain not available', 'cannot find "go1.'],
  pattern: /download go([\d.]+\w*) for (\S+): toolchain not available|cannot find "go(1\.[\d.]+)" in PATH/,
  read: ([, download, , path]) =>
    tooOld(
      'toolchain-not-available',
      `Go ${download ?? path ?? ''} is asked for and can not be had for this machine`,
      download ?? path ?? '',
      true,
    ),
};

/** `undefined: sort.Slice`, `undefined: any`: a name that a later Go brought. */
const newIdentifier: Rule = {
  needles: ['undefined: ', 'undeclared name: '],
  pattern: /(?<!\S)(\S{1,400}?): (?:undefined|undeclared name): ([a-z]\w{1,30}(?:\.[A-Z]\w{0,60})?)\s*$/,
  read([, place = '', name = '']) {
    const since = newIdentifiers[name];
    if (since === undefined) return undefined;
    return tooOld(
      'std-name-newer',
      `${name} came with Go ${since}; this Go is older`,
      since,
      isDependency(place),
    );
  },
};

/*
 * Syntax that a later Go brought, in code that was released and so compiled elsewhere: what the parsers and checkers of older
 * releases, and gccgo's, say to type parameters (1.18), `for range 10` (1.22), shifts by signed counts and digits with `_` (1.13),
 * overlapping embedded interfaces (1.14).
 */
const newSyntax: readonly (readonly [words: RegExp, since: string])[] = [
  [
    /^(?:syntax error: )?unexpected (?:\[, expecting \(|~|\[|any\b|comparable\b|\|, expecting)|^error: invalid character 0x7e|^error: expected signature or type name|^interface contains type constraints|^invalid recursive type parameter/,
    '1.18',
  ],
  [
    /^cannot range over \S{1,80} \((?:untyped int constant|(?:variable|value) of type u?int\d{0,2}|type u?int\d{0,2}\b)/,
    '1.22',
  ],
  [/^cannot range over .{1,120}\((?:variable|value) of type (?:func\(|iter\.Seq)/, '1.23'],
  [/^invalid operation: .{1,120}\(shift count type u?int\d{0,2}, must be unsigned/, '1.13'],
  [/^syntax error: unexpected _\d+/, '1.13'],
  [/^duplicate method [A-Z]\w*$/, '1.14'],
];

const newerSyntax: Rule = {
  needles: [
    'syntax error: unexpected',
    'invalid character 0x7e',
    'expected signature or type name',
    'cannot range over',
    'must be unsigned',
    'duplicate method ',
  ],
  pattern: /(?<!\S)(\S{1,400}?\.go):\d{1,7}(?::\d{1,5})?: (.{1,300})$/,
  read([, place = '', words = '']) {
    if (!isDependency(place)) return undefined;
    const since = newSyntax.find(([pattern]) => pattern.test(words))?.[1];
    if (since === undefined) return undefined;
    return tooOld('syntax-newer', `A dependency is written in Go ${since}; this Go is older`, since, true);
  },
};

/* "requires go1.18 or later (-lang was set to go1.16; check go.mod)" is about the go line of the user's own go.mod and no toolchain: not here. */

function tooOld(detail: string, title: string, version: string, sure: boolean): Clue {
  return {
    cause: 'go-too-old',
    confidence: sure ? 'likely' : 'hint',
    layer: 'go',
    detail,
    title,
    facts: { goVersion: version },
  };
}

/**
 * Up to 1.15 gcc_android.c and gcc_linux_ARCH.c both had x_cgo_inittls as a common symbol; gcc 10 and clang 11 (NDK r22) took -fno-common for their
 * default: "duplicate symbol: x_cgo_inittls" (lld), "multiple definition of `x_cgo_inittls'" (GNU ld and gold).
 */
const commonSymbol: Rule = {
  needles: ['x_cgo_inittls', '>>> defined at gcc_android.c'],
  pattern:
    />>> defined at gcc_android\.c:\d|gcc_\w{1,30}\.[\w:]{1,30}.{0,80}multiple definition of [`'"]x_cgo_inittls/,
  read: () =>
    tooOld('common-symbol', 'This Go is older than the C compiler: it needs -fcommon', '1.16', true),
};

/** cmd/compile and cmd/link compare the version in objects and tools: `version "go1.20" does not match go tool version "go1.21"`. */
const mixedVersions: Rule = {
  needles: [
    'does not match go tool version',
    'object is [',
    'linked object header mismatch',
    'stale object file',
  ],
  pattern:
    /(?:compile|link|asm|vet|cgo): version "([^"]{1,60})" does not match go tool version "([^"]{1,60})"|object is \[[^\]]{1,200}\] expected \[|linked object header mismatch/,
  read: () =>
    brokenGoroot(
      'versions-mixed',
      'Two Go versions are mixed: GOROOT, PATH or compiled packages belong to different ones',
    ),
};

/** cmd/go: the tree is not there or not whole. Two releases unpacked over each other redeclare what runtime declares. */
const brokenTree: Rule = {
  needles: [
    'cannot find goroot',
    'no such tool',
    'goroot',
    'redeclared in this block',
    '/src/',
    'not a go tree',
    'go.env',
    'unable to find runtime.a',
    'fork/exec',
    'mkdir ',
  ],
  pattern:
    /cannot find GOROOT(?: directory)?|fork\/exec \S{1,300}[\\/]pkg[\\/]tool[\\/]\S{1,60}: no such file or directory|go(?: tool)?: no such tool "(?:compile|link|asm|cgo|vet)"|[\\/](?:go|libexec|go-1\.\d+|go\d[\d.]*)[\\/]src[\\/](?:runtime|internal|syscall|os|sync|math)[\\/]\S{1,200}: \S{1,80} redeclared in this block|unable to find runtime\.a$|GOROOT.{0,60}(?:does not (?:look|exist)|is not a valid|not a (?:go|Go) (?:tree|installation))|stat \S{1,200}[\\/]src[\\/]runtime\S{0,60}: no such file/,
  read: () => brokenGoroot('tree-damaged', 'The Go installation is incomplete or mixed with another one'),
};

/** Go before 1.20 kept compiled packages of each platform under GOROOT/pkg: `go install std` must write there. */
const gorootNotWritable: Rule = {
  needles: ['permission denied', 'read-only file system', 'access is denied'],
  pattern:
    /(?:mkdir|open|remove|unlinkat) \S{0,200}[\\/](?:go|libexec|golang|go-1\.\d+|go\d[\d.]*)[\\/]pkg[\\/](?:[a-z0-9]+_[a-z0-9]+)\S{0,200}: (?:permission denied|read-only|access is denied)/i,
  read: () => brokenGoroot('goroot-not-writable', 'Go can not write compiled packages into its own folder'),
};

function brokenGoroot(detail: string, title: string): Clue {
  return { cause: 'broken-goroot', confidence: 'certain', layer: 'go', detail, title };
}

/*
 * Objects of an earlier C compiler, when only the compiler behind CC changed: cmd/go's cache key holds CC's words and its
 * version line, not the sysroot (golang/go#24355). cmd/link and go vet then meet a package built otherwise.
 */
const staleCache: Rule = {
  needles: ['fingerprint mismatch', 'is stale: '],
  pattern:
    /fingerprint mismatch: \S{1,200} has|is stale: (?:build ID mismatch|not installed|stale dependency)/,
  read: () => ({
    cause: 'stale-build-cache',
    confidence: 'likely',
    layer: 'go',
    detail: 'cached-object',
    title: 'The build cache holds objects of an earlier compiler',
  }),
};

export const goToolchainRules: readonly Rule[] = [
  notInStd,
  cannotLoad,
  requires,
  goModSyntax,
  toolchainNotAvailable,
  newIdentifier,
  newerSyntax,
  commonSymbol,
  mixedVersions,
  brokenTree,
  gorootNotWritable,
  staleCache,
];
