import { entry } from '../entry.js';
import type { Rows } from './rows.js';

interface Spacing {
  /** Between neighbours of a row. */
  readonly gap: number;
  /** Of a loop's blocks against those around it. */
  readonly indent: number;
}

/** Neighbours of each node, one list behind the other: those of node n from `starts[n]` to `starts[n + 1]`. */
interface Neighbours {
  readonly starts: Int32Array;
  readonly nodes: Int32Array;
}

const sweeps = 6;
/** Ways of edges are pulled straight before blocks are centred. */
const passageWeight = 4;

/**
 * The middle of each node, from left to right in the order of its row: as close as there is room to the middle of what it
 * is connected with, above and below in turn, and never left of its indent. Whole numbers, from `gap` on.
 */
export function placeRows(
  { rows, blockOf, depth, links }: Rows,
  blockWidths: readonly number[],
  { gap, indent }: Spacing,
): Float64Array {
  const widths = Float64Array.from(blockOf, (block) => (block < 0 ? 0 : entry(blockWidths, block)));
  const least = Float64Array.from(depth, (it, node) => it * indent + (widths[node] ?? 0) / 2);
  const weights = Float64Array.from(blockOf, (block) => (block < 0 ? passageWeight : 1));
  const above = neighbours(links, blockOf.length, 1);
  const below = neighbours(links, blockOf.length, 0);
  const middles = new Float64Array(blockOf.length);
  const spread = createSpreader(Math.max(0, ...rows.map((it) => it.length)), widths, least, weights, gap);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    for (let step = 0; step < rows.length; step++) {
      spread(rows[down ? step : rows.length - 1 - step] ?? [], down ? above : below, middles);
    }
  }
  // To the left as one, until the first stands at its indent.
  const slack = middles.reduce((room, it, node) => Math.min(room, it - (least[node] ?? 0)), Infinity);
  // Whole numbers, so that ways that are straight but for a rounding error are straight.
  return middles.map((it) => Math.round(it + gap - slack));
}

/** What each node is linked with: as the lower end of links (`end` 1) those above it, as the upper end (0) those below. */
function neighbours(links: readonly number[], count: number, end: 0 | 1): Neighbours {
  const starts = new Int32Array(count + 1);
  const increase = (counts: Int32Array, at: number, by: number): void => {
    counts[at] = (counts[at] ?? 0) + by;
  };
  for (let at = end; at < links.length; at += 2) increase(starts, entry(links, at) + 1, 1);
  for (let node = 0; node < count; node++) increase(starts, node + 1, starts[node] ?? 0);
  const nodes = new Int32Array(links.length / 2);
  const next = starts.slice();
  for (let at = 0; at < links.length; at += 2) {
    const node = entry(links, at + end);
    nodes[next[node] ?? 0] = entry(links, at + 1 - end);
    increase(next, node, 1);
  }
  return { starts, nodes };
}

/**
 * A function that gives a row the places that miss the wished ones by the least squares, in order and without overlap:
 * neighbours that would overlap form a group, which stands where its members would on average (pool adjacent violators).
 */
function createSpreader(
  longest: number,
  widths: Float64Array,
  least: Float64Array,
  weights: Float64Array,
  gap: number,
): (row: readonly number[], towards: Neighbours, middles: Float64Array) => void {
  const offsets = new Float64Array(longest);
  const sums = new Float64Array(longest);
  const masses = new Float64Array(longest);
  const ends = new Int32Array(longest);

  return (row, { starts, nodes }, middles) => {
    let offset = 0;
    let groups = 0;
    for (let at = 0; at < row.length; at++) {
      const node = row[at] ?? 0;
      if (at > 0) offset += ((widths[row[at - 1] ?? 0] ?? 0) + (widths[node] ?? 0)) / 2 + gap;
      offsets[at] = offset;
      const [from, to] = [starts[node] ?? 0, starts[node + 1] ?? 0];
      let wish = from === to ? (middles[node] ?? 0) : 0;
      for (let it = from; it < to; it++) wish += (middles[nodes[it] ?? 0] ?? 0) / (to - from);
      let mass = weights[node] ?? 1;
      let sum = (Math.max(wish, least[node] ?? 0) - offset) * mass;
      while (groups > 0 && (sums[groups - 1] ?? 0) / (masses[groups - 1] ?? 1) > sum / mass) {
        groups--;
        sum += sums[groups] ?? 0;
        mass += masses[groups] ?? 0;
      }
      sums[groups] = sum;
      masses[groups] = mass;
      ends[groups] = at;
      groups++;
    }
    let at = 0;
    let floor = -Infinity;
    for (let group = 0; group < groups; group++) {
      const place = (sums[group] ?? 0) / (masses[group] ?? 1);
      for (; at <= (ends[group] ?? 0); at++) {
        const node = row[at] ?? 0;
        const own = offsets[at] ?? 0;
        floor = Math.max(floor, place, (least[node] ?? 0) - own);
        middles[node] = floor + own;
      }
    }
  };
}
