import { describe, expect, it } from 'vitest';
import { entityAt, indexEntities } from '../../../src/core/ssa/entities.js';
import type { SsaDump } from '../../../src/core/ssa/model.js';
import { countChanges } from '../../../src/core/ssa/passChanges.js';
import { blocksOf, diffPasses, findSurvivors, placedValues } from '../../../src/core/ssa/passDiff.js';
import { printDiff } from '../../../src/core/ssa/printDiff.js';
import { dumpOf, recordedDump, recordedTexts } from './fixtures.js';

const memory = '    (?) v1 = InitMem <mem>';
const ret = '    Ret v1';
const ids = (dump: SsaDump, pass: number) => [...placedValues(dump, pass).keys()].sort((a, b) => a - b);

describe('what changed between two passes', () => {
  const dump = dumpOf(
    ['  b1:', memory, '    (3) v2 = Add64 <int> v3 v4', '    (4) v5 = Neg64 <int> v2', '    Plain -> b2']
      .concat(['  b2: <- b1', '    (5) v6 = Sqrt <float64> v7', ret])
      .concat(['  b3:', '    (5) v8 = Arg <int>', '    Plain -> b2']),
    ['  b1:', memory, '    (3) v2 = Add64 <int> v4 v3', '    (5) v6 = Sqrt <float64> v7', '    Plain -> b4']
      .concat(['  b4: <- b1', '    (9) v9 = ADDQ <int> v2 v2', ret])
      .concat(['  b2:', '    (7) v5 = Neg64 <int> v2', '    Plain -> b4']),
  );

  it('is told by identity, and says in what', () => {
    const diff = diffPasses(dump, 0, 1);
    const id = (it: { readonly value: number }) => dump.values[it.value]!.id;
    expect(diff.added.map(id)).toEqual([9]);
    expect(diff.removed.map(id)).toEqual([8]);
    expect(diff.rewritten.map((it) => [id(it.after), it.aspects])).toEqual([[2, ['args']]]);
    expect(diff.moved.map((it) => [id(it.after), it.before.block, it.after.block])).toEqual([
      [6, 2, 1],
      [5, 1, 2],
    ]);
    expect(diff).toMatchObject({ blocksAdded: [4], blocksRemoved: [3], blocksChanged: [1, 2] });
  });

  it('reads like a patch', () => {
    expect(printDiff(dump, 0, 1)).toEqual([
      'b1:',
      '  ~ (3) v2 = Add64 <int> v3 v4',
      '    (3) v2 = Add64 <int> v4 v3',
      '  > (5) v6 = Sqrt <float64> v7',
      '    from b2',
      'b4: (new)',
      '  + (9) v9 = ADDQ <int> v2 v2',
      'b2:',
      '  > (7) v5 = Neg64 <int> v2',
      '    from b1',
      'b3: (gone)',
      '  - (5) v8 = Arg <int>',
    ]);
  });

  it.each(recordedTexts)('leads from one pass of %s to every other', (name) => {
    const real = recordedDump(name);
    const entities = indexEntities(real);
    for (const [from, to] of [
      [0, real.passes.length - 1],
      [5, 20],
      [20, 5],
      ...real.passes.slice(1).map((_, pass) => [pass, pass + 1] as const),
    ] as const) {
      const survivors = findSurvivors(real, from, to);
      for (const id of ids(real, from))
        expect(survivors.has(id)).toBe(entityAt(entities, id, from) === entityAt(entities, id, to));
      const { added, removed, ...rest } = diffPasses(real, from, to);
      const gone = new Set(removed.map((it) => real.values[it.value]!.id));
      const came = added.map((it) => real.values[it.value]!.id);
      expect([...ids(real, from).filter((it) => !gone.has(it)), ...came].sort((a, b) => a - b)).toEqual(
        ids(real, to),
      );
      const names = new Set(blocksOf(real, from).map((it) => it.id));
      for (const it of rest.blocksRemoved) names.delete(it);
      for (const it of rest.blocksAdded) names.add(it);
      expect(names).toEqual(new Set(blocksOf(real, to).map((it) => it.id)));
    }
  });

  it.each(recordedTexts)('counts for all passes of %s at once what each diff lists', (name) => {
    const real = recordedDump(name);
    const counted = countChanges(real);
    expect(counted[0]).toMatchObject({ added: 0, removed: 0, rewritten: 0, moved: 0 });
    real.passes.slice(1).forEach(({ changed }, at) => {
      const diff = diffPasses(real, at, at + 1);
      expect(counted[at + 1], real.passes[at + 1]!.name).toEqual({
        values: placedValues(real, at + 1).size,
        blocks: blocksOf(real, at + 1).length,
        added: diff.added.length,
        removed: diff.removed.length,
        rewritten: diff.rewritten.length,
        moved: diff.moved.length,
        blocksChanged: diff.blocksAdded.length + diff.blocksRemoved.length + diff.blocksChanged.length,
      });
      if (!changed) expect(diff.added.length + diff.removed.length + diff.rewritten.length).toBe(0);
    });
    expect(counted.reduce((sum, it) => sum + it.rewritten, 0)).toBeGreaterThan(10);
  });
});
