import type { CancelSignal, Ports, RunResult } from '../../ports.js';
import { withInliningStacks } from '../inliningStacks.js';
import type { Capture } from './capture.js';
import { createCompilerOutputReader, type CompilerOutput } from './compilerOutput.js';
import { replayWords } from './compileCommand.js';

export interface ReplayOptions {
  /** The build's environment; the capture's own variables come on top. */
  readonly env: Readonly<Record<string, string>>;
  /** Texts of files as they are in the editor, by absolute path. */
  readonly unsaved?: ReadonlyMap<string, string>;
  /** Where the compiler's own page is to be put. */
  readonly page?: string;
  readonly signal?: CancelSignal;
}

export interface Replay extends CompilerOutput {
  readonly outcome: RunResult['outcome'];
}

/** Lets the compiler tell at once, beside the dump: all functions, what it decided, which bounds are checked. */
export const tellFlags = ['-S', '-m=2', '-d=ssa/check_bce/debug=1'] as const;

/** Runs the captured compiler for one function, in a folder of its own that is removed afterwards. */
export async function replayCompile(
  ports: Ports,
  { command, env }: Capture,
  name: string,
  options: ReplayOptions,
): Promise<Replay> {
  const { files, host, runner } = ports;
  const folder = await files.makeTemporaryDirectory('crossbow-ssa-');
  try {
    const { sources, rewrites } = await substitute(ports, command.files, folder, options.unsaved);
    const words = replayWords(command, {
      flags: [...tellFlags, ...stackFlags(host.platform, name), ...rewrites],
      files: sources,
      output: host.join(folder, 'package.a'),
    });
    const reader = createCompilerOutputReader(command.packagePath, name);
    // Without GOSSADIR there is one page, of the function or of an adapter with its name.
    const pages = options.page === undefined || host.platform === 'win32' ? '' : host.join(folder, 'pages');
    const errors: string[] = [];
    const [program = '', ...args] = words;
    const { outcome } = await runner.run(program, args, {
      // Without GOSSADIR the page goes to the working folder: names of methods are no file names on Windows.
      cwd: folder,
      env: {
        ...options.env,
        ...env,
        GOSSAFUNC: `${command.packagePath}.${name}+`,
        GOSSADIR: pages,
        PWD: folder,
      },
      onStdout: (text) => {
        reader.feed(text);
      },
      onStderr: (text) => void errors.push(text),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (errors.length > 0) reader.feed(`\n${errors.join('')}\n`);
    const output = reader.end();
    const stacks = await readStacks(ports, folder);
    if (options.page !== undefined) await keepPage(ports, pages === '' ? folder : pages, options.page);
    return {
      outcome,
      ...output,
      ...(output.dump !== undefined && stacks !== undefined
        ? { dump: withInliningStacks(output.dump, stacks) }
        : {}),
    };
  } finally {
    await files.remove(folder);
  }
}

/** Moves the largest page in a folder to `path`: adapters between calling conventions have pages too, and smaller ones. */
export async function keepPage(
  { files, host }: Pick<Ports, 'files' | 'host'>,
  folder: string,
  path: string,
): Promise<void> {
  const found: { readonly page: string; readonly size: number }[] = [];
  const folders = [folder];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for (const name of await files.list(at)) {
      const each = host.join(at, name);
      const stat = await files.stat(each);
      if (stat?.kind === 'directory') folders.push(each);
      else if (stat !== undefined && name.endsWith('.html')) found.push({ page: each, size: stat.size });
    }
  }
  const [largest] = found.sort((a, b) => b.size - a.size);
  if (largest !== undefined) await files.linkOrCopy(largest.page, path);
}

/**
 * The file with each instruction's inlining stack is named after the function, in a list that commas divide: a name
 * that no file system or list takes goes without.
 */
function stackFlags(platform: string, name: string): readonly string[] {
  const refused = platform === 'win32' ? /[,:"*<>|?\\]/ : /,/;
  return refused.test(name) ? [] : [`-d=ssa/genssa/dump=${name}`];
}

async function readStacks({ files, host }: Ports, folder: string): Promise<string | undefined> {
  const found = (await files.list(folder)).find((it) => it.endsWith('__genssa.dump'));
  return found === undefined ? undefined : files.readText(host.join(folder, found));
}

/**
 * Unsaved files are compiled from copies. The compiler's own rewriting of paths gives their positions the names of the
 * originals; a `//line` directive would not reach all that it prints.
 */
async function substitute(
  { files, host }: Ports,
  originals: readonly string[],
  folder: string,
  unsaved: ReadonlyMap<string, string> = new Map(),
): Promise<{ readonly sources: readonly string[]; readonly rewrites: readonly string[] }> {
  const sources: string[] = [];
  const rewrites: string[] = [];
  for (const [index, path] of originals.entries()) {
    const text = unsaved.get(path);
    if (text === undefined) {
      sources.push(path);
      continue;
    }
    const copies = host.join(folder, `${index}`);
    const copy = host.join(copies, host.basename(path));
    await files.writeText(copy, text);
    sources.push(copy);
    rewrites.push(`${copies}=>${host.dirname(path)}`);
  }
  return { sources, rewrites: rewrites.length === 0 ? [] : ['-trimpath', rewrites.join(';')] };
}
