import { entry } from './entry.js';
import { isAnother, type PlacedValue } from './entities.js';
import type { BlockState, SsaDump } from './model.js';
import { changedAspects, isRewriting, type ValueAspect } from './valueAspects.js';

/** What happened to values and blocks between two passes, by identity: id and generation. In printed order. */
export interface PassDiff {
  readonly added: readonly PlacedValue[];
  readonly removed: readonly PlacedValue[];
  /** Other op, type, aux, arguments or register. */
  readonly rewritten: readonly ValueRewrite[];
  /** In another block; the same value can be rewritten too. */
  readonly moved: readonly ValueChange[];
  /** Ids. */
  readonly blocksAdded: readonly number[];
  readonly blocksRemoved: readonly number[];
  /** Ids of blocks of both that end otherwise: another kind, control or successor. */
  readonly blocksChanged: readonly number[];
}

export interface ValueChange {
  readonly before: PlacedValue;
  readonly after: PlacedValue;
}

export interface ValueRewrite extends ValueChange {
  readonly aspects: readonly ValueAspect[];
}

/** What happened from pass `from` to pass `to`; linear in the two states. */
export function diffPasses(dump: SsaDump, from: number, to: number): PassDiff {
  const before = placedValues(dump, from);
  const after = placedValues(dump, to);
  const added: PlacedValue[] = [];
  const removed: PlacedValue[] = [];
  const rewritten: ValueRewrite[] = [];
  const moved: ValueChange[] = [];
  const survivors = findSurvivors(dump, from, to);

  for (const [id, place] of before) if (!survivors.has(id)) removed.push(place);
  for (const [id, place] of after) {
    const old = before.get(id);
    if (old === undefined || !survivors.has(id)) {
      added.push(place);
      continue;
    }
    const change = { before: old, after: place };
    if (old.block !== place.block) moved.push(change);
    if (old.value === place.value) continue;
    const aspects = changedAspects(entry(dump.values, old.value), entry(dump.values, place.value));
    if (isRewriting(aspects)) rewritten.push({ ...change, aspects });
  }
  return { added, removed, rewritten, moved, ...diffBlocks(dump, from, to) };
}

/**
 * Ids that mean the same value in two passes, in either order: it is in both and in all between, and none of them made
 * another of it. What the lives of all values would tell, for the cost of the passes between.
 */
export function findSurvivors(dump: SsaDump, one: number, other: number): ReadonlySet<number> {
  const memory = dump.strings.indexOf('mem');
  const [first, last] = one < other ? [one, other] : [other, one];
  let alive = placedValues(dump, first);
  for (let pass = first + 1; pass <= last; pass++) {
    if (!entry(dump.passes, pass).changed) continue;
    const left = new Map<number, PlacedValue>();
    for (const [id, place] of placedValues(dump, pass)) {
      const before = alive.get(id);
      if (before === undefined) continue;
      const moved = before.block !== place.block;
      if (!isAnother(entry(dump.values, before.value), entry(dump.values, place.value), moved, memory))
        left.set(id, place);
    }
    alive = left;
  }
  return new Set(alive.keys());
}

/** Values of a pass by id, in printed order. */
export function placedValues(dump: SsaDump, pass: number): ReadonlyMap<number, PlacedValue> {
  const placed = new Map<number, PlacedValue>();
  for (const block of blocksOf(dump, pass)) {
    for (const value of block.values) placed.set(entry(dump.values, value).id, { value, block: block.id });
  }
  return placed;
}

/** Blocks of a pass, in printed order. */
export function blocksOf(
  { passes, states, blocks }: Pick<SsaDump, 'passes' | 'states' | 'blocks'>,
  pass: number,
): readonly BlockState[] {
  return entry(states, entry(passes, pass).state).blocks.map((it) => entry(blocks, it));
}

/** The same for blocks alone, whose ids say who they are. */
export function diffBlocks(
  dump: SsaDump,
  from: number,
  to: number,
): Pick<PassDiff, 'blocksAdded' | 'blocksRemoved' | 'blocksChanged'> {
  const old = new Map(blocksOf(dump, from).map((it) => [it.id, it]));
  const blocksAdded: number[] = [];
  const blocksChanged: number[] = [];
  for (const block of blocksOf(dump, to)) {
    const before = old.get(block.id);
    if (before === undefined) blocksAdded.push(block.id);
    else if (before !== block && endsOtherwise(before, block)) blocksChanged.push(block.id);
    old.delete(block.id);
  }
  return { blocksAdded, blocksRemoved: [...old.keys()], blocksChanged };
}

function endsOtherwise(a: BlockState, b: BlockState): boolean {
  return (
    a.kind !== b.kind ||
    a.aux !== b.aux ||
    a.likely !== b.likely ||
    (a.controls ?? []).join() !== (b.controls ?? []).join() ||
    (a.succs ?? []).join() !== (b.succs ?? []).join()
  );
}
