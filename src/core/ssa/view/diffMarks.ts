import type { PassDiff } from '../passDiff.js';

/** What became of a line between two passes. */
export type Mark = 'added' | 'removed' | 'rewritten' | 'moved';

/** A comparison of two passes as marks on their lines, by id of the value or block. */
export interface DiffMarks {
  readonly left: MarkedLines;
  readonly right: MarkedLines;
  readonly counts: Readonly<Record<Mark, number>>;
}

interface MarkedLines {
  readonly values: ReadonlyMap<number, Mark>;
  readonly blocks: ReadonlyMap<number, Mark>;
}

const noLines: MarkedLines = { values: new Map(), blocks: new Map() };

/** Before anything was compared, and where nothing can be. */
export const noMarks: DiffMarks = {
  left: noLines,
  right: noLines,
  counts: { added: 0, removed: 0, rewritten: 0, moved: 0 },
};

/** What is gone is marked on the left, what is new on the right, what changed on both; a rewritten value that moved too is rewritten. */
export function diffMarks(diff: PassDiff, idOf: (value: number) => number): DiffMarks {
  const left = { values: new Map<number, Mark>(), blocks: new Map<number, Mark>() };
  const right = { values: new Map<number, Mark>(), blocks: new Map<number, Mark>() };
  for (const [changes, mark] of [
    [diff.moved, 'moved'],
    [diff.rewritten, 'rewritten'],
  ] as const) {
    for (const { before, after } of changes) {
      left.values.set(idOf(before.value), mark);
      right.values.set(idOf(after.value), mark);
    }
  }
  for (const { value } of diff.removed) left.values.set(idOf(value), 'removed');
  for (const { value } of diff.added) right.values.set(idOf(value), 'added');
  for (const id of diff.blocksRemoved) left.blocks.set(id, 'removed');
  for (const id of diff.blocksAdded) right.blocks.set(id, 'added');
  for (const id of diff.blocksChanged) {
    left.blocks.set(id, 'rewritten');
    right.blocks.set(id, 'rewritten');
  }
  return {
    left,
    right,
    counts: {
      added: diff.added.length,
      removed: diff.removed.length,
      rewritten: diff.rewritten.length,
      moved: diff.moved.length,
    },
  };
}
