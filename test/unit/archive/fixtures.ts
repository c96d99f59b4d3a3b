import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { ArchiveEntry, ArchiveMember, ArchivePlan } from '../../../src/core/archive/archive.js';
import { createArchives } from '../../../src/node/archives/createArchives.js';

export const archives = createArchives();

/** A folder of its own for the tests of a file. */
export function useFolder(): (...names: string[]) => string {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossbow archives é '));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return (...names) => join(folder, ...names);
}

const owner = { uid: 0, gid: 0 };

export const directory = (path: string, mode = 0o755): ArchiveEntry => ({
  kind: 'directory',
  path,
  mode,
  ...owner,
});

export const text = (path: string, content: string, mode = 0o644): ArchiveEntry => ({
  kind: 'file',
  path,
  mode,
  ...owner,
  content: { from: 'text', text: content },
});

export const file = (path: string, from: string, mode = 0o755): ArchiveEntry => ({
  kind: 'file',
  path,
  mode,
  ...owner,
  content: { from: 'file', path: from },
});

export const link = (
  path: string,
  target: string,
  kind: 'symlink' | 'hardlink' = 'symlink',
): ArchiveEntry => ({
  kind,
  path,
  mode: 0o777,
  ...owner,
  target,
});

export const plan = (
  format: ArchivePlan['format'],
  entries: readonly ArchiveEntry[],
  mtime = 1_700_000_000,
): ArchivePlan => ({ format, entries, mtime });

/** Every member of an archive, as `look` sees it while the archive stands at it. */
export async function readAll<T>(
  path: string,
  look: (member: ArchiveMember) => T | Promise<T>,
): Promise<T[]> {
  const reading = await archives.read(path);
  if (reading === undefined) throw new Error(`${path} is no archive.`);
  const seen: T[] = [];
  for await (const member of reading.members) seen.push(await look(member));
  return seen;
}

export async function content(member: ArchiveMember): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of member.bytes()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
