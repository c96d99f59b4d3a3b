import type { CancelSignal, Ports } from '../../ports.js';
import type { Capture } from './capture.js';
import { replayWords } from './compileCommand.js';
import { readProblems, type CompileProblem } from './problems.js';

/** Where calls of a function were replaced by its body, in its own package (`-m`, cmd/compile/internal/inline). */
export async function findInlinedCalls(
  { files, host, runner }: Ports,
  { command, env }: Capture,
  name: string,
  options: { readonly env: Readonly<Record<string, string>>; readonly signal?: CancelSignal },
): Promise<readonly CompileProblem[]> {
  const folder = await files.makeTemporaryDirectory('crossbow-ssa-');
  try {
    const [program = '', ...args] = replayWords(command, {
      flags: ['-m'],
      files: command.files,
      output: host.join(folder, 'package.a'),
    });
    const { stdout, stderr } = await runner.run(program, args, {
      cwd: folder,
      env: { ...options.env, ...env, PWD: folder },
      ...(options.signal ? { signal: options.signal } : {}),
    });
    return readProblems(`${stdout}${stderr}`.split('\n')).filter(
      (it) => it.message === `inlining call to ${name}`,
    );
  } finally {
    await files.remove(folder);
  }
}
