import { ownerLabel } from './sizeGroups.js';
import type { SizeEntry, SizeOwner, SizeReport } from './sizeReport.js';

/** One owner in two binaries; bytes are 0 where it is not in one of them. */
export interface SizeDifference {
  readonly owner: SizeOwner;
  readonly before: number;
  readonly after: number;
}

/** Both reports by owner, the largest difference first. The sums are the files' sizes. */
export function compareSizes(
  before: Pick<SizeReport, 'entries'>,
  after: Pick<SizeReport, 'entries'>,
): readonly SizeDifference[] {
  const byOwner = ({ entries }: Pick<SizeReport, 'entries'>): ReadonlyMap<string, SizeEntry> =>
    new Map(entries.map((it) => [ownerLabel(it.owner), it]));
  const [left, right] = [byOwner(before), byOwner(after)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .flatMap((key) => {
      const entry = left.get(key) ?? right.get(key);
      return entry === undefined
        ? []
        : [{ owner: entry.owner, before: left.get(key)?.bytes ?? 0, after: right.get(key)?.bytes ?? 0 }];
    })
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || b.after - a.after);
}
