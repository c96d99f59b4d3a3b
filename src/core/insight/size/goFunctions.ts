import type { ByteView } from '../../artifact/byteView.js';
import type { Window } from '../../artifact/window.js';
import type { BinaryLayout, LayoutSection, LayoutSymbol } from './binaryLayout.js';

/** Go's own table of its functions, which a stripped program keeps: panics and the garbage collector need it. */
export interface GoFunctions {
  /** Addresses: the first byte of Go's code, and the one behind its last. */
  readonly start: number;
  readonly end: number;
  /** In order of address; each ends where the next one begins. */
  readonly functions: readonly LayoutSymbol[];
}

/** First words of the table: Go 1.18 and 1.19, and Go 1.20 on (internal/abi, go118PCLnTabMagic, go120PCLnTabMagic). */
const magics: ReadonlySet<number> = new Set([0xfffffff0, 0xfffffff1]);

/** Where, in words, runtime.moduledata holds `text`: behind pcHeader, six slices, findfunctab, minpc and maxpc. */
const wordsToText = 22;
/** What is searched for the table where no section has its name: PE files, whose read-only data holds it. */
const searchStep = 4;
/** More functions than any program has. */
const mostFunctions = 4_000_000;

interface TableHeader {
  readonly section: LayoutSection;
  /** Address of the table. */
  readonly address: number;
  readonly view: ByteView;
  readonly pointer: 4 | 8;
  readonly count: number;
  readonly textStart: number;
  readonly names: number;
  readonly functions: number;
}

/** Reads the function table (runtime.pcHeader and functab); `undefined` where there is none that can be read. */
export async function readGoFunctions(file: Window, layout: BinaryLayout): Promise<GoFunctions | undefined> {
  const header = await findTable(file, layout);
  if (header === undefined) return undefined;
  const { view, count, names, functions: table } = header;
  const start = header.textStart || (await findTextStart(file, layout, header));
  if (start === undefined) return undefined;
  const functions: LayoutSymbol[] = [];
  for (let i = 0; i < count; i++) {
    const entry = view.u32(table + i * 8);
    const next = view.u32(table + (i + 1) * 8);
    // runtime._func: entryOff, then nameOff, both of four bytes.
    const nameAt = view.u32(table + view.u32(table + i * 8 + 4) + 4);
    if (next < entry) return undefined;
    functions.push({ name: view.string(names + nameAt), address: start + entry, size: next - entry });
  }
  return { start, end: start + view.u32(table + count * 8), functions };
}

async function findTable(file: Window, layout: BinaryLayout): Promise<TableHeader | undefined> {
  const named = layout.sections.find((it) => it.name.endsWith('gopclntab'));
  if (named !== undefined) return headerAt(await readSection(file, layout, named), named, 0);
  const symbol = layout.symbols.find((it) => it.name === 'runtime.pclntab');
  for (const section of layout.sections.filter((it) => /^\.(?:rdata|rodata|data|text)/.test(it.name))) {
    const view = await readSection(file, layout, section);
    const known = symbol === undefined ? -1 : symbol.address - (section.address ?? 0);
    if (known >= 0 && known < view.length) return headerAt(view, section, known);
    for (let at = 0; symbol === undefined && at < view.length; at += searchStep) {
      const header = magics.has(view.u32(at)) ? headerAt(view, section, at) : undefined;
      if (header !== undefined) return header;
    }
  }
  return undefined;
}

function readSection(file: Window, { endianness }: BinaryLayout, section: LayoutSection): Promise<ByteView> {
  return file.read(section.offset, section.size, endianness);
}

/** runtime.pcHeader: magic, two zeros, the least size of an instruction, size of a pointer, then words. */
function headerAt(section: ByteView, place: LayoutSection, at: number): TableHeader | undefined {
  const view = section.slice(at, section.length - at);
  const pointer = view.u8(7);
  const isHeader =
    magics.has(view.u32(0)) &&
    view.u16(4) === 0 &&
    [1, 2, 4].includes(view.u8(6)) &&
    (pointer === 4 || pointer === 8);
  if (!isHeader) return undefined;
  const word = (index: number): number => (pointer === 8 ? view.u64(8 + index * 8) : view.u32(8 + index * 4));
  const header = {
    section: place,
    address: (place.address ?? 0) + at,
    view,
    pointer,
    count: word(0),
    textStart: word(2),
    names: word(3),
    functions: word(7),
  } as const;
  const fits =
    header.count > 0 &&
    header.count < mostFunctions &&
    header.names < view.length &&
    header.functions + header.count * 8 + 4 <= view.length;
  return fits ? header : undefined;
}

/**
 * Go 1.26 and position-independent programs leave the start of the code out of the header. runtime.moduledata has it:
 * found by its first word, which points at the table, and by its second, which points at the names.
 */
async function findTextStart(
  file: Window,
  layout: BinaryLayout,
  { address, names, pointer }: TableHeader,
): Promise<number | undefined> {
  const symbol = layout.symbols.find((it) => it.name === 'runtime.text');
  if (symbol !== undefined) return symbol.address;
  const { relocations } = layout;
  if (relocations !== undefined) {
    for (const place of relocations.addressOf(address)) {
      const isModule = relocations.valueAt(place + pointer) === address + names;
      const text = relocations.valueAt(place + wordsToText * pointer);
      if (isModule && text !== undefined) return text;
    }
  }
  for (const section of layout.sections.filter((it) => isData(it.name))) {
    const view = await readSection(file, layout, section);
    const word = (at: number): number => (pointer === 8 ? view.u64(at) : view.u32(at));
    for (let at = 0; at + (wordsToText + 1) * pointer <= view.length; at += pointer) {
      if (word(at) === address && word(at + pointer) === address + names)
        return word(at + wordsToText * pointer);
    }
  }
  return undefined;
}

/** Where the linkers of the three formats put runtime.moduledata. */
function isData(name: string): boolean {
  return /^\.go\.module$|^\.(?:noptr)?data|__(?:go_module|noptrdata|data)$/.test(name);
}
