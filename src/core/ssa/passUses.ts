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

/** Uses of one value in a pass; linear in the pass. A value that nobody reads has none. */
export function findUses(dump: SsaDump, pass: number, id: number): ValueUses {
  const values: number[] = [];
  const blocks: number[] = [];
  for (const block of blocksOf(dump, pass)) {
    for (const index of block.values) {
      const value = entry(dump.values, index);
      if (value.args?.includes(id) === true) values.push(value.id);
    }
    if (block.controls?.includes(id) === true) blocks.push(block.id);
  }
  return { values, blocks };
}
