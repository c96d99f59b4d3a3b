import { entry } from './entry.js';
import type { BlockState, SsaDump, ValueState } from './model.js';

/**
 * The life of one value. The compiler uses ids again, so an id alone is no identity: an id that comes back after it was
 * gone, or with another block, op and type at once, is another value, one generation on.
 */
export interface Entity {
  readonly id: number;
  /** From 0. */
  readonly gen: number;
  /** First and last pass that print it, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** How it ended, where it did: `dead`: it was dead when last seen, `removed`: it was not. */
  readonly end?: 'dead' | 'removed';
  /** Its states, each from a pass on: triples of pass, index into `SsaDump.values`, id of the block. */
  readonly steps: readonly number[];
}

/** A value where it stands after a pass. */
export interface PlacedValue {
  /** Index into `SsaDump.values`. */
  readonly value: number;
  /** Id of its block. */
  readonly block: number;
}

/** Lives by id, oldest first. */
export type EntityIndex = ReadonlyMap<number, readonly Entity[]>;

interface Living {
  gen: number;
  first: number;
  last: number;
  index: number;
  value: ValueState;
  block: BlockState;
  isMemory: boolean;
  steps: number[];
}

/**
 * The lives of all values over all passes. An id that comes back after a pass without it is a new value. Within one pass
 * the compiler can free an id and hand it out again: rewriting works in place and keeps the block, moving keeps the op,
 * so a change of block, op and type together, or of a memory state into something else, is a new value too.
 * Sorted by id, then generation. With `only`, the lives of that id, which is much quicker than all.
 */
export function findEntities(
  {
    values,
    blocks,
    states,
    passes,
    strings,
  }: Pick<SsaDump, 'values' | 'blocks' | 'states' | 'passes' | 'strings'>,
  only?: number,
): readonly Entity[] {
  const memory = strings.indexOf('mem');
  const living = new Map<number, Living>();
  const generations = new Map<number, number>();
  const ended: Entity[] = [];

  function end(id: number, { gen, first, last, value, steps }: Living): void {
    living.delete(id);
    ended.push({ id, gen, first, last, end: value.dead === 1 ? 'dead' : 'removed', steps });
  }

  function see(index: number, block: BlockState, pass: number): void {
    const value = entry(values, index);
    const before = living.get(value.id);
    const isMemory = value.type === memory;
    if (before !== undefined) {
      const moved = before.block.id !== block.id;
      const another =
        before.isMemory !== isMemory ||
        (moved && before.value.op !== value.op && before.value.type !== value.type);
      if (!another) {
        if (moved || before.index !== index) before.steps.push(pass, index, block.id);
        before.last = pass;
        before.index = index;
        before.value = value;
        before.block = block;
        return;
      }
      end(value.id, before);
    }
    const gen = generations.get(value.id) ?? 0;
    generations.set(value.id, gen + 1);
    const steps = [pass, index, block.id];
    living.set(value.id, { gen, first: pass, last: pass, index, value, block, isMemory, steps });
  }

  passes.forEach(({ state, changed }, pass) => {
    if (!changed) {
      for (const life of living.values()) life.last = pass;
      return;
    }
    for (const blockIndex of entry(states, state).blocks) {
      const block = entry(blocks, blockIndex);
      for (const index of block.values)
        if (only === undefined || entry(values, index).id === only) see(index, block, pass);
    }
    for (const [id, life] of living) if (life.last !== pass) end(id, life);
  });
  const alive = [...living].map(([id, { gen, first, last, steps }]): Entity => ({
    id,
    gen,
    first,
    last,
    steps,
  }));
  return [...ended, ...alive].sort((a, b) => a.id - b.id || a.gen - b.gen);
}

/** Lives by id, for many questions about one dump. */
export function indexEntities(dump: SsaDump): EntityIndex {
  const index = new Map<number, Entity[]>();
  for (const entity of findEntities(dump)) {
    const generations = index.get(entity.id);
    if (generations === undefined) index.set(entity.id, [entity]);
    else generations.push(entity);
  }
  return index;
}

/** The value that has this id in a pass; undefined if none has. */
export function entityAt(index: EntityIndex, id: number, pass: number): Entity | undefined {
  return index.get(id)?.find((it) => it.first <= pass && pass <= it.last);
}

/** Where and as what a value stands after a pass; undefined outside its life. */
export function placeOf({ first, last, steps }: Entity, pass: number): PlacedValue | undefined {
  if (pass < first || pass > last) return undefined;
  let at = steps.length - 3;
  while (at > 0 && (steps[at] ?? 0) > pass) at -= 3;
  return { value: entry(steps, at + 1), block: entry(steps, at + 2) };
}
