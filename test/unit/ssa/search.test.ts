import { describe, expect, it } from 'vitest';
import type { SsaDump } from '../../../src/core/ssa/model.js';
import { countHits, hitsInPass, search, searchCode } from '../../../src/core/ssa/search.js';
import { parseQuery } from '../../../src/core/ssa/searchQuery.js';
import { printValue } from '../../../src/core/ssa/valueLine.js';
import { recordedDump } from './fixtures.js';

function found(dump: SsaDump, pass: number, query: string): readonly string[] {
  const hits = search(dump, parseQuery(query));
  const texts = hitsInPass(dump, pass, hits).map((it) => printValue(dump.values[it.value]!, dump.strings));
  expect(countHits(dump, hits)[pass]).toBe(texts.length);
  return texts;
}

describe('searching a function', () => {
  const dump = recordedDump('sum-arm');
  const last = dump.passes.length - 1;
  const everything = found(dump, last, '');

  it.each([
    ['v25', / v25 = /],
    ['op:addd', / = ADDD /],
    ['type:float64', / <\*?float64>/],
    ['reg:F0', / : F0/],
    ['line:15', /^\([+-]?15\)/],
    ['line:14-15', /^\([+-]?1[45]\)/],
    ['var:xs', /[( ]xs[.[]/],
    ['type:float64 reg:f1', / <\*?float64>.* : F1\b/],
    ['movd', /MOVD/],
  ])('for %s gives what fits and all of it', (query, pattern) => {
    const lines = found(dump, last, query);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines).toEqual(everything.filter((it) => pattern.test(it)));
  });

  it('keeps to a block', () => {
    const blocks = dump.states[dump.passes[last]!.state]!.blocks.map((it) => dump.blocks[it]!);
    const { id, values } = blocks.find((it) => it.values.length > 2)!;
    expect(found(dump, last, `b${id}`)).toHaveLength(values.length);
    expect(found(dump, last, 'b4711')).toEqual([]);
  });

  it('ignores a field that is still being typed, and takes quotes', () => {
    expect(found(dump, last, 'op:')).toEqual(everything);
    expect(parseQuery('op:add  "a b" v3 type:"map[string]int"')).toEqual([
      { field: 'op', text: 'add' },
      { field: 'any', text: 'a b' },
      { field: 'value', id: 3 },
      { field: 'type', text: 'map[string]int' },
    ]);
    expect(parseQuery('go:string')).toEqual([{ field: 'any', text: 'go:string' }]);
  });

  it('finds instructions', () => {
    const text = (query: string) =>
      searchCode(dump, parseQuery(query)).map((it) => dump.strings[dump.code[it]!.text]);
    expect(text('addd')).toEqual(['ADDD\tF1, F0, F0']);
    expect(text('v25')).toEqual(['ADDD\tF1, F0, F0']);
    expect(text('line:15 addd')).toEqual(['ADDD\tF1, F0, F0']);
    expect(text('type:float64')).toEqual([]);
  });
});
