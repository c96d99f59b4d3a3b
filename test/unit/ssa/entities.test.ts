import { describe, expect, it } from 'vitest';
import { findEntities } from '../../../src/core/ssa/entities.js';
import { createSsaTextParser } from '../../../src/core/ssa/parseSsaText.js';
import { recordedText } from './fixtures.js';

function dumpOf(...states: readonly (readonly string[])[]) {
  const parser = createSsaTextParser();
  parser.feed('generating SSA for f\ncompiling f\n');
  states.forEach((lines, pass) => {
    if (pass > 0) parser.feed(`  pass p${pass} begin\n  pass p${pass} end [1 ns]\n`);
    parser.feed(`f func()\n${lines.join('\n')}\n`);
  });
  return parser.end().dumps[0]!;
}

const ret = '    Ret v1';
const memory = '    (?) v1 = InitMem <mem>';

describe('the lives of values', () => {
  it('gives an id that comes back another generation', () => {
    const [one, two] = [
      ['  b1:', memory, '    (3) v2 = Add64 <int> v3 v3', ret],
      ['  b1:', memory, ret],
    ];
    expect(findEntities(dumpOf(one, two, two, one))).toEqual([
      { id: 1, gen: 0, first: 0, last: 3 },
      { id: 2, gen: 0, first: 0, last: 0, end: 'removed' },
      { id: 2, gen: 1, first: 3, last: 3 },
    ]);
  });

  it('keeps a value that is rewritten in place', () => {
    const before = ['  b1:', memory, '    (3) v2 = Add64 <int> v3 v3', ret];
    const after = ['  b1:', memory, '    (3) v2 = SHLQconst <uint64> [1] v3', ret];
    expect(findEntities(dumpOf(before, after)).filter((it) => it.id === 2)).toEqual([
      { id: 2, gen: 0, first: 0, last: 1 },
    ]);
  });

  it('tells a value from the next one that got its id within the same pass', () => {
    const before = [
      '  b1:',
      memory,
      '    (3) v2 = Add64 <int> v3 v3 DEAD',
      '    Plain -> b2',
      '  b2: <- b1',
      ret,
    ];
    const after = ['  b1:', memory, '    Plain -> b2', '  b2: <- b1', '    (9) v2 = SP <uintptr>', ret];
    expect(findEntities(dumpOf(before, after)).filter((it) => it.id === 2)).toEqual([
      { id: 2, gen: 0, first: 0, last: 0, end: 'dead' },
      { id: 2, gen: 1, first: 1, last: 1 },
    ]);
  });

  it('covers every value of a real dump once in every pass', () => {
    const parser = createSsaTextParser();
    parser.feed(recordedText('ring-put-amd64'));
    const dump = parser.end().dumps[0]!;
    const entities = findEntities(dump);
    dump.passes.forEach(({ state }, pass) => {
      const ids = dump.states[state]!.blocks.flatMap((it) =>
        dump.blocks[it]!.values.map((v) => dump.values[v]!.id),
      );
      const living = entities.filter((it) => it.first <= pass && pass <= it.last).map((it) => it.id);
      expect(living).toEqual([...ids].sort((a, b) => a - b));
    });
  });
});
