/** Lines from left to right in the gap between two rows. */
export interface Tracks {
  /** The line of a key, from 0. */
  trackOf(key: number): number;
  readonly count: number;
}

/** Ways from left to right by key. */
export type Crossings = Map<number, { left: number; right: number }>;

/** Crossings of one line end this far from each other. */
const clearance = 8;

/** Adds a way; what has the same key may lie on the same line. */
export function addCrossing(crossings: Crossings, key: number, from: number, to: number): void {
  const known = crossings.get(key);
  if (known === undefined) {
    crossings.set(key, { left: Math.min(from, to), right: Math.max(from, to) });
  } else {
    known.left = Math.min(known.left, from, to);
    known.right = Math.max(known.right, from, to);
  }
}

/** Gives each key a line such that different ones don't touch. */
export function assignTracks(crossings: Crossings): Tracks {
  const trackOf = new Map<number, number>();
  const ends: number[] = [];
  for (const [key, { left, right }] of [...crossings].sort((a, b) => a[1].left - b[1].left)) {
    const free = ends.findIndex((end) => end + clearance <= left);
    const track = free < 0 ? ends.length : free;
    ends[track] = right;
    trackOf.set(key, track);
  }
  return { trackOf: (key) => trackOf.get(key) ?? 0, count: ends.length };
}
