import type { ByteView } from './byteView.js';
import type { ElfHeader, Segment } from './elfTables.js';
import { compareVersions } from './versions.js';
import type { Window } from './window.js';

/** What PT_DYNAMIC says. */
export interface ElfDynamic {
  readonly needed: readonly string[];
  /** Versions of symbols that the file needs, by library; weak ones left out. */
  readonly versions: readonly { readonly library: string; readonly versions: readonly string[] }[];
  /** Highest GLIBC_x.y that the file needs, such as `2.34`. */
  readonly glibc?: string;
  readonly hasName: boolean;
  /** DF_1_PIE: an executable, though its type is ET_DYN. */
  readonly isPie: boolean;
}

const dtNeeded = 1;
const dtStringTable = 5;
const dtStringSize = 10;
const dtName = 14;
const dtFlags1 = 0x6ffffffb;
const dtVersionNeed = 0x6ffffffe;
const flagPie = 0x08000000;
const versionWeak = 2;
const largestPart = 16 * 1024 * 1024;
const largestVersionTable = 256 * 1024;

/**
 * Reads the dynamic section through program headers alone, so that stripped section headers don't matter
 * (gABI chapter 5; version needs: LSB Core, "Symbol Versioning").
 */
export async function readDynamic(
  file: Window,
  header: ElfHeader,
  segments: readonly Segment[],
): Promise<ElfDynamic | undefined> {
  const segment = segments.find(({ type }) => type === 2);
  if (segment === undefined) {
    return undefined;
  }
  const table = await file.read(
    segment.offset,
    Math.min(segment.fileSize, largestVersionTable),
    header.endianness,
  );
  const entries = dynamicEntries(table, header.bits);
  const valueOf = (tag: number): number | undefined => entries.find((entry) => entry.tag === tag)?.value;

  const readAt = async (address: number | undefined, size: number): Promise<ByteView | undefined> => {
    const place = address === undefined ? undefined : fileOffset(segments, address);
    return place && file.read(place.offset, Math.min(size, place.left), header.endianness);
  };
  const names = await readAt(valueOf(dtStringTable), Math.min(valueOf(dtStringSize) ?? 0, largestPart));
  const versions = await readAt(valueOf(dtVersionNeed), largestVersionTable);
  const needs = names && versions ? versionNeeds(versions, names) : [];
  const glibc = highestGlibc(needs.flatMap((it) => it.versions));
  return {
    needed: entries
      .filter(({ tag }) => tag === dtNeeded)
      .map(({ value }) => names?.string(value) ?? '')
      .filter((name) => name !== ''),
    versions: needs,
    ...(glibc !== undefined && { glibc }),
    hasName: valueOf(dtName) !== undefined,
    isPie: ((valueOf(dtFlags1) ?? 0) & flagPie) !== 0,
  };
}

function dynamicEntries(table: ByteView, bits: 32 | 64): { readonly tag: number; readonly value: number }[] {
  const size = bits === 64 ? 16 : 8;
  const entries: { readonly tag: number; readonly value: number }[] = [];
  for (let at = 0; at + size <= table.length; at += size) {
    const tag = bits === 64 ? table.u64(at) : table.u32(at);
    if (tag === 0) {
      break;
    }
    entries.push({ tag, value: bits === 64 ? table.u64(at + 8) : table.u32(at + 4) });
  }
  return entries;
}

function fileOffset(
  segments: readonly Segment[],
  address: number,
): { readonly offset: number; readonly left: number } | undefined {
  const segment = segments.find(
    (candidate) =>
      candidate.type === 1 &&
      address >= candidate.address &&
      address < candidate.address + candidate.fileSize,
  );
  if (segment === undefined) {
    return undefined;
  }
  const within = address - segment.address;
  return { offset: segment.offset + within, left: segment.fileSize - within };
}

/** Walks Verneed and its Vernaux entries. Both lists only go forward, so a loop can't be built from them. */
function versionNeeds(table: ByteView, names: ByteView): ElfDynamic['versions'] {
  const needs: { library: string; versions: string[] }[] = [];
  for (let need = 0; need + 16 <= table.length;) {
    const count = table.u16(need + 2);
    const versions: string[] = [];
    let entry = need + table.u32(need + 8);
    for (let i = 0; i < count && entry + 16 <= table.length; i++) {
      const weak = (table.u16(entry + 4) & versionWeak) !== 0;
      const name = weak ? '' : names.string(table.u32(entry + 8), 128);
      if (name !== '') versions.push(name);
      const next = table.u32(entry + 12);
      if (next === 0) {
        break;
      }
      entry += next;
    }
    needs.push({ library: names.string(table.u32(need + 4), 256), versions });
    const next = table.u32(need + 12);
    if (next === 0) {
      break;
    }
    need += next;
  }
  return needs;
}

function highestGlibc(versions: readonly string[]): string | undefined {
  const numbers = versions.flatMap((it) => glibcVersion(it) ?? []);
  return numbers.sort(compareVersions).at(-1);
}

/** `GLIBC_2.34` is 2.34; GLIBC_PRIVATE is no version; packed relative relocations came with glibc 2.36. */
function glibcVersion(name: string): string | undefined {
  if (name === 'GLIBC_ABI_DT_RELR') {
    return '2.36';
  }
  return /^GLIBC_(\d+(?:\.\d+)+)$/.exec(name)?.[1];
}
