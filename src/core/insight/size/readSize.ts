import { findGoBuildText } from '../../artifact/goBuildInfo.js';
import { readArtifact } from '../../artifact/readArtifact.js';
import type { ArtifactReading } from '../../artifact/reading.js';
import { openWindow, type Window } from '../../artifact/window.js';
import type { FileSystem, RandomAccessFile } from '../../ports.js';
import { attribute } from './attribute.js';
import type { BinaryLayout } from './binaryLayout.js';
import { readElfLayout } from './elfLayout.js';
import { readGoFunctions } from './goFunctions.js';
import { readMachoLayout } from './machoLayout.js';
import { isUpxPacked } from './packer.js';
import { readPeLayout } from './peLayout.js';
import type { BuildRecord, SizeReport } from './sizeReport.js';

/** Bytes read in all: symbol and function tables of the largest programs there are. */
const readLimit = 512 * 1024 * 1024;

export type SizeReading =
  { readonly kind: 'read'; readonly report: SizeReport } | Extract<ArtifactReading, { kind: 'unreadable' }>;

/** {@link readSize} of the file with that path. */
export async function readSizeOf(files: Pick<FileSystem, 'open'>, path: string): Promise<SizeReading> {
  const file = await files.open(path);
  if (file === undefined)
    return { kind: 'unreadable', reason: 'read-failed', message: 'There is no such file.' };
  try {
    return await readSize(file);
  } finally {
    await file.close();
  }
}

/**
 * Reads where the bytes of a program go, from its own tables alone. Never throws: what can't be read is `unreadable`.
 * The caller closes the file.
 */
async function readSize(file: RandomAccessFile): Promise<SizeReading> {
  const reading = await readArtifact(file);
  if (reading.kind === 'unreadable') return reading;
  const { facts } = reading;
  try {
    const window = openWindow(file, readLimit);
    const layout = await readLayout(window, facts.format);
    if (layout === undefined) {
      const message =
        facts.universal === undefined
          ? 'Only programs and libraries of ELF, PE and Mach-O are taken apart.'
          : 'This file holds one program for each of several machines: take one out (lipo -thin) and look at that.';
      return { kind: 'unreadable', reason: 'unsupported', message };
    }
    const build = await readBuildRecord(window, layout);
    const go = await readGoFunctions(window, layout);
    const hasC = go === undefined || facts.goBuildSettings?.['CGO_ENABLED'] !== '0';
    const parts = attribute(layout, go, build, { fileSize: file.size, hasC });
    const isPacked = await isUpxPacked(window, layout);
    return { kind: 'read', report: { facts, ...parts, isPacked, build, versions: layout.versions } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', reason: 'read-failed', message: `The file could not be read: ${message}` };
  }
}

function readLayout(file: Window, format: string): Promise<BinaryLayout | undefined> {
  switch (format) {
    case 'elf':
      return readElfLayout(file);
    case 'pe':
      return readPeLayout(file);
    case 'macho':
      return readMachoLayout(file);
    default:
      return Promise.resolve(undefined);
  }
}

/** The lines `path`, `mod` and `dep` of the build info; `=>` names a replacement, which is what was built. */
async function readBuildRecord(file: Window, layout: BinaryLayout): Promise<BuildRecord> {
  const named = layout.sections.find((it) => /^(?:\.go\.buildinfo|__DATA,__go_buildinfo)$/.test(it.name));
  const place = named ?? layout.sections.find((it) => it.name === '.data');
  const info = place && (await findGoBuildText(file, place.offset, place.size));
  const lines = (info?.text ?? '').split('\n').map((line) => line.split('\t'));
  const path = lines.find(([word]) => word === 'path')?.[1];
  const modules = lines.flatMap(([word, module = '', version = '']) =>
    word === 'mod' || word === 'dep' ? [{ path: module, version, main: word === 'mod' }] : [],
  );
  return { ...(path === undefined ? {} : { path }), modules };
}
