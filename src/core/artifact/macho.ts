import type { ByteView } from './byteView.js';
import type { ArtifactFacts, Machine } from './facts.js';
import { findGoBuildInfo } from './goBuildInfo.js';
import { truncated, type ParsedBinary } from './reading.js';
import type { Window } from './window.js';

/** cputype_t of <mach/machine.h>; 0x01000000 marks a 64-bit ABI, 0x02000000 arm64_32. */
const cpuTypes: ReadonlyMap<number, Machine> = new Map([
  [7, 'i386'],
  [0x01000007, 'x86-64'],
  [12, 'arm'],
  [0x0100000c, 'aarch64'],
  [0x0200000c, 'aarch64'],
  [18, 'ppc'],
  [0x01000012, 'ppc64'],
]);

const lcSegment = 0x1;
const lcSegment64 = 0x19;
const lcVersionMinMacos = 0x24;
const lcVersionMinIphone = 0x25;
const lcBuildVersion = 0x32;
const loadDylibs: ReadonlySet<number> = new Set([0xc, 0x20, 0x80000018, 0x8000001f]);
const largestCommands = 1024 * 1024;
const mostSlices = 32;
const readWrite = 3;

interface Segment {
  readonly offset: number;
  readonly size: number;
  readonly maxProtection: number;
  readonly protection: number;
  readonly buildInfo?: { readonly offset: number; readonly size: number };
}

export type MachoMagic = { readonly bits: 32 | 64; readonly endianness: 'little' | 'big' };

/** Size and byte order by the first four bytes, given as a big-endian number. */
export function machoMagic(magic: number): MachoMagic | undefined {
  switch (magic) {
    case 0xfeedface:
      return { bits: 32, endianness: 'big' };
    case 0xfeedfacf:
      return { bits: 64, endianness: 'big' };
    case 0xcefaedfe:
      return { bits: 32, endianness: 'little' };
    case 0xcffaedfe:
      return { bits: 64, endianness: 'little' };
    default:
      return undefined;
  }
}

/** Reads one Mach-O file, by <mach-o/loader.h>. */
export async function readMacho(file: Window, { bits, endianness }: MachoMagic): Promise<ParsedBinary> {
  const headerSize = bits === 64 ? 32 : 28;
  const header = await file.read(0, headerSize, endianness);
  const commandsSize = header.u32(20);
  if (headerSize + commandsSize > file.size) {
    return truncated('list of load commands', headerSize + commandsSize, file.size);
  }
  const commands = await file.read(headerSize, Math.min(commandsSize, largestCommands), endianness);
  const needed: string[] = [];
  const segments: Segment[] = [];
  let goos: string | undefined;
  for (let at = 0; at + 8 <= commands.length;) {
    const command = commands.u32(at);
    const size = commands.u32(at + 4);
    if (size < 8) {
      break;
    }
    const body = commands.slice(at, size);
    if (loadDylibs.has(command)) {
      needed.push(body.string(body.u32(8)));
    } else if (command === lcSegment || command === lcSegment64) {
      segments.push(readSegment(body, command === lcSegment64));
    } else if (command === lcBuildVersion) {
      goos ??= platformGoos(body.u32(8));
    } else if (command === lcVersionMinMacos || command === lcVersionMinIphone) {
      goos ??= command === lcVersionMinMacos ? 'darwin' : 'ios';
    }
    at += size;
  }
  const end = Math.max(0, ...segments.map(({ offset, size }) => (size === 0 ? 0 : offset + size)));
  if (end > file.size) {
    return truncated('last segment', end, file.size);
  }
  const cpu = header.u32(4);
  const machine = cpuTypes.get(cpu);
  const go = await readGo(file, segments);
  const foundGoos = goos ?? go?.goBuildSettings?.['GOOS'];
  return {
    kind: 'read',
    facts: {
      format: 'macho',
      ...(machine ? { machine } : { machine: 'unknown', machineCode: cpu }),
      bits,
      endianness,
      ...(foundGoos !== undefined && { goos: foundGoos }),
      type: fileType(header.u32(12)),
      linkage: needed.length === 0 ? 'static' : 'dynamic',
      neededLibraries: needed.filter((name) => name !== ''),
      ...go,
    },
  };
}

/** Reads a universal file: its first part's facts, and the machines of all parts (<mach-o/fat.h>, always big-endian). */
export async function readUniversal(file: Window, is64: boolean): Promise<ParsedBinary> {
  const entrySize = is64 ? 32 : 20;
  const count = Math.min((await file.read(4, 4, 'big')).u32(0), mostSlices);
  const table = await file.read(8, count * entrySize, 'big');
  const slices = Array.from({ length: Math.floor(table.length / entrySize) }, (_, i) => {
    const at = i * entrySize;
    return {
      machine: cpuTypes.get(table.u32(at)) ?? ('unknown' as const),
      offset: is64 ? table.u64(at + 8) : table.u32(at + 8),
      size: is64 ? table.u64(at + 16) : table.u32(at + 12),
    };
  });
  const [first] = slices;
  const end = Math.max(8 + count * entrySize, ...slices.map(({ offset, size }) => offset + size));
  if (first === undefined || end > file.size) {
    return truncated('last part', end, file.size);
  }
  const part = file.part(first.offset, first.size);
  const magic = machoMagic((await part.read(0, 4, 'big')).u32(0));
  if (magic === undefined) {
    return {
      kind: 'unreadable',
      reason: 'unsupported',
      message: 'It is a universal file, but its first part is no Mach-O program.',
    };
  }
  const parsed = await readMacho(part, magic);
  return parsed.kind === 'unreadable'
    ? parsed
    : { kind: 'read', facts: { ...parsed.facts, universal: slices.map(({ machine }) => machine) } };
}

function fileType(type: number): ArtifactFacts['type'] {
  return type === 1 ? 'object' : type === 6 || type === 8 ? 'shared' : 'executable';
}

function platformGoos(platform: number): string | undefined {
  switch (platform) {
    case 1: // macOS
    case 6: // Mac Catalyst
      return 'darwin';
    case 2: // iOS
    case 7: // its simulator
      return 'ios';
    default:
      return undefined;
  }
}

function readSegment(body: ByteView, is64: boolean): Segment {
  const offsets = is64
    ? { fileOffset: 40, fileSize: 48, protection: 56, count: 64, sections: 72, sectionSize: 80 }
    : { fileOffset: 32, fileSize: 36, protection: 40, count: 48, sections: 56, sectionSize: 68 };
  const number = (at: number): number => (is64 ? body.u64(at) : body.u32(at));
  let buildInfo: Segment['buildInfo'];
  const count = Math.min(body.u32(offsets.count), 255);
  for (let i = 0; i < count; i++) {
    const at = offsets.sections + i * offsets.sectionSize;
    if (body.string(at, 17) === '__go_buildinfo') {
      buildInfo = {
        offset: body.u32(at + (is64 ? 48 : 40)),
        size: is64 ? body.u64(at + 40) : body.u32(at + 36),
      };
    }
  }
  return {
    offset: number(offsets.fileOffset),
    size: number(offsets.fileSize),
    maxProtection: body.u32(offsets.protection),
    protection: body.u32(offsets.protection + 4),
    ...(buildInfo && { buildInfo }),
  };
}

function readGo(file: Window, segments: readonly Segment[]): ReturnType<typeof findGoBuildInfo> {
  const named = segments.find(({ buildInfo }) => buildInfo)?.buildInfo;
  const place =
    named ??
    segments.find(
      ({ size, protection, maxProtection }) =>
        size !== 0 && protection === readWrite && maxProtection === readWrite,
    );
  return place ? findGoBuildInfo(file, place.offset, place.size) : Promise.resolve(undefined);
}
