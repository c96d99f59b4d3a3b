import { entry } from '../entry.js';
import { findDominators, type Dominators } from './dominators.js';
import type { FlowGraph } from './flowGraph.js';
import { assignLayers } from './layers.js';
import { findLoops, type LoopForest } from './loops.js';
import { placeRows } from './placeRows.js';
import { routeEdges, type FlowEdge } from './routeEdges.js';
import { orderRows } from './rows.js';

/** A rectangle; y grows downwards. */
export interface FlowBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture of control flow, in the units of the sizes that were given. */
export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  /** By number of the block. */
  readonly boxes: readonly FlowBox[];
  readonly edges: readonly FlowEdge[];
}

/** Everything that is known about the control flow of a pass. */
export interface FlowFacts {
  readonly dominators: Dominators;
  readonly forest: LoopForest;
}

export interface FlowSpacing {
  /** Between blocks of a row, and around the picture. */
  readonly gap: number;
  /** Of a loop's blocks against those around it. */
  readonly indent: number;
  /** Between lines that run side by side from left to right. */
  readonly track: number;
}

const usual: FlowSpacing = { gap: 24, indent: 28, track: 10 };

export function findFlowFacts(graph: FlowGraph): FlowFacts {
  const dominators = findDominators(graph);
  return { dominators, forest: findLoops(graph, dominators) };
}

/**
 * Lays out control flow from top to bottom: what comes later is below, loops are in one piece, indented, with their edges
 * back on the left, branches in the compiler's order. Depends on nothing but the graph and the sizes, so that a pass
 * that changed little looks nearly the same. Blocks that are not reached stand in a last row, without edges. Near linear
 * in blocks and edges; meant for a worker all the same.
 */
export function layoutFlow(
  graph: FlowGraph,
  { dominators, forest }: FlowFacts,
  sizes: readonly { readonly width: number; readonly height: number }[],
  spacing: FlowSpacing = usual,
): FlowLayout {
  const layers = assignLayers(graph, dominators, forest);
  const rows = orderRows(graph, forest, layers);
  const middles = placeRows(
    rows,
    sizes.map((it) => it.width),
    spacing,
  );
  const { tops, bottom, edges } = routeEdges(graph, forest, rows, layers, middles, sizes, spacing);
  const placed = graph.ids.map((_, block): FlowBox | undefined => {
    const { width, height } = entry(sizes, block);
    const node = entry(rows.nodeOf, block);
    if (node < 0) return undefined;
    return { x: (middles[node] ?? 0) - width / 2, y: entry(tops, entry(layers, block)), width, height };
  });
  let right = 0;
  for (const it of placed) if (it !== undefined) right = Math.max(right, it.x + it.width);
  for (const { points } of edges)
    for (let at = 0; at < points.length; at += 2) right = Math.max(right, entry(points, at));
  return withLeftovers(placed, edges, sizes, { right, bottom, gap: spacing.gap });
}

/** Adds the blocks that are not reached, below the others, in lines as wide as those. */
function withLeftovers(
  placed: readonly (FlowBox | undefined)[],
  edges: readonly FlowEdge[],
  sizes: readonly { readonly width: number; readonly height: number }[],
  { right, bottom, gap }: { readonly right: number; readonly bottom: number; readonly gap: number },
): FlowLayout {
  let [x, y, tallest, widest] = [gap, bottom, 0, right];
  const boxes = placed.map((box, block): FlowBox => {
    if (box !== undefined) return box;
    const { width, height } = entry(sizes, block);
    if (x > gap && x + width > Math.max(right, 1000)) {
      x = gap;
      y += tallest + gap;
      tallest = 0;
    }
    const left = x;
    x += width + gap;
    tallest = Math.max(tallest, height);
    widest = Math.max(widest, left + width);
    return { x: left, y, width, height };
  });
  return { width: widest + gap, height: y + tallest + (tallest > 0 ? gap : 0), boxes, edges };
}
