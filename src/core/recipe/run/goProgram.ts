import type { BuildEvent, BuildResult, MainPackage } from '../../build/build.js';
import { chainText, withoutText } from '../../insight/whyCgo/reasonText.js';
import type { WhyCgo } from '../../insight/whyCgo/whyCgo.js';
import { targetId } from '../../target/target.js';
import type { GoStep } from '../recipe.js';
import type { StepJob } from './stepJob.js';

interface ProgramBuilt {
  readonly result: BuildResult;
  /** What the tools printed: the end of it. */
  readonly log: string;
  /** What people should know of how it was built. */
  readonly note?: string;
}

/** Characters of the log in which the reason for a failure is looked for. */
const keptLog = 64 * 1024;

/**
 * Builds one program of a step. Where cgo is left to us, it is said why it is on or off; where C is wanted and no
 * compiler serves the target, the program is built without, if it can be. It may then lack what its C parts did.
 */
export async function buildProgram(
  job: StepJob,
  step: GoStep,
  main: MainPackage,
  output: string,
): Promise<ProgramBuilt> {
  const { services, options, scope, target } = job;
  const { config } = options;
  const request = {
    target,
    package: main,
    root: scope.recipe.root,
    output,
    ...(step.tags === undefined ? {} : { tags: step.tags }),
    ...(step.ldflags === undefined ? {} : { ldflags: step.ldflags }),
    ...(step.trimpath === undefined ? {} : { trimpath: step.trimpath }),
    ...(step.mod === undefined ? {} : { mod: step.mod }),
    ...(step.static === undefined ? {} : { static: step.static }),
    ...(step.env === undefined ? {} : { env: step.env }),
  };
  let log = '';
  const onEvent = (event: BuildEvent): void => {
    switch (event.kind) {
      case 'command':
        job.command(event.line);
        return;
      case 'output':
        log = (log + event.text).slice(-keptLog);
        job.say(event.text);
        return;
      case 'progress':
        job.progress(event);
        return;
      case 'artifact':
        return;
    }
  };
  const mode = step.cgo ?? config.toolchains[targetId(target)]?.cgo ?? config.defaults.cgo ?? 'auto';
  const result = await services.build({ ...request, cgo: mode }, { ...options, onEvent });
  if (mode !== 'auto') return { result, log };
  if (result.outcome === 'ok') return { result, log, ...(await cgoNote(job, main, result)) };
  const lacksCompiler =
    result.diagnoses[0]?.cause === 'c-compiler-not-found' && result.toolchain === undefined;
  if (result.outcome !== 'failed' || !lacksCompiler) return { result, log };
  job.say('Trying without cgo.\n');
  const without = await services.build({ ...request, cgo: 'off' }, { ...options, onEvent });
  if (without.outcome === 'failed') return { result, log };
  return {
    result: without,
    log,
    note: `${main.name} was built without its C parts: ${result.diagnoses[0]?.title ?? ''}`,
  };
}

async function cgoNote(
  { services, options, target }: StepJob,
  main: MainPackage,
  { cgoPackages }: BuildResult,
): Promise<{ readonly note?: string }> {
  if (cgoPackages === undefined) return {};
  if (cgoPackages.length === 0) return { note: `${main.name} needs no C: cgo is off.` };
  const answer = await services.whyCgo(target, [main], { ...options, offline: true });
  return { note: cgoText(main.name, answer) ?? `${main.name} needs C: ${cgoPackages.join(', ')}.` };
}

/** Why a program needs C, through which packages, and whether it would build without; undefined where go can't tell. */
export function cgoText(name: string, answer: WhyCgo): string | undefined {
  switch (answer.kind) {
    case 'unsupported':
      return `${name} is built without C: Go has no cgo for ${targetId(answer.target)}.`;
    case 'unknown':
      return undefined;
    case 'known': {
      if (answer.packages.length === 0) return `${name} needs no C: cgo is off.`;
      const shown = answer.packages.slice(0, 3).map(({ routes: [route], label, without }) => {
        const chain = route === undefined ? label : chainText(route);
        return `${chain} (${label} ${withoutText(without)})`;
      });
      const more = answer.packages.length - shown.length;
      return `${name} needs C: ${shown.join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}.`;
    }
  }
}
