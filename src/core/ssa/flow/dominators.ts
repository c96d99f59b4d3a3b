import { entry } from '../entry.js';
import type { FlowGraph } from './flowGraph.js';

export interface Dominators {
  /** Blocks that are reached, every one after the blocks that lead to it, loops aside (reverse postorder). */
  readonly order: readonly number[];
  /** Place in `order`; -1 for a block that is not reached. */
  readonly place: readonly number[];
  /** The closest block that all ways to this one go through; -1 for the first block and those not reached. */
  readonly idom: readonly number[];
  /** Whether all ways to `block` go through `by`; every block that is reached dominates itself. */
  readonly dominates: (by: number, block: number) => boolean;
}

/** Dominators by iteration over the reverse postorder (Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm). */
export function findDominators(graph: FlowGraph): Dominators {
  const count = graph.ids.length;
  const order = reversePostorder(graph);
  const place = Array.from({ length: count }, () => -1);
  order.forEach((block, at) => (place[block] = at));
  // By place, not by block: a smaller place is closer to the start.
  const idoms = new Int32Array(order.length).fill(-1);
  if (order.length > 0) idoms[0] = 0;
  for (let changed = true; changed;) {
    changed = false;
    for (let at = 1; at < order.length; at++) {
      let common = -1;
      for (const pred of entry(graph.preds, entry(order, at))) {
        const from = entry(place, pred);
        if (from < 0 || idoms[from] === -1) continue;
        common = common < 0 ? from : meet(idoms, common, from);
      }
      if (idoms[at] !== common) {
        idoms[at] = common;
        changed = true;
      }
    }
  }
  const idom = place.map((at) => (at <= 0 ? -1 : entry(order, idoms[at] ?? 0)));
  const { enter, leave } = numberTree(order, idom);
  return {
    order,
    place,
    idom,
    dominates: (by, block) =>
      (place[by] ?? -1) >= 0 &&
      (place[block] ?? -1) >= 0 &&
      (enter[by] ?? 0) <= (enter[block] ?? 0) &&
      (leave[block] ?? 0) <= (leave[by] ?? 0),
  };
}

function meet(idoms: Int32Array, a: number, b: number): number {
  while (a !== b) {
    while (a > b) a = idoms[a] ?? 0;
    while (b > a) b = idoms[b] ?? 0;
  }
  return a;
}

function reversePostorder({ ids, succs }: FlowGraph): readonly number[] {
  if (ids.length === 0) return [];
  const seen = new Uint8Array(ids.length);
  const post: number[] = [];
  const path: { block: number; next: number }[] = [{ block: 0, next: 0 }];
  seen[0] = 1;
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const targets = entry(succs, top.block);
    // From the last branch to the first, so that the first comes first once it is turned round.
    const target = targets[targets.length - 1 - top.next++];
    if (target === undefined) {
      post.push(top.block);
      path.pop();
    } else if (seen[target] === 0) {
      seen[target] = 1;
      path.push({ block: target, next: 0 });
    }
  }
  return post.reverse();
}

/** When a walk over the dominator tree enters and leaves each block: containment of these answers domination. */
function numberTree(
  order: readonly number[],
  idom: readonly number[],
): { readonly enter: Int32Array; readonly leave: Int32Array } {
  const enter = new Int32Array(idom.length);
  const leave = new Int32Array(idom.length);
  const children: number[][] = idom.map(() => []);
  for (const block of order) children[idom[block] ?? -1]?.push(block);
  let clock = 0;
  const path = order.length === 0 ? [] : [{ block: entry(order, 0), next: 0 }];
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    if (top.next === 0) enter[top.block] = clock++;
    const child = children[top.block]?.[top.next++];
    if (child !== undefined) path.push({ block: child, next: 0 });
    else {
      leave[top.block] = clock++;
      path.pop();
    }
  }
  return { enter, leave };
}
