import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { ArchiveEntry, ArchiveMember, ArchivePlan } from '../../core/archive/archive.js';
import type { CancelSignal } from '../../core/ports.js';
import { explained } from '../fileErrors.js';
import { gzip } from './gzip.js';
import { createPiecePool, type PiecePool } from './piecePool.js';
import { readArchive } from './readArchive.js';
import { throwIfAborted } from './readLimits.js';
import { writeTar, type FilledEntry, type SizedContent } from './writeTar.js';
import { writeZip } from './writeZip.js';

/** As the port says; the sibling's name is that of other unfinished artifacts, so that what a kill leaves is cleared with them. */
export async function writeArchive(
  file: string,
  plan: ArchivePlan,
  signal: CancelSignal | undefined,
): Promise<void> {
  throwIfAborted(signal);
  await explained(path.dirname(file), 'make the folder', () =>
    fs.mkdir(path.dirname(file), { recursive: true }),
  );
  const sibling = path.join(path.dirname(file), `.crossbow-${randomUUID()}`);
  try {
    await writeFile(sibling, file, packed(plan, signal), signal);
    await explained(file, 'write', () => fs.rename(sibling, file));
  } catch (error) {
    await fs.rm(sibling, { force: true });
    throw error;
  }
}

async function writeFile(
  sibling: string,
  file: string,
  bytes: AsyncIterable<Uint8Array>,
  signal: CancelSignal | undefined,
): Promise<void> {
  const handle = await explained(file, 'write', () => fs.open(sibling, 'wx'));
  try {
    for await (const chunk of bytes) {
      throwIfAborted(signal);
      await explained(file, 'write', () => handle.writeFile(chunk));
    }
  } finally {
    // Some file systems, NFS above all, tell only here that there is no space.
    await explained(file, 'write', () => handle.close());
  }
}

function packed(plan: ArchivePlan, signal: CancelSignal | undefined): AsyncIterable<Uint8Array> {
  const pool = createPiecePool(pieceSize);
  const entries = filled(plan, signal, pool);
  switch (plan.format) {
    case 'tar':
      return released(writeTar(entries, plan.mtime), pool);
    case 'tar.gz':
      return gzip(writeTar(entries, plan.mtime), (piece) => {
        pool.release(piece);
      });
    case 'zip':
      return writeZip(entries, plan.mtime);
  }
}

/** Gives each piece back when the next one is asked for. */
async function* released(bytes: AsyncIterable<Uint8Array>, pool: PiecePool): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    yield piece;
    pool.release(piece);
  }
}

async function* filled(
  plan: ArchivePlan,
  signal: CancelSignal | undefined,
  pool: PiecePool,
): AsyncGenerator<FilledEntry> {
  if (plan.base !== undefined) yield* ofBase(plan.base, signal, pool);
  for (const entry of plan.entries) yield* withContent(entry, undefined, pool);
}

async function* ofBase(
  base: NonNullable<ArchivePlan['base']>,
  signal: CancelSignal | undefined,
  pool: PiecePool,
): AsyncGenerator<FilledEntry> {
  const changed = new Error(`${base.path} changed while it was read.`);
  const reading = await readArchive(base.path, signal);
  if (reading === undefined) throw changed;
  let count = 0;
  for await (const member of reading.members) {
    if (count >= base.members.length) throw changed;
    const entry = base.members[count++];
    if (entry !== undefined) yield* withContent(entry, member, pool);
  }
  if (count !== base.members.length) throw changed;
}

async function* withContent(
  entry: ArchiveEntry,
  member: ArchiveMember | undefined,
  pool: PiecePool,
): AsyncGenerator<FilledEntry> {
  if (entry.kind !== 'file') {
    yield { entry };
    return;
  }
  const { content } = entry;
  switch (content.from) {
    case 'text': {
      const bytes = Buffer.from(content.text);
      yield { entry, content: { size: bytes.length, bytes: once(bytes) } };
      return;
    }
    case 'base': {
      if (member?.kind !== 'file') throw new Error(`${entry.path} is not a file in the base archive.`);
      yield { entry, content: { size: member.size, bytes: member.bytes() } };
      return;
    }
    case 'file': {
      const handle = await explained(content.path, 'read', () => fs.open(content.path, 'r'));
      try {
        yield { entry, content: await fileContent(content.path, handle, pool) };
      } finally {
        await handle.close();
      }
    }
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- An iterable that has all it gives.
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const pieceSize = 256 * 1024;

/** A file's bytes as they were at one time: throws where it grows, shrinks or is written to meanwhile. */
async function fileContent(file: string, handle: fs.FileHandle, pool: PiecePool): Promise<SizedContent> {
  const before = await handle.stat();
  if (!before.isFile()) throw new Error(`Cannot read ${file}: it is not a file.`);
  async function* bytes(): AsyncGenerator<Uint8Array> {
    let left = before.size;
    while (left > 0) {
      // The piece is handed on, not copied: who has read it gives it back.
      const piece = pool.take();
      const length = Math.min(piece.length, left);
      const { bytesRead } = await explained(file, 'read', () => handle.read(piece, 0, length));
      if (bytesRead === 0) break;
      left -= bytesRead;
      yield piece.subarray(0, bytesRead);
    }
    const after = await handle.stat();
    if (left > 0 || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new Error(`${file} changed while it was packed: run this again when nothing writes to it.`);
    }
  }
  return { size: before.size, bytes: bytes() };
}
