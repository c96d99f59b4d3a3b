/** The same numbers for the same seed, so that a failure can be looked at again. */
export function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Pieces of every length, of which many are short. */
export function cutAtRandom(text: string, next: () => number): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = at + 1 + Math.floor(next() ** 4 * 20_000);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}
