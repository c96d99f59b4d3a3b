import { formatSize } from '../../core/text/formatText.js';
import type { CancelSignal } from '../../core/ports.js';

/** What is unpacked below this, in bytes, is never too much. */
const harmless = 1024 ** 3;
/** Deflate reaches 1032:1 on zeros; what people pack, nested archives and all, stays far below this. */
const mostRatio = 200;
/** Archives within archives that are followed: a worker's tarball has two. */
const mostNested = 5;

/** Watches over one reading of an archive, the nested ones with it. */
export interface ReadLimits {
  /** Passes bytes on and counts them as unpacked; throws where they are too many, and on cancel. */
  count(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /** The limits for an archive inside this one; `undefined` where it is too deep to be followed. */
  nested(): ReadLimits | undefined;
}

/** `size` is that of the outermost archive, in bytes. */
export function readLimits(size: number, signal: CancelSignal | undefined): ReadLimits {
  const most = Math.max(harmless, size * mostRatio);
  let unpacked = 0;
  const at = (depth: number): ReadLimits => ({
    async *count(bytes) {
      for await (const chunk of bytes) {
        unpacked += chunk.length;
        if (unpacked > most) {
          throw new Error(
            `It unpacks to more than ${formatSize(most)}, though it has only ${formatSize(size)}: it was not read on, for a zip bomb looks like that.`,
          );
        }
        throwIfAborted(signal);
        yield chunk;
      }
    },
    nested: () => (depth < mostNested ? at(depth + 1) : undefined),
  });
  return at(1);
}

export function throwIfAborted(signal: CancelSignal | undefined): void {
  if (signal?.aborted === true) throw Object.assign(new Error('Cancelled.'), { name: 'AbortError' });
}
