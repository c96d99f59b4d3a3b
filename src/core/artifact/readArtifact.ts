import type { RandomAccessFile } from '../ports.js';
import { readArchive } from './archive.js';
import type { ByteView } from './byteView.js';
import { readElf } from './elf.js';
import type { ArtifactFacts } from './facts.js';
import { machoMagic, readMacho, readUniversal } from './macho.js';
import { isCoffObject, readCoffObject, readPe } from './pe.js';
import type { ArtifactReading, ParsedBinary } from './reading.js';
import { readWasm } from './wasm.js';
import { openWindow, type Window } from './window.js';

/**
 * Reads what a binary is and needs, by its bytes. Bounded in reads and time whatever the bytes are, and never
 * throws: a failing read is `unreadable` too. The caller closes the file.
 */
export async function readArtifact(file: RandomAccessFile): Promise<ArtifactReading> {
  if (file.size === 0) {
    return { kind: 'unreadable', reason: 'empty', message: 'The file is empty.' };
  }
  try {
    const parsed = await parse(openWindow(file));
    return parsed.kind === 'read' ? { kind: 'read', facts: { ...parsed.facts, size: file.size } } : parsed;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', reason: 'read-failed', message: `The file could not be read: ${message}` };
  }
}

async function parse(file: Window): Promise<ParsedBinary> {
  const head = await file.read(0, 20, 'big');
  if (head.u32(0) === 0x213c7468) {
    return unreadable(
      'unsupported',
      'It is a thin archive: it only names its members, which are files of their own.',
    );
  }
  if (head.u32(0) === 0x213c6172 && head.u32(4) === 0x63683e0a) {
    return readArchive(file, parseSingle);
  }
  // Java classes share the magic number; their version follows it, which is 45 at least.
  const isUniversal = head.u32(0) === 0xcafebabe || head.u32(0) === 0xcafebabf;
  if (isUniversal && head.u32(4) > 0 && head.u32(4) < 45) {
    return readUniversal(file, head.u32(0) === 0xcafebabf);
  }
  return parseSingle(file);
}

/** Any format that an archive can hold, too. */
async function parseSingle(file: Window): Promise<ParsedBinary> {
  const head = await file.read(0, 20, 'big');
  const magic = head.u32(0);
  if (magic === 0x7f454c46) {
    return readElf(file);
  }
  if (head.u16(0) === 0x4d5a) {
    return readPe(file);
  }
  const macho = machoMagic(magic);
  if (macho) {
    return readMacho(file, macho);
  }
  if (magic === 0x0061736d) {
    return readWasm(file);
  }
  const other = headerOnly(head);
  if (other) {
    return { kind: 'read', facts: other };
  }
  const little = await file.read(0, 20);
  return isCoffObject(little, file.size)
    ? readCoffObject(little)
    : unreadable('not-a-binary', describeOther(head));
}

/** Formats of Go's rarer ports, of which only the header is read: AIX's XCOFF and Plan 9's a.out. */
function headerOnly(head: ByteView): Omit<ArtifactFacts, 'size'> | undefined {
  const common = { type: 'executable', neededLibraries: [] } as const;
  if (head.u16(0) === 0x01f7) {
    return {
      ...common,
      format: 'xcoff',
      machine: 'ppc64',
      bits: 64,
      endianness: 'big',
      goos: 'aix',
      linkage: 'dynamic',
    };
  }
  // a.out(6) of Plan 9; the numbers are those of Go's src/debug/plan9obj.
  switch (head.u32(0)) {
    case 0x8a97:
      return {
        ...common,
        format: 'plan9',
        machine: 'x86-64',
        bits: 64,
        endianness: 'little',
        goos: 'plan9',
        linkage: 'static',
      };
    case 0x1eb:
      return {
        ...common,
        format: 'plan9',
        machine: 'i386',
        bits: 32,
        endianness: 'little',
        goos: 'plan9',
        linkage: 'static',
      };
    case 0x647:
      return {
        ...common,
        format: 'plan9',
        machine: 'arm',
        bits: 32,
        endianness: 'little',
        goos: 'plan9',
        linkage: 'static',
      };
    default:
      return undefined;
  }
}

function describeOther(head: ByteView): string {
  if (head.u16(0) === 0x2321) {
    return 'It is a script, not a program: it starts with "#!".';
  }
  if (head.u32(0) === 0x4243c0de) {
    return 'It is LLVM bitcode, which only a linker turns into machine code: it was compiled with -flto.';
  }
  return 'It is not a program: its first bytes are those of no known format.';
}

function unreadable(reason: 'not-a-binary' | 'unsupported', message: string): ParsedBinary {
  return { kind: 'unreadable', reason, message };
}
