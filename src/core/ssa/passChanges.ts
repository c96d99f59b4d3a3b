import { entry } from './entry.js';
import type { EntityIndex } from './entities.js';
import type { SsaDump } from './model.js';
import { blocksOf, diffBlocks } from './passDiff.js';
import { changedAspects, isRewriting } from './valueAspects.js';

/** How much a pass did, against the pass before it. */
export interface PassChanges {
  /** Values and blocks it left. */
  readonly values: number;
  readonly blocks: number;
  readonly added: number;
  readonly removed: number;
  readonly rewritten: number;
  /** Into another block. */
  readonly moved: number;
  /** Blocks that came, went or end otherwise. */
  readonly blocksChanged: number;
}

const nothing = { added: 0, removed: 0, rewritten: 0, moved: 0, blocksChanged: 0 };

/**
 * One entry for each pass: what `diffPasses` would list, counted. All passes together cost one walk over the lives of
 * values, since a life notes only what changes. The first pass has nothing before it, and did nothing.
 */
export function countChanges(dump: SsaDump, entities: EntityIndex): readonly PassChanges[] {
  const sizes = dump.states.map(({ blocks }) =>
    blocks.reduce((sum, it) => sum + entry(dump.blocks, it).values.length, 0),
  );
  const counted = dump.passes.map(({ state, changed }, pass) => ({
    ...nothing,
    values: entry(sizes, state),
    blocks: entry(dump.states, state).blocks.length,
    blocksChanged: changed && pass > 0 ? countBlocks(dump, pass) : 0,
  }));
  for (const lives of entities.values()) {
    for (const { first, last, steps } of lives) {
      if (first > 0) entry(counted, first).added++;
      const next = counted[last + 1];
      if (next !== undefined) next.removed++;
      for (let at = 3; at < steps.length; at += 3) {
        const change = entry(counted, entry(steps, at));
        if (steps[at + 2] !== steps[at - 1]) change.moved++;
        const before = entry(dump.values, entry(steps, at - 2));
        const after = entry(dump.values, entry(steps, at + 1));
        if (isRewriting(changedAspects(before, after))) change.rewritten++;
      }
    }
  }
  return counted;
}

function countBlocks(dump: SsaDump, pass: number): number {
  const before = blocksOf(dump, pass - 1);
  const after = blocksOf(dump, pass);
  if (before.length === after.length && before.every((it, index) => it === after[index])) return 0;
  const { blocksAdded, blocksRemoved, blocksChanged } = diffBlocks(dump, pass - 1, pass);
  return blocksAdded.length + blocksRemoved.length + blocksChanged.length;
}
