import fc from 'fast-check';
import type { FlowGraph } from '../../../../src/core/ssa/flow/flowGraph.js';

/** A graph by its successors; block 0 is the first. */
export function graphOf(succs: readonly (readonly number[])[]): FlowGraph {
  return {
    ids: succs.map((_, number) => number + 1),
    succs,
    preds: succs.map((_, to) =>
      succs.flatMap((targets, from) => targets.filter((it) => it === to).map(() => from)),
    ),
    likely: succs.map(() => -1),
    dead: succs.map(() => false),
  };
}

/** Any control flow, goto and unreachable blocks included, in which nothing leads to the first block. */
export const anyGraph = fc
  .integer({ min: 1, max: 24 })
  .chain((count) =>
    fc.array(
      fc.array(fc.integer({ min: 1, max: Math.max(1, count - 1) }), { maxLength: count > 1 ? 3 : 0 }),
      {
        minLength: count,
        maxLength: count,
      },
    ),
  )
  .map(graphOf);

/** Blocks that a walk from the first reaches without going through `without`. */
export function reached({ succs }: FlowGraph, without = -1): ReadonlySet<number> {
  const seen = new Set<number>();
  const rest = [0];
  for (let block = rest.pop(); block !== undefined; block = rest.pop()) {
    if (block === without || seen.has(block)) continue;
    seen.add(block);
    rest.push(...succs[block]!);
  }
  return seen;
}
