import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { freeBuffer } from '../../../src/node/archives/freeBuffer.js';
import { gzip } from '../../../src/node/archives/gzip.js';
import { createPiecePool } from '../../../src/node/archives/piecePool.js';

/** Longer than all blocks that are under way at once, in parts that compress well, badly and not at all. */
const large = Buffer.concat([
  randomBytes(1_000_000),
  Buffer.alloc(1_000_000, 'abc'),
  Buffer.from(randomBytes(700_000).toString('hex')),
]);

// eslint-disable-next-line @typescript-eslint/require-await -- A source that has all it gives.
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What a piece says must be read before the next one is asked for. */
async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const piece of bytes) copies.push(Buffer.from(piece));
  return Buffer.concat(copies);
}

describe('gzip', () => {
  it.each([0, 1, 512 * 1024, 512 * 1024 + 1, large.length])('is read by zlib: %i bytes', async (size) => {
    const bytes = large.subarray(0, size);
    expect(gunzipSync(await all(gzip(inPieces(bytes, 300_000)))).equals(bytes)).toBe(true);
  });

  it('gives the same bytes however they arrive', async () => {
    const [first, ...others] = await Promise.all(
      [large.length, 4096, 65_537].map((size) => all(gzip(inPieces(large, size)))),
    );
    for (const other of others) expect(other.equals(first ?? Buffer.alloc(0))).toBe(true);
  });

  it('says of each piece when it is not needed any more, so that it can be filled again', async () => {
    const pool = createPiecePool(100_000);
    let taken = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      for await (const part of inPieces(large, 100_000)) {
        const piece = pool.take();
        taken++;
        piece.set(part);
        yield piece.subarray(0, part.length);
      }
    }
    const seen = new Set<ArrayBufferLike>();
    const packed = await all(
      gzip(source(), (piece) => {
        seen.add(piece.buffer);
        pool.release(piece);
      }),
    );
    expect(gunzipSync(packed).equals(large)).toBe(true);
    expect(taken).toBeGreaterThan(20);
    expect(seen.size).toBe(1);
  });

  it('passes on the failure of its source', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await -- As above.
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield large;
      throw new Error('The disk is gone.');
    }
    await expect(all(gzip(broken()))).rejects.toThrow('The disk is gone.');
  });
});

describe('freeBuffer', () => {
  it('empties a buffer, in a Node that can’t transfer one to nowhere, too', () => {
    const now = new ArrayBuffer(1000);
    freeBuffer(now);
    expect(now.byteLength).toBe(0);
    const transfer = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'transfer');
    try {
      Reflect.deleteProperty(ArrayBuffer.prototype, 'transfer');
      const old = new ArrayBuffer(1000);
      freeBuffer(old);
      expect(old.byteLength).toBe(0);
    } finally {
      if (transfer) Object.defineProperty(ArrayBuffer.prototype, 'transfer', transfer);
    }
  });
});

describe('createPiecePool', () => {
  it('leaves buffers that are not its own alone', () => {
    const pool = createPiecePool(8);
    const foreign = new Uint8Array(8);
    pool.release(foreign);
    expect(pool.take().buffer).not.toBe(foreign.buffer);
    const own = pool.take();
    pool.release(own.subarray(0, 3));
    expect(pool.take().buffer).toBe(own.buffer);
  });
});
