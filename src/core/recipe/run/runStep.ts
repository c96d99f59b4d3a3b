import { targetId } from '../../target/target.js';
import { createLimiter } from '../../toolchain/limiter.js';
import type { RunStep, Step } from '../recipe.js';
import { referencesIn } from '../references.js';
import { textsOf } from '../stepTexts.js';
import { librariesThere } from './chooseLibraries.js';
import { toolchainMark } from './chooseToolchain.js';
import { createCompileLimit, type CompileLimit } from './compileLimit.js';
import { runCStep } from './cStep.js';
import { findFiles } from './findFiles.js';
import { runGoStep } from './goStep.js';
import { runCommandStep, runFileStep, runPackStep } from './otherSteps.js';
import { epochSeconds, replaceIn, replacerFor, type FileOfStep, type Scope } from './scope.js';
import { failed, toolchainFor, type StepJob, type StepOutcome } from './stepJob.js';

/** A step that is ready to run: its references are replaced, and all that decides its result is one text. */
export interface PreparedStep {
  readonly fingerprint: string;
  readonly job: StepJob;
  run(): Promise<StepOutcome>;
  /** The C toolchain as it would be used now, as {@link toolchainMark} tells it. */
  toolchain(): Promise<string | undefined>;
}

/** Kinds of work that hold each other back: go uses every core by itself, and the rest is small. */
export interface StepLimits {
  go<T>(work: () => Promise<T>): Promise<T>;
  readonly compiling: CompileLimit;
  other<T>(work: () => Promise<T>): Promise<T>;
}

export function createStepLimits(): StepLimits {
  return { go: createLimiter(2), compiling: createCompileLimit(), other: createLimiter(2) };
}

/** Replaces a step's references, the files of other steps among them, and says what its result depends on. */
export async function prepareStep(
  step: Exclude<Step, { kind: 'program' | 'recipe' }>,
  fileOf: FileOfStep,
  limits: StepLimits,
  base: Omit<StepJob, 'needed'>,
): Promise<PreparedStep> {
  const { services, scope } = base;
  const { host } = services.ports;
  const needed = neededFiles(step, scope, fileOf);
  const job: StepJob = { ...base, needed };
  const replaced = replaceIn(step, scope, await replacerFor(host, scope, step, fileOf));
  const fingerprint = JSON.stringify([
    targetId(scope.target),
    { ...replaced, line: undefined, needs: undefined },
    scope.recipe.directory,
    await settings(job, replaced),
  ]);
  return {
    fingerprint,
    job,
    toolchain: async () => {
      const choice = await toolchainFor(job);
      return choice.kind === 'chosen' ? toolchainMark(choice.toolchain) : undefined;
    },
    run: () => runPrepared(job, step, replaced, fileOf, limits),
  };
}

async function runPrepared(
  job: StepJob,
  written: Step,
  step: Step,
  fileOf: FileOfStep,
  limits: StepLimits,
): Promise<StepOutcome> {
  switch (step.kind) {
    case 'go':
      return limits.go(() => runGoStep(job, step, limits.compiling));
    case 'c':
      return limits.other(() => runCStep(job, step));
    case 'rootfs':
    case 'archive':
      return limits.other(() => runPackStep(job, step));
    case 'file':
      return runFileStep(job, step);
    case 'run': {
      const { scope, services } = job;
      const { host, clock } = services.ports;
      const folder = host.join(scope.outputs, `.crossbow-${clock.now().toString(36)}-${step.name}`);
      const replace = await replacerFor(host, scope, written, fileOf, folder);
      // Only its words are read again: where its outputs end up is what it is remembered by.
      const words = replaceIn(written, scope, replace) as RunStep;
      return limits.other(() =>
        runCommandStep(job, { ...step, command: words.command, env: words.env }, folder),
      );
    }
    case 'program':
    case 'recipe':
      return failed(`The step ${step.name} was not resolved.`);
  }
}

/** Files of other steps that a step's texts name. */
function neededFiles(step: Step, scope: Scope, fileOf: FileOfStep): readonly string[] {
  const files = textsOf(step).flatMap((text) =>
    referencesIn(text).flatMap((it) => {
      if (it.kind !== 'step') return [];
      if (scope.leftOut.has(it.step) || scope.leftOut.has(`${it.step}/${it.file ?? ''}`)) return [];
      return [fileOf(scope, it.step, it.file)];
    }),
  );
  return [...new Set(files)];
}

/** What decides a step's result beside its own words and the files that it reads. */
async function settings(job: StepJob, step: Step): Promise<readonly unknown[]> {
  const { services, options, target, scope } = job;
  const { ports } = services;
  const { host } = ports;
  const { defaults, toolchains } = options.config;
  const own = toolchains[targetId(target)];
  switch (step.kind) {
    case 'go': {
      const go = await services.go();
      return [
        go.kind === 'found' ? [go.path, go.version] : go.kind,
        defaults,
        own,
        variables(host.env, goVariable),
        ...(await librariesThere(job, step.libraries)),
      ];
    }
    case 'c':
      return [
        defaults.env,
        own,
        await findFiles(ports, scope.recipe.directory, step.sources),
        variables(host.env, cVariable),
      ];
    case 'rootfs':
    case 'archive':
      return [await epochSeconds(host, scope)];
    case 'run':
      return [await findFiles(ports, scope.recipe.directory, step.inputs)];
    case 'file':
    case 'program':
    case 'recipe':
      return [];
  }
}

/** Variables that change what go builds; CC and its like of the host count only where it builds for itself. */
const goVariable =
  /^(?:GO(?!CACHE|MODCACHE|TMPDIR|PROXY|SUMDB|PATH|DEBUG|MAXPROCS|ROOT$)\w+|CGO_\w+|CC|CXX|FC|AR|PKG_CONFIG\w*|SOURCE_DATE_EPOCH)$/;
const cVariable = /^(?:CGO_\w+|CC|CXX|AR|PKG_CONFIG\w*|CPATH|C_INCLUDE_PATH|LIBRARY_PATH|SOURCE_DATE_EPOCH)$/;

function variables(env: Readonly<Record<string, string>>, wanted: RegExp): readonly (readonly string[])[] {
  return Object.entries(env)
    .filter(([name]) => wanted.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
