import { describe, expect, it } from 'vitest';
import { findEntities, indexEntities, entityAt, placeOf } from '../../../src/core/ssa/entities.js';
import type { SsaDump } from '../../../src/core/ssa/model.js';
import { placedValues } from '../../../src/core/ssa/passDiff.js';
import { dumpOf, recordedDump, recordedTexts } from './fixtures.js';

/** Without what each was on the way. */
const lives = (dump: SsaDump) => findEntities(dump).map(({ steps: _, ...life }) => life);

const ret = '    Ret v1';
const memory = '    (?) v1 = InitMem <mem>';

describe('the lives of values', () => {
  it('gives an id that comes back another generation', () => {
    const [one, two] = [
      ['  b1:', memory, '    (3) v2 = Add64 <int> v3 v3', ret],
      ['  b1:', memory, ret],
    ];
    expect(lives(dumpOf(one, two, two, one))).toEqual([
      { id: 1, gen: 0, first: 0, last: 3 },
      { id: 2, gen: 0, first: 0, last: 0, end: 'removed' },
      { id: 2, gen: 1, first: 3, last: 3 },
    ]);
  });

  it('keeps a value that is rewritten in place', () => {
    const before = ['  b1:', memory, '    (3) v2 = Add64 <int> v3 v3', ret];
    const after = ['  b1:', memory, '    (3) v2 = SHLQconst <uint64> [1] v3', ret];
    expect(lives(dumpOf(before, after)).filter((it) => it.id === 2)).toEqual([
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
    expect(lives(dumpOf(before, after)).filter((it) => it.id === 2)).toEqual([
      { id: 2, gen: 0, first: 0, last: 0, end: 'dead' },
      { id: 2, gen: 1, first: 1, last: 1 },
    ]);
  });

  it.each(recordedTexts)('covers every value of %s once in every pass, as what it is there', (name) => {
    const dump = recordedDump(name);
    const entities = findEntities(dump);
    const index = indexEntities(dump);
    dump.passes.forEach((_, pass) => {
      const placed = placedValues(dump, pass);
      const living = entities.filter((it) => it.first <= pass && pass <= it.last).map((it) => it.id);
      expect(living).toEqual([...placed.keys()].sort((a, b) => a - b));
      for (const [id, place] of placed) expect(placeOf(entityAt(index, id, pass)!, pass)).toEqual(place);
    });
  });
});
