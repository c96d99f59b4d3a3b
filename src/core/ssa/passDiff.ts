import { entry } from './entry.js';
import { findEntities, type Entity } from './entities.js';
import type { SsaDump, ValueState } from './model.js';

/** A value where it stands after a pass. */
export interface PlacedValue {
  /** Index into `SsaDump.values`. */
  readonly value: number;
  /** Id of its block. */
  readonly block: number;
}

/** What happened to values and blocks between two passes, by identity: id and generation. In printed order. */
export interface PassDiff {
  readonly added: readonly PlacedValue[];
  readonly removed: readonly PlacedValue[];
  /** Other op, type, aux, arguments or register. */
  readonly rewritten: readonly ValueChange[];
  /** In another block; the same value can be rewritten too. */
  readonly moved: readonly ValueChange[];
  /** Ids. */
  readonly blocksAdded: readonly number[];
  readonly blocksRemoved: readonly number[];
}

export interface ValueChange {
  readonly before: PlacedValue;
  readonly after: PlacedValue;
}

/** Generations by id, for many diffs of one dump. */
export type EntityIndex = ReadonlyMap<number, readonly Entity[]>;

export function indexEntities(dump: SsaDump): EntityIndex {
  const index = new Map<number, Entity[]>();
  for (const entity of findEntities(dump)) {
    const generations = index.get(entity.id);
    if (generations === undefined) index.set(entity.id, [entity]);
    else generations.push(entity);
  }
  return index;
}

/** What happened from pass `from` to pass `to`; linear in the two states. */
export function diffPasses(
  dump: SsaDump,
  from: number,
  to: number,
  entities: EntityIndex = indexEntities(dump),
): PassDiff {
  const before = placedValues(dump, from);
  const after = placedValues(dump, to);
  const added: PlacedValue[] = [];
  const removed: PlacedValue[] = [];
  const rewritten: ValueChange[] = [];
  const moved: ValueChange[] = [];
  const same = (id: number): boolean => generation(entities, id, from) === generation(entities, id, to);

  for (const [id, place] of before) if (!after.has(id) || !same(id)) removed.push(place);
  for (const [id, place] of after) {
    const old = before.get(id);
    if (old === undefined || !same(id)) {
      added.push(place);
      continue;
    }
    const change = { before: old, after: place };
    if (old.block !== place.block) moved.push(change);
    if (
      old.value !== place.value &&
      isRewritten(entry(dump.values, old.value), entry(dump.values, place.value))
    )
      rewritten.push(change);
  }
  const [oldBlocks, newBlocks] = [blockIds(dump, from), blockIds(dump, to)];
  return {
    added,
    removed,
    rewritten,
    moved,
    blocksAdded: [...newBlocks].filter((it) => !oldBlocks.has(it)),
    blocksRemoved: [...oldBlocks].filter((it) => !newBlocks.has(it)),
  };
}

/** Values of a pass by id, in printed order. */
export function placedValues(dump: SsaDump, pass: number): ReadonlyMap<number, PlacedValue> {
  const placed = new Map<number, PlacedValue>();
  for (const index of entry(dump.states, entry(dump.passes, pass).state).blocks) {
    const block = entry(dump.blocks, index);
    for (const value of block.values) placed.set(entry(dump.values, value).id, { value, block: block.id });
  }
  return placed;
}

function generation(entities: EntityIndex, id: number, pass: number): number | undefined {
  return entities.get(id)?.find((it) => it.first <= pass && pass <= it.last)?.gen;
}

function isRewritten(a: ValueState, b: ValueState): boolean {
  return (
    a.op !== b.op ||
    a.type !== b.type ||
    a.aux !== b.aux ||
    a.reg !== b.reg ||
    a.tmp !== b.tmp ||
    a.raw !== b.raw ||
    (a.args ?? []).join() !== (b.args ?? []).join()
  );
}

function blockIds(dump: SsaDump, pass: number): ReadonlySet<number> {
  const { blocks } = entry(dump.states, entry(dump.passes, pass).state);
  return new Set(blocks.map((it) => entry(dump.blocks, it).id));
}
