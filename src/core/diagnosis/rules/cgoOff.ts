import type { Facts } from '../finding.js';
import type { Clue, Rule } from '../rule.js';
import { type Scene, goarchOfTarget, goosOf, isNative, targetWords } from '../scene.js';
import { cgoNames, cgoPackages, isPlatformPackage, purePackage } from './knownPackages.js';
import { inDependency } from './leftOutNames.js';

/*
 * cgo is off: by CGO_ENABLED=0, by default in a cross build, or because go found no compiler. cmd/go then leaves out every
 * file with `import "C"`, and the error is about what is missing: all files, a name, a driver.
 */

/**
 * go/build and load/pkg.go: "build constraints exclude all Go files in DIR"; before 1.9 "no buildable Go source files in DIR".
 * Not to be confused with a package that is for one system only: its folder says so, or cgo is seen to be on.
 */
const allExcluded: Rule = {
  needles: ['exclude all go files', 'no buildable go source files'],
  pattern:
    /(?:(?:imports |package )(\S{1,300}): )?(?:build constraints exclude all Go files in|no buildable Go source files in) ?(.{0,400})$/,
  read([, importPath, rest = ''], scene) {
    const directory = rest.trim().replace(/^["']|["',)]+$/g, '');
    const facts = { directory, ...(importPath === undefined ? {} : { importPath }) };
    const path = importPath ?? directory;
    const goos = goosOf(scene);
    if (isPlatformPackage(path, goos) || purePackage.test(path) || cgoIsOn(scene))
      return {
        cause: 'not-on-this-target',
        confidence: 'likely',
        layer: 'source',
        detail: 'package-without-port',
        title: `Package ${importPath ?? lastPart(directory)} has no Go files for ${targetWords(scene)}`,
        facts,
        key: path,
      };
    return cgoOff(
      'all-files-excluded',
      `All files of ${importPath ?? lastPart(directory)} need cgo, and cgo is off`,
      facts,
      path,
    );
  },
};

function lastPart(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).pop() ?? 'a package';
}

function cgoIsOn(scene: Scene): boolean {
  return scene.context.cgoEnabled ?? (scene.cgoSeen || scene.command.cgo === '1');
}

/** go/build: files in C without `import "C"` files beside them, which is what is left of a cgo package with cgo off. */
const cFiles: Rule = {
  needles: ['source files not allowed when not using cgo', "it's not using cgo"],
  pattern:
    /(?:(?:C|C\+\+|Objective-C|Fortran) source files not allowed when not using cgo(?: or SWIG)?: |it contains (?:C|C\+\+|Objective-C|Fortran) files \()(.{0,200}?)(?:\) but it's not using cgo|$)/,
  read: ([, files = '']) =>
    cgoOff('c-files-without-cgo', 'The package has C files, and cgo is off', { object: files.trim() }),
};

/**
 * cmd/go, load/pkg.go and work/init.go: "-race requires cgo", "-buildmode=pie requires external (cgo) linking, but cgo is not enabled";
 * cmd/link, config.go: "requires external linking, but …".
 */
const modeNeedsCgo: Rule = {
  needles: ['requires cgo', 'requires external', 'external linking required', 'but cgo is not enabled'],
  pattern:
    /(-race|-msan|-asan|-buildmode=[\w-]+|-linkshared|(?<!\S)\S{1,60}) requires (?:cgo|external \(cgo\) linking|external linking)|but cgo is not enabled|external linking required: .{0,80}cgo/,
  read: ([, mode]) =>
    cgoOff(
      'mode-requires-cgo',
      `${mode?.startsWith('-') === true ? mode : 'The way to link'} needs cgo, and cgo is off`,
      mode === undefined ? {} : { mode },
    ),
};

/**
 * cmd/link, lib.go: an external link without the package runtime/cgo; "warning: unable to find runtime/cgo.a" until 1.8. The newer
 * words are also printed by links that succeed: they count only with a link that failed.
 */
const noRuntimeCgo: Rule = {
  needles: ['cannot find runtime/cgo', 'unable to find runtime/cgo'],
  pattern: /loadinternal: cannot find runtime\/cgo|(unable to find runtime\/cgo\.a)/,
  read([, old], scene) {
    scene.block.runtimeCgoMissing = true;
    // Links of Android and of position-independent Linux programs print it and may succeed; those of other systems do not.
    const foreign = /^(?:windows|darwin|ios|freebsd)$/.test(goosOf(scene) ?? '') && isNative(scene) === false;
    return { ...cgoOff(...linkWithoutCgo), confidence: old !== undefined || foreign ? 'likely' : 'hint' };
  },
};

const linkWithoutCgo = [
  'runtime-cgo-missing',
  'The link is done by a C compiler, but cgo is off',
  {},
] as const;

const linkFailedWithoutCgo: Rule = {
  needles: [': running '],
  pattern: /: running .{1,300}? failed: /,
  read: (_match, { block }) =>
    block.runtimeCgoMissing ? { ...cgoOff(...linkWithoutCgo), key: 'failed' } : undefined,
};

/**
 * What packages print that were built without their C half: mattn/go-sqlite3's stub, database/sql without its driver,
 * os/user, DuckDB, confluent-kafka-go. "requires cgo" is how nearly all of them put it.
 */
const builtWithout: Rule = {
  needles: [
    "'cgo_enabled=0'",
    ' not implemented on ',
    'plugin: not implemented',
    'requires cgo',
    'compiled without cgo',
    'built without cgo',
    'cgo is disabled',
    'cgo is not enabled',
    'cgo is required',
    'cgo_enabled=1',
    'cgo disabled',
    'without cgo support',
    'need cgo',
    'needs cgo',
    'cgo not enabled',
    'unknown driver "sqlite3"',
    'unknown driver "duckdb"',
    'unknown driver "sqlite3_',
  ],
  pattern:
    /compiled with 'CGO_ENABLED=0'|\buser: (?:Current|Lookup\w*|GroupIds) not implemented on|\bplugin: not implemented|\b(?:requires?|needs?) (?:cgo|CGO|CGO_ENABLED=1)(?! (?:linking|when))|(?:compiled|built|build) without (?:cgo|CGO)\b|\b(?:cgo|CGO) (?:is )?(?:disabled|not enabled|required)|(?:please|must|set|enable) .{0,30}CGO_ENABLED=1|unknown driver "(?:sqlite3\w*|duckdb|ql2|oci8|godror|ibm_db|go_ibm_db|sqlcipher)"/i,
  read([text = ''], scene, line) {
    // Package plugin is for few systems, and without cgo it is a stub on these too.
    if (text.startsWith('plugin') && !/^(?:linux|darwin|freebsd|android)$/.test(goosOf(scene) ?? 'linux'))
      return undefined;
    // A command that sets CGO_ENABLED=1, echoed, is no complaint.
    if (/^\s*(?:\+ |\$ )?(?:\w+=\S* )*go (?:build|test|install|run)\b/.test(line.text)) return undefined;
    return cgoOff('built-without-cgo', 'The program was built without cgo, and a package of it needs cgo', {
      symbol: text,
    });
  },
};

/** Up to 1.4 Go had a C compiler of its own for its run-time, which got a package's C files when cgo was off: it knows no #if. */
const byPlan9Compiler: Rule = {
  needles: ['unknown #: ', 'macro redefined: '],
  pattern: /\.[ch]:\d{1,7} (?:unknown #: |macro redefined: )/,
  read: () => cgoOff('c-files-without-cgo', 'The package has C files, and cgo is off', {}),
};

/** Linkers up to Go 1.4 on -race without cgo: "runtime.raceinit: undefined: runtime/race.Initialize". */
const raceWithoutCgo: Rule = {
  needles: ['undefined: runtime/race.', 'runtime/race.'],
  pattern: /: undefined: runtime\/race\.\w{1,40}|^runtime\/race\.\w{1,40}: .{0,20}undefined/,
  read: () => cgoOff('mode-requires-cgo', '-race needs cgo, and cgo is off', { mode: '-race' }),
};

/** gopls, go vet and golangci-lint type-check a file with `import "C"` under a platform for which cgo is off. */
const importC: Rule = {
  needles: ['could not import c '],
  pattern: /could not import C \((?:no metadata for C|cgo preprocessing failed|.{0,80}not enabled)/,
  // A linter that loads no cgo says the same of a build that is well.
  read: (_match, _scene, { text }) => ({
    ...cgoOff('import-c-unresolved', 'A file imports "C", and cgo is off for this platform', {}),
    confidence: /lint|typecheck|\blevel=/.test(text) ? 'hint' : 'certain',
  }),
};

/**
 * `undefined: kafka.Producer`: the names of a package that is nearly all cgo. Any other undefined name is only a hint here:
 * whether files with it are left out can only be seen in the package itself.
 */
const undefinedName: Rule = {
  needles: ['undefined: ', 'undeclared name: '],
  pattern:
    /(?<!\S)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? (?:undefined|undeclared name): ([\p{L}_][\w.\p{L}]{0,100})/u,
  read([, file = '', line, column, name = ''], scene) {
    const place = { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
    const [qualifier = '', member] = name.split('.');
    const facts = { symbol: name, place };
    const ofBlock =
      scene.block.package
        ?.replace(/\/v\d+$/, '')
        .split('/')
        .pop() ?? '';
    if (
      (member === undefined
        ? cgoNames.test(name) || cgoPackages.has(ofBlock)
        : cgoPackages.has(qualifier) || (qualifier === 'bindings' && /duckdb/.test(file))) &&
      scene.context.cgoEnabled !== true
    )
      return {
        ...cgoOff(
          'name-of-cgo-package',
          `${name} is in files that need cgo, and cgo is off`,
          facts,
          qualifier,
        ),
        confidence: 'likely',
      };
    // A released module's package for this very system, without the names that its other half uses: that is the one with cgo.
    const goos = goosOf(scene);
    if (
      member !== undefined &&
      goos !== undefined &&
      inDependency.test(file) &&
      qualifier.endsWith(goos) &&
      qualifier !== goos
    )
      return {
        ...cgoOff('name-left-out', `${name} is in files that need cgo, and cgo is off`, facts, qualifier),
        confidence: 'likely',
      };
    const goarch = goarchOfTarget(scene);
    return {
      ...cgoOff(
        'undefined-name',
        `${name} is not declared${goarch === undefined ? '' : ` for ${targetWords(scene)}`}`,
        facts,
      ),
      confidence: 'hint',
      layer: 'source',
    };
  },
};

function cgoOff(detail: string, title: string, facts: Facts, key?: string): Clue {
  return {
    cause: 'cgo-disabled',
    confidence: 'certain',
    layer: 'cgo',
    detail,
    title,
    facts,
    ...(key === undefined ? {} : { key }),
  };
}

export const cgoOffRules: readonly Rule[] = [
  allExcluded,
  cFiles,
  modeNeedsCgo,
  noRuntimeCgo,
  linkFailedWithoutCgo,
  builtWithout,
  byPlan9Compiler,
  raceWithoutCgo,
  importC,
  undefinedName,
];
