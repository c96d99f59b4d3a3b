import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { FilledEntry } from './writeTar.js';

/**
 * The bytes of a zip file; `mtime` in seconds for entries that have none. Owners have no place in it, and a hard link
 * is refused: the format knows none.
 */
export async function* writeZip(
  entries: AsyncIterable<FilledEntry>,
  mtime: number,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = outputOf(zip);
  zip.on('error', (error: Error) => output.destroy(error));
  const adding = addAll(zip, entries, mtime).catch((error: unknown) => {
    output.destroy(error as Error);
  });
  try {
    for await (const chunk of output) yield chunk as Uint8Array;
  } finally {
    output.destroy();
    await adding;
  }
}

async function addAll(zip: ZipFile, entries: AsyncIterable<FilledEntry>, mtime: number): Promise<void> {
  for await (const { entry, content } of entries) {
    // Whoever took the bytes has gone: nobody would read this one's.
    if (outputOf(zip).destroyed) return;
    const options = { mtime: new UtcDate((entry.mtime ?? mtime) * 1000) };
    switch (entry.kind) {
      case 'directory':
        zip.addEmptyDirectory(entry.path, { ...options, mode: 0o040000 | entry.mode });
        break;
      case 'symlink':
        zip.addBuffer(Buffer.from(entry.target), entry.path, {
          ...options,
          mode: 0o120000 | entry.mode,
          compress: false,
        });
        break;
      case 'file':
        await addFile(zip, entry.path, content?.bytes, {
          ...options,
          ...(content === undefined ? {} : { size: content.size }),
          mode: 0o100000 | entry.mode,
        });
        break;
      case 'hardlink':
        throw new Error(`${entry.path}: a zip file can't hold a hard link.`);
    }
  }
  zip.end();
}

/** Resolves when the file's bytes were read, so that one file is open at a time. */
function addFile(
  zip: ZipFile,
  path: string,
  bytes: AsyncIterable<Uint8Array> | undefined,
  options: { mtime: Date; mode: number; size?: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = Readable.from(bytes ?? [], { objectMode: false });
    stream.once('end', resolve);
    stream.once('error', reject);
    zip.addReadStream(stream, path, options);
    // A writer that was given up reads no more of it.
    outputOf(zip).once('close', () => {
      stream.destroy();
      resolve();
    });
  });
}

/** It is a PassThrough, whatever the library's types say. */
function outputOf(zip: ZipFile): NodeJS.ReadableStream & Pick<Readable, 'destroy' | 'destroyed'> {
  return zip.outputStream as NodeJS.ReadableStream & Pick<Readable, 'destroy' | 'destroyed'>;
}

/** yazl writes a date's local fields (MS-DOS knows no zones): here they are those of UTC, so that no zone shows. */
class UtcDate extends Date {
  override getFullYear(): number {
    return this.getUTCFullYear();
  }
  override getMonth(): number {
    return this.getUTCMonth();
  }
  override getDate(): number {
    return this.getUTCDate();
  }
  override getHours(): number {
    return this.getUTCHours();
  }
  override getMinutes(): number {
    return this.getUTCMinutes();
  }
  override getSeconds(): number {
    return this.getUTCSeconds();
  }
}
