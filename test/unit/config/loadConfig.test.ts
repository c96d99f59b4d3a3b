import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyConfig } from '../../../src/core/config/config.js';
import { loadConfig } from '../../../src/core/config/loadConfig.js';

function problemsOf(text: string): string[] {
  return loadConfig(text).problems.map(
    ({ line, column, message }) => `${String(line)}:${String(column)} ${message}`,
  );
}

describe('loadConfig', () => {
  it('gives the defaults for an empty file', () => {
    for (const text of ['', '\n', '# only a comment\n', '---\n', 'toolchains:\npinned:\n'])
      expect(loadConfig(text)).toEqual({ config: emptyConfig, problems: [] });
  });

  it('reads every key, and makes target keys canonical', () => {
    const { config, problems } = loadConfig(`
pinned: [linux/armv7, pi 3b+, aarch64]
toolchains:
  linux/armv7:
    cc: arm-linux-gnueabihf-gcc
    cxx: arm-linux-gnueabihf-g++
    fc: arm-linux-gnueabihf-gfortran
    ar: arm-linux-gnueabihf-ar
    sysroot: /opt/armhf
    pkg-config:
      command: pkgconf
      libdir: /usr/lib/arm-linux-gnueabihf/pkgconfig
      sysroot-dir: /opt/armhf
    cgo: on
    env:
      CGO_LDFLAGS: -latomic
      LEVEL: 7
      DEBUG: true
defaults:
  tags: [netgo, osusergo]
  ldflags: -s -w
  trimpath: true
  cgo: false
  env: { A: b }
  output: build
`);
    expect(problems).toEqual([]);
    expect(config).toEqual({
      pinned: ['linux/armv7', 'pi 3b+', 'aarch64'],
      toolchains: {
        'linux/arm/v7': {
          cc: 'arm-linux-gnueabihf-gcc',
          cxx: 'arm-linux-gnueabihf-g++',
          fc: 'arm-linux-gnueabihf-gfortran',
          ar: 'arm-linux-gnueabihf-ar',
          sysroot: '/opt/armhf',
          pkgConfig: {
            command: 'pkgconf',
            libdir: '/usr/lib/arm-linux-gnueabihf/pkgconfig',
            sysrootDir: '/opt/armhf',
          },
          cgo: 'on',
          env: { CGO_LDFLAGS: '-latomic', LEVEL: '7', DEBUG: 'true' },
        },
      },
      defaults: {
        tags: ['netgo', 'osusergo'],
        ldflags: '-s -w',
        trimpath: true,
        cgo: 'off',
        env: { A: 'b' },
        output: 'build',
      },
      recipes: [],
    });
  });

  it('reports unknown keys, wrong types and wrong choices at their place, and keeps the rest', () => {
    const text = `pinned: linux/arm64
toolchian:
  linux/arm64: {}
toolchains:
  linux/arm64:
    cc: [a, b]
    cxx: g++
    pkg_config: {}
    cgo: onn
defaults:
  trimpath: "yes"
  output: out
`;
    expect(problemsOf(text)).toEqual([
      '1:9 must be a list',
      '2:1 unknown key `toolchian`; did you mean `toolchains`?',
      '6:9 must be text',
      '8:5 unknown key `pkg_config`; did you mean `pkg-config`?',
      '9:10 must be `auto`, `on` or `off`; did you mean `on`?',
      '11:13 must be `true` or `false`',
    ]);
    expect(loadConfig(text).config).toEqual({
      pinned: [],
      toolchains: { 'linux/arm64': { cxx: 'g++' } },
      defaults: { output: 'out' },
      recipes: [],
    });
    const [first] = loadConfig(text).problems;
    expect(first).toMatchObject({ line: 1, column: 9, endLine: 1, endColumn: 20, severity: 'error' });
  });

  it('refuses illegal targets with the nearest one', () => {
    const text = `pinned:
  - linux/arm/v8
  - linux/amd64
toolchains:
  linux/sparc: { cc: gcc }
  linux/amd64: { cc: gcc }
`;
    const { config, problems } = loadConfig(text);
    expect(config.pinned).toEqual(['linux/amd64']);
    expect(Object.keys(config.toolchains)).toEqual(['linux/amd64']);
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 5],
      [5, 3],
    ]);
    expect(problems[0]?.message).toMatch(/linux\/arm\/v7|linux\/arm64/);
  });

  it('tells one target written twice', () => {
    const text = `pinned: [linux/arm/v7, linux/armv7]
toolchains:
  linux/arm/v7: { cc: one }
  "linux/armv7": { cc: two }
`;
    expect(problemsOf(text)).toEqual([
      '1:24 `linux/armv7` is pinned already, as `linux/arm/v7`',
      '4:3 `linux/armv7` is the same target as `linux/arm/v7` above, which holds',
    ]);
    expect(loadConfig(text).config.toolchains).toEqual({ 'linux/arm/v7': { cc: 'one' } });
  });

  it('refuses a relative compiler as go does, and takes names, absolute paths and quoted ones', () => {
    const text = `toolchains:
  linux/arm64:
    cc: ./toolchain/bin/gcc -O2
    cxx: "'/opt/my tools/g++' -O2"
    ar: C:\\tools\\ar.exe
    fc: tools/gfortran
`;
    expect(problemsOf(text).map((problem) => problem.slice(0, 30))).toEqual([
      '3:9 `cc` is a relative path (`',
      '6:9 `fc` is a relative path (`',
    ]);
    expect(loadConfig(text).config.toolchains['linux/arm64']).toEqual({
      cxx: "'/opt/my tools/g++' -O2",
      ar: 'C:\\tools\\ar.exe',
    });
  });

  it('follows anchors, aliases and merges', () => {
    const text = `toolchains:
  linux/arm/v7: &arm { cc: armcc, ar: armar }
  linux/arm/v6: *arm
  linux/arm/v5:
    <<: *arm
    cc: other
`;
    expect(loadConfig(text)).toMatchObject({
      problems: [],
      config: {
        toolchains: {
          'linux/arm/v6': { cc: 'armcc', ar: 'armar' },
          'linux/arm/v5': { cc: 'other', ar: 'armar' },
        },
      },
    });
  });

  it('reports YAML errors and uses what can be read', () => {
    const text = 'pinned: [linux/amd64]\ndefaults:\n  output: "never closed\n';
    const { config, problems } = loadConfig(text);
    expect(config.pinned).toEqual(['linux/amd64']);
    expect(problems[0]?.severity).toBe('error');
    expect(problems[0]?.line).toBeGreaterThanOrEqual(3);
  });

  it('survives aliases that contain themselves', () => {
    expect(loadConfig('toolchains: &a\n  linux/amd64: *a\n').problems.length).toBeGreaterThan(0);
    expect(loadConfig('defaults: &a\n  <<: *a\n  env: *a\n').config.toolchains).toEqual({});
  });

  it('never throws, and its places lie in the text', () => {
    const piece = fc.constantFrom(
      'pinned', 'toolchains', 'defaults', 'cc', 'env', ':', ': ', '\n', '\n  ', '\n    ', '- ', '[', ']', '{', '}', '&a ',
      '*a', '<<', '"', "'", '|', '>', '#', 'linux/arm/v7', '\t', '\r\n', '? ', '---\n', '%', '!!map ', '\u0000', 'é',
    ); // prettier-ignore
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (yaml) => {
        const { config, problems } = loadConfig(yaml);
        expect(Array.isArray(config.pinned)).toBe(true);
        const lines = yaml.split('\n').length;
        for (const problem of problems) {
          expect(problem.line).toBeGreaterThanOrEqual(1);
          expect(problem.line).toBeLessThanOrEqual(lines);
          expect(problem.endColumn).toBeGreaterThan(problem.column);
        }
      }),
      { numRuns: 300 },
    );
  });
});
