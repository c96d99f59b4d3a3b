import { describe, expect, it } from 'vitest';

import { loadConfig } from '../../../src/core/config/loadConfig.js';
import { referencesIn, replaceReferences, spellReference } from '../../../src/core/recipe/references.js';

function problemsOf(text: string): readonly string[] {
  return loadConfig(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('recipes of crossbow.yaml', () => {
  it('reads every kind of step, short spellings and texts as they are written', () => {
    const { config, problems } = loadConfig(`recipes:
  worker:
    title: A worker
    directory: src
    matrix: linux/arm/v7
    variables: { number: 1.10, flavour: plain }
    steps:
      - { name: fly, go: ./fly }
      - name: gdn
        go:
          packages: [./cmd/gdn]
          output: gdn
          tags: a b
          ldflags: -X main.version=\${version}
          cgo: true
          static: true
          mod: vendor
          env: { LEVEL: 0010 }
          generate: ./...
          libraries: { libseccomp: { tags: seccomp, use: '\${flavour}' }, libfoo: { use: no } }
      - name: init
        c: { sources: 'init/*.c', output: init, cflags: -O2 -Wall, pkg-config: libseccomp, static: true }
      - name: helper
        program: { paths: '**/helper', optional: true, c: { ldflags: [-lm] } }
      - name: root
        rootfs:
          ca-certificates: true
          passwd: true
          entries:
            bin/gdn: \${steps.gdn}
            etc/conf: { from: conf, mode: 0640, owner: 1:2 }
            var: { directory: true, mode: '0700' }
            bin/sh: { link: gdn }
            etc/hostname: { text: worker }
      - name: meta
        file: { output: meta.json, text: '{"version": "\${number}"}' }
      - name: gen
        run: { command: [make, x], inputs: 'a/**', outputs: x.tgz, env: { N: 1 } }
      - name: other
        recipe: { name: gdn, directory: ../guardian, variables: { seccomp: no } }
      - name: pack
        archive: { output: w.tgz, entries: { a: '\${steps.other/gdn}' } }
        needs: gen
`);
    expect(problems).toEqual([]);
    const [recipe] = config.recipes;
    expect(recipe).toMatchObject({
      name: 'worker',
      line: 2,
      directory: 'src',
      matrix: ['linux/arm/v7'],
      variables: { number: '1.10', flavour: 'plain' },
    });
    expect(recipe?.steps.map(({ line: _line, ...step }) => step)).toEqual([
      { name: 'fly', needs: [], kind: 'go', packages: ['./fly'] },
      {
        name: 'gdn',
        needs: [],
        kind: 'go',
        packages: ['./cmd/gdn'],
        output: 'gdn',
        tags: ['a', 'b'],
        ldflags: '-X main.version=${version}',
        cgo: 'on',
        static: true,
        mod: 'vendor',
        env: { LEVEL: '0010' },
        generate: ['./...'],
        libraries: {
          libseccomp: { tags: ['seccomp'], use: '${flavour}', variable: 'flavour' },
          libfoo: { tags: [], use: 'no' },
        },
      },
      {
        name: 'init',
        needs: [],
        kind: 'c',
        sources: ['init/*.c'],
        output: 'init',
        cflags: ['-O2', '-Wall'],
        pkgConfig: ['libseccomp'],
        static: true,
      },
      {
        name: 'helper',
        needs: [],
        kind: 'program',
        paths: ['**/helper'],
        optional: true,
        go: {},
        c: { ldflags: ['-lm'] },
      },
      {
        name: 'root',
        needs: [],
        kind: 'rootfs',
        output: 'rootfs.tgz',
        caCertificates: true,
        passwd: true,
        tmp: false,
        entries: {
          'bin/gdn': { kind: 'from', from: '${steps.gdn}' },
          'etc/conf': { kind: 'from', from: 'conf', mode: '0640', owner: '1:2' },
          var: { kind: 'directory', mode: '0700' },
          'bin/sh': { kind: 'link', target: 'gdn' },
          'etc/hostname': { kind: 'text', text: 'worker' },
        },
      },
      {
        name: 'meta',
        needs: [],
        kind: 'file',
        output: 'meta.json',
        text: '{"version": "${number}"}',
      },
      {
        name: 'gen',
        needs: [],
        kind: 'run',
        command: ['make', 'x'],
        inputs: ['a/**'],
        outputs: ['x.tgz'],
        env: { N: '1' },
      },
      {
        name: 'other',
        needs: [],
        kind: 'recipe',
        recipe: 'gdn',
        directory: '../guardian',
        variables: { seccomp: 'no' },
        optional: false,
      },
      {
        name: 'pack',
        needs: ['gen'],
        kind: 'archive',
        output: 'w.tgz',
        entries: { a: { kind: 'from', from: '${steps.other/gdn}' } },
      },
    ]);
  });

  it('tells what is missing, twice there or unknown, at its line and with the nearest name', () => {
    expect(
      problemsOf(`recipes:
  Bad Name:
    steps: [{ name: a, go: . }]
  empty: {}
  r:
    matrix: [linux/arm/v9]
    stepz: []
    steps:
      - go: ./x
      - name: nothing
      - { name: both, go: ., run: { command: [x] } }
      - { name: prog, c: { output: x } }
      - { name: prog2, go: { package: ./x } }
      - name: ok
        go: { packages: ., output: prog, ldflags: '-X v=\${versio}' }
      - name: ok
        run: { command: [tar, '\${steps.okk}'] }
        needs: [pack]
      - { name: twin, c: { sources: a.c, output: ./prog } }
      - { name: out, file: { output: ../x } }
      - { name: entry, archive: { output: x.zip, entries: { a: { from: b, link: c } } } }
`),
    ).toEqual([
      "2:3 `Bad Name` can't name a recipe: small letters, digits, `.`, `_` and `-` can, a letter or digit first",
      '4:3 the recipe `empty` has no steps',
      expect.stringMatching(/^6:14 .*v9/),
      '7:5 unknown key `stepz`; did you mean `steps`?',
      '9:9 a step needs a `name`',
      expect.stringMatching(/^10:9 the step `nothing` needs one of `go`, `c`, /),
      '11:11 the step `both` can do one thing only, not `go` and `run`',
      '12:11 the step `prog` needs `c.sources`',
      '13:11 the step `prog2` needs `go.packages`',
      '13:30 unknown key `package`; did you mean `packages`?',
      '15:51 there is no `${versio}`; did you mean `version`?',
      '16:15 there is a step `ok` above already',
      '17:31 there is no step `okk`; did you mean `ok`?',
      '18:17 there is no step `pack`',
      '19:50 the step `ok` writes `./prog` already',
      "20:38 `../x` leads out of the recipe's own output folder",
      '21:11 the entry `a` needs one of `from`, `text`, `link` and `directory`',
    ]);
  });

  it('finds circles, through variables too', () => {
    expect(
      problemsOf(`recipes:
  r:
    variables: { tool: '\${steps.b}', a: '\${c}', c: '\${a}' }
    steps:
      - { name: a, run: { command: ['\${tool}'], outputs: a } }
      - { name: b, run: { command: [cc, '\${steps.a}'], outputs: b } }
`),
    ).toEqual([
      '3:41 these variables refer to each other in a circle: a → c → a',
      '5:11 these steps wait for each other: a → b → a',
    ]);
  });
});

describe('references', () => {
  it('are read with dollars, steps, files of steps and the environment', () => {
    const text = '$$x $y ${version}-${ env.HOME }${steps.a}/${steps.b-c/d.e} ${unfinished';
    expect(referencesIn(text)).toEqual([
      { kind: 'variable', name: 'version' },
      { kind: 'environment', name: 'HOME' },
      { kind: 'step', step: 'a' },
      { kind: 'step', step: 'b-c', file: 'd.e' },
    ]);
    expect(replaceReferences(text, (it) => `<${spellReference(it)}>`)).toBe(
      '$x $y <${version}>-<${env.HOME}><${steps.a}>/<${steps.b-c/d.e}> ${unfinished',
    );
  });
});
