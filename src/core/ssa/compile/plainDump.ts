import type { Ports } from '../../ports.js';
import type { CaptureQuestion } from './capture.js';
import { createCompilerOutputReader } from './compilerOutput.js';
import type { Replay } from './replay.js';

/**
 * The slow way that always works: GOSSAFUNC for the go command itself. It compiles everything the package needs again,
 * once for each name, and puts another copy into the build cache.
 */
export async function plainDump(
  { files, host, runner }: Ports,
  question: CaptureQuestion,
  packagePath: string,
  name: string,
): Promise<Replay> {
  const folder = await files.makeTemporaryDirectory('crossbow-ssa-');
  try {
    const reader = createCompilerOutputReader(packagePath, name);
    const feed = (text: string): void => {
      reader.feed(text);
    };
    const { outcome } = await runner.run(
      question.go,
      [
        'list',
        '-export',
        ...(question.test ? ['-test'] : []),
        '-f',
        '',
        ...question.flags,
        '--',
        question.pattern,
      ],
      {
        cwd: question.cwd,
        // A folder of its own each time: go would replay a cached build without writing a page or a dump.
        env: { ...question.env, GOSSAFUNC: `${packagePath}.${name}+`, GOSSADIR: host.join(folder, 'pages') },
        onStdout: feed,
        onStderr: feed,
        ...(question.signal ? { signal: question.signal } : {}),
      },
    );
    return { outcome, ...reader.end() };
  } finally {
    await files.remove(folder);
  }
}
