import type { ByteView } from '../../artifact/byteView.js';
import { readDynamic } from '../../artifact/elfDynamic.js';
import {
  elfHeader,
  readSections,
  readSegments,
  type ElfHeader,
  type Section,
} from '../../artifact/elfTables.js';
import type { Window } from '../../artifact/window.js';
import type { BinaryLayout, LayoutSection, LayoutSymbol, SectionRole } from './binaryLayout.js';

const sectionSymbols = 2;
const sectionStrings = 3;
const sectionRela = 4;
const sectionNoBits = 8;
const flagAlloc = 2;
/** STT_NOTYPE, STT_OBJECT and STT_FUNC; the others name sections, files and thread-local places. */
const namedTypes: ReadonlySet<number> = new Set([0, 1, 2]);
/** Section indices from here on are no sections: SHN_ABS, SHN_COMMON. */
const firstReserved = 0xff00;

/** R_*_RELATIVE of the 64-bit ports that write no pointer in place (the psABI supplement of each). */
const relativeTypes: ReadonlySet<number> = new Set([
  8 /* x86-64 */, 1027 /* AArch64 */, 3 /* RISC-V, LoongArch */, 22, 12,
]);

/** Sections, symbols and version needs of an ELF file; `undefined` where its header makes no sense. */
export async function readElfLayout(file: Window): Promise<BinaryLayout | undefined> {
  const views = { little: await file.read(0, 64), big: await file.read(0, 64, 'big') };
  const header = elfHeader(views.little, (endianness) => views[endianness]);
  if (header === undefined) return undefined;
  const sections = await readSections(file, header);
  const dynamic = await readDynamic(file, header, await readSegments(file, header));
  return {
    bits: header.bits,
    endianness: header.endianness,
    sections: sections
      .filter((it) => it.size > 0 && it.type !== sectionNoBits && it.type !== 0)
      .map(asLayout),
    symbols: await readSymbols(file, header, sections),
    versions: dynamic?.versions ?? [],
    ...(await readRelocations(file, header, sections)),
  };
}

function asLayout(section: Section): LayoutSection {
  const { name, offset, size, address } = section;
  const loaded = (section.flags & flagAlloc) !== 0;
  return { name, role: roleOf(section, loaded), offset, size, ...(loaded ? { address } : {}) };
}

function roleOf({ name, type }: Section, loaded: boolean): SectionRole {
  // A position-independent program has them below .data.rel.ro.
  if (/^(?:\.data\.rel\.ro)?\.(?:gopclntab|typelink|itablink)$/.test(name)) return 'go-table';
  if (loaded) return 'loaded';
  if (type === sectionSymbols || type === sectionStrings) return 'symbols';
  return /^\.z?debug_/.test(name) ? 'debug' : 'loaded';
}

async function readSymbols(
  file: Window,
  header: ElfHeader,
  sections: readonly Section[],
): Promise<readonly LayoutSymbol[]> {
  const table = sections.find((it) => it.type === sectionSymbols);
  const strings = table && sections[table.link];
  if (table === undefined || strings === undefined) return [];
  const view = await file.read(table.offset, table.size, header.endianness);
  const names = await file.read(strings.offset, strings.size);
  const is64 = header.bits === 64;
  const entrySize = is64 ? 24 : 16;
  const symbols: LayoutSymbol[] = [];
  for (let at = entrySize; at + entrySize <= view.length; at += entrySize) {
    const info = view.u8(at + (is64 ? 4 : 12));
    const section = view.u16(at + (is64 ? 6 : 14));
    if (!namedTypes.has(info & 15) || section === 0 || section >= firstReserved) continue;
    const name = names.string(view.u32(at));
    if (name === '' || isMappingSymbol(name)) continue;
    symbols.push({
      name,
      address: is64 ? view.u64(at + 8) : view.u32(at + 4),
      size: is64 ? view.u64(at + 16) : view.u32(at + 8),
    });
  }
  return symbols;
}

/** `$a`, `$d.3`, `$x`: ARM and RISC-V mark code and data so; they name nothing. */
function isMappingSymbol(name: string): boolean {
  return /^\$[adtx](?:\.|$)/.test(name);
}

async function readRelocations(
  file: Window,
  header: ElfHeader,
  sections: readonly Section[],
): Promise<Pick<BinaryLayout, 'relocations'>> {
  if (header.bits === 32) return {};
  const values = new Map<number, number>();
  for (const { type, offset, size } of sections) {
    if (type === sectionRela) readRelative(await file.read(offset, size, header.endianness), values);
  }
  if (values.size === 0) return {};
  return {
    relocations: {
      addressOf: (value) => [...values].flatMap(([address, it]) => (it === value ? [address] : [])),
      valueAt: (address) => values.get(address),
    },
  };
}

function readRelative(view: ByteView, values: Map<number, number>): void {
  for (let at = 0; at + 24 <= view.length; at += 24) {
    // r_info holds the type in its low half, whatever the byte order.
    const type = view.u64(at + 8) % 2 ** 32;
    if (relativeTypes.has(type)) values.set(view.u64(at), view.u64(at + 16));
  }
}
