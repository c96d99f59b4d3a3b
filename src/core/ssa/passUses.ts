import { entry } from './entry.js';
import type { SsaDump } from './model.js';
import { blocksOf } from './passDiff.js';

/** Who reads a value in one pass. */
export interface ValueUses {
  /** Ids of the values that have it as an argument, in printed order, each once. */
  readonly values: readonly number[];
  /** Ids of the blocks whose way it decides. */
  readonly blocks: readonly number[];
}

const none: ValueUses = { values: [], blocks: [] };

/** Uses of every value of a pass; linear in the pass. A value that nobody reads has none. */
export function indexUses(dump: SsaDump, pass: number): (id: number) => ValueUses {
  const uses = new Map<number, { values: number[]; blocks: number[] }>();
  const of = (id: number): { values: number[]; blocks: number[] } => {
    let known = uses.get(id);
    if (known === undefined) uses.set(id, (known = { values: [], blocks: [] }));
    return known;
  };
  for (const block of blocksOf(dump, pass)) {
    for (const index of block.values) {
      const { id, args } = entry(dump.values, index);
      for (const arg of args ?? []) {
        const { values } = of(arg);
        if (values.at(-1) !== id) values.push(id);
      }
    }
    for (const control of block.controls ?? []) {
      const { blocks } = of(control);
      if (blocks.at(-1) !== block.id) blocks.push(block.id);
    }
  }
  return (id) => uses.get(id) ?? none;
}
