import { uleb128, utf8 } from './byteView.js';
import type { ParsedBinary } from './reading.js';
import { truncated } from './reading.js';
import type { Window } from './window.js';

const customSection = 0;
const importSection = 2;
/** Go's modules have a dozen sections; more than this is no module. */
const mostSections = 256;
const largestImports = 64 * 1024;

/** Reads a WebAssembly module's sections (core specification, section 5.5); the host is told by what it imports. */
export async function readWasm(file: Window): Promise<ParsedBinary> {
  let imports = '';
  let isObject = false;
  let at = 8;
  for (let count = 0; at < file.size && count < mostSections; count++) {
    const head = await file.read(at, 32);
    const size = uleb128(head, 1);
    const start = at + size.next;
    if (start + size.value > file.size) {
      return truncated(`section ${String(count + 1)}`, start + size.value, file.size);
    }
    const id = head.u8(0);
    if (id === importSection) {
      imports = utf8((await file.read(start, Math.min(size.value, largestImports))).bytes);
    } else if (id === customSection) {
      const name = uleb128(head, size.next);
      // A linker's input has a custom section `linking` (WebAssembly tool conventions, Linking.md).
      isObject ||= utf8(head.bytes.subarray(name.next, name.next + name.value)) === 'linking';
    }
    at = start + size.value;
  }
  const goos = imports.includes('wasi_snapshot_preview1')
    ? 'wasip1'
    : imports.includes('gojs')
      ? 'js'
      : undefined;
  return {
    kind: 'read',
    facts: {
      format: 'wasm',
      machine: 'wasm',
      bits: 32,
      endianness: 'little',
      ...(goos !== undefined && { goos }),
      type: isObject ? 'object' : 'executable',
      linkage: 'static',
      neededLibraries: [],
    },
  };
}
