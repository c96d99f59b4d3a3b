import { describe, expect, it } from 'vitest';
import { recordedDump, recordedTexts } from '../fixtures.js';
import { indexEntities } from '../../../../src/core/ssa/entities.js';
import { createSsaModel } from '../../../../src/core/ssa/view/createSsaModel.js';
import { diffMarks } from '../../../../src/core/ssa/view/diffMarks.js';
import { rowTokens } from '../../../../src/core/ssa/view/rowTokens.js';
import { findLit } from '../../../../src/core/ssa/view/selection.js';
import { printPass } from '../../../../src/core/ssa/printDump.js';
import { placeKey } from '../../../../src/core/ssa/view/places.js';

describe.each(recordedTexts)('the lines of %s', (name) => {
  const dump = recordedDump(name);
  const model = createSsaModel(dump, undefined);

  it('are those that the compiler prints, in its order, with positions behind', () => {
    dump.passes.forEach((_, pass) => {
      const shown = model.rows(pass).rows.map((row) => {
        const text = rowTokens(dump, row)
          .map((it) => it.text)
          .join('')
          .replace('←', '<-')
          .replace('→', '->');
        return text.replace(/ \([+-]?\d+\)$/, '');
      });
      const printed = printPass(dump, pass)
        .split('\n')
        .slice(1, -1)
        .filter((it) => it !== 'dependency cycle!')
        .map((it) =>
          it
            .trim()
            .replace(/^\([^)]*\) /, '')
            .replace(/ DEAD$/, '')
            .replace(/^(name .*: )\[(.*)\]$/, '$1$2')
            .trimEnd(),
        );
      expect(shown).toEqual(printed);
    });
  });

  it('light up a value wherever it is the same one, with what it is made of and who uses it', () => {
    const start = model.rows(0);
    const lives = indexEntities(dump);
    for (const [id] of start.ofValue) {
      expect(model.entities.get(id)).toEqual(lives.get(id));
      const lit = findLit(model, { kind: 'value', id, pass: 0 });
      const life = lives.get(id)?.[0];
      dump.passes.forEach((_, pass) => {
        const isHere = life !== undefined && life.first <= pass && pass <= life.last;
        expect(lit.values(pass).get(id) === 'main').toBe(isHere);
      });
      for (const user of model.uses(0, id).values) expect(lit.values(0).get(user)).toBeDefined();
    }
  });

  it('know the file of values that became instructions', () => {
    const last = dump.passes.length - 1;
    for (const { value, file, line } of dump.code) {
      if (value === undefined || line === undefined) continue;
      const state = model.stateOf(last, value);
      const own = state === undefined ? undefined : dump.values[state];
      if (own?.line !== line) continue;
      const place = model.places().of(own);
      expect(place && placeKey(place)).toBe(placeKey({ file, line }));
    }
  });

  it('are marked on the side where they are', () => {
    dump.passes.slice(1).forEach((_, index) => {
      const diff = model.diff(index, index + 1);
      const marks = diffMarks(diff, (it) => dump.values[it]?.id ?? -1);
      for (const [id, mark] of marks.right.values) {
        expect(model.rows(index + 1).ofValue.has(id)).toBe(true);
        expect(mark).not.toBe('removed');
      }
      for (const [id] of marks.left.values) expect(model.rows(index).ofValue.has(id)).toBe(true);
    });
  });
});
