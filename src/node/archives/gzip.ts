import { pipeline, Readable } from 'node:stream';
import { constants, createDeflateRaw, createGunzip } from 'node:zlib';
import { crc32 } from './crc32.js';
import { freeBuffer } from './freeBuffer.js';
import { createPiecePool, type PiecePool } from './piecePool.js';

/** Small enough for flat memory, large enough that what a block's end costs is not seen in the size. */
const blockSize = 512 * 1024;
/** Compressors that work side by side, and take blocks in turn: a fixed number, whatever the cores. */
const parallel = 3;
/** Of a compressor's own buffers. No power of two, so that none is taken for a pool's buffer, which others use too. */
const outputSize = 96 * 1024;

/**
 * RFC 1952: deflate, no flags, no time, no hint of the level, and an unknown system: zlib itself writes the system
 * that it runs on.
 */
const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
/** RFC 1951, 3.2.6: a last block with fixed codes that holds nothing. */
const lastBlock = Uint8Array.of(3, 0);

/**
 * Compresses as gzip does, in blocks that several cores work on and that know nothing of each other, so that the result
 * is one ordinary stream. The same bytes give the same result, however they arrive and on how many cores. Memory stays
 * flat: buffers are used again, and what is written is freed rather than left to the collector of garbage, which lets
 * some hundred megabytes come together. So a piece that this yields can be read only until the next one is asked for.
 */
export async function* gzip(
  source: AsyncIterable<Uint8Array>,
  /** Told of each piece of the source when nothing of it is needed any more. */
  release: (piece: Uint8Array) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  yield header;
  let sum = 0;
  let size = 0;
  const pool = createPiecePool(blockSize);
  const compressors = Array.from({ length: parallel }, createCompressor);
  const underWay: { readonly block: Uint8Array; readonly work: Promise<readonly Uint8Array[]> }[] = [];
  async function* first(): AsyncGenerator<Uint8Array> {
    const next = underWay.shift();
    if (next === undefined) return;
    for (const piece of await next.work) {
      yield piece;
      freeWhenRead(piece);
    }
    pool.release(next.block);
  }
  try {
    let count = 0;
    for await (const block of blocks(source, pool, release)) {
      sum = crc32(block, sum);
      size += block.length;
      const work = compressors[count++ % parallel]?.compress(block) ?? Promise.resolve([]);
      // It is awaited in its turn; a failure before that must not end the process.
      work.catch(() => undefined);
      underWay.push({ block, work });
      if (underWay.length === parallel) yield* first();
    }
    while (underWay.length > 0) yield* first();
  } finally {
    for (const it of compressors) it.close();
  }
  yield lastBlock;
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, sum, true);
  trailer.setUint32(4, size % 2 ** 32, true);
  yield new Uint8Array(trailer.buffer);
}

interface Compressor {
  /** One block after the other. */
  compress(block: Uint8Array): Promise<readonly Uint8Array[]>;
  close(): void;
}

function createCompressor(): Compressor {
  const stream = createDeflateRaw({ level: 6, chunkSize: outputSize });
  let pieces: Uint8Array[] = [];
  stream.on('data', (piece: Uint8Array) => pieces.push(piece));
  stream.on('error', () => undefined);
  return {
    compress: (block) =>
      new Promise((resolve, reject) => {
        stream.once('error', reject);
        stream.write(block);
        // The end of a block on a whole byte, behind which nothing refers to what is before it.
        stream.flush(constants.Z_FULL_FLUSH, () => {
          stream.off('error', reject);
          // What has not been told yet is told now.
          while (stream.read() !== null);
          resolve(pieces);
          pieces = [];
        });
      }),
    close: () => stream.destroy(),
  };
}

/** Frees a compressor's buffer behind the last piece that is in it. */
function freeWhenRead({ buffer, byteOffset, length }: Uint8Array): void {
  if (buffer.byteLength === outputSize && byteOffset + length === outputSize)
    freeBuffer(buffer as ArrayBuffer);
}

/** The same bytes in blocks of one size, the last one shorter. */
async function* blocks(
  source: AsyncIterable<Uint8Array>,
  pool: PiecePool,
  release: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  let block = pool.take();
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, blockSize - filled);
      block.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled === blockSize) {
        yield block;
        block = pool.take();
        filled = 0;
      }
    }
    release(chunk);
  }
  if (filled > 0) yield block.subarray(0, filled);
}

/** Undoes gzip; throws zlib's own errors for what is cut off or damaged. */
export async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip();
  // The callback's error is the one that reading throws, too.
  pipeline(Readable.from(source), stream, () => undefined);
  for await (const chunk of stream) yield chunk as Uint8Array;
}
