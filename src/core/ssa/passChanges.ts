import { entry } from './entry.js';
import { isAnother } from './entities.js';
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

/**
 * One entry for each pass: what `diffPasses` would list, counted. Large functions have a million values over all passes,
 * so a block that a pass left as it was is not looked into.
 */
export function countChanges(dump: SsaDump): readonly PassChanges[] {
  const memory = dump.strings.indexOf('mem');
  const ids = Int32Array.from(dump.values, (it) => it.id);
  const size = ids.reduce((most, it) => Math.max(most, it), 0) + 1;
  /** By index of a block: the last pass that had it. By id of a value: its state when last looked at, and its block's index. */
  const seen = new Int32Array(dump.blocks.length).fill(-1);
  const states = new Int32Array(size);
  const homes = new Int32Array(size).fill(-1);
  let [before, present] = [-1, 0];
  return dump.passes.map(({ state, changed }, pass): PassChanges => {
    const counted = { added: 0, removed: 0, rewritten: 0, moved: 0 };
    const placed = entry(dump.states, state).blocks;
    if (!changed) return { values: present, blocks: placed.length, ...counted, blocksChanged: 0 };
    let [survived, there] = [0, 0];
    for (const blockIndex of placed) {
      const block = entry(dump.blocks, blockIndex);
      there += block.values.length;
      const isNew = before < 0 || seen[blockIndex] !== before;
      seen[blockIndex] = pass;
      if (!isNew) {
        survived += block.values.length;
        continue;
      }
      for (const index of block.values) {
        const id = entry(ids, index);
        const [old, home] = [states[id] ?? 0, homes[id] ?? -1];
        states[id] = index;
        homes[id] = blockIndex;
        if (before < 0) continue;
        const moved = home >= 0 && entry(dump.blocks, home).id !== block.id;
        const isSame =
          home >= 0 &&
          seen[home] === before &&
          !isAnother(entry(dump.values, old), entry(dump.values, index), moved, memory);
        if (!isSame) {
          counted.added++;
          continue;
        }
        survived++;
        if (moved) counted.moved++;
        if (old !== index && isRewritten(dump, old, index)) counted.rewritten++;
      }
    }
    counted.removed = present - survived;
    const blocksChanged = pass > 0 ? countBlocks(dump, pass) : 0;
    [before, present] = [pass, there];
    return { values: there, blocks: placed.length, ...counted, blocksChanged };
  });
}

function isRewritten({ values }: SsaDump, before: number, after: number): boolean {
  return isRewriting(changedAspects(entry(values, before), entry(values, after)));
}

function countBlocks(dump: SsaDump, pass: number): number {
  const before = blocksOf(dump, pass - 1);
  const after = blocksOf(dump, pass);
  if (before.length === after.length && before.every((it, index) => it === after[index])) return 0;
  const { blocksAdded, blocksRemoved, blocksChanged } = diffBlocks(dump, pass - 1, pass);
  return blocksAdded.length + blocksRemoved.length + blocksChanged.length;
}
