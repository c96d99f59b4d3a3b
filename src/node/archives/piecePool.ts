/** Buffers of one size that are used again, so that what streams by leaves no garbage behind. */
export interface PiecePool {
  take(): Uint8Array;
  /** Gives back a piece, or a view of its beginning, that nobody reads any more; other buffers are left alone. */
  release(piece: Uint8Array): void;
}

export function createPiecePool(size: number): PiecePool {
  const free: Uint8Array[] = [];
  // Weak: what nobody gives back is garbage like any other.
  const own = new WeakSet<ArrayBufferLike>();
  return {
    take() {
      const known = free.pop();
      if (known !== undefined) return known;
      const piece = new Uint8Array(size);
      own.add(piece.buffer);
      return piece;
    },
    release({ buffer }) {
      if (own.has(buffer)) free.push(new Uint8Array(buffer));
    },
  };
}
