import { createReadStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import type { ArchiveReading } from '../../core/archive/archive.js';
import type { CancelSignal } from '../../core/ports.js';
import { openFile } from '../fileSystem.js';
import { explained, readable } from '../fileErrors.js';
import { byteSource, type ByteSource } from './byteSource.js';
import { openArchive } from './openArchive.js';
import { readLimits } from './readLimits.js';

/** As the port says. */
export async function readArchive(
  file: string,
  signal: CancelSignal | undefined,
): Promise<ArchiveReading | undefined> {
  const found = await explained(file, 'read', () => fs.stat(file));
  // A folder has no bytes, and a named pipe would wait for ever.
  if (!found.isFile()) return undefined;
  const source = byteSource(chunks(file));
  try {
    const reading = await openArchive(source, readLimits(found.size, signal), () => openFile(file));
    if (reading === undefined) await source.close();
    return reading && { ...reading, members: closing(reading.members, source) };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function* closing<T>(members: AsyncIterable<T>, source: ByteSource): AsyncGenerator<T> {
  try {
    yield* members;
  } finally {
    await source.close();
  }
}

async function* chunks(file: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(file, { highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    throw readable(error, file, 'read');
  }
}
