import type { BuildOptions } from '../crossbow.js';
import { createDiagnosisEngine } from '../diagnosis/engine.js';
import type { Finding } from '../diagnosis/finding.js';
import { createGraphFlag } from '../insight/xray/graphFlag.js';
import { prepareTracing } from '../insight/xray/straceCommand.js';
import type { Host, Ports, RunResult } from '../ports.js';
import type { BuildRequest } from './build.js';
import { hostGoos } from './buildEnvironment.js';
import { createBuildProgress } from './buildProgress.js';
import { createJsonOutputParser, createPlainOutputParser, type GoOutput } from './goBuildOutput.js';
import type { BuildPlan } from './planBuild.js';

export interface GoForBuild {
  readonly path: string;
  readonly version: string;
  readonly buildJson: boolean;
}

/** How the go command ended. */
export type GoRun = (
  | { readonly kind: 'ok' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly findings: readonly Finding[] }
) & {
  /** Milliseconds since the epoch, when it was started, and its wall time in milliseconds. */
  readonly startedAt: number;
  readonly wallMs: number;
  /** Packages that it reported as failed. */
  readonly failedPackages: readonly string[];
  /** What it printed for each package, the first lines. */
  readonly said: ReadonlyMap<string, readonly string[]>;
};

/** Lines that are kept of what is printed for a package: enough to see what went wrong, whatever a template error prints. */
const keptLines = 40;

/** What to run. */
export interface GoBuildRun {
  readonly go: GoForBuild;
  readonly request: BuildRequest;
  readonly options: BuildOptions;
  readonly plan: BuildPlan;
  /** Absolute path of the program that go writes. */
  readonly output: string;
  /** Where go writes its action graph; absent: it need not. */
  readonly graphFile?: string;
  /** Where strace writes, and go its own trace, if processes are to be traced. */
  readonly traceFile?: string;
  readonly goTraceFile?: string;
}

/** Runs `go build`, passing its output on and reading it as it comes. */
export async function runGoBuild(ports: Ports, run: GoBuildRun): Promise<GoRun> {
  const { request, options, plan } = run;
  const engine = createBuildEngine(ports.host, request, plan);
  const progress = createBuildProgress(ports, plan, options);
  const failedPackages: string[] = [];
  const said = new Map<string, string[]>();
  const onOutput = (event: GoOutput): void => {
    switch (event.kind) {
      case 'package':
        progress.started(event.importPath);
        return;
      case 'text': {
        options.onEvent?.({ ...event, kind: 'output' });
        const line = event.text.replace(/\r?\n$/, '');
        engine.feedLine(line, event.importPath);
        if (event.importPath !== undefined) keepLine(said, event.importPath, line);
        return;
      }
      case 'failed':
        failedPackages.push(event.importPath);
        return;
    }
  };
  const startedAt = ports.clock.now();
  const { outcome } = await start(ports, run, onOutput);
  const ended = { startedAt, wallMs: ports.clock.now() - startedAt, failedPackages, said };
  await progress.end();
  switch (outcome.kind) {
    case 'cancelled':
      return { kind: 'cancelled', ...ended };
    case 'exited':
      return outcome.code === 0
        ? { kind: 'ok', ...ended }
        : { kind: 'failed', findings: engine.end(), ...ended };
    case 'not-started':
      onOutput({ kind: 'text', text: `${outcome.message}\n` });
      return { kind: 'failed', findings: engine.end(), ...ended };
    case 'signalled':
      onOutput({ kind: 'text', text: `go was ended by ${outcome.signal}\n` });
      return { kind: 'failed', findings: engine.end(), ...ended };
    case 'timed-out':
      return { kind: 'failed', findings: engine.end(), ...ended };
  }
}

function keepLine(said: Map<string, string[]>, importPath: string, line: string): void {
  const lines = said.get(importPath);
  if (lines === undefined) said.set(importPath, [line]);
  else if (lines.length < keptLines) lines.push(line);
}

async function start(
  ports: Ports,
  { go, options, plan, output, graphFile, traceFile, goTraceFile }: Omit<GoBuildRun, 'request'>,
  onOutput: (event: GoOutput) => void,
): Promise<Pick<RunResult, 'outcome'>> {
  const stdout = go.buildJson ? createJsonOutputParser(onOutput) : createPlainOutputParser(onOutput);
  const stderr = createPlainOutputParser(onOutput);
  // It costs a large build that finds all in the cache a third of its time: on request alone.
  const goTrace = options.traceProcesses === true ? goTraceFile : undefined;
  const graph = createGraphFlag(graphFile, (text) => stderr.write(text), goTrace);
  const flags = [...(go.buildJson ? ['-json'] : []), '-v', ...graph.args, ...plan.flags];
  const args = ['build', ...flags, '-o', output, plan.pattern];
  const tracer = await startTracing(ports, { plan, options, traceFile }, onOutput);
  const [program = plan.go, ...words] = [...tracer, plan.go, ...args];
  const result = await ports.runner.run(program, words, {
    cwd: plan.cwd,
    env: plan.environment.env,
    onStdout: (text) => stdout.write(text),
    onStderr: (text) => graph.onStderr(text),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (graph.end() === 'refused') {
    const traced = traceFile === undefined ? {} : { traceFile };
    return start(ports, { go, options, plan, output, ...traced }, onOutput);
  }
  stdout.end();
  stderr.end();
  return result;
}

/** The words that go before a command to have its processes recorded: none where nobody asked, or it can't be done. */
async function startTracing(
  ports: Ports,
  { plan, options, traceFile }: Pick<GoBuildRun, 'plan' | 'options'> & { traceFile: string | undefined },
  onOutput: (event: GoOutput) => void,
): Promise<readonly string[]> {
  if (options.traceProcesses !== true || traceFile === undefined) return [];
  const tracing = await prepareTracing(ports, traceFile, {
    program: plan.go,
    args: ['version'],
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (tracing.kind === 'ready') return [tracing.program, ...tracing.args];
  onOutput({ kind: 'text', text: `note: ${tracing.reason}\n` });
  await ports.files.remove(traceFile);
  return [];
}

/** The diagnosis of a build of our own, as far as the plan tells what to expect. */
export function createBuildEngine(
  host: Host,
  request: BuildRequest,
  plan: BuildPlan,
): ReturnType<typeof createDiagnosisEngine> {
  const compiler = plan.environment.env['CC'];
  return createDiagnosisEngine({
    target: request.target,
    host: { goos: hostGoos(host), goarch: host.goarch },
    ...(compiler === undefined ? {} : { compiler }),
    ...(plan.cgo.kind === 'default' ? {} : { cgoEnabled: plan.cgo.kind === 'on' }),
    builtHere: true,
  });
}
