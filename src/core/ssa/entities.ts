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
}

interface Living {
  gen: number;
  first: number;
  last: number;
  value: ValueState;
  block: BlockState;
  isMemory: boolean;
}

/**
 * The lives of all values over all passes. An id that comes back after a pass without it is a new value. Within one pass
 * the compiler can free an id and hand it out again: rewriting works in place and keeps the block, moving keeps the op,
 * so a change of block, op and type together, or of a memory state into something else, is a new value too.
 * Sorted by id, then generation.
 */
export function findEntities({
  values,
  blocks,
  states,
  passes,
  strings,
}: Pick<SsaDump, 'values' | 'blocks' | 'states' | 'passes' | 'strings'>): readonly Entity[] {
  const memory = strings.indexOf('mem');
  const living = new Map<number, Living>();
  const generations = new Map<number, number>();
  const ended: Entity[] = [];

  function end(id: number, { gen, first, last, value }: Living): void {
    living.delete(id);
    ended.push({ id, gen, first, last, end: value.dead === 1 ? 'dead' : 'removed' });
  }

  function see(value: ValueState, block: BlockState, pass: number): void {
    const before = living.get(value.id);
    const isMemory = value.type === memory;
    if (before !== undefined) {
      const moved = before.block.id !== block.id;
      const another =
        before.isMemory !== isMemory ||
        (moved && before.value.op !== value.op && before.value.type !== value.type);
      if (!another) {
        before.last = pass;
        before.value = value;
        before.block = block;
        return;
      }
      end(value.id, before);
    }
    const gen = generations.get(value.id) ?? 0;
    generations.set(value.id, gen + 1);
    living.set(value.id, { gen, first: pass, last: pass, value, block, isMemory });
  }

  passes.forEach(({ state, changed }, pass) => {
    if (!changed) {
      for (const life of living.values()) life.last = pass;
      return;
    }
    for (const blockIndex of entry(states, state).blocks) {
      const block = entry(blocks, blockIndex);
      for (const index of block.values) see(entry(values, index), block, pass);
    }
    for (const [id, life] of living) if (life.last !== pass) end(id, life);
  });
  const alive = [...living].map(([id, { gen, first, last }]): Entity => ({ id, gen, first, last }));
  return [...ended, ...alive].sort((a, b) => a.id - b.id || a.gen - b.gen);
}
