import type { ByteView } from './byteView.js';
import { readAttributes } from './elfAttributes.js';
import { readDynamic } from './elfDynamic.js';
import { armFacts, elfMachine, mipsFacts, riscvFacts } from './elfMachine.js';
import { elfGoos, elfLibc, osOfNotes } from './elfOs.js';
import {
  elfEnd,
  elfHeader,
  elfHeaderSize,
  readSections,
  readSegments,
  type ElfHeader,
  type Section,
  type Segment,
} from './elfTables.js';
import type { ArtifactFacts } from './facts.js';
import { findGoBuildInfo, type GoBuildInfo } from './goBuildInfo.js';
import { truncated, type ParsedBinary } from './reading.js';
import type { Window } from './window.js';

const segmentLoad = 1;
const segmentInterpreter = 3;
const segmentNote = 4;
const segmentMipsAbiFlags = 0x70000003;
const sectionNote = 7;
const sectionArmAttributes = 0x70000003;
const sectionMipsAbiFlags = 0x7000002a;
const sectionGnuAttributes = 0x6ffffff5;
const largestAttributes = 64 * 1024;

/** Reads an ELF file; everything that running it needs comes from program headers, the rest from sections. */
export async function readElf(file: Window): Promise<ParsedBinary> {
  const head = await file.read(0, 64);
  const headerSize = elfHeaderSize(head.u8(4));
  if (head.length < headerSize) {
    return truncated('ELF header', headerSize, file.size);
  }
  const views = { little: head, big: await file.read(0, 64, 'big') };
  const header = elfHeader(head, (endianness) => views[endianness]);
  if (header === undefined) {
    return {
      kind: 'unreadable',
      reason: 'not-a-binary',
      message: 'It starts like an ELF file, but its class or byte order is none that exists.',
    };
  }
  if (header.type < 1 || header.type > 3) {
    return {
      kind: 'unreadable',
      reason: 'unsupported',
      message:
        header.type === 4
          ? 'It is a core dump, not a program.'
          : `Its ELF type ${String(header.type)} is unknown.`,
    };
  }
  const segments = await readSegments(file, header);
  const sections = await readSections(file, header);
  const { what, end } = elfEnd(header, segments, sections);
  if (end > file.size) {
    return truncated(what, end, file.size);
  }
  return { kind: 'read', facts: await elfFacts(file, header, segments, sections) };
}

async function elfFacts(
  file: Window,
  header: ElfHeader,
  segments: readonly Segment[],
  sections: readonly Section[],
): Promise<Omit<ArtifactFacts, 'size'>> {
  const interpreter = await readInterpreter(file, segments);
  const dynamic = await readDynamic(file, header, segments);
  const needed = dynamic?.needed ?? [];
  const go = await readGo(file, segments, sections);
  const fileGoos = elfGoos(await readNoteOs(file, header, segments, sections), header.osAbi, interpreter);
  const goGoos = go?.goBuildSettings?.['GOOS'];
  // Solaris and illumos look alike in ELF, and a static Linux file says nothing: there Go's own word counts.
  const goos = fileGoos === undefined || fileGoos === 'solaris' ? (goGoos ?? fileGoos) : fileGoos;
  const libc = elfLibc(interpreter, needed, goos, dynamic?.glibc);
  const isShared =
    header.type === 3 && dynamic?.isPie !== true && (interpreter === undefined || dynamic?.hasName === true);
  return {
    format: 'elf',
    ...elfMachine(header.machine),
    bits: header.bits,
    endianness: header.endianness,
    ...(goos !== undefined && { goos }),
    type: header.type === 1 ? 'object' : isShared ? 'shared' : 'executable',
    linkage: interpreter === undefined && needed.length === 0 ? 'static' : 'dynamic',
    ...(interpreter !== undefined && { interpreter }),
    neededLibraries: needed,
    ...(dynamic?.glibc !== undefined && { glibc: dynamic.glibc }),
    ...(libc !== undefined && { libc }),
    ...(await machineFacts(file, header, segments, sections)),
    ...go,
  };
}

async function readInterpreter(file: Window, segments: readonly Segment[]): Promise<string | undefined> {
  const segment = segments.find(({ type }) => type === segmentInterpreter);
  const path = segment && (await file.read(segment.offset, Math.min(segment.fileSize, 4096))).string(0);
  return path === '' ? undefined : path;
}

async function readNoteOs(
  file: Window,
  header: ElfHeader,
  segments: readonly Segment[],
  sections: readonly Section[],
): Promise<string | undefined> {
  const parts =
    header.type === 1
      ? sections.filter(({ type }) => type === sectionNote)
      : segments
          .filter(({ type }) => type === segmentNote)
          .map(({ offset, fileSize }) => ({ offset, size: fileSize }));
  for (const { offset, size } of parts.slice(0, 16)) {
    const os = osOfNotes(await file.read(offset, Math.min(size, largestAttributes), header.endianness));
    if (os !== undefined) {
      return os;
    }
  }
  return undefined;
}

async function machineFacts(
  file: Window,
  header: ElfHeader,
  segments: readonly Segment[],
  sections: readonly Section[],
): Promise<Pick<ArtifactFacts, 'arm' | 'mips' | 'riscv' | 'ppc64'>> {
  const readSection = (type: number): Promise<ByteView> => {
    const section = sections.find((candidate) => candidate.type === type);
    return file.read(
      section?.offset ?? 0,
      Math.min(section?.size ?? 0, largestAttributes),
      header.endianness,
    );
  };
  switch (elfMachine(header.machine).machine) {
    case 'arm':
      return {
        arm: armFacts(header.flags, readAttributes(await readSection(sectionArmAttributes), 'aeabi')),
      };
    case 'mips': {
      const segment = segments.find(({ type }) => type === segmentMipsAbiFlags);
      const abiFlags = segment
        ? await file.read(segment.offset, Math.min(segment.fileSize, 24), header.endianness)
        : await readSection(sectionMipsAbiFlags);
      const attributes = readAttributes(await readSection(sectionGnuAttributes), 'gnu');
      return { mips: mipsFacts(header.bits, header.flags, abiFlags, attributes) };
    }
    case 'riscv':
      return { riscv: riscvFacts(header.flags) };
    case 'ppc64':
      return { ppc64: { abiVersion: header.flags & 3 } };
    default:
      return {};
  }
}

/** As Go's debug/buildinfo does: the section by name, else the first segment that is writable but not executable. */
async function readGo(
  file: Window,
  segments: readonly Segment[],
  sections: readonly Section[],
): Promise<GoBuildInfo | undefined> {
  const section = sections.find(({ name }) => name === '.go.buildinfo');
  if (section !== undefined) {
    return findGoBuildInfo(file, section.offset, section.size);
  }
  if (sections.length > 0) {
    return undefined;
  }
  const data = segments.find(({ type, flags }) => type === segmentLoad && (flags & 3) === 2);
  return data && findGoBuildInfo(file, data.offset, data.fileSize);
}
