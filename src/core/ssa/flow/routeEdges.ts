import { entry } from '../entry.js';
import type { FlowGraph } from './flowGraph.js';
import type { FlowSpacing } from './layoutFlow.js';
import type { LoopForest } from './loops.js';
import type { Rows, Way } from './rows.js';
import { addCrossing, assignTracks, type Crossings } from './tracks.js';

/** A line from the bottom of one block to the top of another, of pieces that go up, down, left or right. */
export interface FlowEdge {
  /** Numbers of blocks. */
  readonly from: number;
  readonly to: number;
  /** Which branch it is, from 0. */
  readonly branch: number;
  /** It jumps back, to a loop's head or into a loop with several entries. */
  readonly back: boolean;
  /** The compiler thinks it likely. */
  readonly likely: boolean;
  /** Corners as x, y, x, y, … */
  readonly points: readonly number[];
}

type Size = { readonly width: number; readonly height: number };

/** Where an edge changes column: pairs of the row below that gap and the column from there on. */
interface Plan {
  readonly edge: Omit<FlowEdge, 'points'>;
  readonly start: number;
  readonly hops: readonly number[];
}

/** Where edges back arrive, left of the others. */
const backInset = 10;

/**
 * Draws all edges between rows that are placed from left to right, and with them places the rows from top to bottom: a
 * gap is as high as the lines in it need. `bottom` is the end of the last gap.
 */
export function routeEdges(
  graph: FlowGraph,
  { isBackEdge }: LoopForest,
  { rows, nodeOf, passages, lanes }: Rows,
  layers: readonly number[],
  middles: Float64Array,
  sizes: readonly Size[],
  { gap, track }: FlowSpacing,
): { readonly tops: readonly number[]; readonly bottom: number; readonly edges: readonly FlowEdge[] } {
  const crossings: Crossings[] = Array.from({ length: rows.length + 1 }, (): Crossings => new Map());
  const middle = (node: number | undefined): number => middles[node ?? -1] ?? 0;
  const at = (way: Way | undefined, row: number): number => middle(way?.nodes[row - way.first]);

  function plan(from: number, to: number, branch: number, branches: number): Plan {
    const back = isBackEdge(from, to);
    const { width } = entry(sizes, from);
    const start = Math.round(middle(nodeOf[from]) + width * ((branch + 1) / (branches + 1) - 0.5));
    const [source, target] = [entry(layers, from), entry(layers, to)];
    const hops: number[] = [];
    let x = start;
    const hop = (row: number, next: number): void => {
      if (next === x) return;
      addCrossing(entry(crossings, row), keyOf(to, back), x, next);
      hops.push(row, next);
      x = next;
    };
    if (back) {
      for (let row = source; row >= target; row--) hop(row + 1, at(lanes[to], row));
      hop(target, middle(nodeOf[to]) - Math.min(backInset, Math.floor(entry(sizes, to).width / 4)));
    } else {
      for (let row = source + 1; row < target; row++) hop(row, at(passages[to], row));
      hop(target, middle(nodeOf[to]));
    }
    return { edge: { from, to, branch, back, likely: graph.likely[from] === branch }, start, hops };
  }

  const plans = graph.succs.flatMap((targets, from) =>
    entry(nodeOf, from) < 0 ? [] : targets.map((to, branch) => plan(from, to, branch, targets.length)),
  );
  const tracks = crossings.map(assignTracks);
  const heights = rowHeights(rows.length, layers, sizes);
  const tops: number[] = [];
  /** Where the first line in the gap above each row is. */
  const lines: number[] = [];
  let y = 0;
  for (const { count } of tracks) {
    lines.push(y + gap / 4 + track);
    y += Math.max(gap, gap / 2 + (count + 1) * track);
    if (tops.length === rows.length) break;
    tops.push(y);
    y += entry(heights, tops.length - 1);
  }

  const edges = plans.map(({ edge, start, hops }): FlowEdge => {
    const points = [start, entry(tops, entry(layers, edge.from)) + entry(sizes, edge.from).height];
    let x = start;
    for (let step = 0; step < hops.length; step += 2) {
      const row = entry(hops, step);
      const line = entry(lines, row) + entry(tracks, row).trackOf(keyOf(edge.to, edge.back)) * track;
      points.push(x, line, (x = entry(hops, step + 1)), line);
    }
    points.push(x, entry(tops, entry(layers, edge.to)));
    return { ...edge, points };
  });
  return { tops, bottom: y, edges };
}

/** Edges to one block share lines, edges back apart from the others. */
function keyOf(to: number, back: boolean): number {
  return to * 2 + (back ? 1 : 0);
}

function rowHeights(count: number, layers: readonly number[], sizes: readonly Size[]): readonly number[] {
  const heights = Array.from({ length: count }, () => 0);
  sizes.forEach(({ height }, block) => {
    const row = entry(layers, block);
    if (row >= 0) heights[row] = Math.max(entry(heights, row), height);
  });
  return heights;
}
