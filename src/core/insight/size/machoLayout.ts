import { utf8, type ByteView } from '../../artifact/byteView.js';
import { machoMagic } from '../../artifact/macho.js';
import type { Window } from '../../artifact/window.js';
import type { BinaryLayout, LayoutSection, LayoutSymbol, SectionRole } from './binaryLayout.js';

const lcSegment = 0x1;
const lcSegment64 = 0x19;
const lcSymtab = 0x2;
/** S_ZEROFILL, S_GB_ZEROFILL and S_THREAD_LOCAL_ZEROFILL: sections without bytes in the file. */
const zeroFill: ReadonlySet<number> = new Set([0x1, 0xc, 0x12]);
/** N_STAB marks debugging entries, N_TYPE with N_SECT a name in a section (<mach-o/nlist.h>). */
const stabMask = 0xe0;
const typeMask = 0x0e;
const typeSection = 0x0e;

/** Sections and symbols of one Mach-O file; `undefined` where it is none. A universal file is to be cut by the caller. */
export async function readMachoLayout(file: Window): Promise<BinaryLayout | undefined> {
  const magic = machoMagic((await file.read(0, 4, 'big')).u32(0));
  if (magic === undefined) return undefined;
  const { bits, endianness } = magic;
  const headerSize = bits === 64 ? 32 : 28;
  const header = await file.read(0, headerSize, endianness);
  const commands = await file.read(headerSize, header.u32(20), endianness);
  const sections: LayoutSection[] = [];
  let symbols: readonly LayoutSymbol[] = [];
  for (let at = 0; at + 8 <= commands.length;) {
    const command = commands.u32(at);
    const size = commands.u32(at + 4);
    if (size < 8) break;
    const body = commands.slice(at, size);
    if (command === lcSegment || command === lcSegment64) {
      sections.push(...readSections(body, command === lcSegment64));
    } else if (command === lcSymtab) {
      const entries = { offset: body.u32(8), size: body.u32(12) * (bits === 64 ? 16 : 12) };
      const strings = { offset: body.u32(16), size: body.u32(20) };
      sections.push({ name: 'symbol table', role: 'symbols', ...entries });
      sections.push({ name: 'symbol names', role: 'symbols', ...strings });
      symbols = readSymbols(
        await file.read(entries.offset, entries.size, endianness),
        await file.read(strings.offset, strings.size),
        bits,
      );
    }
    at += size;
  }
  return { bits, endianness, sections: sections.filter((it) => it.size > 0), symbols, versions: [] };
}

function readSections(body: ByteView, is64: boolean): readonly LayoutSection[] {
  const [countAt, first, entry] = is64 ? [64, 72, 80] : [48, 56, 68];
  return Array.from({ length: Math.min(body.u32(countAt), 255) }, (_, i) => {
    const at = first + i * entry;
    const segment = shortName(body, at + 16);
    const section = shortName(body, at);
    const type = body.u32(at + (is64 ? 64 : 56)) & 0xff;
    const size = is64 ? body.u64(at + 40) : body.u32(at + 36);
    const role = roleOf(segment, section);
    return {
      name: `${segment},${section}`,
      role,
      offset: body.u32(at + (is64 ? 48 : 40)),
      size: zeroFill.has(type) ? 0 : size,
      ...(role === 'debug' ? {} : { address: is64 ? body.u64(at + 32) : body.u32(at + 32) }),
    };
  });
}

function roleOf(segment: string, section: string): SectionRole {
  if (/^__(?:gopclntab|typelink|itablink)$/.test(section)) return 'go-table';
  return segment === '__DWARF' ? 'debug' : 'loaded';
}

function readSymbols(view: ByteView, names: ByteView, bits: 32 | 64): readonly LayoutSymbol[] {
  const entrySize = bits === 64 ? 16 : 12;
  const symbols: LayoutSymbol[] = [];
  for (let at = 0; at + entrySize <= view.length; at += entrySize) {
    const type = view.u8(at + 4);
    if ((type & stabMask) !== 0 || (type & typeMask) !== typeSection) continue;
    const name = names.string(view.u32(at));
    // The linker puts an underscore before every name of C; Go's own have it, too (cmd/link, macho.go).
    const plain = name.startsWith('_') ? name.slice(1) : name;
    if (plain !== '')
      symbols.push({ name: plain, address: bits === 64 ? view.u64(at + 8) : view.u32(at + 8) });
  }
  return symbols;
}

function shortName(view: ByteView, at: number): string {
  return utf8(view.bytes.subarray(at, at + 16)).replace(/\0.*$/s, '');
}
