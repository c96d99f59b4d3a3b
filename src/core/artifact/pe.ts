import type { ByteView } from './byteView.js';
import type { ArtifactFacts, Machine } from './facts.js';
import { findGoBuildInfo } from './goBuildInfo.js';
import { truncated, type ParsedBinary } from './reading.js';
import type { Window } from './window.js';

/** COFF machine numbers, from Microsoft's "PE Format", section "Machine Types". */
const machines: ReadonlyMap<number, readonly [machine: Machine, bits: 32 | 64]> = new Map([
  [0x14c, ['i386', 32]],
  [0x8664, ['x86-64', 64]],
  [0x1c0, ['arm', 32]],
  [0x1c4, ['arm', 32]],
  [0xaa64, ['aarch64', 64]],
  [0x5032, ['riscv', 32]],
  [0x5064, ['riscv', 64]],
]);

const characteristicDll = 0x2000;
const mostLibraries = 1024;
const mostDirectories = 16;
const importDirectory = 1;

interface PeSection {
  readonly address: number;
  readonly virtualSize: number;
  readonly offset: number;
  readonly size: number;
  readonly characteristics: number;
}

/** Reads a linked PE file: an .exe or .dll. */
export async function readPe(file: Window): Promise<ParsedBinary> {
  const dos = await file.read(0, 64);
  const start = dos.u32(0x3c);
  if (start + 24 > file.size) {
    return truncated('PE header', start + 24, file.size);
  }
  const header = await file.read(start, 24);
  if (header.u32(0) !== 0x4550) {
    return {
      kind: 'unreadable',
      reason: 'unsupported',
      message: 'It is a DOS program, or a Windows program whose PE header is missing.',
    };
  }
  const optionalSize = header.u16(20);
  const optional = await file.read(start + 24, optionalSize);
  const sections = await readSections(file, start + 24 + optionalSize, header.u16(6));
  const end = Math.max(0, ...sections.map(({ offset, size }) => (size === 0 ? 0 : offset + size)));
  if (optional.length < optionalSize || end > file.size) {
    return truncated('last section', Math.max(end, start + 24 + optionalSize), file.size);
  }
  const isPlus = optional.u16(0) === 0x20b;
  const subsystem = subsystemOf(optional.u16(68));
  const needed = await importedLibraries(file, optional, isPlus, sections);
  const data = sections.find(isDataSection);
  const go = data && (await findGoBuildInfo(file, data.offset, data.size));
  return {
    kind: 'read',
    facts: {
      format: 'pe',
      ...coffMachine(header.u16(4), isPlus ? 64 : 32),
      endianness: 'little',
      ...(subsystem !== 'efi' && { goos: 'windows' }),
      type: (header.u16(22) & characteristicDll) !== 0 ? 'shared' : 'executable',
      linkage: needed.length === 0 ? 'static' : 'dynamic',
      neededLibraries: needed,
      ...(subsystem && { subsystem }),
      ...go,
    },
  };
}

/** Whether bytes look like a COFF object, which has no magic: a known machine, no optional header, a sane symbol table. */
export function isCoffObject(head: ByteView, size: number): boolean {
  const symbols = head.u32(8);
  return (
    machines.has(head.u16(0)) &&
    head.u16(2) > 0 &&
    head.u16(2) < 0xff00 &&
    head.u16(16) === 0 &&
    symbols < size
  );
}

/** Facts of a COFF object file, as mingw and MSVC write them. */
export function readCoffObject(head: ByteView): ParsedBinary {
  return {
    kind: 'read',
    facts: {
      format: 'pe',
      ...coffMachine(head.u16(0), 32),
      endianness: 'little',
      goos: 'windows',
      type: 'object',
      linkage: 'static',
      neededLibraries: [],
    },
  };
}

function coffMachine(code: number, bits: 32 | 64): Pick<ArtifactFacts, 'machine' | 'machineCode' | 'bits'> {
  const known = machines.get(code);
  return known ? { machine: known[0], bits: known[1] } : { machine: 'unknown', machineCode: code, bits };
}

function subsystemOf(code: number): ArtifactFacts['subsystem'] {
  switch (code) {
    case 1:
      return 'native';
    case 2:
      return 'gui';
    case 3:
      return 'console';
    default:
      return code >= 10 && code <= 13 ? 'efi' : undefined;
  }
}

async function readSections(file: Window, offset: number, count: number): Promise<readonly PeSection[]> {
  const table = await file.read(offset, count * 40);
  return Array.from({ length: Math.floor(table.length / 40) }, (_, i) => {
    const at = i * 40;
    return {
      virtualSize: table.u32(at + 8),
      address: table.u32(at + 12),
      size: table.u32(at + 16),
      offset: table.u32(at + 20),
      characteristics: table.u32(at + 36),
    };
  });
}

/** Initialised, readable and writable, alignment aside: where Go's debug/buildinfo looks. */
function isDataSection({ address, size, characteristics }: PeSection): boolean {
  return address !== 0 && size !== 0 && (characteristics & ~0x00600000) >>> 0 === 0xc0000040;
}

async function importedLibraries(
  file: Window,
  optional: ByteView,
  isPlus: boolean,
  sections: readonly PeSection[],
): Promise<readonly string[]> {
  const directories = isPlus ? 112 : 96;
  const count = Math.min(optional.u32(directories - 4), mostDirectories);
  const place = count > importDirectory ? optional.u32(directories + importDirectory * 8) : 0;
  const table = place === 0 ? undefined : await readAt(file, sections, place, (mostLibraries + 1) * 20);
  const names: string[] = [];
  for (let at = 0; table && at + 20 <= table.length && names.length < mostLibraries; at += 20) {
    const nameAddress = table.u32(at + 12);
    if (nameAddress === 0) {
      break;
    }
    const name = (await readAt(file, sections, nameAddress, 256))?.string(0) ?? '';
    if (name === '') {
      break;
    }
    names.push(name);
  }
  return names;
}

async function readAt(
  file: Window,
  sections: readonly PeSection[],
  address: number,
  length: number,
): Promise<ByteView | undefined> {
  const section = sections.find(
    (candidate) => address >= candidate.address && address < candidate.address + candidate.size,
  );
  if (section === undefined) {
    return undefined;
  }
  const within = address - section.address;
  return file.read(section.offset + within, Math.min(length, section.size - within));
}
