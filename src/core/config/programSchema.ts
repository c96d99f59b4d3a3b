import * as v from 'valibot';

import { about, asWritten, cgo, cgoDescription, flag, tags, text, texts } from './schemaParts.js';

/** The steps that build programs: `go`, `c`, and `program`, which becomes one of them. */

const library = v.object({
  tags: v.exactOptional(
    v.pipe(tags, about('Build tags', 'Tags that bring in the code which uses the library.', ['seccomp'])),
  ),
  use: v.exactOptional(
    v.pipe(
      asWritten,
      about(
        'Use',
        '`on` builds with the library and fails where the target has none, `off` builds without, `auto` with it where pkg-config knows it for the target. Default: `on`.',
        ['on', 'off', 'auto', '${seccomp}'],
      ),
    ),
  ),
});

const goOptions = {
  tags: v.exactOptional(v.pipe(tags, about('Build tags', 'Given to `go build -tags`.'))),
  ldflags: v.exactOptional(
    v.pipe(
      v.string('must be text'),
      about('Linker flags', 'Given to `go build -ldflags`. References such as `${version}` are replaced.', [
        '-X main.version=${version}',
      ]),
    ),
  ),
  cgo: v.exactOptional(v.pipe(cgo, about('cgo', cgoDescription))),
  trimpath: v.exactOptional(
    v.pipe(
      flag,
      about('Trim paths', "Leaves this machine's paths out of the binary (`go build -trimpath`)."),
    ),
  ),
  mod: v.exactOptional(
    v.pipe(
      v.picklist(['vendor', 'mod', 'readonly'], 'must be `vendor`, `mod` or `readonly`'),
      about('Modules', 'Given to `go build -mod`.'),
    ),
  ),
  env: v.exactOptional(
    v.pipe(
      v.record(v.string(), asWritten),
      about('Environment', 'Variables of the build. They win over all others.'),
    ),
  ),
  generate: v.exactOptional(
    v.pipe(
      texts,
      about(
        'go generate',
        'Patterns of packages for `go generate`, which runs before the build, for this machine.',
        ['./cmd/...'],
      ),
    ),
  ),
  libraries: v.exactOptional(
    v.pipe(
      v.record(v.string(), library),
      about(
        'Libraries',
        'Libraries of the target that a build can be made with or without, by their pkg-config names.',
        [{ libseccomp: { tags: 'seccomp', use: 'auto' } }],
      ),
    ),
  ),
};

const cOptions = {
  includes: v.exactOptional(
    v.pipe(texts, about('Include folders', 'Searched for headers, as `-I`.', [['include']])),
  ),
  cflags: v.exactOptional(
    v.pipe(
      texts,
      about('Compiler flags', 'Given to the compiler. A text is split at spaces.', [['-O2', '-Wall']]),
    ),
  ),
  ldflags: v.exactOptional(
    v.pipe(texts, about('Linker flags', 'Given to the compiler when it links, last.', [['-lm']])),
  ),
  'pkg-config': v.exactOptional(
    v.pipe(
      texts,
      about('pkg-config modules', 'Libraries of the target whose flags pkg-config tells.', [['libseccomp']]),
    ),
  ),
};

const isStatic = v.exactOptional(
  v.pipe(
    flag,
    about(
      'Static',
      'A program that needs no loader and no shared library. Checked on the bytes of what was built.',
    ),
  ),
);

const goBlock = v.object({
  packages: v.exactOptional(
    v.pipe(
      texts,
      about('Packages', 'Main packages: folders, patterns or import paths.', ['./cmd/server', './cmd/...']),
    ),
  ),
  output: v.exactOptional(
    v.pipe(
      text,
      about('File name', "Name of the program where there is one package. Default: the package's own name."),
    ),
  ),
  static: isStatic,
  ...goOptions,
});

export const goStep = v.union([text, goBlock], 'must be a package, or a block of `key: value` lines');

export const cStep = v.object({
  sources: v.exactOptional(
    v.pipe(
      texts,
      about('Sources', 'C files or globs: `*` within a name, `**` for any folders.', [['init/*.c']]),
    ),
  ),
  output: v.exactOptional(v.pipe(text, about('File name', 'Name of the program.'))),
  static: isStatic,
  ...cOptions,
});

export const programStep = v.object({
  paths: v.exactOptional(
    v.pipe(
      texts,
      about(
        'Folders',
        'Folders or globs of folders. The first that holds a program, in Go or in C, is built.',
        [['cmd/init', '**/init']],
      ),
    ),
  ),
  output: v.exactOptional(
    v.pipe(text, about('File name', "Name of the program. Default: its folder's name.")),
  ),
  static: isStatic,
  optional: v.exactOptional(
    v.pipe(
      flag,
      about('Optional', 'Where there is no such program, the step and what refers to it are left out.'),
    ),
  ),
  go: v.exactOptional(v.pipe(v.object(goOptions), about('If it is Go', 'How a Go program is built.'))),
  c: v.exactOptional(v.pipe(v.object(cOptions), about('If it is C', 'How a C program is built.'))),
});
