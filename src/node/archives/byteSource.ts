/** Bytes that arrive in pieces, of which the first can be looked at before they are read. */
export interface ByteSource {
  /** The first bytes of what is left, fewer at the end; they stay to be read. */
  peek(length: number): Promise<Uint8Array>;
  /** What is left, once. Its iterator may be left early without harm to the source. */
  bytes(): AsyncGenerator<Uint8Array>;
  /** Reads what is left and drops it. */
  skip(): Promise<void>;
  /** Ends the source itself, wherever reading stands. */
  close(): Promise<void>;
}

export function byteSource(source: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = source[Symbol.asyncIterator]();
  let ahead: Uint8Array[] = [];
  let done = false;

  const next = async (): Promise<Uint8Array | undefined> => {
    if (done) return undefined;
    const result = await iterator.next();
    done = result.done === true;
    return result.done === true ? undefined : result.value;
  };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = ahead.shift() ?? (await next());
      if (chunk === undefined) return;
      yield chunk;
    }
  }
  return {
    async peek(length) {
      let have = ahead.reduce((sum, chunk) => sum + chunk.length, 0);
      while (have < length) {
        const chunk = await next();
        if (chunk === undefined) break;
        ahead.push(chunk);
        have += chunk.length;
      }
      if (ahead.length > 1) ahead = [Buffer.concat(ahead)];
      return ahead[0]?.subarray(0, length) ?? new Uint8Array();
    },
    bytes,
    async skip() {
      ahead = [];
      while ((await next()) !== undefined);
    },
    async close() {
      done = true;
      await iterator.return?.();
    },
  };
}
