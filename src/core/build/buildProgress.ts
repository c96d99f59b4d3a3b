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
 * A build that has begun this many packages, or lasts this long, gets a total; asking takes 0.1 s of one core, which a
 * warm build (0.1 s, its main package only) must not pay.
 */
const worthTotal = { packages: 4, milliseconds: 1000 };

/** Counts packages as Go begins them, and asks Go beside the build how many there will be: those `go list` calls stale. */
export function createBuildProgress(
  ports: Pick<Ports, 'runner' | 'clock'>,
  plan: BuildPlan,
  options: BuildOptions,
): BuildProgress {
  const began = ports.clock.now();
  const seen = new Set<string>();
  const stop = createStop(options);
  let total: number | undefined;
  let question: Promise<void> | undefined;

  const report = (importPath: string): void => {
    options.onEvent?.({
      kind: 'progress',
      done: seen.size,
      ...(total === undefined ? {} : { total: Math.max(total, seen.size) }),
      importPath,
    });
  };
  const ask = async (): Promise<void> => {
    const before = new Set(seen);
    const result = await ports.runner.run(
      plan.go,
      ['list', '-deps', '-e', '-f', '{{if .Stale}}{{.ImportPath}}{{end}}', ...plan.flags, plan.pattern],
      { cwd: plan.cwd, env: plan.environment.env, timeoutMs: 60_000, signal: stop.signal },
    );
    if (result.outcome.kind !== 'exited' || result.outcome.code !== 0 || stop.signal.aborted) return;
    const stale = result.stdout.split('\n').filter((line) => line !== '');
    total = new Set([...before, ...seen, ...stale]).size;
    const latest = [...seen].at(-1);
    if (latest !== undefined) report(latest);
  };

  return {
    started(importPath) {
      if (seen.has(importPath)) return;
      seen.add(importPath);
      report(importPath);
      const long = seen.size >= worthTotal.packages || ports.clock.now() - began >= worthTotal.milliseconds;
      if (options.onEvent && long) question ??= ask();
    },
    async end() {
      stop.abort();
      await question;
    },
  };
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
