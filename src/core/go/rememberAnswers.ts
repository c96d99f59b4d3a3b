import type { CommandRunner, Ports, RunResult } from '../ports.js';

/** Questions whose answer is part of the go command itself, whatever folder and environment it runs in. */
const questions: readonly (readonly string[])[] = [
  ['env', 'GOVERSION'],
  ['tool', 'dist', 'list', '-json'],
];

/** A go command of real size, in bytes: a wrapper (asdf, goenv, a shell script) may answer otherwise the next time. */
const leastSize = 1_000_000;

/** Answers kept: an installation or two, and the questions of each. */
const mostAnswers = 20;

/**
 * A runner that remembers between runs of the command line what a go command says of itself, until its file changes.
 * Asking takes 60 ms, as much as half a warm build. Only answers are kept, no failures.
 */
export function rememberAnswers(
  { runner, files, host }: Pick<Ports, 'runner' | 'files' | 'host'>,
  cacheFolder: string,
): CommandRunner {
  const path = host.join(cacheFolder, 'go.json');
  let known: Promise<Map<string, string>> | undefined;
  const load = async (): Promise<Map<string, string>> =>
    new Map(parseAnswers(await files.readText(path).catch(() => undefined)));

  const keyOf = async (program: string, args: readonly string[]): Promise<string | undefined> => {
    if (!questions.some((it) => it.length === args.length && it.every((word, at) => word === args[at])))
      return undefined;
    const real = await files.realPath(program).catch(() => undefined);
    const stat = real === undefined ? undefined : await files.stat(real).catch(() => undefined);
    if (real === undefined || stat?.kind !== 'file' || stat.size < leastSize) return undefined;
    // A GOROOT that is set may be broken, which go then says.
    return JSON.stringify([real, stat.size, stat.mtimeMs, host.env['GOROOT'] ?? '', ...args]);
  };

  const remember = async (key: string, { stdout }: RunResult): Promise<void> => {
    const answers = await load();
    answers.delete(key);
    answers.set(key, stdout);
    known = Promise.resolve(answers);
    const kept = [...answers].slice(-mostAnswers);
    // A cache that can't be written only costs time.
    await files.writeText(path, `${JSON.stringify(kept)}\n`).catch(() => undefined);
  };

  return {
    async run(program, args, options) {
      const key = await keyOf(program, args);
      const answer = key === undefined ? undefined : (await (known ??= load())).get(key);
      if (answer !== undefined)
        return { outcome: { kind: 'exited', code: 0 }, stdout: answer, stderr: '', durationMs: 0 };
      const result = await runner.run(program, args, options);
      const isAnswer = result.outcome.kind === 'exited' && result.outcome.code === 0 && result.stdout !== '';
      if (key !== undefined && isAnswer) await remember(key, result);
      return result;
    },
  };
}

function parseAnswers(text: string | undefined): readonly (readonly [string, string])[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isAnswer) : [];
  } catch {
    return [];
  }
}

function isAnswer(value: unknown): value is readonly [string, string] {
  return (
    Array.isArray(value) && value.length === 2 && value.every((it) => typeof it === 'string' && it !== '')
  );
}
