import type { Ports, RunResult } from '../ports.js';

/** Asking Go about itself takes milliseconds; a network drive or a cold disk, seconds. */
const askTimeoutMs = 15_000;

/**
 * Runs go to ask it something. Never in the workspace, and with GOTOOLCHAIN=local: a go.mod there, or an
 * inherited variable, may name a newer Go, and a question must not start a download.
 */
export async function runGo(
  ports: Pick<Ports, 'runner' | 'host'>,
  go: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  return ports.runner.run(go, args, {
    cwd: ports.host.dirname(go),
    env: { ...ports.host.env, GOTOOLCHAIN: 'local', GOWORK: 'off', LC_ALL: 'C', ...env },
    timeoutMs: askTimeoutMs,
    maxOutput: 4 * 1024 * 1024,
  });
}

/** Why go gave no answer, as the rest of a sentence that begins with its path. */
export function explainFailure({ outcome, stderr, stdout }: RunResult): string {
  switch (outcome.kind) {
    case 'exited': {
      const words = firstLine(stderr) ?? firstLine(stdout);
      if (outcome.code === 0) {
        return `does not answer like a go command${words === undefined ? '.' : `: it says "${words}".`}`;
      }
      return `failed with exit code ${String(outcome.code)}${words === undefined ? '.' : `: ${words}`}`;
    }
    case 'signalled':
      return `was ended by ${outcome.signal}.`;
    case 'timed-out':
      return `did not answer within ${String(askTimeoutMs / 1000)} seconds.`;
    case 'cancelled':
      return 'was cancelled.';
    case 'not-started':
      return `can't be started: ${outcome.message}`;
  }
}

function firstLine(text: string): string | undefined {
  const line = text.split('\n').find((it) => it.trim() !== '');
  return line === undefined ? undefined : line.trim().slice(0, 200);
}
