import { entry } from '../entry.js';
import type { FlowGraph } from './flowGraph.js';
import type { LoopForest } from './loops.js';

/** A node of each row from `first` on, through which an edge runs. */
export interface Way {
  readonly first: number;
  readonly nodes: readonly number[];
}

/**
 * Rows of nodes from top to bottom, in each from left to right. A node is a block, or a place where an edge passes. There
 * are many more nodes than blocks, so they are columns of numbers.
 */
export interface Rows {
  readonly rows: readonly (readonly number[])[];
  /** Block of each node; -1 for a place where edges pass. */
  readonly blockOf: readonly number[];
  /** Node of each block; -1 for one that is not reached. */
  readonly nodeOf: readonly number[];
  /** Loops around a node: it is indented by them. */
  readonly depth: readonly number[];
  /** Pairs of nodes of neighbouring rows, upper and lower, that are drawn towards each other. */
  readonly links: readonly number[];
  /** By number of a block: where edges to it pass, from the first row that has such a place; and where edges back to it do. */
  readonly passages: readonly (Way | undefined)[];
  readonly lanes: readonly (Way | undefined)[];
}

/** Rows while they grow. */
interface Draft {
  readonly rows: number[][];
  readonly blockOf: number[];
  readonly depth: number[];
  readonly links: number[];
}

/**
 * Puts the blocks of each row in the order in which the row above leads to them, branch by branch. The order of branches
 * is the compiler's and stays from pass to pass; sorting by crossings would make blocks jump. Edges to one block share
 * their way.
 */
export function orderRows(graph: FlowGraph, forest: LoopForest, layers: readonly number[]): Rows {
  const draft: Draft = { rows: [], blockOf: [], depth: [], links: [] };
  const nodeOf = graph.ids.map(() => -1);
  const passages: ({ first: number; nodes: number[] } | undefined)[] = graph.ids.map(() => undefined);
  /** For a place to pass, the block that is passed to. */
  const destinationOf: number[] = [];

  /** The node by which an edge to `block` goes through a row: the block itself, or a place to pass. */
  const through = (block: number, layer: number): number => {
    if (layers[block] === layer) {
      if (nodeOf[block] === -1) nodeOf[block] = add(draft, layer, block, entry(forest.depth, block));
      return entry(nodeOf, block);
    }
    const way = (passages[block] ??= { first: layer, nodes: [] });
    // Rows are filled from the top, so a way grows by one node with each.
    const known = way.nodes[layer - way.first];
    if (known !== undefined) return known;
    const node = add(draft, layer, -1, entry(forest.depth, block));
    destinationOf[node] = block;
    way.nodes.push(node);
    return node;
  };

  if (layers.includes(0)) through(layers.indexOf(0), 0);
  for (let layer = 0; layer < draft.rows.length; layer++) {
    for (const node of entry(draft.rows, layer)) {
      const block = entry(draft.blockOf, node);
      if (block < 0) {
        draft.links.push(node, through(entry(destinationOf, node), layer + 1));
        continue;
      }
      for (const to of entry(graph.succs, block))
        if (!forest.isBackEdge(block, to)) draft.links.push(node, through(to, layer + 1));
    }
  }
  const lanes = addLanes(graph, forest, layers, draft);
  return { ...draft, nodeOf, passages, lanes };
}

function add({ rows, blockOf, depth }: Draft, layer: number, block: number, around: number): number {
  (rows[layer] ??= []).push(blockOf.length);
  depth.push(around);
  return blockOf.push(block) - 1;
}

/** Adds to each row that an edge back crosses a place left of the loop's first block there, outer loops first. */
function addLanes(
  { succs, ids }: FlowGraph,
  { loops, isBackEdge, depth }: LoopForest,
  layers: readonly number[],
  draft: Draft,
): readonly (Way | undefined)[] {
  /** By the block that is jumped back to: the lowest row from which, and what stands right of the lane. */
  const backward = new Map<number, { lowest: number; readonly members: Set<number> }>();
  for (const { head, body } of loops) backward.set(head, { lowest: -1, members: new Set(body) });
  succs.forEach((targets, from) => {
    for (const to of targets) {
      if (!isBackEdge(from, to)) continue;
      const known = backward.get(to) ?? { lowest: -1, members: new Set([to]) };
      known.members.add(from);
      known.lowest = Math.max(known.lowest, entry(layers, from));
      backward.set(to, known);
    }
  });
  const lanes: (Way | undefined)[] = ids.map(() => undefined);
  for (const [head, { lowest, members }] of backward) {
    const first = entry(layers, head);
    const nodes: number[] = [];
    for (let layer = first; layer <= lowest; layer++) {
      const row = entry(draft.rows, layer);
      const at = row.findIndex((it) => members.has(entry(draft.blockOf, it)));
      const node = draft.blockOf.push(-1) - 1;
      draft.depth.push(Math.max(0, entry(depth, head) - 1));
      row.splice(Math.max(0, at), 0, node);
      const above = nodes.at(-1);
      if (above !== undefined) draft.links.push(above, node);
      nodes.push(node);
    }
    lanes[head] = { first, nodes };
  }
  return lanes;
}
