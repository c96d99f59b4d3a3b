import { StringDecoder } from 'node:string_decoder';
import { execa } from 'execa';
import type { CommandRunner, RunOptions, RunResult } from '../core/ports.js';
import { createProcessGroup } from './processGroup.js';
import { explainStartFailure, refusedByKernel, unrunnableFormat } from './startFailure.js';

const defaultMaxOutput = 16 * 1024 * 1024;

/**
 * How long output may still come after the program itself has ended, in milliseconds. A background child that
 * inherited the pipes (a compiler cache's server, say) would otherwise hold the result back for ever.
 */
const drainMs = 1500;

type EarlyEnd = { readonly kind: 'timed-out' } | { readonly kind: 'cancelled' };

/**
 * Runs programs through execa, each in its own process group, so that ending one ends everything it started.
 * Groups that are still alive when this process exits are killed with it.
 */
export function createCommandRunner(): CommandRunner {
  return { run };
}

async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const started = performance.now();
  const stdout = collect(options.onStdout, options.maxOutput);
  const stderr = collect(options.onStderr, options.maxOutput);
  const finish = (outcome: RunResult['outcome']): RunResult => ({
    outcome,
    stdout: stdout.end(),
    stderr: stderr.end(),
    durationMs: performance.now() - started,
  });

  if (options.signal?.aborted) return finish({ kind: 'cancelled' });
  const unrunnable = await unrunnableFormat(program, options.env);
  if (unrunnable) return finish(unrunnable);
  // Asked again: the file was read in between, and an abort meanwhile has nobody listening yet.
  if (options.signal?.aborted) return finish({ kind: 'cancelled' });

  const child = execa(program, [...args], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: { ...options.env } }),
    extendEnv: options.env === undefined,
    stdin: options.stdin === undefined ? 'ignore' : 'pipe',
    ...(options.stdin === undefined ? {} : { input: options.stdin }),
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.stdout.on('data', stdout.add);
  child.stderr.on('data', stderr.add);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const closed = Promise.resolve(child);
  const pid = child.pid;
  if (pid === undefined) {
    const result = await closed;
    return finish(await explainStartFailure(program, options, result.code, result.originalMessage));
  }

  const group = createProcessGroup(pid);
  let early: EarlyEnd | undefined;
  let ending: Promise<void> | undefined;
  const end = (reason: EarlyEnd): void => {
    early ??= reason;
    ending ??= group.end();
  };
  const onAbort = (): void => end({ kind: 'cancelled' });
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const timer =
    options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => end({ kind: 'timed-out' }), options.timeoutMs);
  let drain: NodeJS.Timeout | undefined;
  try {
    void exited.then(() => {
      clearTimeout(timer);
      drain = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, drainMs);
    });
    const result = await closed;
    if (ending) await ending;
    if (early) return finish(early);
    if (result.signal !== undefined) return finish({ kind: 'signalled', signal: result.signal });
    const code = result.exitCode ?? child.exitCode ?? 1;
    return finish((await refusedByKernel(program, options.env, code)) ?? { kind: 'exited', code });
  } finally {
    clearTimeout(timer);
    clearTimeout(drain);
    options.signal?.removeEventListener('abort', onAbort);
    group.release();
  }
}

/** Decodes one stream: a character split over two chunks stays one character. */
function collect(
  onText: ((text: string) => void) | undefined,
  maxOutput = defaultMaxOutput,
): { add: (chunk: Buffer) => void; end: () => string } {
  const decoder = new StringDecoder('utf8');
  let kept = '';
  const take = (text: string): void => {
    if (text === '') return;
    if (onText) onText(text);
    else if (kept.length < maxOutput) kept += text.slice(0, maxOutput - kept.length);
  };
  return {
    add: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end());
      return kept;
    },
  };
}
