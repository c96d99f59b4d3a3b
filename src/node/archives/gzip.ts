import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, createGunzip, deflateRaw } from 'node:zlib';
import { crc32 } from './crc32.js';

const deflate = promisify(deflateRaw);

/** Small enough for flat memory, large enough that what a block's end costs is not seen in the size. */
const blockSize = 1024 * 1024;
/** What a block may refer back to: deflate's window (RFC 1951). */
const windowSize = 32 * 1024;
/** Blocks under way at once; how many there are never shows in the bytes. */
const parallel = 4;

/**
 * RFC 1952: deflate, no flags, no time, no hint of the level, and an unknown system: zlib itself writes the system
 * that it runs on.
 */
const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/**
 * Compresses as gzip does, in blocks that several cores work on; each continues the last one's window, so that the
 * result is one ordinary stream. The same bytes give the same result, however they arrive and on how many cores.
 */
export async function* gzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield header;
  let sum = 0;
  let size = 0;
  let window: Uint8Array | undefined;
  const underWay: Promise<Uint8Array>[] = [];
  const compress = (block: Uint8Array, last: boolean): void => {
    sum = crc32(block, sum);
    size += block.length;
    const work = deflate(block, {
      level: 6,
      finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
      ...(window === undefined ? {} : { dictionary: window }),
    });
    // It is awaited in its turn; a failure before that must not end the process.
    work.catch(() => undefined);
    underWay.push(work);
    window = block.subarray(-windowSize);
  };
  for await (const { bytes, last } of blocks(source)) {
    compress(bytes, last);
    if (underWay.length >= parallel) yield (await underWay.shift()) ?? new Uint8Array();
  }
  for (const work of underWay) yield await work;
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, sum, true);
  trailer.setUint32(4, size % 2 ** 32, true);
  yield new Uint8Array(trailer.buffer);
}

/** The same bytes in blocks of one size, the last one shorter or empty. */
async function* blocks(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly last: boolean }> {
  let block = new Uint8Array(blockSize);
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, blockSize - filled);
      block.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled === blockSize) {
        yield { bytes: block, last: false };
        block = new Uint8Array(blockSize);
        filled = 0;
      }
    }
  }
  yield { bytes: block.subarray(0, filled), last: true };
}

/** Undoes gzip; throws zlib's own errors for what is cut off or damaged. */
export async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip();
  // The callback's error is the one that reading throws, too.
  pipeline(Readable.from(source), stream, () => undefined);
  for await (const chunk of stream) yield chunk as Uint8Array;
}
