import * as v from 'valibot';

import { recipesSchema } from './recipeSchema.js';
import { about, cgo, cgoDescription, environment, tags, text } from './schemaParts.js';

/**
 * The one definition of crossbow.yaml. Reading, the JSON Schema for editors, completion and hover all come from it.
 * Every key has a title (one line, for completion) and a description (Markdown, for hover).
 */

const pkgConfig = v.object({
  command: v.exactOptional(
    v.pipe(
      text,
      about(
        'pkg-config command',
        'The program that answers for `#cgo pkg-config:` lines; becomes `PKG_CONFIG`.',
        ['arm-linux-gnueabihf-pkg-config'],
      ),
    ),
  ),
  libdir: v.exactOptional(
    v.pipe(
      text,
      about(
        'Folders with .pc files',
        "Replaces the host's folders, joined with `:`; becomes `PKG_CONFIG_LIBDIR`.",
        ['/usr/lib/arm-linux-gnueabihf/pkgconfig:/usr/share/pkgconfig'],
      ),
    ),
  ),
  'sysroot-dir': v.exactOptional(
    v.pipe(
      text,
      about(
        'Prefix of all answers',
        'Put before every path that pkg-config answers; becomes `PKG_CONFIG_SYSROOT_DIR`.',
        ['/opt/sysroots/armhf'],
      ),
    ),
  ),
});

const toolchain = v.object({
  cc: v.exactOptional(
    v.pipe(
      text,
      about(
        'C compiler',
        "Becomes `CC`. A name on PATH or an absolute path, with flags if need be; words that hold spaces are quoted: `'/opt/my tools/gcc' -O2`. Go refuses a relative path.",
        ['arm-linux-gnueabihf-gcc', 'zig cc -target aarch64-linux-musl', 'clang --target=riscv64-linux-gnu'],
      ),
    ),
  ),
  cxx: v.exactOptional(v.pipe(text, about('C++ compiler', 'Becomes `CXX`.', ['arm-linux-gnueabihf-g++']))),
  fc: v.exactOptional(
    v.pipe(text, about('Fortran compiler', 'Becomes `FC`.', ['arm-linux-gnueabihf-gfortran'])),
  ),
  ar: v.exactOptional(v.pipe(text, about('Archiver', 'Becomes `AR`.', ['arm-linux-gnueabihf-ar']))),
  sysroot: v.exactOptional(
    v.pipe(
      text,
      about(
        'Sysroot',
        "Folder that holds the target's loader, C library and headers; given to the compiler as `--sysroot` and to the emulator as `-L`.",
        ['/opt/sysroots/armhf'],
      ),
    ),
  ),
  'pkg-config': v.exactOptional(
    v.pipe(
      pkgConfig,
      about('pkg-config', "How `#cgo pkg-config:` lines find the target's libraries, not the host's."),
    ),
  ),
  cgo: v.exactOptional(v.pipe(cgo, about('cgo', `${cgoDescription} Wins over \`defaults\`.`))),
  env: v.exactOptional(
    v.pipe(
      environment,
      about(
        'Environment',
        'Further variables of builds for this target, such as `CGO_LDFLAGS`. They win over all others.',
        [{ CGO_LDFLAGS: '-latomic' }],
      ),
    ),
  ),
});

const defaults = v.object({
  tags: v.exactOptional(
    v.pipe(tags, about('Build tags', 'Given to `go build -tags`.', [['netgo', 'osusergo']])),
  ),
  ldflags: v.exactOptional(
    v.pipe(v.string('must be text'), about('Linker flags', 'Given to `go build -ldflags`.', ['-s -w'])),
  ),
  trimpath: v.exactOptional(
    v.pipe(
      v.boolean('must be `true` or `false`'),
      about('Trim paths', "Leaves this machine's paths out of the binary (`go build -trimpath`)."),
    ),
  ),
  cgo: v.exactOptional(v.pipe(cgo, about('cgo', cgoDescription)), 'auto'),
  env: v.exactOptional(v.pipe(environment, about('Environment', 'Variables of every build.'))),
  output: v.exactOptional(
    v.pipe(
      text,
      about(
        'Output folder',
        'Where artifacts go, as `<output>/<target>/<name>`, below the folder of crossbow.yaml.',
        ['dist'],
      ),
    ),
    'dist',
  ),
});

/** crossbow.yaml as people write it: kebab-case keys, loose spellings. */
export const configSchema = v.object({
  pinned: v.exactOptional(
    v.pipe(
      v.array(v.pipe(text, v.metadata({ title: 'Target or device' }))),
      about(
        'Pinned targets',
        'Targets and devices that come first in the tree, in this order; what `crossbow build` builds when no target is named. Any spelling goes: `linux/arm/v7`, `aarch64`, `pi 3b+`.',
        [['linux/arm/v7', 'linux/arm64']],
      ),
    ),
  ),
  toolchains: v.exactOptional(
    v.pipe(
      v.record(v.string(), v.pipe(toolchain, v.metadata({ title: 'Toolchain of one target' }))),
      about(
        'C toolchains by target',
        'The C side of a target, where the one that Crossbow finds by itself is not the right one.',
        [{ 'linux/arm/v7': { cc: 'arm-linux-gnueabihf-gcc' } }],
      ),
    ),
  ),
  defaults: v.exactOptional(
    v.pipe(defaults, about('Defaults of builds', 'Hold for every build that does not say otherwise.')),
  ),
  recipes: v.exactOptional(recipesSchema),
});

export type ConfigFile = v.InferOutput<typeof configSchema>;
export type ToolchainFile = v.InferOutput<typeof toolchain>;
export type RecipeFile = NonNullable<ConfigFile['recipes']>[string];
export type StepFile = NonNullable<RecipeFile['steps']>[number];
