import type { RandomAccessFile } from '../ports.js';
import { byteView, type ByteView } from './byteView.js';

/** A file, or a member of an archive in it, read piece by piece with a bound on what is read in all. */
export interface Window {
  readonly size: number;
  /** What is there of the wanted bytes: shorter at the window's end, or when the bound is used up. */
  read(offset: number, length: number, endianness?: 'little' | 'big'): Promise<ByteView>;
  /** The part of this window that starts at `offset`, as a window of its own under the same bound. */
  part(offset: number, size: number): Window;
}

/** Headers, tables and Go's build info of most binaries lie in here, so that one read brings them. */
const headSize = 16 * 1024;
/** More than any real binary's tables need; a file made to waste time stops here. */
const totalLimit = 64 * 1024 * 1024;

/** A window over the whole file. `limit` bounds, in bytes, what is read of it in all. */
export function openWindow(file: RandomAccessFile, limit = totalLimit): Window {
  let head: Promise<Uint8Array> | undefined;
  let left = limit;

  const readBytes = async (offset: number, length: number): Promise<Uint8Array> => {
    if (offset + length <= headSize) {
      head ??= file.read(0, Math.min(headSize, file.size));
      return (await head).subarray(offset, offset + length);
    }
    const granted = Math.min(length, left);
    left -= granted;
    return granted > 0 ? file.read(offset, granted) : new Uint8Array();
  };

  const window = (start: number, size: number): Window => ({
    size,
    read: async (offset, length, endianness) => {
      const wanted = Math.min(length, size - offset);
      const valid = Number.isSafeInteger(offset) && offset >= 0 && wanted > 0;
      return byteView(valid ? await readBytes(start + offset, wanted) : new Uint8Array(), endianness);
    },
    part: (offset, partSize) => {
      const from = Math.max(0, Math.min(offset, size));
      return window(start + from, Math.max(0, Math.min(partSize, size - from)));
    },
  });
  return window(0, file.size);
}
