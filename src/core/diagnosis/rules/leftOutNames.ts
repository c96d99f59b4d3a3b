import { purePackage } from './knownPackages.js';
import type { Rule } from '../rule.js';
import { goarchOfTarget, goosOf, isNative, targetWords } from '../scene.js';
import { notHere, placeOf } from './notHere.js';

/* Names of a package that are declared in files which this target leaves out. */

const assemblyName =
  /(?:asm|avx\d*|sse\d*|neon|simd|cpuid|amd64|arm64|xgetbv|rdtsc)$|^(?:asm|cpuid|has[A-Z]\w*(?:AVX|SSE|NEON))/i;
/** A released module: there a missing name is no slip of the pen. */
export const inDependency = /@v\d|[\\/]pkg[\\/]mod[\\/]|(?:^|[\\/])vendor[\\/]/;

const gopathSource = /(?:^|[\\/])src[\\/][\w-]+\.[a-z]{2,10}[\\/][\w.-]+[\\/]/;

/*
 * A file that go/build takes for some systems only, by its name or by custom (`_unix.go`, `_posix.go`, `_bsd.go`, `_cgo.go`): its author parted the package
 * by platform, and what it misses is in a part that is out. Of the target's own system only cgo is left as the reason.
 */
const platformFile =
  /_(?:linux|windows|win|darwin|osx|macos|mac|freebsd|openbsd|netbsd|dragonfly|bsd|unix|nix|posix|android|ios|solaris|cgo|nowindows|notwin)(?:_\w{1,20})?\.go$/;

/*
 * A binding without its cgo files lacks the types it exports; what a module writes once for each CPU are functions that it does not export.
 */
const unexported = /^[\p{Ll}_]/u;

/* CPUs that Go got late: most modules that lack files for one are pure Go and older than the port. */
const laterPorts = /^(?:riscv64|loong64|mips|mipsle|mips64|mips64le|ppc64|ppc64le|s390x)$/;

/**
 * `undefined: name` without a package before it, in a released module or a file for one platform: the name is its own, in files that this target
 * or cgo being off leaves out. (In the user's own code it may be a slip of the pen.)
 */
export const ownNameOfDependency: Rule = {
  needles: ['undefined: '],
  pattern: /(?<!\S)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? undefined: ([\p{L}_][\w\p{L}]{0,80})\s*$/u,
  read([, file = '', line, column, name = ''], scene) {
    // In GOPATH and workspaces the path is relative, and what go prints before it names the module.
    const owner = scene.block.package ?? '';
    const pure = purePackage.test(owner) && (file.startsWith('..') || owner.startsWith('golang.org/x/'));
    // Distributions build for their ports what others released, in GOPATH's layout.
    const packaged =
      goarchOfTarget(scene) !== undefined &&
      laterPorts.test(goarchOfTarget(scene) ?? '') &&
      gopathSource.test(file);
    // Outside of a module cache others' code is known by its path under GOPATH; a build for the machine itself may be one's own.
    const othersCode =
      gopathSource.test(file) && isNative(scene) === false && !/(?:^|[\\/])main\.go$/.test(file);
    const byPlatform = platformFile.test(file);
    if (
      (!inDependency.test(file) && !pure && !packaged && !othersCode && !byPlatform) ||
      /^(?:any|min|max|clear|comparable)$/.test(name)
    )
      return undefined;
    const facts = { symbol: name, place: placeOf(file, line, column) };
    const goos = goosOf(scene);
    const goarch = goarchOfTarget(scene);
    const port =
      assemblyName.test(name) ||
      scene.cgoSeen ||
      scene.context.cgoEnabled === true ||
      pure ||
      purePackage.test(file) ||
      (goarch !== undefined && laterPorts.test(goarch)) ||
      (unexported.test(name) &&
        !byPlatform &&
        goos === 'linux' &&
        !/^(?:amd64|386)$/.test(goarch ?? 'amd64')) ||
      (goos !== undefined && !byPlatform && !/^(?:linux|windows|darwin|android)$/.test(goos));
    if (port)
      return notHere(
        'name-left-out',
        `${name} is in files that are left out for ${targetWords(scene)}`,
        facts,
      );
    return {
      cause: 'cgo-disabled',
      confidence: 'likely',
      // An exported name is nearer: beside it the unexported ones are of the same files.
      layer: unexported.test(name) ? 'source' : 'cgo',
      detail: 'name-left-out',
      title: `${name} is in files that are left out: most likely they need cgo, and cgo is off`,
      facts,
    };
  },
};
