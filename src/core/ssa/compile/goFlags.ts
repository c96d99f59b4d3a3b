import type { Ports } from '../../ports.js';
import type { CaptureQuestion } from './capture.js';

/** What the user set for the go command that our own flags would replace. */
export interface GoFlags {
  readonly gcflags: string;
  readonly toolexec: string;
}

/** The last `-gcflags` that applies to the named package, and the toolexec, of GOFLAGS and the question's own flags. */
export async function readGoFlags(
  { runner }: Pick<Ports, 'runner'>,
  question: CaptureQuestion,
): Promise<GoFlags> {
  const { stdout } = await runner.run(question.go, ['env', 'GOFLAGS'], {
    cwd: question.cwd,
    env: question.env,
    ...(question.signal ? { signal: question.signal } : {}),
  });
  const unquoted = (text: string): string => text.replace(/^(['"])(.*)\1$/, '$2');
  const set = (stdout.trim().match(/(?:'[^']*'|"[^"]*"|\S)+/g) ?? []).map(unquoted);
  const words = [...set, ...question.flags].map((it) => it.replace(/^--/, '-'));
  const values = (name: string): readonly string[] =>
    words.filter((it) => it.startsWith(`-${name}=`)).map((it) => unquoted(it.slice(name.length + 2)));
  const gcflags = values('gcflags').map((it) => /^(?:all=)?(-.*)$/.exec(it)?.[1] ?? '');
  return { gcflags: gcflags.at(-1) ?? '', toolexec: values('toolexec').at(-1) ?? '' };
}
