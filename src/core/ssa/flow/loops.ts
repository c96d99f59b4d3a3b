import { entry } from '../entry.js';
import type { Dominators } from './dominators.js';
import type { FlowGraph } from './flowGraph.js';

/** A natural loop: blocks that are entered through its head alone, and from which its head can be reached again. */
export interface Loop {
  readonly head: number;
  /** Its blocks, inner loops and head included, ascending. */
  readonly body: readonly number[];
  /** Blocks that jump back to the head. */
  readonly latches: readonly number[];
  /** 1 for an outermost loop. */
  readonly depth: number;
  /** Index of the loop around it; -1 for an outermost one. */
  readonly parent: number;
}

export interface LoopForest {
  /** Outer loops before the loops in them. */
  readonly loops: readonly Loop[];
  /** For each block the innermost loop it is in; -1 for none. */
  readonly loopOf: readonly number[];
  /** For each block how many loops it is in. */
  readonly depth: readonly number[];
  /** Whether an edge jumps back: to a loop's head, or into a loop with several entries (from `goto`), which is no loop here. */
  readonly isBackEdge: (from: number, to: number) => boolean;
}

export function findLoops(graph: FlowGraph, dominators: Dominators): LoopForest {
  const { order, place, dominates } = dominators;
  const latchesOf = new Map<number, number[]>();
  for (const from of order) {
    for (const to of new Set(entry(graph.succs, from))) {
      if (!dominates(to, from)) continue;
      const known = latchesOf.get(to);
      if (known === undefined) latchesOf.set(to, [from]);
      else known.push(from);
    }
  }
  // In this order the head of an outer loop comes before those of its inner ones.
  const heads = [...latchesOf.keys()].sort((a, b) => entry(place, a) - entry(place, b));
  const loops: Loop[] = [];
  const loopOf = graph.ids.map(() => -1);
  for (const head of heads) {
    const latches = latchesOf.get(head) ?? [];
    const body = bodyOf(graph, place, head, latches);
    const parent = entry(loopOf, head);
    const depth = parent < 0 ? 1 : entry(loops, parent).depth + 1;
    loops.push({ head, body, latches, depth, parent });
    for (const block of body) loopOf[block] = loops.length - 1;
  }
  return {
    loops,
    loopOf,
    depth: loopOf.map((it) => (it < 0 ? 0 : entry(loops, it).depth)),
    isBackEdge: (from, to) => {
      const [source, target] = [entry(place, from), entry(place, to)];
      return source >= 0 && target >= 0 && target <= source;
    },
  };
}

function bodyOf(
  { preds }: FlowGraph,
  place: readonly number[],
  head: number,
  latches: readonly number[],
): readonly number[] {
  const body = new Set([head]);
  const rest = [...latches];
  for (let block = rest.pop(); block !== undefined; block = rest.pop()) {
    if (body.has(block)) continue;
    body.add(block);
    for (const pred of entry(preds, block)) if (entry(place, pred) >= 0) rest.push(pred);
  }
  return [...body].sort((a, b) => a - b);
}
