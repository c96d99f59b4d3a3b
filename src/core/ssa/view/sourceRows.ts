import type { Frame, SsaDump } from '../model.js';

/** A line of the source column. */
export type SourceRow =
  | { readonly kind: 'head'; readonly source: number; readonly file: number; readonly inlined: boolean }
  | { readonly kind: 'line'; readonly place: Frame; readonly text: string };

/** The function's source, then that of what was inlined into it, each under a head. */
export function sourceRows({ sources }: SsaDump): readonly SourceRow[] {
  return sources.flatMap(({ file, start, lines }, source): readonly SourceRow[] => [
    { kind: 'head', source, file, inlined: source > 0 },
    ...lines.map((text, index): SourceRow => ({ kind: 'line', place: { file, line: start + index }, text })),
  ]);
}
