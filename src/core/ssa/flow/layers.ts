import { entry } from '../entry.js';
import type { Dominators } from './dominators.js';
import type { FlowGraph } from './flowGraph.js';
import type { LoopForest } from './loops.js';

/**
 * The row of each block, from 0; -1 for a block that is not reached. Every edge but those that jump back leads to a lower
 * row, and what follows a loop is below all of the loop, so that a loop is one piece. As high as that allows.
 */
export function assignLayers(
  graph: FlowGraph,
  { order }: Dominators,
  { loops, loopOf, isBackEdge }: LoopForest,
): readonly number[] {
  const count = graph.ids.length;
  // Behind the blocks one more node for each loop: its end, which everything in it leads to, and it to all exits.
  const targets: Set<number>[] = Array.from({ length: count + loops.length }, () => new Set());
  const waiting = new Int32Array(count + loops.length);
  const link = (from: number, to: number): void => {
    const known = entry(targets, from);
    if (known.has(to)) return;
    known.add(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  };
  for (const from of order) {
    const inner = entry(loopOf, from);
    if (inner >= 0) link(from, count + inner);
    for (const to of entry(graph.succs, from)) {
      if (isBackEdge(from, to)) continue;
      link(from, to);
      for (let loop = inner; loop >= 0; loop = entry(loops, loop).parent) {
        if (contains(loops, entry(loopOf, to), loop)) break;
        link(count + loop, to);
      }
    }
  }
  loops.forEach(({ parent }, index) => {
    if (parent >= 0) link(count + index, count + parent);
  });

  const layers: number[] = Array.from({ length: count + loops.length }, () => -1);
  const ready: number[] = [];
  if (order[0] !== undefined) {
    layers[order[0]] = 0;
    ready.push(order[0]);
  }
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    // A loop's end takes no row: it is as low as the lowest of its blocks.
    for (const to of entry(targets, node)) {
      const below = entry(layers, node) + (to < count ? 1 : 0);
      layers[to] = Math.max(entry(layers, to), below);
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  return layers.slice(0, count);
}

function contains(loops: LoopForest['loops'], inner: number, outer: number): boolean {
  for (let loop = inner; loop >= 0; loop = entry(loops, loop).parent) if (loop === outer) return true;
  return false;
}
