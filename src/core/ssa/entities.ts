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
export type EntityIndex = Pick<ReadonlyMap<number, readonly Entity[]>, 'get'>;

interface Living {
  gen: number;
  first: number;
  last: number;
  index: number;
  value: ValueState;
  block: BlockState;
  steps: number[];
}

/**
 * The lives of all values over all passes. An id that comes back after a pass without it is a new value. Within one pass
 * the compiler can free an id and hand it out again: rewriting works in place and keeps the block, moving keeps the op,
 * so a change of block, op and type together, or of a memory state into something else, is a new value too.
 * Sorted by id, then generation. With `only`, the lives of that id.
 */
export function findEntities(
  {
    values,
    blocks,
    states,
    passes,
    strings,
  }: Pick<SsaDump, 'values' | 'blocks' | 'states' | 'passes' | 'strings'>,
  only?: IdHolders,
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
    if (before !== undefined) {
      const moved = before.block.id !== block.id;
      if (!isAnother(before.value, value, moved, memory)) {
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
    living.set(value.id, { gen, first: pass, last: pass, index, value, block, steps });
  }

  passes.forEach(({ state, changed }, pass) => {
    if (!changed) {
      for (const life of living.values()) life.last = pass;
      return;
    }
    for (const blockIndex of entry(states, state).blocks) {
      if (only?.blocks.has(blockIndex) === false) continue;
      const block = entry(blocks, blockIndex);
      for (const index of block.values)
        if (only === undefined || entry(values, index).id === only.id) see(index, block, pass);
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

/**
 * Whether an id that two passes in a row have became another value between them; `memory` is the index of the text `mem`.
 * This is the rule that `findEntities` states.
 */
export function isAnother(before: ValueState, after: ValueState, moved: boolean, memory: number): boolean {
  return (
    (before.type === memory) !== (after.type === memory) ||
    (moved && before.op !== after.op && before.type !== after.type)
  );
}

/** An id, and where to look for it. */
interface IdHolders {
  readonly id: number;
  /** Indices of all blocks that have it. */
  readonly blocks: ReadonlySet<number>;
}

/**
 * The lives of single ids, for who needs a few of them at once: thousands of times quicker than all lives, but for the
 * first, which looks through every block.
 */
export function createLives(dump: SsaDump): (id: number) => readonly Entity[] {
  let holders: Map<number, number[]> | undefined;
  return (id) => {
    holders ??= indexHolders(dump);
    return findEntities(dump, { id, blocks: new Set(holders.get(id)) });
  };
}

/** Indices of the blocks that have an id, by id. */
function indexHolders({ values, blocks }: SsaDump): Map<number, number[]> {
  const ids = values.map((it) => it.id);
  const holders = new Map<number, number[]>();
  blocks.forEach((block, index) => {
    for (const value of block.values) {
      const id = entry(ids, value);
      const known = holders.get(id);
      if (known === undefined) holders.set(id, [index]);
      else known.push(index);
    }
  });
  return holders;
}

/** Lives by id, for many questions about one dump. */
export function indexEntities(dump: SsaDump): ReadonlyMap<number, readonly Entity[]> {
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
