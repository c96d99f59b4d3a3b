import { describe, expect, it } from 'vitest';
import { alignPasses, compareFigures } from '../../../src/core/ssa/compareDumps.js';
import { measureCode } from '../../../src/core/ssa/measureCode.js';
import { recordedDump } from './fixtures.js';

const named = (...names: readonly string[]) => ({
  passes: names.map((name) => ({ name, state: 0, changed: true })),
});

describe('two dumps side by side', () => {
  it('stand pass by pass, and a pass of one alone stands where it ran', () => {
    expect(
      alignPasses(named('start', 'opt', 'lower', 'regalloc'), named('start', 'cse', 'lower', 'trim')),
    ).toEqual([
      { name: 'start', one: 0, other: 0 },
      { name: 'opt', one: 1 },
      { name: 'cse', other: 1 },
      { name: 'lower', one: 2, other: 2 },
      { name: 'regalloc', one: 3 },
      { name: 'trim', other: 3 },
    ]);
    expect(alignPasses(named(), named('start'))).toEqual([{ name: 'start', other: 0 }]);
  });

  it('names every pass of both once, in order, whatever versions of Go they are of', () => {
    const [one, other] = [recordedDump('ring-put-amd64-go1.19'), recordedDump('ring-put-amd64')];
    const aligned = alignPasses(one, other);
    expect(aligned.flatMap((it) => (it.one === undefined ? [] : [it.one]))).toEqual([...one.passes.keys()]);
    expect(aligned.flatMap((it) => (it.other === undefined ? [] : [it.other]))).toEqual([
      ...other.passes.keys(),
    ]);
    for (const { name, one: a, other: b } of aligned) {
      if (a !== undefined) expect(one.passes[a]!.name).toBe(name);
      if (b !== undefined) expect(other.passes[b]!.name).toBe(name);
    }
    expect(aligned.filter((it) => it.one !== undefined && it.other !== undefined).length).toBeGreaterThan(40);
  });

  it('have figures that can be compared, without those that neither tells', () => {
    const measures = ['ring-put-amd64', 'sum-arm'].map((it) => measureCode(recordedDump(it), undefined, []));
    const table = new Map(compareFigures(measures).map((it) => [it.what, it.values]));
    expect(table.get('instructions')!.every((it) => it! > 10)).toBe(true);
    expect(table.has('bytes of code')).toBe(false);
  });
});
