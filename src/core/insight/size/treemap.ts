/** A part of the picture, in the units of the area that was given. */
export interface Tile<Item> {
  readonly item: Item;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Divides an area among items by their weight, in tiles that are as square as can be: row by row along the shorter
 * side, a row ending where one more item would make its tiles longer (Bruls, Huizing and van Wijk, "Squarified
 * Treemaps"). Items without weight get no tile.
 */
export function squarify<Item>(
  items: readonly Item[],
  weightOf: (item: Item) => number,
  area: Area,
): readonly Tile<Item>[] {
  const sorted = items
    .map((item) => ({ item, weight: weightOf(item) }))
    .filter((it) => it.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  let left = sorted.reduce((sum, it) => sum + it.weight, 0);
  const tiles: Tile<Item>[] = [];
  let rest = area;
  for (let at = 0; at < sorted.length && rest.width > 0 && rest.height > 0;) {
    const scale = (rest.width * rest.height) / left;
    const side = Math.min(rest.width, rest.height);
    let end = at + 1;
    let sum = sorted[at]?.weight ?? 0;
    const largest = sum;
    let worst = worstRatio(largest, sum, sum, side, scale);
    for (; end < sorted.length; end++) {
      const weight = sorted[end]?.weight ?? 0;
      const ratio = worstRatio(largest, weight, sum + weight, side, scale);
      if (ratio > worst) break;
      worst = ratio;
      sum += weight;
    }
    const row = sorted.slice(at, end);
    rest = layRow(row, sum, scale, rest, tiles);
    left -= sum;
    at = end;
  }
  return tiles;
}

/** The worst of a row's ratios of sides, which its largest or its smallest tile has. */
function worstRatio(largest: number, smallest: number, sum: number, side: number, scale: number): number {
  const depth = (sum * scale) / side;
  const long = (largest * scale) / depth;
  const short = (smallest * scale) / depth;
  return Math.max(long / depth, depth / long, short / depth, depth / short);
}

function layRow<Item>(
  row: readonly { readonly item: Item; readonly weight: number }[],
  sum: number,
  scale: number,
  rest: Area,
  tiles: Tile<Item>[],
): Area {
  const upright = rest.width >= rest.height;
  const depth = (sum * scale) / (upright ? rest.height : rest.width);
  let along = 0;
  for (const { item, weight } of row) {
    const length = (weight * scale) / depth;
    tiles.push(
      upright
        ? { item, x: rest.x, y: rest.y + along, width: depth, height: length }
        : { item, x: rest.x + along, y: rest.y, width: length, height: depth },
    );
    along += length;
  }
  return upright
    ? { x: rest.x + depth, y: rest.y, width: rest.width - depth, height: rest.height }
    : { x: rest.x, y: rest.y + depth, width: rest.width, height: rest.height - depth };
}
