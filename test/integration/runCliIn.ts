import { join } from 'node:path';
import { createCliOutput } from '../../src/cli/cliOutput.js';
import { runCli } from '../../src/cli/program.js';
import type { Workspace } from './workspace.js';

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  json(): unknown;
}

/** The command line without a process of its own. */
export async function runCliIn(
  ws: Workspace,
  args: readonly string[],
  {
    isTTY = false,
    env = {},
    cwd = ws.root,
    viewsFolder = join(import.meta.dirname, '../../out/webview'),
  }: { isTTY?: boolean; env?: Record<string, string>; cwd?: string; viewsFolder?: string } = {},
): Promise<CliRun> {
  const text = { out: '', err: '' };
  const stream = (key: 'out' | 'err') => ({
    isTTY,
    columns: 80,
    write: (it: string) => void (text[key] += it),
  });
  const code = await runCli(args, '1.2.3', {
    crossbow: ws.crossbow,
    ports: ws.ports,
    output: createCliOutput(stream('out'), stream('err'), env),
    cwd,
    causesFolder: join(import.meta.dirname, '../../docs/causes'),
    viewsFolder,
    signal: new AbortController().signal,
  });
  return { code, ...text, json: () => JSON.parse(text.out) as unknown };
}
