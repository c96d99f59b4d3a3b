import { Readable } from 'node:stream';
import {
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type Entry,
  type ZipFile,
} from 'yauzl';
import type { MemberHeader } from '../../core/archive/archive.js';
import type { RandomAccessFile } from '../../core/ports.js';
import { byteSource } from './byteSource.js';
import { memberPath, type RawMember } from './rawMember.js';
import type { ReadLimits } from './readLimits.js';

/** The members of a zip file, in the order of its directory. Closes the file. */
export async function* readZip(
  open: () => Promise<RandomAccessFile>,
  limits: ReadLimits,
): AsyncGenerator<RawMember> {
  const file = await open();
  try {
    const zip = await fromRandomAccessReaderPromise(new FileReader(file), file.size, {
      lazyEntries: true,
      autoClose: false,
      // Names come as bytes: the library would stop at the first that is hostile, and here it is to be told.
      decodeStrings: false,
    });
    for await (const entry of zip.eachEntry()) {
      const content = byteSource(limits.count(contentOf(zip, entry)));
      yield { header: await memberHeader(zip, entry), content };
    }
  } catch (error) {
    throw explainDamage(error);
  } finally {
    await file.close();
  }
}

const S_IFMT = 0o170000;

async function memberHeader(zip: ZipFile, entry: Entry): Promise<MemberHeader> {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  // PKWARE's APPNOTE 4.4.2: the upper byte is the system; on Unix (3) and macOS (19) the attributes' upper half is st_mode.
  const unix = [3, 19].includes(entry.versionMadeBy >> 8);
  const mode = unix ? entry.externalFileAttributes >>> 16 : 0;
  const kind = zipKind(mode, name);
  const size = kind === 'file' ? entry.uncompressedSize : 0;
  return {
    path: memberPath(name),
    kind,
    ...(mode === 0 ? {} : { mode: mode & 0o7777 }),
    uid: 0,
    gid: 0,
    size,
    mtime: Math.floor(entry.getLastModDate({ timezone: 'UTC' }).getTime() / 1000),
    ...(kind === 'symlink' ? { target: await linkTarget(zip, entry) } : {}),
  };
}

function zipKind(mode: number, name: string): MemberHeader['kind'] {
  switch (mode & S_IFMT) {
    case 0o120000:
      return 'symlink';
    case 0o020000:
    case 0o060000:
      return 'device';
    case 0o010000:
      return 'fifo';
    default:
      return name.endsWith('/') ? 'directory' : 'file';
  }
}

/** No system has longer paths; a link's target is its content. */
const longestTarget = 4096;

async function linkTarget(zip: ZipFile, entry: Entry): Promise<string> {
  const content = byteSource(contentOf(zip, entry));
  return Buffer.from(await content.peek(longestTarget)).toString('utf8');
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw new Error('It is encrypted.');
  if (!entry.canDecodeFileData()) {
    throw new Error(
      `An entry is compressed by method ${String(entry.compressionMethod)}, which is not read here.`,
    );
  }
  const stream = await zip.openReadStreamPromise(entry);
  for await (const chunk of stream) yield chunk as Uint8Array;
}

/** The library's view of a file that is read piece by piece. */
class FileReader extends RandomAccessReader {
  readonly #file: RandomAccessFile;

  constructor(file: RandomAccessFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(pieces(this.#file, start, end), { objectMode: false });
  }
}

const pieceSize = 64 * 1024;

async function* pieces(file: RandomAccessFile, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const piece = await file.read(at, Math.min(pieceSize, end - at));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}

function explainDamage(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (/end of central directory|unexpected EOF|invalid comment length/i.test(message)) {
    return new Error('The zip file is cut off or damaged: its directory is not at its end.', {
      cause: error,
    });
  }
  return error instanceof Error ? error : new Error(message);
}
