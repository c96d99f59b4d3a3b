/** What the critical path is made of: times in milliseconds, absent for what was never done. */
interface Step {
  readonly id: number;
  readonly start?: number;
  readonly done?: number;
  readonly deps: readonly number[];
}

/**
 * The chain of actions, each needed by the next, that takes longest: with any number of processors the build could not
 * have been faster than this. Steps of a chain ran one after another, so its time is never more than the wall time.
 * `inOrder`: every step after those it needs.
 */
export function criticalPath(inOrder: readonly Step[]): {
  readonly actions: readonly number[];
  readonly time: number;
} {
  const best = new Map<number, { readonly time: number; readonly before?: number }>();
  let last: number | undefined;
  for (const step of inOrder) {
    let before: number | undefined;
    for (const dep of step.deps) {
      const known = best.get(dep);
      if (known !== undefined && known.time > (best.get(before ?? -1)?.time ?? -1)) before = dep;
    }
    const { start, done } = step;
    const own = start === undefined || done === undefined ? 0 : Math.max(0, done - start);
    const time = own + (before === undefined ? 0 : (best.get(before)?.time ?? 0));
    best.set(step.id, before === undefined ? { time } : { time, before });
    if (last === undefined || time >= (best.get(last)?.time ?? 0)) last = step.id;
  }
  const actions: number[] = [];
  for (let id = last; id !== undefined; id = best.get(id)?.before) actions.unshift(id);
  return { actions, time: last === undefined ? 0 : (best.get(last)?.time ?? 0) };
}
