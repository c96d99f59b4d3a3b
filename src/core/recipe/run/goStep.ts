import type { MainPackage } from '../../build/build.js';
import { programExtension } from '../../build/outputFile.js';
import { levelEnvironment } from '../../target/levels.js';
import { targetId, type Target } from '../../target/target.js';
import type { GoStep } from '../recipe.js';
import { chooseLibraries, withChoice } from './chooseLibraries.js';
import type { CompileLimit } from './compileLimit.js';
import { listGoInputs } from './goInputs.js';
import { buildProgram } from './goProgram.js';
import { missingSources } from './missingSources.js';
import { glanceAt } from './stamps.js';
import { failed, toolFailure, type StepJob, type StepOutcome } from './stepJob.js';
import { toolchainMark } from './chooseToolchain.js';

/** Builds the Go programs of a step through the same core as every build: toolchain, verification, diagnosis. */
export async function runGoStep(job: StepJob, step: GoStep, compiling: CompileLimit): Promise<StepOutcome> {
  const { services, options, scope, target } = job;
  const { ports } = services;
  const { directory } = scope.recipe;
  const go = await services.go();
  if (go.kind !== 'found') return failed(go.message);
  for (const pattern of step.generate ?? []) {
    const problem = await generate(job, go.path, pattern);
    if (problem !== undefined) return problem;
  }
  const libraries = await chooseLibraries(job, step.libraries ?? {});
  if (libraries.kind === 'wrong') return failed(libraries.message);
  const env = listingEnvironment(job, step);
  const tags = [...(step.tags ?? options.config.defaults.tags ?? []), ...libraries.tags];
  const listing = await listGoInputs(ports, go.path, directory, step.packages, {
    env,
    flags: [
      ...(tags.length === 0 ? [] : ['-tags', tags.join(',')]),
      ...(step.mod === undefined ? [] : [`-mod=${step.mod}`]),
    ],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (listing.kind === 'cancelled') return listing;
  if (listing.kind === 'failed') {
    job.say(listing.log);
    const diagnoses = await services.diagnose(listing.log, { ...options, target, directory });
    const advice = await missingSources(ports, listing.log, directory);
    return failed(
      diagnoses[0]?.title ?? advice ?? firstLine(listing.log) ?? 'go list failed.',
      withChoice(diagnoses, step.libraries),
    );
  }
  const { mains, files, folders } = listing.inputs;
  if (mains.length === 0) return failed(`No main package is ${step.packages.join(', ')} in ${directory}.`);
  if (mains.length > 1 && step.output !== undefined)
    return failed(
      `One output can't hold ${String(mains.length)} programs: ${names(mains)}. Leave \`output\` out.`,
    );
  const inputs = await glanceAt(ports.files, files);
  const outputs: string[] = [];
  const notes = new Set(libraries.notes);
  let toolchain: string | undefined;
  for (const main of mains) {
    const output = ports.host.join(scope.outputs, fileName(step.output ?? main.name, target));
    const { result, log, note } = await compiling((past) =>
      buildProgram(
        {
          ...job,
          progress(event) {
            job.progress(event);
            // Its own package comes last: all that it needs is compiled.
            if (event.importPath === main.importPath) past();
          },
        },
        { ...step, tags },
        main,
        output,
      ),
    );
    if (result.outcome === 'cancelled') return { kind: 'cancelled' };
    if (result.outcome === 'failed') {
      const advice =
        result.diagnoses.length > 0 ? undefined : await missingSources(ports, log, main.moduleDirectory);
      return failed(
        result.diagnoses[0]?.title ?? advice ?? `${main.importPath} was not built.`,
        withChoice(result.diagnoses, step.libraries),
      );
    }
    if (note !== undefined) notes.add(note);
    if (result.toolchain !== undefined) toolchain = toolchainMark(result.toolchain);
    outputs.push(output);
  }
  return {
    kind: 'done',
    outputs,
    inputs,
    folders,
    ...(toolchain === undefined ? {} : { toolchain }),
    ...(notes.size === 0 ? {} : { note: [...notes].join(' ') }),
  };
}

/** `go generate` runs programs of the host, for the host. */
async function generate(job: StepJob, go: string, pattern: string): Promise<StepOutcome | undefined> {
  const { services, options, scope } = job;
  const { runner, host } = services.ports;
  const env = Object.fromEntries(
    Object.entries(host.env).filter(([name]) => !/^(?:GOOS|GOARCH|CGO_ENABLED|CC|CXX)$/.test(name)),
  );
  job.command(`go generate ${pattern}`);
  const result = await runner.run(go, ['generate', pattern], {
    cwd: scope.recipe.directory,
    env,
    onStdout: job.say,
    onStderr: job.say,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  return toolFailure('go generate', result);
}

function listingEnvironment({ services, options, target }: StepJob, step: GoStep): Record<string, string> {
  const { defaults, toolchains } = options.config;
  return {
    ...services.ports.host.env,
    GOOS: target.goos,
    GOARCH: target.goarch,
    ...levelEnvironment(target),
    ...defaults.env,
    ...toolchains[targetId(target)]?.env,
    ...step.env,
  };
}

/** As `go build -o` leaves it to people: a program for Windows needs its ending to be one. */
function fileName(name: string, target: Target): string {
  const ending = programExtension(target);
  return name.endsWith(ending) ? name : name + ending;
}

function names(mains: readonly MainPackage[]): string {
  return mains.map((it) => it.name).join(', ');
}

function firstLine(text: string): string | undefined {
  return text.split('\n').find((it) => it.trim() !== '');
}
