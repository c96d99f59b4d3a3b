import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { RandomAccessFile } from '../../core/ports.js';
import { explained } from '../fileErrors.js';

/** Most members are smaller than this and stay in memory. */
const memoryLimit = 4 * 1024 * 1024;

/** A stream's bytes where they can be read in any order: in memory, or in a file that has no name any more. */
export interface Spool extends RandomAccessFile {
  /** The bytes themselves, where they are in memory. */
  readonly buffer?: Buffer;
}

/** Reads a stream to its end. Must be closed. */
export async function spool(source: AsyncIterable<Uint8Array>): Promise<Spool> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const iterator = source[Symbol.asyncIterator]();
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return inMemory(Buffer.concat(chunks));
    chunks.push(next.value);
    size += next.value.length;
    if (size > memoryLimit) break;
  }
  return onDisk(chunks, iterator);
}

function inMemory(buffer: Buffer): Spool {
  return {
    size: buffer.length,
    buffer,
    read: (offset, length) => Promise.resolve(buffer.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

/**
 * The file is private, and on POSIX its name is gone before the first byte is in it: whatever ends this process, nothing
 * of an archive stays behind.
 */
async function onDisk(start: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): Promise<Spool> {
  const file = path.join(os.tmpdir(), `crossbow-${randomUUID()}`);
  const handle = await explained(file, 'make the temporary file', () => fs.open(file, 'wx+', 0o600));
  const unlinked = await fs.rm(file).then(
    () => true,
    () => false,
  );
  const close = async (): Promise<void> => {
    await handle.close();
    if (!unlinked) await fs.rm(file, { force: true });
  };
  let size = 0;
  const write = async (chunk: Uint8Array): Promise<void> => {
    await handle.writeFile(chunk);
    size += chunk.length;
  };
  try {
    await explained(file, 'write the temporary file', async () => {
      for (const chunk of start) await write(chunk);
    });
    for (;;) {
      const next = await rest.next();
      if (next.done === true) break;
      await explained(file, 'write the temporary file', () => write(next.value));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    size,
    async read(offset, length) {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    close,
  };
}
