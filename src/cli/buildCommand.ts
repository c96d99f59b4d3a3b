import { Option, type Command } from 'commander';
import type { Artifact, BuildRequest, BuildResult } from '../core/build/build.js';
import type { Discovery } from '../core/crossbow.js';
import { targetId, type Target } from '../core/target/target.js';
import { formatDuration, formatSize } from '../core/text/formatText.js';
import { describeArtifact } from '../core/artifact/describeArtifact.js';
import { checkFixFlags, showFixes, type FixFlags, type FixRecord } from './applyFix.js';
import { buildOne } from './buildOne.js';
import { exitCodes, setupError, type CliContext } from './cliContext.js';
import { readProject, selectMainPackages, type CliProject, type Selection } from './cliProject.js';
import { resolveTargets, type TakeNearest } from './cliTargets.js';
import { diagnosisJson, diagnosisText } from './diagnosisText.js';
import { healBuild, nearestTargetFix, type Healing } from './healBuild.js';

export interface BuildFlags {
  readonly target?: readonly string[];
  readonly cgo?: 'auto' | 'on' | 'off';
  readonly tags?: string;
  readonly ldflags?: string;
  readonly trimpath?: boolean;
  readonly env?: readonly string[];
  readonly output?: string;
  readonly json?: boolean;
  readonly trace?: boolean;
}

/** The flags that `build` and `run` share. */
export function addBuildFlags(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return command
    .addOption(
      new Option(
        '--cgo <mode>',
        'auto: on where a package needs C; default of crossbow.yaml, else auto',
      ).choices(['auto', 'on', 'off']),
    )
    .option('--tags <tags>', "build tags, comma-separated, as go's -tags")
    .option('--ldflags <flags>', "linker flags, as go's -ldflags")
    .option('--trimpath', "leave this machine's paths out of the program")
    .option('--env <name=value>', 'variable for the build; wins over everything else (repeatable)', collect);
}

export function addBuildCommand(
  program: Command,
  run: (work: (context: CliContext) => Promise<number>) => Promise<void>,
): void {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  addBuildFlags(
    program
      .command('build')
      .summary('build main packages for one or more targets')
      .description(
        'Builds Go main packages, with their C parts, verifies each binary by its bytes, and puts it in dist/<target>/.\n' +
          'PACKAGES are patterns as go knows them (./..., ./cmd/x, an import path, a file); default ./...',
      )
      .argument('[packages...]')
      .option(
        '-t, --target <target>',
        'target or device (repeatable); default: the pinned ones, else this machine',
        collect,
      ),
  )
    .option('-o, --output <path>', 'where the program goes; one package and one target only')
    .option(
      '--fix',
      'when a build fails, apply the best fix to crossbow.yaml and build again, until it is green',
    )
    .option('--dry-run', 'with --fix: show the edit that would be made, and make none')
    .option(
      '-y, --yes',
      'with --fix: also run the commands that fixes consist of, such as installing packages',
    )
    .option(
      '--trace',
      'record go’s workers, and every process with strace, for crossbow xray; slows the build down',
    )
    .option('--json', 'print one JSON document on standard output and nothing else there')
    .addHelpText(
      'after',
      `
Examples:
  crossbow build --target linux/arm/v7                 every program below this folder
  crossbow build --target "pi 3b+" ./cmd/server        a device stands for its target
  crossbow build -t linux/arm64 -t windows/amd64 ./... several targets
  crossbow build -t linux/arm/v6 --cgo off             without C
  crossbow build -t linux/arm64 --fix                  from a failed build to a green one
  crossbow build -t linux/amd64 --env CC=musl-gcc --ldflags '-linkmode external -extldflags -static'

Exit codes: 0 built, 1 a build failed, 2 wrong usage or set-up, 130 cancelled.`,
    )
    .action((packages: string[], flags: BuildFlags & FixFlags) =>
      run((context) => buildAll(context, packages, flags)),
    );
}

async function buildAll(
  context: CliContext,
  patterns: readonly string[],
  flags: BuildFlags & FixFlags,
): Promise<number> {
  const { output } = context;
  checkFixFlags(flags);
  let project = await readProject(context);
  const fixes: FixRecord[] = [];
  const takeNearest: TakeNearest = (nearest, spelling) => {
    const fix = nearestTargetFix(nearest, flags.dryRun === true);
    fixes.push(fix);
    const { stderr } = output;
    output.note(
      `${stderr.green('→')} ${fix.title}: there is no ${spelling} ${stderr.dim(`[${fix.cause}]`)}\n`,
    );
    return fix.applied;
  };
  const targets = await resolveTargets(
    context,
    project.config,
    flags.target,
    flags.fix === true ? takeNearest : undefined,
  );
  const problems = new Map<string, Discovery['problems'][number]>();
  // One after the other: go itself uses every core, and two builds at once compile the same packages twice.
  const results: BuildResult[] = [];
  for (const { target } of targets) {
    const selection = await selectMainPackages(
      context,
      project,
      patterns,
      target,
      readVariables(flags.env ?? []),
    );
    if (flags.output !== undefined && targets.length * selection.packages.length > 1) {
      throw setupError('--output names one file, and several programs are to be built.');
    }
    for (const problem of selection.problems) {
      const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
      if (!problems.has(place)) output.note(`${output.stderr.red(`${place}: ${problem.message}`)}\n`);
      problems.set(place, problem);
    }
    for (const request of buildRequests(selection, target, flags)) {
      const healing = await buildOrHeal(context, project, request, flags);
      const { result } = healing;
      project = healing.project;
      results.push(result);
      fixes.push(...healing.fixes);
      if (flags.json !== true) showResult(context, result);
      if (flags.fix === true)
        showFixes(context, healing.fixes, result.outcome === 'failed', result.diagnoses);
      if (result.outcome === 'cancelled') return exitCodes.cancelled;
    }
  }
  const ok = problems.size === 0 && results.every((it) => it.outcome === 'ok');
  if (flags.json === true) {
    output.json({
      ok,
      builds: results.map(resultJson),
      ...(flags.fix === true ? { fixes } : {}),
      ...(problems.size === 0 ? {} : { problems: [...problems.values()] }),
    });
  }
  return ok ? exitCodes.done : exitCodes.failed;
}

async function buildOrHeal(
  context: CliContext,
  project: CliProject,
  request: BuildRequest,
  { fix, dryRun, yes, trace }: FixFlags & Pick<BuildFlags, 'trace'>,
): Promise<Healing> {
  if (fix !== true)
    return {
      result: await buildOne(context, project, request, { trace: trace === true }),
      project,
      request,
      fixes: [],
    };
  return healBuild(context, project, request, { dryRun: dryRun === true, yes: yes === true });
}

/** The builds of all selected packages for a target, with the flags of the command line. */
export function buildRequests(
  selection: Selection,
  target: Target,
  flags: BuildFlags,
): readonly BuildRequest[] {
  const env = readVariables(flags.env ?? []);
  return selection.packages.map((it) => ({
    target,
    package: it,
    root: selection.root,
    ...(flags.tags === undefined ? {} : { tags: flags.tags.split(/[\s,]+/).filter((tag) => tag !== '') }),
    ...(flags.ldflags === undefined ? {} : { ldflags: flags.ldflags }),
    ...(flags.trimpath === undefined ? {} : { trimpath: flags.trimpath }),
    ...(flags.cgo === undefined ? {} : { cgo: flags.cgo }),
    ...(flags.output === undefined ? {} : { output: flags.output }),
    env,
  }));
}

function showResult(context: CliContext, result: BuildResult): void {
  const { output } = context;
  const id = targetId(result.target);
  switch (result.outcome) {
    case 'ok':
      for (const artifact of result.artifacts)
        output.result(artifactLine(context, artifact, result.durationMs));
      return;
    case 'cancelled':
      output.note(`${output.stderr.yellow(`Cancelled: ${result.importPath} for ${id}`)}\n`);
      return;
    case 'failed':
      showFailure(context, result);
      return;
  }
}

/** Why a build failed, for people. */
export function showFailure({ output }: CliContext, result: BuildResult): void {
  const { stderr } = output;
  output.note(
    `${stderr.red('✗')} ${result.importPath} for ${targetId(result.target)}: ${stderr.red('failed')}\n`,
  );
  for (const diagnosis of result.diagnoses) output.note(diagnosisText(diagnosis, stderr));
}

function artifactLine({ output, cwd, ports }: CliContext, artifact: Artifact, durationMs: number): string {
  const { stdout } = output;
  const relative = ports.host.relative(cwd, artifact.path);
  const path = relative.startsWith('..') ? artifact.path : relative;
  const facts = `${describeArtifact(artifact.facts)}, ${formatSize(artifact.facts.size)}, ${formatDuration(durationMs)}`;
  return `${stdout.green('✓')} ${stdout.bold(path)} ${stdout.dim(facts)}`;
}

function resultJson(result: BuildResult): Readonly<Record<string, unknown>> {
  return {
    target: targetId(result.target),
    package: result.importPath,
    ok: result.outcome === 'ok',
    artifacts: result.artifacts.map(({ path, facts }) => ({ path, ...facts })),
    diagnoses: result.diagnoses.map(diagnosisJson),
    cc: result.toolchain?.toolchain.cc ?? null,
    command: result.shellCommand,
    durationMs: Math.round(result.durationMs),
  };
}

function readVariables(assignments: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const at = assignment.indexOf('=');
      if (at <= 0) throw setupError(`--env wants NAME=VALUE, not ${assignment}`);
      return [assignment.slice(0, at), assignment.slice(at + 1)];
    }),
  );
}
