import * as zlib from 'node:zlib';

/** CRC-32 as gzip and zip use it (RFC 1952, section 8), continued from `value`. */
export function crc32(bytes: Uint8Array, value = 0): number {
  // Node has its own, many times as fast, since 20.15 and 22.2.
  const native = (zlib as Partial<typeof zlib>).crc32;
  return native === undefined ? byTable(bytes, value) : native(bytes, value);
}

let table: Uint32Array | undefined;

function byTable(bytes: Uint8Array, value: number): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let crc = ~value;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
