import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/** The command line as a program of its own, for what only a process shows: signals, pipes, terminals, another user. */
export interface BundledCli {
  readonly file: string;
  run(
    args: readonly string[],
    options?: {
      readonly cwd?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly prefix?: readonly string[];
    },
  ): { readonly code: number | null; readonly out: string; readonly err: string };
  /** Starts it at a pseudo-terminal (script(1)); what is written to its standard input is typed there. */
  atTerminal(
    args: readonly string[],
    options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
  ): ChildProcess;
  remove(): void;
}

export async function bundleCli(): Promise<BundledCli> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'crossbow-cli-'));
  const file = path.join(folder, 'cli.cjs');
  await build({
    entryPoints: ['src/cli.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: file,
    logLevel: 'error',
  });
  // Another user must be able to read it.
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  return {
    file,
    run(args, { cwd = os.tmpdir(), env = {}, prefix = [] } = {}) {
      const [program = '', ...rest] = [...prefix, process.execPath, file, ...args];
      const result = spawnSync(program, rest, { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
      return { code: result.status, out: result.stdout, err: result.stderr };
    },
    atTerminal(args, { cwd, env = {} }) {
      const line = [process.execPath, file, ...args].map((it) => `'${it}'`).join(' ');
      return spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
        cwd,
        env: { ...process.env, TERM: 'xterm-256color', ...env },
      });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
