/** An action and the CPU time of all that it started, in milliseconds. */
interface Worker {
  readonly start?: number;
  readonly end?: number;
  readonly cpu?: { readonly user: number; readonly system: number };
}

/**
 * How many processors the commands of a build kept busy, in equal parts of the time from `from` to `to`. Go measures a
 * command's CPU time as a whole: it is spread evenly over its action here. What the go command itself used is not in it.
 */
export function cpuUse(
  workers: readonly Worker[],
  { from, to, parts }: { readonly from: number; readonly to: number; readonly parts: number },
): readonly number[] {
  const busy = new Array<number>(parts).fill(0);
  const width = (to - from) / parts;
  if (!(width > 0)) return busy;
  for (const { start, end, cpu } of workers) {
    if (start === undefined || end === undefined || cpu === undefined || end <= start) continue;
    const rate = (cpu.user + cpu.system) / (end - start);
    const first = Math.max(0, Math.floor((start - from) / width));
    const last = Math.min(parts - 1, Math.floor((end - from) / width));
    for (let part = first; part <= last; part++) {
      const left = from + part * width;
      const shared = Math.min(end, left + width) - Math.max(start, left);
      if (shared > 0) busy[part] = (busy[part] ?? 0) + (rate * shared) / width;
    }
  }
  return busy;
}
