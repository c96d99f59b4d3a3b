/** A piece of work that waits for others. */
export interface Task<R> {
  readonly id: string;
  readonly needs: readonly string[];
  /** Runs when all that it needs was good. */
  work(): Promise<R>;
  /** The result where `work` is not run, since `failed` was not good. */
  blocked(failed: string): R;
}

/**
 * Runs tasks as soon as all they need are done, side by side; whoever is to hold them back does so in `work`. What is
 * not good blocks only those that need it. The tasks must be without circles, each before those that need it or not.
 */
export async function runTasks<R>(
  tasks: readonly Task<R>[],
  isGood: (result: R) => boolean,
): Promise<ReadonlyMap<string, R>> {
  const byId = new Map(tasks.map((it) => [it.id, it]));
  const started = new Map<string, Promise<R>>();
  const start = (task: Task<R>): Promise<R> => {
    const known = started.get(task.id);
    if (known !== undefined) return known;
    // The promise is in the map before anything that it needs is looked at.
    const promise = Promise.resolve().then(async () => {
      const needed = task.needs.flatMap((id) => {
        const it = byId.get(id);
        return it === undefined ? [] : [it];
      });
      const results = await Promise.all(needed.map(start));
      const bad = needed.find((_, index) => {
        const result = results[index];
        return result !== undefined && !isGood(result);
      });
      return bad === undefined ? task.work() : task.blocked(bad.id);
    });
    started.set(task.id, promise);
    return promise;
  };
  const results = await Promise.all(tasks.map(async (it) => [it.id, await start(it)] as const));
  return new Map(results);
}
