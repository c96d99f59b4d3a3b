import { readArtifact } from '../../artifact/readArtifact.js';
import { verifyArtifact } from '../../artifact/verifyArtifact.js';
import type { BuildEnvironment } from '../../build/buildEnvironment.js';
import { programExtension } from '../../build/outputFile.js';
import { formatCommandLine } from '../../build/shellCommand.js';
import { targetId } from '../../target/target.js';
import { splitCommand } from '../../toolchain/commandWords.js';
import { createLimiter } from '../../toolchain/limiter.js';
import type { ProbedToolchain } from '../../toolchain/toolchain.js';
import { toolchainEnvironment } from '../../toolchain/toolchainEnvironment.js';
import type { CStep } from '../recipe.js';
import { toolchainMark } from './chooseToolchain.js';
import { goneCompilerLog, goneToolLog, programFinding, type CalledCompiler } from './compilerFaults.js';
import { parseDependencies } from './dependencyFile.js';
import { findFiles } from './findFiles.js';
import { glanceAt, type Glance } from './stamps.js';
import { failed, makeOutput, toolchainFor, toolFailure, type StepJob, type StepOutcome } from './stepJob.js';
import { toolEnvironment } from './toolEnvironment.js';

/** Compilers of one step that run side by side. */
const compilersAtOnce = 2;

/** The tools of one C step: how they are called, and what they said. */
interface CTools {
  readonly job: StepJob;
  readonly step: CStep;
  readonly toolchain: ProbedToolchain;
  readonly environment: BuildEnvironment;
  readonly log: string[];
}

/** Compiles and links one C program with the target's own compiler, and reads back what came out. */
export async function runCStep(job: StepJob, step: CStep): Promise<StepOutcome> {
  const { services, scope, target } = job;
  const { ports } = services;
  const { host, files } = ports;
  const sources = await findFiles(ports, scope.recipe.directory, step.sources);
  if (sources.length === 0)
    return failed(`No file is ${step.sources.join(', ')} in ${scope.recipe.directory}.`);
  const choice = await toolchainFor(job);
  if (choice.kind === 'none') return noCompiler(job, choice.message, choice.best);
  const { toolchain } = choice;
  const environment = toolEnvironment(job, toolchain);
  const tools: CTools = { job, step, toolchain, environment, log: [] };
  const early = await glanceAt(files, sources);
  const startedAt = ports.clock.now();
  const output = host.join(scope.outputs, withEnding(step.output, programExtension(target)));
  let late: readonly Glance[] = [];
  const problem = await makeOutput(job, output, async (temporary, folder) => {
    const flags = await packageFlags(tools);
    if ('kind' in flags) return flags;
    const compiled = await compileAll(tools, sources, folder, flags.compile);
    if ('kind' in compiled) return compiled;
    late = await glanceAt(files, compiled.headers);
    const linked = await link(tools, sources, compiled.objects, temporary, flags.link);
    return linked ?? (await check(tools, compilerOf(tools, sources.some(isCxx)), temporary, output));
  });
  if (problem !== undefined) return problem;
  const changed = late.find((it) => it.mtimeMs > startedAt);
  return {
    kind: 'done',
    outputs: [output],
    // A header that changed while it was compiled counts as one that is not the one that was read.
    inputs: [...early, ...late.map((it) => (it === changed ? { ...it, mtimeMs: -1 } : it))],
    toolchain: toolchainMark(toolchain),
  };
}

async function noCompiler(
  job: StepJob,
  message: string,
  best: ProbedToolchain | undefined,
): Promise<StepOutcome> {
  const { services, options, scope, target } = job;
  // In the words of go, which the diagnosis knows, with the compiler that people would look for.
  const compiler = best?.toolchain.cc ?? 'gcc';
  const text = `${targetId(target)}: ${message}\n`;
  job.say(text);
  const log = `# ${scope.recipe.definition.name}\n${goneCompilerLog({ command: compiler, language: 'c' }, 'ENOENT')}`;
  const diagnoses = await services.diagnose(log, { ...options, target, directory: scope.recipe.directory });
  return failed(`${targetId(target)}: ${message}`, diagnoses);
}

type Flags = { readonly compile: readonly string[]; readonly link: readonly string[] };

/** What pkg-config says of the step's libraries, asked as go asks it, so that its failures are told the same way. */
async function packageFlags(tools: CTools): Promise<Flags | StepOutcome> {
  const { step, environment } = tools;
  const modules = step.pkgConfig ?? [];
  if (modules.length === 0) return { compile: [], link: [] };
  const program = environment.env['PKG_CONFIG'] ?? 'pkg-config';
  const ask = async (args: readonly string[]): Promise<readonly string[] | StepOutcome> => {
    const result = await runTool(tools, program, [...args, '--', ...modules]);
    const problem = toolFailure(program, result);
    if (problem !== undefined) {
      const { outcome } = result;
      if (outcome.kind === 'not-started')
        return diagnosed(tools, problem, goneToolLog(program, outcome.code));
      const spelled = `${program} ${args.join(' ')} -- ${modules.join(' ')}`;
      return diagnosed(
        tools,
        problem,
        `# [${spelled}]\n${tools.log.join('')}pkg-config: ${spelled}: exit status 1\n`,
      );
    }
    const words = splitCommand(result.stdout);
    return words.ok ? words.words : failed(words.message);
  };
  const compile = await ask(['--cflags']);
  if ('kind' in compile) return compile;
  const link = await ask(step.static === true ? ['--static', '--libs'] : ['--libs']);
  return 'kind' in link ? link : { compile, link };
}

async function compileAll(
  tools: CTools,
  sources: readonly string[],
  folder: string,
  packageWords: readonly string[],
): Promise<{ readonly objects: readonly string[]; readonly headers: readonly string[] } | StepOutcome> {
  const { job, step, environment } = tools;
  const { host, files } = job.services.ports;
  const limit = createLimiter(compilersAtOnce);
  const { directory } = job.scope.recipe;
  const includes = (step.includes ?? []).map(
    (it) => `-I${host.isAbsolute(it) ? it : host.join(directory, it)}`,
  );
  let problem: StepOutcome | undefined;
  const objects = await Promise.all(
    sources.map((source, index) =>
      limit(async () => {
        const object = host.join(folder, `${String(index)}.o`);
        if (problem !== undefined) return object;
        const variable = isCxx(source) ? 'CGO_CXXFLAGS' : 'CGO_CFLAGS';
        const result = await runCompiler(tools, isCxx(source), [
          ...ownWords(environment.env[variable]),
          // This machine's folders are no part of what was built.
          `-ffile-prefix-map=${directory}=.`,
          ...includes,
          ...packageWords,
          ...(step.cflags ?? []),
          '-MD',
          '-MF',
          `${object}.d`,
          '-c',
          source,
          '-o',
          object,
        ]);
        problem ??= toolFailure(host.basename(source), result);
        return object;
      }),
    ),
  );
  if (problem !== undefined) return diagnosed(tools, problem, tools.log.join(''));
  const read = await Promise.all(
    objects.map(async (object) => parseDependencies((await files.readText(`${object}.d`)) ?? '')),
  );
  const known = new Set(sources);
  const headers = new Set(
    read.flat().map((it) => (host.isAbsolute(it) ? host.join(it) : host.join(directory, it))),
  );
  return { objects, headers: [...headers].filter((it) => !known.has(it)).sort() };
}

async function link(
  tools: CTools,
  sources: readonly string[],
  objects: readonly string[],
  output: string,
  packageWords: readonly string[],
): Promise<StepOutcome | undefined> {
  const { job, step, environment } = tools;
  const result = await runCompiler(tools, sources.some(isCxx), [
    ...ownWords(environment.env['CGO_CFLAGS']),
    ...(step.cflags ?? []).filter((it) => !/^-[DIUW]/.test(it)),
    ...(step.static === true ? ['-static'] : []),
    ...objects,
    '-o',
    output,
    ...packageWords,
    ...ownWords(environment.env['CGO_LDFLAGS']),
    ...(step.ldflags ?? []),
  ]);
  const problem = toolFailure(`The link of ${job.services.ports.host.basename(output)}`, result);
  return problem === undefined ? undefined : diagnosed(tools, problem, tools.log.join(''));
}

/** The bytes tell whether it is for the target, and whether it is static. */
async function check(
  tools: CTools,
  compiler: CalledCompiler,
  temporary: string,
  output: string,
): Promise<StepOutcome | undefined> {
  const { job, step } = tools;
  const file = await job.services.ports.files.open(temporary);
  if (file === undefined) return failed(`The compiler succeeded but wrote no ${output}.`);
  try {
    const reading = await readArtifact(file);
    if (reading.kind === 'unreadable') return failed(`${output} can't be verified: ${reading.message}`);
    const mismatches = verifyArtifact(reading.facts, job.target, {
      ...(step.static === true ? { staticWanted: true } : {}),
    });
    if (mismatches.length === 0) return undefined;
    for (const { message } of mismatches) job.say(`${message}\n`);
    const findings = mismatches.map((it, index) => programFinding(job.target, compiler, it, index + 1));
    const diagnoses = await job.services.resolve(findings, originOf(tools));
    return failed(
      diagnoses[0]?.title ?? mismatches[0]?.message ?? `${output} does not fit ${targetId(job.target)}.`,
      diagnoses,
    );
  } finally {
    await file.close();
  }
}

function compilerOf({ toolchain: { toolchain } }: CTools, cxx: boolean): CalledCompiler {
  const { cc, cxx: forCxx } = toolchain;
  return cxx ? { command: forCxx ?? cc, language: 'c++' } : { command: cc, language: 'c' };
}

async function runCompiler(tools: CTools, cxx: boolean, args: readonly string[]): ReturnType<typeof runTool> {
  const compiler = compilerOf(tools, cxx);
  const { command } = compiler;
  const split = splitCommand(command);
  const [program = command, ...words] = split.ok ? split.words : [command];
  const { job, environment } = tools;
  const all = [...words, ...args];
  job.command(
    formatCommandLine(
      { environment: { added: [], removed: [] }, program, args: all },
      job.services.ports.host.platform,
    ),
  );
  const result = await runTool({ ...tools, environment }, program, all, tools.log);
  if (result.outcome.kind === 'not-started')
    tools.log.push(goneCompilerLog({ ...compiler, command: program }, result.outcome.code));
  return result;
}

async function runTool(
  { job, environment, log }: CTools,
  program: string,
  args: readonly string[],
  keep: string[] = log,
) {
  const result = await job.services.ports.runner.run(program, args, {
    cwd: job.scope.recipe.directory,
    env: environment.env,
    onStderr(text) {
      keep.push(text);
      job.say(text);
    },
    ...(job.options.signal === undefined ? {} : { signal: job.options.signal }),
  });
  return result;
}

async function diagnosed(tools: CTools, problem: StepOutcome, log: string): Promise<StepOutcome> {
  if (problem.kind !== 'failed') return problem;
  const { job, toolchain } = tools;
  const about = { ...originOf(tools), compiler: toolchain.toolchain.cc };
  const diagnoses = await job.services.diagnose(log, about);
  return failed(diagnoses[0]?.title ?? problem.message, diagnoses);
}

/** Where the tools ran, and how. */
function originOf({ job: { options, scope, target }, toolchain }: CTools) {
  const env = toolchainEnvironment(toolchain.toolchain);
  return { ...options, target, directory: scope.recipe.directory, env };
}

/** Go's default of -g is for debuggers of Go programs. */
function ownWords(flags: string | undefined): readonly string[] {
  if (flags === undefined) return [];
  const split = splitCommand(flags);
  return split.ok ? split.words.filter((it) => it !== '-g') : [];
}

function isCxx(source: string): boolean {
  return /\.(?:cc|cpp|cxx|C|c\+\+)$/.test(source);
}

function withEnding(name: string, ending: string): string {
  return name.endsWith(ending) ? name : name + ending;
}
