import { describe, expect, it } from 'vitest';
import { indexEntities } from '../../../src/core/ssa/entities.js';
import { findUses } from '../../../src/core/ssa/passUses.js';
import { placedValues } from '../../../src/core/ssa/passDiff.js';
import { valueHistory } from '../../../src/core/ssa/valueHistory.js';
import { printValue } from '../../../src/core/ssa/valueLine.js';
import { dumpOf, recordedDump, recordedTexts } from './fixtures.js';

const memory = '    (?) v1 = InitMem <mem>';

describe('the history of a value', () => {
  it('goes from where it was made to the instruction it became', () => {
    const dump = recordedDump('sum-arm');
    const last = dump.passes.length - 1;
    const entities = indexEntities(dump);
    const history = valueHistory(dump, entities, 25, last)!;
    const { entity, steps, instructions } = history;
    expect(entity.last).toBe(last);
    expect(steps.map((it) => it.pass)).toEqual([...steps.map((it) => it.pass)].sort((a, b) => a - b));
    const told = steps.map(
      (it) =>
        `${dump.passes[it.pass]!.name}: ${it.aspects.join()} ${printValue(dump.values[it.value]!, dump.strings)}`,
    );
    expect(told[0]).toMatch(/ v25 = Add64F <float64> /);
    expect(told).toContainEqual(expect.stringMatching(/^lower: op.* v25 = ADDD </));
    expect(told).toContainEqual(expect.stringMatching(/^regalloc: .*register.* : F0/));
    expect(instructions.map((it) => dump.strings[dump.code[it]!.text])).toEqual(['ADDD\tF1, F0, F0']);
    // The same from any pass of its life.
    expect(valueHistory(dump, entities, 25, entity.first)).toEqual(history);
  });

  it('goes on with what took its place', () => {
    const before = ['  b1:', memory, '    (3) v2 = Mul64 <int> v3 v4', '    (3) v5 = Neg64 <int> v2'];
    const dump = dumpOf(
      [...before, '    If v2 -> b2 b2', '  b2: <- b1 b1', '    Ret v1'],
      ['  b1:', memory, '    (3) v7 = Lsh64x64 <int> v3 v4', '    (3) v5 = Neg64 <int> v7'].concat([
        '    If v7 -> b2 b2',
        '  b2: <- b1 b1',
        '    Ret v1',
      ]),
    );
    const history = valueHistory(dump, indexEntities(dump), 2, 0)!;
    expect(history).toMatchObject({ entity: { last: 0, end: 'removed' }, heir: { id: 7, pass: 1 } });
    expect(valueHistory(dump, indexEntities(dump), 2, 1)).toBeUndefined();
  });

  it('has no heir where nothing used it', () => {
    const dump = dumpOf(
      ['  b1:', memory, '    (3) v2 = Mul64 <int> v3 v4', '    Ret v1'],
      ['  b1:', memory, '    Ret v1'],
    );
    expect(valueHistory(dump, indexEntities(dump), 2, 0)!.heir).toBeUndefined();
  });

  it.each(recordedTexts)('leads for most removed values of %s to something that lives', (name) => {
    const dump = recordedDump(name);
    const entities = indexEntities(dump);
    const removed = [...entities.values()].flat().filter((it) => it.end === 'removed');
    const heirs = removed.map((it) => valueHistory(dump, entities, it.id, it.first)!.heir);
    for (const heir of heirs)
      if (heir !== undefined) expect(placedValues(dump, heir.pass).has(heir.id)).toBe(true);
    expect(heirs.filter((it) => it !== undefined).length).toBeGreaterThan(0);
  });
});

describe('the uses of a value', () => {
  it.each(recordedTexts)('mirror the arguments and controls of %s', (name) => {
    const dump = recordedDump(name);
    for (const pass of [0, 20, dump.passes.length - 1]) {
      const uses = (id: number) => findUses(dump, pass, id);
      const placed = placedValues(dump, pass);
      for (const [id, { value }] of placed)
        for (const arg of dump.values[value]!.args ?? []) expect(uses(arg).values).toContain(id);
      for (const id of placed.keys())
        for (const user of uses(id).values) expect(dump.values[placed.get(user)!.value]!.args).toContain(id);
    }
  });

  it('name each user once, and blocks that it decides for', () => {
    const dump = dumpOf([
      '  b1:',
      memory,
      '    (3) v2 = Add64 <int> v3 v3',
      '    If v3 -> b2 b2',
      '  b2: <- b1 b1',
      '    Ret v1',
    ]);
    const uses = (id: number) => findUses(dump, 0, id);
    expect(uses(3)).toEqual({ values: [2], blocks: [1] });
    expect(uses(1)).toEqual({ values: [], blocks: [2] });
    expect(uses(77)).toEqual({ values: [], blocks: [] });
  });
});
