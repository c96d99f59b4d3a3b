import type { BuildOptions } from '../../crossbow.js';
import type { StepOutput, StepResult } from '../recipeRun.js';
import type { RecipePlan, RunNode } from './planRecipe.js';
import type { RecordBook } from './recordBook.js';
import type { RecipeServices } from './recipeServices.js';
import type { RecipeOptions } from './runRecipe.js';
import { createStepLimits, prepareStep, type PreparedStep } from './runStep.js';
import type { Scope } from './scope.js';
import { changedBetween, glanceAt, listingsOf, stampsOf } from './stamps.js';
import type { StepOutcome } from './stepJob.js';
import { checkRecord, type StepRecord } from './stepRecords.js';

/** Characters of a step's output that its result keeps: the end, where the reason is. */
const keptLog = 64 * 1024;

export interface StepRunner {
  run(node: RunNode, forced: boolean): Promise<StepResult>;
  blocked(node: RunNode, by: string): StepResult;
}

/** Runs the steps of one plan: skips what is up to date, and remembers what was done. */
export function createStepRunner(
  services: RecipeServices,
  { nodes }: RecipePlan,
  book: RecordBook,
  options: RecipeOptions,
): StepRunner {
  const { ports } = services;
  const limits = createStepLimits();
  const made = new Map<string, readonly StepOutput[]>();
  const skipped = new Set<string>();
  const writers = new Map<string, string>();

  /** The file that `${steps.NAME}` or `${steps.NAME/FILE}` stands for. */
  function fileOf(scope: Scope, step: string, file: string | undefined): string {
    const id = scope.prefix + step;
    const node = nodes.find((it) => it.id === id);
    const folder = node?.inner?.outputs ?? scope.outputs;
    const outputs = [id, ...(node?.members ?? [])].flatMap((it) => made.get(it) ?? []);
    const names = outputs.map(({ path }) => ports.host.relative(folder, path).replaceAll('\\', '/'));
    if (file !== undefined) {
      const output = outputs[names.findIndex((it) => it === file || it === `${file}.exe`)];
      if (output !== undefined) return output.path;
      throw new Error(`The step ${step} makes no ${file}: it makes ${names.join(', ') || 'nothing'}.`);
    }
    const [only, ...more] = outputs;
    if (only === undefined) throw new Error(`The step ${step} makes no file that could stand here.`);
    if (more.length === 0) return only.path;
    throw new Error(
      `The step ${step} makes ${String(outputs.length)} files: say which with \${steps.${step}/FILE}: ${names.join(', ')}.`,
    );
  }

  function finish(
    node: RunNode,
    result: Pick<StepResult, 'state'> & Partial<StepResult>,
    log = '',
  ): StepResult {
    const { id, kind, needs } = node;
    const whole = { id, kind, needs, outputs: [], durationMs: 0, diagnoses: [], log, ...result };
    made.set(id, whole.outputs);
    if (whole.state === 'skipped') skipped.add(id);
    options.onRecipeEvent?.({
      kind: 'step',
      step: id,
      state: whole.state,
      durationMs: whole.durationMs,
      ...(whole.message === undefined ? {} : { message: whole.message }),
    });
    return whole;
  }

  /** Asked each time: it may have happened meanwhile. */
  const isCancelled = (): boolean => options.signal?.aborted ?? false;

  async function run(node: RunNode, forced: boolean): Promise<StepResult> {
    if (isCancelled()) return finish(node, { state: 'cancelled' });
    // Its own recipe's steps are done: there is nothing left for the step that names it.
    if (node.step.kind === 'recipe' || node.step.kind === 'program') {
      const isSame = (node.members ?? []).every((it) => skipped.has(it));
      return finish(node, { state: isSame ? 'skipped' : 'done' });
    }
    const log = createLog();
    const started = ports.clock.now();
    const emit = options.onRecipeEvent;
    try {
      const prepared = await prepareStep(node.step, fileOf, limits, {
        services,
        options: buildOptions(options),
        scope: node.scope,
        target: node.scope.target,
        say(text) {
          log.add(text);
          emit?.({ kind: 'output', step: node.id, text });
        },
        command: (line) => emit?.({ kind: 'command', step: node.id, line }),
        progress: (event) => emit?.({ ...event, kind: 'progress', step: node.id }),
      });
      const record = book.get(node.scope, node.step.name);
      const check = await checkRecord(ports, record, prepared);
      const rerun = node.step.kind === 'run' && node.step.inputs.length === 0;
      if (check.kind === 'skip' && !forced && !rerun) {
        if (check.touched) await book.set(node.scope, node.step.name, check.record).catch(() => undefined);
        claim(
          node,
          check.record.outputs.map((it) => it.path),
        );
        return finish(node, {
          state: 'skipped',
          outputs: check.record.outputs,
          durationMs: check.record.durationMs,
        });
      }
      emit?.({
        kind: 'step',
        step: node.id,
        state: 'running',
        ...(check.kind === 'run' ? { message: check.reason } : {}),
      });
      const outcome = await prepared.run();
      return await conclude(node, prepared, outcome, started, log.text());
    } catch (error) {
      if (isCancelled()) return finish(node, { state: 'cancelled' }, log.text());
      const message = error instanceof Error ? error.message : String(error);
      return finish(node, { state: 'failed', message, durationMs: ports.clock.now() - started }, log.text());
    }
  }

  async function conclude(
    node: RunNode,
    prepared: PreparedStep,
    outcome: StepOutcome,
    started: number,
    log: string,
  ): Promise<StepResult> {
    const durationMs = ports.clock.now() - started;
    switch (outcome.kind) {
      case 'cancelled':
        return finish(node, { state: 'cancelled', durationMs }, log);
      case 'failed':
        return finish(
          node,
          { state: 'failed', durationMs, message: outcome.message, diagnoses: outcome.diagnoses },
          log,
        );
      case 'done': {
        claim(node, outcome.outputs);
        const { record, changed } = await remember(prepared, outcome, durationMs);
        const notes = outcome.note === undefined ? [] : [outcome.note];
        if (changed !== undefined)
          notes.push(`${changed} changed meanwhile: the step is done again the next time.`);
        await book
          .set(node.scope, node.step.name, changed === undefined ? record : undefined)
          .catch((error: unknown) => {
            notes.push(`It can't be remembered: ${error instanceof Error ? error.message : String(error)}`);
          });
        return finish(
          node,
          {
            state: 'done',
            durationMs,
            outputs: record.outputs,
            ...(notes.length === 0 ? {} : { message: notes.join(' ') }),
          },
          log,
        );
      }
    }
  }

  /** The step as it is to be remembered, and a file that is not what it was when the work began. */
  async function remember(
    { fingerprint, job }: PreparedStep,
    outcome: Extract<StepOutcome, { kind: 'done' }>,
    durationMs: number,
  ): Promise<{ readonly record: StepRecord; readonly changed?: string }> {
    const { files, clock } = ports;
    const known = new Set(outcome.inputs.map((it) => it.path));
    const before = [
      ...outcome.inputs,
      ...(await glanceAt(
        files,
        job.needed.filter((it) => !known.has(it)),
      )),
    ];
    const takenAt = clock.now();
    const paths = before.map((it) => it.path);
    const inputs = await stampsOf(files, await glanceAt(files, paths));
    const outputs = await stampsOf(files, await glanceAt(files, outcome.outputs));
    const listings = await listingsOf(files, outcome.folders ?? []);
    // Looked at again after reading, so that what was read is what was there before the work began.
    const [changed] = changedBetween(before, await glanceAt(files, paths));
    return {
      record: {
        fingerprint,
        inputs,
        listings,
        outputs,
        takenAt,
        durationMs,
        ...(outcome.toolchain === undefined ? {} : { toolchain: outcome.toolchain }),
      },
      ...(changed === undefined ? {} : { changed }),
    };
  }

  /** Two steps that write one file would undo each other's work for ever. */
  function claim(node: RunNode, paths: readonly string[]): void {
    for (const path of paths) {
      const other = writers.get(path);
      if (other !== undefined && other !== node.id)
        throw new Error(`${path} is written by the step ${other}, too: give one of them another output.`);
      writers.set(path, node.id);
    }
  }

  return {
    run,
    blocked: (node, by) => {
      if (isCancelled()) return finish(node, { state: 'cancelled' });
      return finish(node, { state: 'blocked', message: `The step ${by} failed.` });
    },
  };
}

function buildOptions({ onRecipeEvent: _, ...options }: RecipeOptions): BuildOptions {
  return options;
}

function createLog(): { add(text: string): void; text(): string } {
  let kept = '';
  return {
    add(text) {
      kept += text;
      if (kept.length > 2 * keptLog) kept = kept.slice(-keptLog);
    },
    text: () => kept.slice(-keptLog),
  };
}
