import { mismatchFinding, refusalFinding, refusalText } from './buildFindings.js';
import type { ArtifactReading } from '../artifact/reading.js';
import type { Mismatch } from '../artifact/facts.js';
import type { ArtifactExpectations } from '../artifact/verifyArtifact.js';
import type { BuildOptions } from '../crossbow.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { createDiagnosisEngine } from '../diagnosis/engine.js';
import type { Finding } from '../diagnosis/finding.js';
import type { Ports, RandomAccessFile } from '../ports.js';
import type { Target } from '../target/target.js';
import type { Artifact, BuildRequest, BuildResult } from './build.js';
import { hostGoos } from './buildEnvironment.js';
import { createBuildProgress } from './buildProgress.js';
import { createJsonOutputParser, createPlainOutputParser, type GoOutput } from './goBuildOutput.js';
import { discardTemporary, placeOutput, prepareOutput, type OutputFile } from './outputFile.js';
import { planBuild, type BuildPlan, type PlanServices } from './planBuild.js';

/** What a build asks of the rest of Crossbow. */
export interface BuildServices extends PlanServices {
  readonly ports: Ports;
  readArtifact(file: RandomAccessFile): Promise<ArtifactReading>;
  verifyArtifact(
    facts: Extract<ArtifactReading, { kind: 'read' }>['facts'],
    target: Target,
    expectations: ArtifactExpectations,
  ): readonly Mismatch[];
  /** Turns what was found into diagnoses, with places and fixes. */
  resolve(findings: readonly Finding[], context: ResolveContext): Promise<readonly Diagnosis[]>;
}

/** The failed build that findings are about. */
interface ResolveContext {
  readonly request: BuildRequest;
  readonly options: BuildOptions;
  readonly plan: BuildPlan;
}

export interface GoForBuild {
  readonly path: string;
  readonly buildJson: boolean;
}

/**
 * Builds one package for one target: plan, run, read the bytes, and only then put the file in its place. Whatever goes
 * wrong, the artifact of the last good build stays, and nothing half-written is left.
 */
export async function runBuild(
  services: BuildServices,
  go: GoForBuild,
  request: BuildRequest,
  options: BuildOptions,
): Promise<BuildResult> {
  const { clock } = services.ports;
  const started = clock.now();
  const plan = await planBuild(services, go.path, request, options);
  const finish = (
    outcome: BuildResult['outcome'],
    rest: Partial<Pick<BuildResult, 'artifacts' | 'diagnoses'>> = {},
  ): BuildResult => ({
    target: request.target,
    importPath: request.package.importPath,
    outcome,
    artifacts: rest.artifacts ?? [],
    diagnoses: rest.diagnoses ?? [],
    ...(plan.toolchain ? { toolchain: plan.toolchain } : {}),
    shellCommand: plan.shellCommand,
    durationMs: clock.now() - started,
  });
  const say = (text: string): void => options.onEvent?.({ kind: 'output', text });
  const diagnose = (findings: readonly Finding[]): Promise<readonly Diagnosis[]> =>
    services.resolve(findings, { request, options, plan });

  if (options.signal?.aborted) return finish('cancelled');
  if (plan.cgo.kind === 'refused') {
    say(refusalText(request.target, plan.cgo));
    return finish('failed', { diagnoses: await diagnose([refusalFinding(request.target, plan.cgo)]) });
  }
  options.onEvent?.({ kind: 'command', line: plan.commandLine });
  if (plan.cgo.kind === 'off' && plan.cgo.note !== undefined) say(`note: ${plan.cgo.note}\n`);

  const prepared = await prepareOutput(services.ports, plan.output);
  if (prepared.kind === 'failed') {
    say(`${prepared.message}\n`);
    return finish('failed', {
      diagnoses: await diagnose(findingsIn(prepared.message, services, request, plan)),
    });
  }
  const { output } = prepared;
  try {
    const ran = await runGo(services, go, request, options, plan, output);
    if (ran.kind === 'cancelled') return finish('cancelled');
    if (ran.kind === 'failed') return finish('failed', { diagnoses: await diagnose(ran.findings) });

    const checked = await check(services, request, plan, output);
    if (checked.kind === 'unreadable') {
      say(`${checked.message}\n`);
      return finish('failed');
    }
    const { artifact } = checked;
    if (artifact.mismatches.length > 0) {
      for (const mismatch of artifact.mismatches) say(`${mismatch.message}\n`);
      const findings = artifact.mismatches.map((it, index) => mismatchFinding(request, it, index + 1));
      return finish('failed', { diagnoses: await diagnose(findings) });
    }
    const problem = await placeOutput(services.ports.files, output);
    if (problem !== undefined) {
      say(`${problem}\n`);
      return finish('failed', { diagnoses: await diagnose(findingsIn(problem, services, request, plan)) });
    }
    options.onEvent?.({ kind: 'artifact', artifact });
    return finish('ok', { artifacts: [artifact] });
  } finally {
    await discardTemporary(services.ports.files, output);
  }
}

type GoRun =
  | { readonly kind: 'ok' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly findings: readonly Finding[] };

async function runGo(
  services: BuildServices,
  go: GoForBuild,
  request: BuildRequest,
  options: BuildOptions,
  plan: BuildPlan,
  output: OutputFile,
): Promise<GoRun> {
  const { runner } = services.ports;
  const { env } = plan.environment;
  const engine = createEngine(services, request, plan);
  const progress = createBuildProgress(services.ports, plan, options);
  const onOutput = (event: GoOutput): void => {
    switch (event.kind) {
      case 'package':
        progress.started(event.importPath);
        return;
      case 'text': {
        options.onEvent?.({ ...event, kind: 'output' });
        engine.feedLine(event.text.replace(/\r?\n$/, ''), event.importPath);
        return;
      }
      case 'failed':
        return;
    }
  };
  const stdout = go.buildJson ? createJsonOutputParser(onOutput) : createPlainOutputParser(onOutput);
  const stderr = createPlainOutputParser(onOutput);
  const args = [
    'build',
    ...(go.buildJson ? ['-json'] : []),
    '-v',
    ...plan.flags,
    '-o',
    output.temporaryPath,
    plan.pattern,
  ];
  const result = await runner.run(plan.go, args, {
    cwd: plan.cwd,
    env,
    onStdout: (text) => stdout.write(text),
    onStderr: (text) => stderr.write(text),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  stdout.end();
  stderr.end();
  await progress.end();
  switch (result.outcome.kind) {
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'exited':
      return result.outcome.code === 0 ? { kind: 'ok' } : { kind: 'failed', findings: engine.end() };
    case 'not-started':
      onOutput({ kind: 'text', text: `${result.outcome.message}\n` });
      return { kind: 'failed', findings: engine.end() };
    case 'signalled':
      onOutput({ kind: 'text', text: `go was ended by ${result.outcome.signal}\n` });
      return { kind: 'failed', findings: engine.end() };
    case 'timed-out':
      return { kind: 'failed', findings: engine.end() };
  }
}

type Checked =
  | { readonly kind: 'read'; readonly artifact: Artifact }
  | { readonly kind: 'unreadable'; readonly message: string };

async function check(
  services: BuildServices,
  request: BuildRequest,
  plan: BuildPlan,
  output: OutputFile,
): Promise<Checked> {
  const file = await services.ports.files.open(output.temporaryPath);
  if (file === undefined)
    return { kind: 'unreadable', message: `go build succeeded but wrote no ${output.path}.` };
  try {
    const reading = await services.readArtifact(file);
    if (reading.kind === 'unreadable') {
      return {
        kind: 'unreadable',
        message: `${output.path} was built but can't be verified: ${reading.message}`,
      };
    }
    const { target } = request;
    return {
      kind: 'read',
      artifact: {
        path: output.path,
        target,
        importPath: request.package.importPath,
        facts: reading.facts,
        mismatches: services.verifyArtifact(reading.facts, target, expectations(plan)),
      },
    };
  } finally {
    await file.close();
  }
}

/** What was asked for beside the target. That cgo went off unnoticed, or a library stayed outside, only the bytes tell. */
function expectations({ cgo, flags, static: asked }: BuildPlan): ArtifactExpectations {
  const linker = flags[flags.indexOf('-ldflags') + 1] ?? '';
  const isStatic = /-linkmode[= ]["']?external/.test(linker) && /[\s"'=]-static(?=$|[\s"'])/.test(linker);
  return {
    ...(cgo.kind === 'on' || cgo.kind === 'off' ? { cgo: cgo.kind === 'on' } : {}),
    ...(isStatic || asked === true ? { staticWanted: true } : {}),
  };
}

function createEngine(
  services: BuildServices,
  request: BuildRequest,
  plan: BuildPlan,
): ReturnType<typeof createDiagnosisEngine> {
  const { host } = services;
  const compiler = plan.environment.env['CC'];
  return createDiagnosisEngine({
    target: request.target,
    host: { goos: hostGoos(host), goarch: host.goarch },
    ...(compiler === undefined ? {} : { compiler }),
    ...(plan.cgo.kind === 'default' ? {} : { cgoEnabled: plan.cgo.kind === 'on' }),
    builtHere: true,
  });
}

function findingsIn(
  text: string,
  services: BuildServices,
  request: BuildRequest,
  plan: BuildPlan,
): readonly Finding[] {
  const engine = createEngine(services, request, plan);
  engine.feed(`${text}\n`);
  return engine.end();
}
