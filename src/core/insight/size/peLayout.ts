import { utf8, type ByteView } from '../../artifact/byteView.js';
import type { Window } from '../../artifact/window.js';
import type { BinaryLayout, LayoutSection, LayoutSymbol } from './binaryLayout.js';

const symbolSize = 18;
/** IMAGE_SYM_CLASS_EXTERNAL and _STATIC; others are labels, files and debug marks ("PE Format", "Storage Class"). */
const namedClasses: ReadonlySet<number> = new Set([2, 3]);

/** Sections and COFF symbols of a linked PE file; `undefined` where there is no PE header. */
export async function readPeLayout(file: Window): Promise<BinaryLayout | undefined> {
  const start = (await file.read(0, 64)).u32(0x3c);
  const header = await file.read(start, 24);
  if (header.u32(0) !== 0x4550) return undefined;
  const optionalSize = header.u16(20);
  const optional = await file.read(start + 24, optionalSize);
  const isPlus = optional.u16(0) === 0x20b;
  const base = isPlus ? optional.u64(24) : optional.u32(28);
  const symbolsAt = header.u32(12);
  const count = symbolsAt === 0 ? 0 : header.u32(16);
  const stringsAt = symbolsAt + count * symbolSize;
  const stringsSize = count === 0 ? 0 : (await file.read(stringsAt, 4)).u32(0);
  const strings = await file.read(stringsAt, stringsSize);
  const table = await file.read(start + 24 + optionalSize, header.u16(6) * 40);
  const all = Array.from({ length: Math.floor(table.length / 40) }, (_, i) =>
    readSection(table, i * 40, base, strings),
  );
  const sections = all.filter((it) => it.size > 0);
  if (count > 0) {
    const size = Math.min(count * symbolSize + stringsSize, file.size - symbolsAt);
    sections.push({ name: 'COFF symbols', role: 'symbols', offset: symbolsAt, size });
  }
  return {
    bits: isPlus ? 64 : 32,
    endianness: 'little',
    sections,
    symbols: readSymbols(await file.read(symbolsAt, count * symbolSize), strings, all),
    versions: [],
  };
}

function readSection(table: ByteView, at: number, base: number, strings: ByteView): LayoutSection {
  const short = shortName(table, at);
  // Go writes names that are longer than eight bytes into the table of strings, as `/123`.
  const place = /^\/(\d+)$/.exec(short)?.[1];
  const name = place === undefined ? short : strings.string(Number(place), 256) || short;
  const virtualSize = table.u32(at + 8);
  const size = table.u32(at + 16);
  const role = /^\.z?debug_/.test(name) ? 'debug' : name === '.symtab' ? 'symbols' : 'loaded';
  return {
    name,
    role,
    offset: table.u32(at + 20),
    // Padding up to the file's alignment is part of the section's bytes.
    size: virtualSize === 0 && size === 0 ? 0 : size,
    ...(role === 'loaded' ? { address: base + table.u32(at + 12) } : {}),
  };
}

function readSymbols(
  view: ByteView,
  strings: ByteView,
  sections: readonly LayoutSection[],
): readonly LayoutSymbol[] {
  const symbols: LayoutSymbol[] = [];
  for (let at = 0; at + symbolSize <= view.length; at += symbolSize * (1 + view.u8(at + 17))) {
    const address = sections[view.u16(at + 12) - 1]?.address;
    if (address === undefined || !namedClasses.has(view.u8(at + 16))) continue;
    const name = view.u32(at) === 0 ? strings.string(view.u32(at + 4)) : shortName(view, at);
    // A section's own symbol has its name, and something auxiliary behind it.
    if (name === '' || view.u8(at + 17) > 0) continue;
    symbols.push({ name, address: address + view.u32(at + 8) });
  }
  return symbols;
}

function shortName(view: ByteView, at: number): string {
  return utf8(view.bytes.subarray(at, at + 8)).replace(/\0.*$/s, '');
}
