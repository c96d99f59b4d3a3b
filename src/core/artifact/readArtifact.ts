import type { RandomAccessFile } from '../ports.js';
import { readElf } from './elf.js';
import type { ArtifactReading, ParsedBinary } from './reading.js';
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
  const head = await file.read(0, 16, 'big');
  switch (head.u32(0)) {
    case 0x7f454c46: // \x7fELF
      return readElf(file);
    default:
      return {
        kind: 'unreadable',
        reason: 'not-a-binary',
        message: 'It is not a program: its first bytes are those of no known format.',
      };
  }
}
