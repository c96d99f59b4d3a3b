import type { ArtifactFacts } from '../artifact/facts.js';
import { describeArtifact } from '../artifact/describeArtifact.js';
import { readArtifact } from '../artifact/readArtifact.js';
import { verifyArtifact } from '../artifact/verifyArtifact.js';
import { buildEnvironment } from '../build/buildEnvironment.js';
import type { CancelSignal, Ports, RunResult } from '../ports.js';
import { debianToolchainPackages, platformOf } from '../target/platforms.js';
import { targetId, type Target } from '../target/target.js';
import type { Candidate } from './candidate.js';
import { splitCommand } from './commandWords.js';
import { macroObjection, parseMacros } from './compilerMacros.js';
import { mismatchReason, needsStaticLink, softFloatNote } from './mismatchReason.js';
import { explainLinkError, firstError, processFailure } from './probeFailure.js';
import { probeSource } from './probeSource.js';
import { runProbe } from './runProbe.js';
import { findSysroot } from './sysrootOf.js';
import type { ProbedToolchain, Toolchain } from './toolchain.js';

/** A probe's outcome, and whether it would be the same the next time as long as no file changes. */
export interface ProbeOutcome {
  readonly probed: ProbedToolchain;
  readonly durable: boolean;
}

/** Milliseconds. zig builds the target's C library on its first use, which takes a minute on two cores. */
export interface ProbeLimits {
  readonly question: number;
  readonly compile: number;
  readonly firstZig: number;
  readonly run: number;
}

export const probeLimits: ProbeLimits = { question: 10_000, compile: 30_000, firstZig: 300_000, run: 15_000 };

/** What a probe works with. */
export interface ProbeTask {
  readonly ports: Ports;
  readonly candidate: Candidate;
  readonly target: Target;
  readonly limits: ProbeLimits;
  readonly signal?: CancelSignal;
}

/**
 * Proves a toolchain for a target: asks what it makes, compiles and links a small cgo-like program with the flags Go
 * adds, reads the binary back, and runs it where something here can. Cheap questions come first.
 */
export async function probeToolchain(task: ProbeTask): Promise<ProbeOutcome> {
  const { candidate, ports } = task;
  if (candidate.defect !== undefined) return ended(task, 'rejected', candidate.defect);
  const folder = await ports.files.makeTemporaryDirectory('crossbow-probe-');
  try {
    return await probeIn(task, folder);
  } finally {
    await ports.files.remove(folder).catch(() => undefined);
  }
}

async function probeIn(task: ProbeTask, folder: string): Promise<ProbeOutcome> {
  const { ports, candidate, target, limits } = task;
  const { host, files } = ports;
  const { toolchain } = candidate;
  const words = wordsOf(toolchain.cc);
  const [program = '', ...own] = words;
  const platform = platformOf(target);
  const goFlags = platform?.goFlags ?? [];
  const flags = wordsOf([toolchain.env['CGO_CPPFLAGS'], toolchain.env['CGO_CFLAGS'] ?? '-O2 -g'].join(' '));
  const env = buildEnvironment(host, {
    target,
    level: {},
    cgo: 'on',
    toolchain: toolchain.env,
    config: {},
    task: {},
  }).env;
  const zig = toolchain.kind === 'zig' || own.includes('ziglang') || host.basename(program).startsWith('zig');
  const compileMs = zig ? limits.firstZig : limits.compile;
  const cc = (args: readonly string[], timeoutMs: number): Promise<RunResult> =>
    ports.runner.run(program, [...own, ...args], {
      cwd: folder,
      env,
      timeoutMs,
      maxOutput: 1_000_000,
      ...(task.signal === undefined ? {} : { signal: task.signal }),
    });

  const source = host.join(folder, 'probe.c');
  const empty = host.join(folder, 'empty.c');
  await Promise.all([files.writeText(source, probeSource), files.writeText(empty, '')]);

  // What it says it is. zig has no answer to -dumpmachine; its command names the target.
  let triplet = '';
  if (!zig) {
    const machine = await cc(['-dumpmachine'], limits.question);
    const failure = processFailure(machine, 'to -dumpmachine', limits.question);
    if (failure !== undefined) return undecided(task, machine, failure);
    const line = machine.stdout.trim();
    if (/^[\w.]+(?:-[\w.]+)+$/.test(line)) triplet = line;
  }
  const ask = ['-dM', '-E', '-x', 'c', empty];
  let macros = await cc([...goFlags, ...flags, ...ask], zig ? compileMs : limits.question);
  const withFlags = macros;
  if (macros.outcome.kind === 'exited' && macros.outcome.code !== 0) macros = await cc(ask, limits.question);
  const failure = processFailure(macros, 'what it makes code for (-dM -E)', limits.question);
  if (failure !== undefined) return undecided(task, macros, failure);
  const known = parseMacros(macros.stdout);
  if (known === undefined) {
    const said = firstError(macros.stderr + '\n' + macros.stdout);
    return ended(task, 'rejected', `doesn't answer like a C compiler to -dM -E: ${said}`);
  }
  const objection = macroObjection(known, target, triplet);
  const version = versionOf(known);
  const named = {
    ...(version === undefined ? {} : { version }),
    ...(triplet === '' ? {} : { machine: triplet }),
  };
  if (objection !== undefined) return ended(task, 'rejected', objection, named, true);
  const context = { target: targetId(target), packages: debianToolchainPackages(target, host.goarch) };
  if (withFlags !== macros)
    return ended(task, 'rejected', explainLinkError(withFlags.stderr, context), named);

  // As runtime/cgo is compiled: a warning is an error there.
  const object = host.join(folder, 'probe.o');
  const compiled = await cc(
    [...goFlags, '-pthread', '-Wall', '-Werror', ...flags, '-c', source, '-o', object],
    compileMs,
  );
  const stopped = processFailure(compiled, 'with a compiled C program', compileMs);
  if (stopped !== undefined) return undecided(task, compiled, stopped);
  if (!succeeded(compiled)) return ended(task, 'rejected', explainLinkError(compiled.stderr, context), named);

  const output = host.join(folder, target.goos === 'windows' ? 'probe.exe' : 'probe');
  // Go's runtime needs this framework on Apple's systems (runtime/cgo/cgo.go), and a zig without an SDK has it not.
  const frameworks =
    target.goos === 'darwin' || target.goos === 'ios' ? ['-framework', 'CoreFoundation'] : [];
  const link = (ldflags: string): Promise<RunResult> =>
    cc([...goFlags, '-pthread', object, '-o', output, ...wordsOf(ldflags), ...frameworks], compileMs);
  const ownLdflags = toolchain.env['CGO_LDFLAGS'] ?? '-O2 -g';
  let linked = await link(ownLdflags);
  let settled: Toolchain = toolchain;
  const alternative = candidate.alternativeLdflags;
  if (alternative !== undefined && linked.outcome.kind === 'exited' && linked.outcome.code !== 0) {
    const again = await link(alternative);
    if (succeeded(again)) {
      linked = again;
      settled = { ...toolchain, env: { ...toolchain.env, CGO_LDFLAGS: alternative } };
    }
  }
  const unlinked = processFailure(linked, 'with a linked C program', compileMs);
  if (unlinked !== undefined) return undecided(task, linked, unlinked);
  if (!succeeded(linked)) return ended(task, 'rejected', explainLinkError(linked.stderr, context), named);

  let facts = await read(ports, output);
  if (typeof facts === 'string') return ended(task, 'rejected', facts, named);
  if (needsStaticLink(facts, target) && toolchain.ldflags === undefined) {
    const alone = succeeded(await link(`${ownLdflags} -static`)) ? await read(ports, output) : undefined;
    if (typeof alone === 'object' && alone.linkage === 'static') {
      facts = alone;
      settled = { ...settled, ldflags: '-linkmode=external -extldflags=-static' };
    }
  }
  const mismatch = verifyArtifact(facts, target)[0];
  if (mismatch !== undefined)
    return ended(task, 'rejected', mismatchReason(mismatch, target, flags), named, true);

  const sysroot =
    settled.sysroot ??
    (await findSysroot(ports, facts, target, triplet, (args) => cc(args, limits.question)));
  settled = sysroot === undefined ? settled : { ...settled, sysroot };
  const run = await runProbe(
    ports,
    { path: output, target, facts, ...(sysroot === undefined ? {} : { sysroot }) },
    task,
  );
  if (run.kind === 'cancelled')
    return {
      probed: { toolchain: settled, verdict: 'unproven', reason: 'was not tried to the end: cancelled' },
      durable: false,
    };
  if (run.kind === 'died') return ended(task, 'rejected', run.reason, named, true);
  const reason = `links ${describeArtifact(facts)}; ${run.note}${softFloatNote(facts, target, settled.ldflags !== undefined)}`;
  return {
    probed: { toolchain: settled, verdict: 'proven', reason, ...named, ran: run.kind === 'ran' },
    durable: run.kind !== 'undecided',
  };
}

async function read({ files }: Ports, path: string): Promise<ArtifactFacts | string> {
  const file = await files.open(path);
  if (file === undefined) return 'said it had linked a program, but wrote none';
  try {
    const reading = await readArtifact(file);
    return reading.kind === 'read'
      ? reading.facts
      : `linked something that is no program: ${reading.message}`;
  } finally {
    await file.close();
  }
}

function wordsOf(text: string): readonly string[] {
  const split = splitCommand(text);
  return split.ok ? split.words : [];
}

function succeeded({ outcome }: RunResult): boolean {
  return outcome.kind === 'exited' && outcome.code === 0;
}

function ended(
  { candidate }: ProbeTask,
  verdict: 'rejected' | 'unproven',
  reason: string,
  named: Pick<ProbedToolchain, 'version' | 'machine'> = {},
  durable = false,
): ProbeOutcome {
  return { probed: { toolchain: candidate.toolchain, verdict, reason, ...named }, durable };
}

function undecided(task: ProbeTask, { outcome }: RunResult, reason: string): ProbeOutcome {
  const outcomeSoFar = ended(task, outcome.kind === 'cancelled' ? 'unproven' : 'rejected', reason);
  if (outcome.kind !== 'timed-out') return outcomeSoFar;
  return { ...outcomeSoFar, probed: { ...outcomeSoFar.probed, hung: true } };
}

function versionOf(macros: ReadonlyMap<string, string>): string | undefined {
  const text = /^"(.*)"$/.exec(macros.get('__VERSION__') ?? '')?.[1]?.trim();
  if (text === undefined || text === '') return undefined;
  return macros.has('__clang__') ? text : `gcc ${text}`;
}
