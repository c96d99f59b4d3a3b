/** Bytes as people read them: 912 B, 4.1 kB, 12 MB; powers of 1000, as file managers count. */
export function formatSize(bytes: number): string {
  let value = bytes;
  for (const unit of ['B', 'kB', 'MB']) {
    if (value < 999.5) {
      return `${roundShort(value, unit)} ${unit}`;
    }
    value /= 1000;
  }
  return `${roundShort(value, 'GB')} GB`;
}

function roundShort(value: number, unit: string): string {
  return unit === 'B' || value >= 9.95 ? String(Math.round(value)) : value.toFixed(1);
}

/** Milliseconds as people read them: 0.4 s, 12 s, 2 min 5 s. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 9950) {
    return `${(milliseconds / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60
    ? `${String(seconds)} s`
    : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

/** A number with its noun in the right form: `1 package`, `2 packages`. */
export function formatCount(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
