import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';

import type { ConfigChange } from '../../../src/core/config/config.js';
import { applyConfigChanges } from '../../../src/core/config/editConfig.js';

function edited(text: string, ...changes: ConfigChange[]): string {
  const edit = applyConfigChanges(text, changes);
  if (edit.kind === 'refused') throw new Error(edit.message);
  return edit.text;
}

const cc = (value: string | null, target = 'linux/arm/v7'): ConfigChange => ({
  path: ['toolchains', target, 'cc'],
  value,
});

describe('applyConfigChanges', () => {
  it('makes a new file with a header that says what it is', () => {
    const text = edited('', cc('arm-linux-gnueabihf-gcc'));
    expect(text).toMatch(/^# .*Crossbow/);
    expect(text).toContain('toolchains:\n  linux/arm/v7:\n    cc: arm-linux-gnueabihf-gcc\n');
  });

  it('leaves an empty file empty when there is nothing to set', () => {
    expect(edited('', cc(null))).toBe('');
    expect(edited(edited('', cc('gcc')), cc(null))).toBe('');
  });

  it('changes one value and nothing else', () => {
    const text = `# top

pinned:   [ linux/arm64,   pi3 ]   # the boards


toolchains:
    # the old board
    "linux/armv7":
        cc:  'old-gcc'   # why
        env: {A: 1,   B: "two"}

defaults:
    ldflags: >-
      -s
      -w
`;
    expect(edited(text, cc('new-gcc'))).toBe(text.replace("'old-gcc'", 'new-gcc'));
    expect(edited(text, { path: ['toolchains', 'linux/arm/v7', 'cxx'], value: 'new-g++' })).toBe(
      text.replace('B: "two"}\n', 'B: "two"}\n        cxx: new-g++\n'),
    );
    expect(edited(text, { path: ['toolchains', 'linux/arm/v7', 'env', 'CC'], value: 'x, y' })).toBe(
      text.replace('B: "two"}', 'B: "two", CC: "x, y"}'),
    );
    expect(edited(text, { path: ['toolchains', 'linux/arm/v7', 'env', 'A'], value: null })).toBe(
      text.replace('A: 1,   ', ''),
    );
    expect(edited(text, cc('clang --target=aarch64-linux-gnu', 'linux/arm64'))).toBe(
      text.replace(
        'B: "two"}\n',
        'B: "two"}\n    linux/arm64:\n      cc: clang --target=aarch64-linux-gnu\n',
      ),
    );
    expect(edited(text, { path: ['defaults', 'tags'], value: ['netgo', 'osusergo'] })).toBe(
      `${text}    tags: [netgo, osusergo]\n`,
    );
  });

  it('fills a key that has no value yet', () => {
    expect(edited('toolchains:\ndefaults: {}\n', cc('gcc'))).toBe(
      'toolchains:\n  linux/arm/v7:\n    cc: gcc\ndefaults: {}\n',
    );
    expect(edited('toolchains:\n  linux/arm/v7:\n    cc: # later\n    ar: x\n', cc('gcc'))).toBe(
      'toolchains:\n  linux/arm/v7:\n    cc: gcc # later\n    ar: x\n',
    );
  });

  it('keeps CRLF line ends and a last line without one', () => {
    expect(edited('pinned:\r\n  - linux/arm64', cc('gcc'))).toBe(
      'pinned:\r\n  - linux/arm64\r\ntoolchains:\r\n  linux/arm/v7:\r\n    cc: gcc',
    );
  });

  it('changes the lines of a list that come and go, and leaves the others with their comments', () => {
    const text = 'pinned:\n  - linux/arm/v7 # the gateway\n  # the lab\n  - pi-5\ndefaults: {}\n';
    const pin = (...value: readonly string[]) => edited(text, { path: ['pinned'], value });
    expect(pin('linux/arm/v7', 'pi-5', 'linux/arm64')).toBe(
      text.replace('  - pi-5\n', '  - pi-5\n  - linux/arm64\n'),
    );
    expect(pin('linux/arm/v7')).toBe(text.replace('  - pi-5\n', ''));
    expect(pin('pi-5', 'linux/386')).toBe('pinned:\n  # the lab\n  - pi-5\n  - linux/386\ndefaults: {}\n');
    expect(pin()).toContain('pinned: []');
    expect(edited('pinned:\r\n- a', { path: ['pinned'], value: ['a', 'b'] })).toBe('pinned:\r\n- a\r\n- b');
  });

  it('replaces a block scalar and a list by one value', () => {
    const text = 'defaults:\n  ldflags: |\n    -s\n    -w\n  tags:\n    - a\n    - b\n  output: dist\n';
    expect(edited(text, { path: ['defaults', 'ldflags'], value: '-s' })).toBe(
      'defaults:\n  ldflags: -s\n  tags:\n    - a\n    - b\n  output: dist\n',
    );
    expect(edited(text, { path: ['defaults', 'tags'], value: ['c'] })).toBe(
      'defaults:\n  ldflags: |\n    -s\n    -w\n  tags: [c]\n  output: dist\n',
    );
  });

  it('does not change what shares an anchor', () => {
    const text = `toolchains:
  linux/arm/v7: &arm
    cc: one-gcc
  linux/arm/v6: *arm
`;
    const result = applyConfigChanges(text, [cc('two-gcc', 'linux/arm/v6')]);
    if (result.kind === 'changed') {
      expect(parse(result.text)).toEqual({
        toolchains: { 'linux/arm/v7': { cc: 'one-gcc' }, 'linux/arm/v6': { cc: 'two-gcc' } },
      });
    }
    expect(text).toContain('*arm');
    const merged = 'base: &b\n  cc: a\ntoolchains:\n  linux/arm64:\n    <<: *b\n    ar: x\n';
    expect(edited(merged, cc('c', 'linux/arm64'))).toBe(`${merged}    cc: c\n`);
  });

  it('refuses broken YAML instead of damaging it', () => {
    const broken = 'toolchains:\n  linux/arm/v7:\n   cc: "never closed\n';
    const result = applyConfigChanges(broken, [cc('gcc')]);
    expect(result.kind).toBe('refused');
    expect(applyConfigChanges('- a list\n', [cc('gcc')]).kind).toBe('refused');
    expect(applyConfigChanges('a: 1\n---\nb: 2\n', [cc('gcc')]).kind).toBe('refused');
  });

  it('sets what it is told, and leaves no trace of what is removed again', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9 :#'"{}[\],&*!|>%@`-]{0,12}$/);
    const key = fc.constantFrom('linux/arm/v7', 'linux/arm64', 'windows/amd64', 'linux/mips/softfloat');
    const toolchain = fc.record(
      { cc: word, cxx: word, ar: word, env: fc.dictionary(fc.constantFrom('A', 'B'), word, { minKeys: 1 }) },
      { requiredKeys: ['cc'] },
    );
    const file = fc.record(
      {
        pinned: fc.array(key, { minLength: 1 }),
        toolchains: fc.dictionary(key, toolchain, { minKeys: 1 }),
        defaults: fc.record({ ldflags: word }),
      },
      { requiredKeys: [] },
    );
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      crlf: fc.boolean(),
      comments: fc.boolean(),
      lineWidth: fc.constantFrom(0, 30),
    });
    fc.assert(
      fc.property(
        file,
        style,
        key,
        fc.constantFrom('fc', 'sysroot', 'cc'),
        word,
        (data, how, target, name, value) => {
          let text = stringify(data, {
            indent: how.indent,
            collectionStyle: how.collectionStyle,
            lineWidth: how.lineWidth,
          });
          if (how.comments) text = `# first\n\n${text}\n# last\n`;
          if (how.crlf) text = text.replace(/\n/g, '\r\n');
          const path = ['toolchains', target, name];
          const set = edited(text, { path, value });
          const back: unknown = parse(set);
          expect(back).toHaveProperty(path, value);
          if (how.comments) expect(set).toContain('# last');
          const had = data.toolchains?.[target] !== undefined && name === 'cc';
          const isFlow = how.collectionStyle === 'flow';
          if (!had && !isFlow && Object.keys(data).length > 0)
            expect(edited(set, { path, value: null })).toBe(text);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
        (text, path) => {
          const result = applyConfigChanges(text, [{ path, value: 'x' }]);
          expect(['changed', 'refused']).toContain(result.kind);
        },
      ),
    );
  });
});
