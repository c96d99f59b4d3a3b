import type { ByteView } from './byteView.js';
import type { Window } from './window.js';

/** What the parser needs of the ELF header; offsets and sizes in bytes. */
export interface ElfHeader {
  readonly bits: 32 | 64;
  readonly endianness: 'little' | 'big';
  readonly osAbi: number;
  readonly type: number;
  readonly machine: number;
  readonly flags: number;
  readonly programHeaders: { readonly offset: number; readonly entrySize: number; readonly count: number };
  readonly sectionHeaders: { readonly offset: number; readonly entrySize: number; readonly count: number };
  readonly sectionNames: number;
}

export interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
}

export interface Section {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  /** Index of the section that belongs to it: a symbol table's names. */
  readonly link: number;
}

/** Tables longer than this are cut: no linker writes them, and reading them whole would be a waste. */
const longestTable = 8 * 1024 * 1024;
const noBits = 8;

/** Reads the header (System V gABI, chapter 4); `undefined` when class or encoding are nonsense. */
export function elfHeader(
  head: ByteView,
  endian: (endianness: 'little' | 'big') => ByteView,
): ElfHeader | undefined {
  const elfClass = head.u8(4);
  const encoding = head.u8(5);
  if ((elfClass !== 1 && elfClass !== 2) || (encoding !== 1 && encoding !== 2)) {
    return undefined;
  }
  const endianness = encoding === 1 ? 'little' : 'big';
  const view = endian(endianness);
  const is64 = elfClass === 2;
  const tail = is64 ? 48 : 36;
  const offsetAt = (at64: number, at32: number): number => (is64 ? view.u64(at64) : view.u32(at32));
  return {
    bits: is64 ? 64 : 32,
    endianness,
    osAbi: head.u8(7),
    type: view.u16(16),
    machine: view.u16(18),
    flags: view.u32(tail),
    programHeaders: { offset: offsetAt(32, 28), entrySize: view.u16(tail + 6), count: view.u16(tail + 8) },
    sectionHeaders: { offset: offsetAt(40, 32), entrySize: view.u16(tail + 10), count: view.u16(tail + 12) },
    sectionNames: view.u16(tail + 14),
  };
}

/** The length that the header of each class has. */
export function elfHeaderSize(elfClass: number): number {
  return elfClass === 2 ? 64 : 52;
}

export async function readSegments(file: Window, header: ElfHeader): Promise<readonly Segment[]> {
  const { offset, entrySize, count } = header.programHeaders;
  const is64 = header.bits === 64;
  if (entrySize < (is64 ? 56 : 32)) {
    return [];
  }
  const table = await file.read(offset, Math.min(entrySize * count, longestTable), header.endianness);
  return Array.from({ length: Math.floor(table.length / entrySize) }, (_, i) => {
    const at = i * entrySize;
    return is64
      ? {
          type: table.u32(at),
          flags: table.u32(at + 4),
          offset: table.u64(at + 8),
          address: table.u64(at + 16),
          fileSize: table.u64(at + 32),
        }
      : {
          type: table.u32(at),
          flags: table.u32(at + 24),
          offset: table.u32(at + 4),
          address: table.u32(at + 8),
          fileSize: table.u32(at + 16),
        };
  });
}

export async function readSections(file: Window, header: ElfHeader): Promise<readonly Section[]> {
  const { offset, entrySize, count } = header.sectionHeaders;
  const is64 = header.bits === 64;
  if (offset === 0 || entrySize < (is64 ? 64 : 40)) {
    return [];
  }
  // With 0xff00 sections or more, their number and the names' index are in the first entry.
  const first = await file.read(offset, entrySize, header.endianness);
  const realCount = count === 0 ? (is64 ? first.u64(32) : first.u32(20)) : count;
  const namesIndex = header.sectionNames === 0xffff ? first.u32(is64 ? 40 : 24) : header.sectionNames;
  const table = await file.read(offset, Math.min(entrySize * realCount, longestTable), header.endianness);
  const entries = Array.from({ length: Math.floor(table.length / entrySize) }, (_, i) => {
    const at = i * entrySize;
    const type = table.u32(at + 4);
    return {
      nameOffset: table.u32(at),
      type,
      flags: is64 ? table.u64(at + 8) : table.u32(at + 8),
      address: is64 ? table.u64(at + 16) : table.u32(at + 12),
      link: table.u32(at + (is64 ? 40 : 24)),
      offset: is64 ? table.u64(at + 24) : table.u32(at + 16),
      size: type === noBits ? 0 : is64 ? table.u64(at + 32) : table.u32(at + 20),
    };
  });
  const namesAt = entries[namesIndex];
  const names = namesAt && (await file.read(namesAt.offset, Math.min(namesAt.size, longestTable)));
  return entries.map(({ nameOffset, ...entry }) => ({
    ...entry,
    name: names?.string(nameOffset, 256) ?? '',
  }));
}

/** Where the last segment, section or header table ends: what the file must at least hold. */
export function elfEnd(
  header: ElfHeader,
  segments: readonly Segment[],
  sections: readonly Section[],
): { readonly what: string; readonly end: number } {
  const { programHeaders, sectionHeaders } = header;
  const ends = [
    ...segments.map(({ offset, fileSize }) => ({
      what: 'segment',
      end: fileSize === 0 ? 0 : offset + fileSize,
    })),
    ...sections.map(({ name, offset, size }) => ({
      what: `section ${name}`,
      end: size === 0 ? 0 : offset + size,
    })),
    {
      what: 'program header table',
      end: programHeaders.offset + programHeaders.entrySize * programHeaders.count,
    },
    {
      what: 'section header table',
      end: sectionHeaders.offset + sectionHeaders.entrySize * sectionHeaders.count,
    },
  ];
  return ends.reduce((last, part) => (part.end > last.end ? part : last));
}
