/** Something that takes time; from `start` to `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Puts spans into as few rows as hold them without overlap, each into the first that is free when it starts. Go's
 * workers take what is ready in any order, and which of them it was is not recorded: a row is one of as many as were at
 * work. Returns a row for each span, in the order of the spans.
 */
export function assignLanes(spans: readonly Span[]): {
  readonly lanes: readonly number[];
  readonly count: number;
} {
  const order = spans.map((_, index) => index).sort((a, b) => compareSpans(spans[a], spans[b]));
  const freeAt: number[] = [];
  const lanes = new Array<number>(spans.length).fill(0);
  for (const index of order) {
    const span = spans[index];
    if (span === undefined) continue;
    const free = freeAt.findIndex((end) => end <= span.start);
    const lane = free < 0 ? freeAt.length : free;
    freeAt[lane] = span.end;
    lanes[index] = lane;
  }
  return { lanes, count: freeAt.length };
}

function compareSpans(a: Span | undefined, b: Span | undefined): number {
  return (a?.start ?? 0) - (b?.start ?? 0) || (a?.end ?? 0) - (b?.end ?? 0);
}
