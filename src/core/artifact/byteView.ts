/**
 * Bytes read in one endianness. Every read beyond the end gives zero or an empty string: binaries may be cut off
 * or hostile, and a parser over total reads can't throw; it checks `length` where a missing byte matters.
 */
export interface ByteView {
  readonly length: number;
  readonly bytes: Uint8Array;
  u8(offset: number): number;
  u16(offset: number): number;
  u32(offset: number): number;
  /** Offsets and sizes beyond 2^53 lose precision, but stay beyond every real file's size. */
  u64(offset: number): number;
  /** A NUL-terminated string of at most `limit` bytes; empty where the terminator is missing. */
  string(offset: number, limit?: number): string;
  slice(offset: number, length: number): ByteView;
}

const longestString = 4096;

export function byteView(bytes: Uint8Array, endianness: 'little' | 'big' = 'little'): ByteView {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = endianness === 'little';
  const has = (offset: number, size: number): boolean =>
    Number.isInteger(offset) && offset >= 0 && offset + size <= bytes.length;
  const u32 = (offset: number): number => (has(offset, 4) ? data.getUint32(offset, little) : 0);
  return {
    length: bytes.length,
    bytes,
    u8: (offset) => (has(offset, 1) ? data.getUint8(offset) : 0),
    u16: (offset) => (has(offset, 2) ? data.getUint16(offset, little) : 0),
    u32,
    u64: (offset) => (has(offset, 8) ? Number(data.getBigUint64(offset, little)) : 0),
    string: (offset, limit = longestString) => {
      if (!has(offset, 1)) {
        return '';
      }
      const window = bytes.subarray(offset, offset + limit);
      const end = window.indexOf(0);
      return end < 0 ? '' : utf8(window.subarray(0, end));
    },
    slice: (offset, length) => {
      const start = Math.max(0, Math.min(offset, bytes.length));
      return byteView(
        bytes.subarray(start, Math.max(start, Math.min(start + length, bytes.length))),
        endianness,
      );
    },
  };
}

/** Decodes UTF-8, with U+FFFD for what isn't. The language itself has no decoder, and the core has neither DOM nor Node. */
export function utf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i] ?? 0;
    const extra =
      first < 0x80
        ? 0
        : first >> 5 === 0b110
          ? 1
          : first >> 4 === 0b1110
            ? 2
            : first >> 3 === 0b11110
              ? 3
              : -1;
    let code = extra <= 0 ? first : first & (0x3f >> extra);
    let valid = extra >= 0;
    for (let k = 1; k <= extra; k++) {
      const next = bytes[i + k] ?? 0;
      valid &&= next >> 6 === 0b10;
      code = (code << 6) | (next & 0x3f);
    }
    valid &&= code <= 0x10ffff;
    text += valid ? String.fromCodePoint(code) : '\uFFFD';
    i += valid ? extra + 1 : 1;
  }
  return text;
}

/** A ULEB128 number (DWARF, ARM attributes and Go's varints write it alike) and the offset behind it. */
export function uleb128(view: ByteView, offset: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let scale = 1;
  let next = offset;
  // Eight groups stay within 2^56; longer ones are padding or nonsense, and more than ten bytes are neither.
  for (let group = 0; group < 10; group++) {
    const byte = view.u8(next);
    next++;
    if (group < 8) {
      value += (byte & 0x7f) * scale;
      scale *= 128;
    }
    if (byte < 0x80) {
      break;
    }
  }
  return { value, next };
}
