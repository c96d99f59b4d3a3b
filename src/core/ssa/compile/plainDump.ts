import type { Ports } from '../../ports.js';
import type { CaptureQuestion } from './capture.js';
import { createCompilerOutputReader } from './compilerOutput.js';
import { readGoFlags } from './goFlags.js';
import { keepPage, tellFlags, type Replay } from './replay.js';

/**
 * The slow way that always works: GOSSAFUNC for the go command itself. It compiles everything the package needs again,
 * once for each name, and puts another copy into the build cache.
 */
export async function plainDump(
  ports: Ports,
  question: CaptureQuestion,
  packagePath: string,
  { name, page }: { readonly name: string; readonly page?: string },
): Promise<Replay> {
  const { files, host, runner } = ports;
  const folder = await files.makeTemporaryDirectory('crossbow-ssa-');
  try {
    const { gcflags } = await readGoFlags(ports, question);
    const reader = createCompilerOutputReader(packagePath, name);
    const feed = byLine((line) => {
      reader.feed(withWholePath(host, question.cwd, line));
    });
    const pages = host.join(folder, 'pages');
    const { outcome } = await runner.run(
      question.go,
      [
        ...['list', '-export', ...(question.test ? ['-test'] : []), '-f', ''],
        ...question.flags,
        // Places without the folders before them would lead to no source.
        ...['-trimpath=false', `-gcflags=${[gcflags, ...tellFlags].join(' ').trim()}`],
        ...['--', question.pattern],
      ],
      {
        cwd: question.cwd,
        // A folder of its own each time: go would replay a cached build without writing a page or a dump.
        env: { ...question.env, GOSSAFUNC: `${packagePath}.${name}+`, GOSSADIR: pages },
        onStdout: feed,
        onStderr: feed,
        ...(question.signal ? { signal: question.signal } : {}),
      },
    );
    feed('\n');
    const output = reader.end();
    if (page !== undefined) await keepPage(ports, pages, page);
    return { outcome, ...output };
  } finally {
    await files.remove(folder);
  }
}

function byLine(take: (line: string) => void): (text: string) => void {
  let unfinished = '';
  return (text) => {
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) for (const line of (unfinished + text.slice(0, end)).match(/.*\n/g) ?? []) take(line);
    unfinished = (end > 0 ? '' : unfinished) + text.slice(end);
  };
}

/**
 * The go command shortens what its tools print to paths from where it runs (cmd/go/internal/work, Shell.reportCmd), at
 * the beginning of a line or of a `# file` heading.
 */
function withWholePath(host: Pick<Ports['host'], 'isAbsolute' | 'join'>, cwd: string, line: string): string {
  const found = /^(# |)([^\s:]+\.go)(?=:\d|\n$)/.exec(line);
  const [all, before = '', path = ''] = found ?? [];
  if (all === undefined || host.isAbsolute(path)) return line;
  return `${before}${host.join(cwd, path)}${line.slice(all.length)}`;
}
