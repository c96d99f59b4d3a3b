import { createReadStream } from 'node:fs';
import { watch } from 'node:fs/promises';
import { createSsaHtmlParser } from '../core/ssa/parseSsaHtml.js';
import { setupError, type CliContext } from './cliContext.js';
import type { Dumped } from './ssaText.js';

/**
 * Reads a saved ssa.html in small pieces: pieces of a megabyte take far more memory at their peak, since they go past
 * the young generation.
 */
export async function readSavedPage(path: string): Promise<Dumped> {
  const parser = createSsaHtmlParser();
  const pieces = createReadStream(path, { encoding: 'utf8' });
  try {
    for await (const piece of pieces) parser.feed(String(piece));
  } catch (error) {
    throw setupError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const dump = parser.end();
  if (dump === undefined) throw setupError(`${path} is no page that the Go compiler wrote for GOSSAFUNC.`);
  return { kind: 'dumped', dump, boundsChecks: [], decisions: [], functions: [], method: 'page', notes: [] };
}

/**
 * Runs `work` whenever a Go file of a folder was saved, until the program is asked to end. Editors save in several steps,
 * and steps that change nothing are none.
 */
export async function onEverySave(
  { ports, signal }: Pick<CliContext, 'ports' | 'signal'>,
  folder: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const ended = new AbortController();
  const end = (): void => {
    ended.abort();
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    let seen = await stampOf(ports, folder);
    for await (const { filename } of watch(folder, { signal: ended.signal })) {
      if (filename?.endsWith('.go') === false) continue;
      const now = await stampOf(ports, folder);
      if (now === seen) continue;
      seen = now;
      await work();
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

async function stampOf({ files, host }: CliContext['ports'], folder: string): Promise<string> {
  const names = (await files.list(folder)).filter((it) => it.endsWith('.go')).sort();
  const stats = await Promise.all(names.map((it) => files.stat(host.join(folder, it))));
  return names
    .map((it, index) => `${it} ${stats[index]?.mtimeMs ?? ''} ${stats[index]?.size ?? ''}`)
    .join('\n');
}
