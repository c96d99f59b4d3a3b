import { formatCommandLine } from '../../build/shellCommand.js';
import type { ArchiveStep, FileStep, RootfsStep, RunStep } from '../recipe.js';
import { packStep } from '../packStep.js';
import { findFiles } from './findFiles.js';
import { epochSeconds } from './scope.js';
import { glanceAt } from './stamps.js';
import { failed, makeOutput, toolFailure, type StepJob, type StepOutcome } from './stepJob.js';

export async function runFileStep(job: StepJob, step: FileStep): Promise<StepOutcome> {
  const { files, host } = job.services.ports;
  const output = host.join(job.scope.outputs, step.output);
  const problem = await makeOutput(job, output, async (temporary) => {
    await files.writeText(temporary, step.text);
    return undefined;
  });
  return problem ?? { kind: 'done', outputs: [output], inputs: [] };
}

/** Packs a root filesystem or an archive. What it reads is known only afterwards: all of it must be older than its start. */
export async function runPackStep(job: StepJob, step: RootfsStep | ArchiveStep): Promise<StepOutcome> {
  const { services, scope, options } = job;
  const { files, host, clock } = services.ports;
  const output = host.join(scope.outputs, step.output);
  const startedAt = clock.now();
  let read: readonly string[] = [];
  const problem = await makeOutput(job, output, async (temporary) => {
    read = await packStep(services.ports, step, {
      directory: scope.recipe.directory,
      output: temporary,
      epochSeconds: await epochSeconds(host, scope),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    return undefined;
  });
  if (problem !== undefined) return problem;
  const inputs = await glanceAt(files, read);
  return {
    kind: 'done',
    outputs: [output],
    inputs: inputs.map((it) => (it.mtimeMs > startedAt ? { ...it, mtimeMs: -1 } : it)),
  };
}

/**
 * Runs a command of the workspace. `folder` is what `${outputs}` stood for in its words: a private folder, from which
 * its outputs are put in their places when it ended well.
 */
export async function runCommandStep(job: StepJob, step: RunStep, folder: string): Promise<StepOutcome> {
  const { services, scope, options } = job;
  const { files, host, runner } = services.ports;
  const { directory } = scope.recipe;
  const inputs = await glanceAt(files, [
    ...(await findFiles(services.ports, directory, step.inputs)),
    ...job.needed,
  ]);
  const [name = '', ...args] = step.command;
  const program = /[/\\]/.test(name) && !host.isAbsolute(name) ? host.join(directory, name) : name;
  const added = Object.entries(step.env);
  job.command(formatCommandLine({ environment: { added, removed: [] }, program: name, args }, host.platform));
  try {
    await files.makeDirectory(folder);
    const result = await runner.run(program, args, {
      cwd: directory,
      env: { ...host.env, ...step.env },
      onStdout: job.say,
      onStderr: job.say,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const problem = toolFailure(name, result);
    if (problem !== undefined) return problem;
    const outputs: string[] = [];
    for (const output of step.outputs) {
      if ((await files.stat(host.join(folder, output)))?.kind !== 'file')
        return failed(`${name} succeeded but wrote no ${output} into \${outputs}.`);
    }
    for (const output of step.outputs) {
      const place = host.join(scope.outputs, output);
      await files.makeDirectory(host.dirname(place));
      await files.rename(host.join(folder, output), place);
      outputs.push(place);
    }
    return { kind: 'done', outputs, inputs };
  } finally {
    await files.remove(folder).catch(() => undefined);
  }
}
