import type { GoAction } from './actionGraph.js';
import type { TracedAction } from './goTrace.js';

const momentMs = 0.05;

/**
 * The lane of each action where go's trace told which of its workers did it: a lane is a worker, in the order of their
 * numbers. Undefined where the trace leaves out an action that took time: then nothing is told for certain.
 * What go has no work for (a build's root, `unsafe`) is not in its trace, and takes less than a microsecond.
 */
export function workerLanes(
  actions: readonly GoAction[],
  traced: readonly TracedAction[],
): { readonly lanes: readonly number[]; readonly count: number } | undefined {
  const byName = new Map<string, TracedAction[]>();
  for (const it of traced) {
    const list = byName.get(it.name);
    if (list === undefined) byName.set(it.name, [it]);
    else list.push(it);
  }
  const workers = [...new Set(traced.map((it) => it.worker))].sort((a, b) => a - b);
  const laneOf = new Map(workers.map((worker, lane) => [worker, lane]));
  const lanes: number[] = [];
  for (const { mode, package: path, start, done } of actions) {
    const named = byName.get(path === undefined ? mode : `${mode} ${path}`) ?? [];
    const seen = start === undefined ? undefined : closest(named, start);
    const lane = seen === undefined ? undefined : laneOf.get(seen.worker);
    if (lane === undefined && start !== undefined && done !== undefined && done - start > momentMs)
      return undefined;
    lanes.push(lane ?? 0);
  }
  return workers.length === 0 ? undefined : { lanes, count: workers.length };
}

/** Tests have several actions of one name: a worker notes the time of both within a moment. */
function closest(named: readonly TracedAction[], start: number): TracedAction | undefined {
  let found: TracedAction | undefined;
  const distance = (it: TracedAction): number => Math.abs(it.start - start);
  for (const it of named) if (found === undefined || distance(it) < distance(found)) found = it;
  return found;
}
