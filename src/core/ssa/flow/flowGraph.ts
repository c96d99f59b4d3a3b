import type { SsaDump } from '../model.js';
import { blocksOf } from '../passDiff.js';

/** The control flow of one pass. Blocks are numbered in printed order; the first is where the function begins. */
export interface FlowGraph {
  /** Ids by number. */
  readonly ids: readonly number[];
  /** Numbers of the blocks it goes on with, in branch order; a block can stand there twice. */
  readonly succs: readonly (readonly number[])[];
  readonly preds: readonly (readonly number[])[];
  /** Which of the successors is likely, as the compiler thinks: 0 or 1, -1 where it has no opinion. */
  readonly likely: readonly number[];
  /** The compiler calls it dead: nothing reaches it any more. */
  readonly dead: readonly boolean[];
}

/** Successors that a dump cut short doesn't hold are left out. */
export function readFlowGraph(dump: Pick<SsaDump, 'passes' | 'states' | 'blocks'>, pass: number): FlowGraph {
  const blocks = blocksOf(dump, pass);
  const ids = blocks.map((it) => it.id);
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const succs = blocks.map((it) =>
    (it.succs ?? []).flatMap((id) => {
      const number = numbers.get(id);
      return number === undefined ? [] : [number];
    }),
  );
  return {
    ids,
    succs,
    preds: invert(succs),
    likely: blocks.map((it) => (it.likely === undefined ? -1 : it.likely === 1 ? 0 : 1)),
    dead: blocks.map((it) => it.dead === 1),
  };
}

function invert(succs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const preds: number[][] = succs.map(() => []);
  succs.forEach((targets, from) => {
    for (const to of targets) preds[to]?.push(from);
  });
  return preds;
}
