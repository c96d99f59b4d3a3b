import type { CrossbowConfig } from '../config/config.js';
import type { CancelSignal, Ports } from '../ports.js';
import { debianToolchainPackages } from '../target/platforms.js';
import { targetId, type Target } from '../target/target.js';
import type { Candidate } from './candidate.js';
import { fingerprint } from './fingerprint.js';
import { findCandidates } from './findCandidates.js';
import { createLimiter } from './limiter.js';
import { createProbeCache } from './probeCache.js';
import { probeLimits, probeToolchain, type ProbeLimits } from './probe.js';
import { readProgramIndex, type ProgramIndex } from './programIndex.js';
import { joinSignals, type JoinedSignal } from './joinSignals.js';
import type { ProbedToolchain, ToolchainReport } from './toolchain.js';
import { findZig, type Zig } from './zigCandidates.js';

/** Finds and proves toolchains; one per editor window or command. */
export interface ToolchainService {
  /** Everything known of a target's C side. Never throws for a bad compiler: that is a verdict. */
  report(target: Target, options: ReportOptions): Promise<ToolchainReport>;
}

interface ReportOptions {
  readonly config: CrossbowConfig;
  readonly trusted: boolean;
  readonly signal?: CancelSignal;
  /** Probes again even where the cache knows. */
  readonly fresh?: boolean;
  /**
   * zig compiles the target's C library on its first use, a minute with every core busy. `if-needed`, the default,
   * tries it where nothing else is proven; `remembered` never in the background of other work, but knows earlier outcomes.
   */
  readonly zig?: 'if-needed' | 'remembered';
  /**
   * For a build, which only wants `chosen`: zig is looked for only where nothing else is proven. Asking Python for
   * ziglang takes up to a second (pyenv's shims), ten times as long as a warm build.
   */
  readonly chosenOnly?: boolean;
}

export interface ToolchainServiceOptions {
  /** Absolute folder for what is remembered between runs. */
  readonly cacheFolder: string;
  /** What `go env CC` says for a target; absent where there is no Go. */
  readonly goCompiler?: (target: Target) => Promise<string | undefined>;
  /** Probes at a time; default 4. */
  readonly concurrency?: number;
  readonly limits?: ProbeLimits;
}

/** Milliseconds for which a listing of PATH serves all targets. */
const indexLifetime = 3_000;

/** Milliseconds for which a compiler that hung is not tried again: a build asks twice, to plan and to offer fixes. */
const hungLifetime = 60_000;

interface Surroundings {
  readonly index: ProgramIndex;
  readonly zig: () => Promise<Zig | undefined>;
}

export function createToolchainService(ports: Ports, options: ToolchainServiceOptions): ToolchainService {
  const cache = createProbeCache(ports, options.cacheFolder);
  const limit = createLimiter(options.concurrency ?? 4);
  // zig uses every core by itself.
  const limitZig = createLimiter(1);
  const limits = options.limits ?? probeLimits;
  const shared = new Map<
    string,
    { readonly work: Promise<ToolchainReport>; readonly signal: JoinedSignal }
  >();
  const hung = new Map<string, { readonly since: number; readonly probed: ProbedToolchain }>();
  let around: { readonly since: number; readonly value: Promise<Surroundings> } | undefined;

  const surroundings = (fresh: boolean): Promise<Surroundings> => {
    const now = ports.clock.now();
    if (around === undefined || (fresh && now > around.since) || now - around.since > indexLifetime) {
      around = { since: now, value: look(ports) };
    }
    return around.value;
  };

  const probe = async (
    candidate: Candidate,
    target: Target,
    index: ProgramIndex,
    { fresh, trusted }: ReportOptions,
    signal: CancelSignal,
    known?: 'cached-only',
  ): Promise<ProbedToolchain | undefined> => {
    if (candidate.named === true && !trusted) {
      return unproven(candidate, 'not tried: this workspace names it, and is not trusted');
    }
    const key =
      candidate.defect === undefined ? await fingerprint(ports, index, candidate, target) : undefined;
    const cached = key === undefined || fresh === true ? undefined : await cache.get(key);
    if (cached !== undefined || known !== undefined) return cached;
    const late = key === undefined || fresh === true ? undefined : hung.get(key);
    if (late !== undefined && ports.clock.now() - late.since < hungLifetime) return late.probed;
    const line = candidate.toolchain.kind === 'zig' ? limitZig : limit;
    return line(async () => {
      if (signal.aborted) return unproven(candidate, 'not tried: cancelled');
      const { probed, durable } = await probeToolchain({ ports, candidate, target, limits, signal }).catch(
        (error: unknown) => ({
          probed: unproven(candidate, `could not be tried: ${messageOf(error)}`),
          durable: false,
        }),
      );
      if (durable && key !== undefined) cache.set(key, probed);
      if (probed.hung && key !== undefined) hung.set(key, { since: ports.clock.now(), probed });
      return probed;
    });
  };

  const makeReport = async (
    target: Target,
    asked: ReportOptions,
    signal: CancelSignal,
  ): Promise<ToolchainReport> => {
    const { index, zig } = await surroundings(asked.fresh === true);
    const config = asked.config.toolchains[targetId(target)];
    const [foundZig, goCompiler] = await Promise.all([
      asked.chosenOnly === true ? undefined : zig(),
      options.goCompiler?.(target).catch(() => undefined),
    ]);
    const found = await findCandidates({
      ports,
      index,
      target,
      ...(config === undefined ? {} : { config }),
      ...(foundZig === undefined ? {} : { zig: foundZig }),
      ...(goCompiler === undefined ? {} : { goCompiler }),
    });
    const quick = found.filter((it) => it.toolchain.kind !== 'zig');
    const candidates: ProbedToolchain[] = [];
    for (const probed of await Promise.all(quick.map((it) => probe(it, target, index, asked, signal)))) {
      if (probed !== undefined) candidates.push(probed);
    }
    for (const candidate of found.filter((it) => it.toolchain.kind === 'zig')) {
      const better = candidates.find((it) => it.verdict === 'proven');
      const skip = better !== undefined || asked.zig === 'remembered';
      const probed = await probe(candidate, target, index, asked, signal, skip ? 'cached-only' : undefined);
      candidates.push(
        probed ??
          unproven(
            candidate,
            better === undefined
              ? "not tried yet: zig's first use of a target takes a minute; a build for the target tries it"
              : `not tried: ${better.toolchain.cc} is proven, and zig's first use of a target takes a minute`,
          ),
      );
    }
    await cache.save();
    const chosen = candidates.find((it) => it.verdict === 'proven');
    if (chosen === undefined && asked.chosenOnly === true) {
      return makeReport(target, { ...asked, chosenOnly: false }, signal);
    }
    return {
      target,
      ...(chosen === undefined ? {} : { chosen }),
      candidates,
      packages: debianToolchainPackages(target, ports.host.goarch),
    };
  };

  return {
    report(target, asked) {
      const config = asked.config.toolchains[targetId(target)] ?? null;
      const key = JSON.stringify([
        targetId(target),
        config,
        asked.trusted,
        asked.fresh === true,
        asked.zig ?? 'if-needed',
        asked.chosenOnly === true,
      ]);
      const running = shared.get(key);
      if (running !== undefined && !running.signal.aborted) {
        running.signal.join(asked.signal);
        return running.work;
      }
      const signal = joinSignals(asked.signal);
      const work = makeReport(target, asked, signal).finally(() => {
        signal.release();
        if (shared.get(key)?.work === work) shared.delete(key);
      });
      shared.set(key, { work, signal });
      return work;
    },
  };
}

async function look(ports: Ports): Promise<Surroundings> {
  const index = await readProgramIndex(ports);
  let zig: Promise<Zig | undefined> | undefined;
  return { index, zig: () => (zig ??= findZig(index, ports.runner)) };
}

function unproven({ toolchain }: Candidate, reason: string): ProbedToolchain {
  return { toolchain, verdict: 'unproven', reason };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
