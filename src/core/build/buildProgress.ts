import type { BuildOptions } from '../crossbow.js';
import type { Ports } from '../ports.js';
import type { BuildPlan } from './planBuild.js';

export interface BuildProgress {
  /** Go began to work on a package. */
  started(importPath: string): void;
  /** Ends the question for the total, if it is still open. */
  end(): Promise<void>;
}

/**
 * A build without a list of its packages that has begun this many and lasts this long gets one; asking takes 50 ms of
 * one core, which a warm build (0.1 s, its main package only) must not pay.
 */
const worthAsking = { packages: 4, milliseconds: 1000 };

/**
 * Counts packages as go begins them, and says how many there will be. `go list` could tell which are stale, but works
 * 0.2 to 0.6 s for that, beside a build that wants every core. The order does as well: go begins packages after those they need, so what it has passed by came from its cache, and
 * what lies behind the furthest is still to come. The total falls while a build finds more in the cache than it
 * could know, and is exact at the end.
 */
export function createBuildProgress(
  ports: Pick<Ports, 'runner' | 'clock'>,
  plan: BuildPlan,
  options: BuildOptions,
): BuildProgress {
  const began = ports.clock.now();
  const seen = new Set<string>();
  const stop = createStop(options);
  let position = plan.order === undefined ? undefined : positions(plan.order);
  let furthest = -1;
  let question: Promise<void> | undefined;

  const report = (importPath: string): void => {
    options.onEvent?.({
      kind: 'progress',
      done: seen.size,
      ...(position === undefined ? {} : { total: seen.size + position.size - 1 - furthest }),
      importPath,
    });
  };
  const ask = async (): Promise<void> => {
    const result = await ports.runner.run(
      plan.go,
      ['list', '-deps', '-e', '-f', '{{.ImportPath}}', ...plan.flags, plan.pattern],
      { cwd: plan.cwd, env: plan.environment.env, timeoutMs: 60_000, signal: stop.signal },
    );
    if (result.outcome.kind !== 'exited' || result.outcome.code !== 0 || stop.signal.aborted) return;
    position = positions(result.stdout.split('\n').filter((line) => line !== ''));
    for (const it of seen) furthest = Math.max(furthest, position.get(it) ?? -1);
    const latest = [...seen].at(-1);
    if (latest !== undefined) report(latest);
  };

  return {
    started(importPath) {
      if (seen.has(importPath)) return;
      seen.add(importPath);
      furthest = Math.max(furthest, position?.get(importPath) ?? -1);
      report(importPath);
      const long = seen.size >= worthAsking.packages && ports.clock.now() - began >= worthAsking.milliseconds;
      if (options.onEvent && position === undefined && long) question ??= ask();
    },
    async end() {
      stop.abort();
      await question;
    },
  };
}

/** Where each package stands in the order; `unsafe` is part of the compiler and never built. */
function positions(order: readonly string[]): ReadonlyMap<string, number> {
  return new Map(order.filter((it) => it !== 'unsafe').map((it, index) => [it, index]));
}

/** A signal of our own that also follows the build's: the question must not outlive either. */
function createStop(options: BuildOptions): {
  readonly signal: NonNullable<BuildOptions['signal']>;
  abort(): void;
} {
  const listeners = new Set<() => void>();
  let aborted = false;
  const abort = (): void => {
    if (aborted) return;
    aborted = true;
    options.signal?.removeEventListener('abort', abort);
    for (const listener of listeners) listener();
  };
  options.signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    },
    abort,
  };
}
