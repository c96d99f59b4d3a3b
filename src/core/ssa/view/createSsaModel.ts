import type { Assembly } from '../compile/assembly.js';
import { createLives, type Entity, type EntityIndex } from '../entities.js';
import type { SsaDump } from '../model.js';
import { countChanges, type PassChanges } from '../passChanges.js';
import { diffPasses, type PassDiff } from '../passDiff.js';
import { findUses, type ValueUses } from '../passUses.js';
import { codeRows, type CodeRow } from './codeRows.js';
import { passRows, type PassRows } from './passRows.js';
import { createPlaces, type Places } from './places.js';
import { sourceRows, type SourceRow } from './sourceRows.js';

/** A dump and what is asked of it again and again; each answer is worked out when first asked for. */
export interface SsaModel {
  readonly dump: SsaDump;
  /** Each life is looked for when it is asked for: all of them are never needed at once. */
  readonly entities: EntityIndex;
  places(): Places;
  code(): readonly CodeRow[];
  source(): readonly SourceRow[];
  /** One entry for each pass. */
  changes(): readonly PassChanges[];
  /** The value that has an id in a pass. */
  life(id: number, pass: number): Entity | undefined;
  rows(pass: number): PassRows;
  uses(pass: number, id: number): ValueUses;
  diff(from: number, to: number): PassDiff;
  /** Index of the state that a value has after a pass; undefined where the pass has none of this id. */
  stateOf(pass: number, id: number): number | undefined;
}

/** Answers about single passes that are kept: those on screen, and the last few that were. */
const mostKept = 12;

export function createSsaModel(dump: SsaDump, assembly: Assembly | undefined): SsaModel {
  const rows = lastFew((pass: number) => passRows(dump, pass));
  const lives = lastFew(createLives(dump));
  const diffs = lastFew((pair: number) =>
    diffPasses(dump, Math.floor(pair / dump.passes.length), pair % dump.passes.length),
  );
  return {
    dump,
    entities: { get: lives },
    places: once(() => createPlaces(dump)),
    code: once(() => codeRows(dump, assembly)),
    source: once(() => sourceRows(dump)),
    changes: once(() => countChanges(dump)),
    life: (id, pass) => lives(id).find((it) => it.first <= pass && pass <= it.last),
    rows,
    uses: (pass, id) => findUses(dump, pass, id),
    diff: (from, to) => diffs(from * dump.passes.length + to),
    stateOf(pass, id) {
      const { rows: lines, ofValue } = rows(pass);
      const row = lines[ofValue.get(id) ?? -1];
      return row?.kind === 'value' ? row.value : undefined;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function lastFew<T>(make: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.delete(key);
    known.set(key, found);
    for (const oldest of known.keys()) {
      if (known.size <= mostKept) break;
      known.delete(oldest);
    }
    return found;
  };
}
