import { mismatchFinding, refusalFinding, refusalText } from './buildFindings.js';
import type { ArtifactReading } from '../artifact/reading.js';
import type { Mismatch } from '../artifact/facts.js';
import type { ArtifactExpectations } from '../artifact/verifyArtifact.js';
import type { BuildOptions } from '../crossbow.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { Finding } from '../diagnosis/finding.js';
import { keepRun } from '../insight/xray/keepRun.js';
import type { XrayBook } from '../insight/xray/xrayBook.js';
import type { Ports, RandomAccessFile } from '../ports.js';
import type { Target } from '../target/target.js';
import type { Artifact, BuildRequest, BuildResult } from './build.js';
import { discardTemporary, placeOutput, prepareOutput, type OutputFile } from './outputFile.js';
import { planBuild, type BuildPlan, type PlanServices } from './planBuild.js';
import { createBuildEngine, runGoBuild, type GoForBuild } from './runGoBuild.js';

/** What a build asks of the rest of Crossbow. */
export interface BuildServices extends PlanServices {
  readonly ports: Ports;
  /** Keeps what the go command tells of its own work. */
  readonly xrays: XrayBook;
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
  let keepXray: ((result: BuildResult) => Promise<string | undefined>) | undefined;
  const finish = async (
    outcome: BuildResult['outcome'],
    rest: Partial<Pick<BuildResult, 'artifacts' | 'diagnoses'>> = {},
  ): Promise<BuildResult> => {
    const result: BuildResult = {
      target: request.target,
      importPath: request.package.importPath,
      outcome,
      artifacts: rest.artifacts ?? [],
      diagnoses: rest.diagnoses ?? [],
      ...(plan.toolchain ? { toolchain: plan.toolchain } : {}),
      ...(plan.cgoPackages ? { cgoPackages: plan.cgoPackages } : {}),
      shellCommand: plan.shellCommand,
      durationMs: clock.now() - started,
    };
    const xray = await keepXray?.(result);
    return xray === undefined ? result : { ...result, xray };
  };
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
    const recording = await services.xrays.begin();
    const ran = await runGoBuild(services.ports, {
      ...{ go, request, options, plan, output: output.temporaryPath },
      ...(recording === undefined ? {} : recording),
    });
    keepXray = (result) => keepRun(recording, ran, { go, plan, result });
    if (ran.kind === 'cancelled') return await finish('cancelled');
    if (ran.kind === 'failed') return await finish('failed', { diagnoses: await diagnose(ran.findings) });

    const checked = await check(services, request, plan, output);
    if (checked.kind === 'unreadable') {
      say(`${checked.message}\n`);
      return await finish('failed');
    }
    const { artifact } = checked;
    if (artifact.mismatches.length > 0) {
      for (const mismatch of artifact.mismatches) say(`${mismatch.message}\n`);
      const findings = artifact.mismatches.map((it, index) => mismatchFinding(request, it, index + 1));
      return await finish('failed', { diagnoses: await diagnose(findings) });
    }
    const problem = await placeOutput(services.ports.files, output);
    if (problem !== undefined) {
      say(`${problem}\n`);
      return await finish('failed', {
        diagnoses: await diagnose(findingsIn(problem, services, request, plan)),
      });
    }
    options.onEvent?.({ kind: 'artifact', artifact });
    return await finish('ok', { artifacts: [artifact] });
  } finally {
    await discardTemporary(services.ports.files, output);
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

function findingsIn(
  text: string,
  services: BuildServices,
  request: BuildRequest,
  plan: BuildPlan,
): readonly Finding[] {
  const engine = createBuildEngine(services.ports.host, request, plan);
  engine.feed(`${text}\n`);
  return engine.end();
}
