import type { RandomAccessFile } from '../ports.js';

/** How an archive is written on disk. */
export type ArchiveFormat = 'tar' | 'tar.gz' | 'zip';

/** Something that is to be written into an archive. */
export type ArchiveEntry = ArchivePlace &
  (
    | { readonly kind: 'directory' }
    | { readonly kind: 'file'; readonly content: EntryContent }
    /** `target` as the link holds it: relative to the link's folder, or absolute in the unpacked tree. */
    | { readonly kind: 'symlink'; readonly target: string }
    /** `target` is the path of an earlier entry. */
    | { readonly kind: 'hardlink'; readonly target: string }
  );

/** Where an entry stands, and whose it is. */
interface ArchivePlace {
  /** Relative, with `/`, without a leading or trailing one and without `.` or `..`. */
  readonly path: string;
  /** Permissions with setuid, setgid and sticky bits: 0o755, 0o1777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since the epoch; absent: the time of the whole archive. */
  readonly mtime?: number;
}

type EntryContent =
  /** A file of the host, absolute. */
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'text'; readonly text: string }
  /** The bytes of the base archive's member that this entry stands for. */
  | { readonly from: 'base' };

/** An archive that is to be written: the same plan over the same files gives the same bytes. */
export interface ArchivePlan {
  readonly format: ArchiveFormat;
  /** In the order in which they are written. */
  readonly entries: readonly ArchiveEntry[];
  /** Seconds since the epoch, for every entry without a time of its own. */
  readonly mtime: number;
  readonly base?: ArchiveBase;
}

/** An archive whose members are written first. */
interface ArchiveBase {
  /** Absolute. */
  readonly path: string;
  /** What becomes of each member, in the archive's order; `undefined` leaves it out. */
  readonly members: readonly (ArchiveEntry | undefined)[];
}

/** An entry of an archive that is read. Nothing about it is to be trusted: see `memberProblem`. */
export interface MemberHeader {
  /** As written, but for a leading `./` and a folder's trailing slash; the archive's root is `.`. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink' | 'device' | 'fifo';
  /** Permissions; absent where the archive doesn't tell them (zip files made on Windows). */
  readonly mode?: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of the content; 0 for all but files. */
  readonly size: number;
  /** Seconds since the epoch. */
  readonly mtime: number;
  /** Of links, as written. */
  readonly target?: string;
}

/** A member while the archive stands at it. What is not read of it is skipped. */
export interface ArchiveMember extends MemberHeader {
  /** The content's first bytes, at most `length`; reads none of what follows. */
  head(length: number): Promise<Uint8Array>;
  /** The content as it streams by, once. */
  bytes(): AsyncIterable<Uint8Array>;
  /** The content as a file of its own; a large one lies in a private temporary file until it is closed. */
  open(): Promise<RandomAccessFile>;
  /** The content as an archive, read as it streams by; `undefined` where it is none. */
  openArchive(): Promise<ArchiveReading | undefined>;
}

/** An archive that is being read. */
export interface ArchiveReading {
  readonly format: ArchiveFormat;
  /** Once, in the archive's order. Throws an Error with a sentence for people where the archive is damaged or cut off. */
  readonly members: AsyncIterable<ArchiveMember>;
}

/** What the first bytes of a file say; what is compressed or packed in a way that isn't read here has its name. */
export type ArchiveKind =
  { readonly kind: 'tar' | 'gzip' | 'zip' } | { readonly kind: 'unsupported'; readonly name: string };

const magics: readonly (readonly [readonly number[], ArchiveKind])[] = [
  [[0x1f, 0x8b], { kind: 'gzip' }],
  [[0x50, 0x4b, 0x03, 0x04], { kind: 'zip' }],
  // A zip file without any entry begins with its end.
  [[0x50, 0x4b, 0x05, 0x06], { kind: 'zip' }],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], { kind: 'unsupported', name: 'xz' }],
  [[0x28, 0xb5, 0x2f, 0xfd], { kind: 'unsupported', name: 'Zstandard' }],
  [[0x42, 0x5a, 0x68], { kind: 'unsupported', name: 'bzip2' }],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], { kind: 'unsupported', name: '7-Zip' }],
];

/** Bytes that {@link archiveKind} wants to see. */
export const archiveHeadSize = 512;

/**
 * What kind of archive a file is, by its first {@link archiveHeadSize} bytes and never by its name; `undefined` for
 * what is none. A tar archive is known by its first header's checksum, so that those of before POSIX are, too.
 */
export function archiveKind(head: Uint8Array): ArchiveKind | undefined {
  for (const [magic, kind] of magics) {
    if (head.length >= magic.length && magic.every((byte, i) => head[i] === byte)) return kind;
  }
  return isTarHeader(head) ? { kind: 'tar' } : undefined;
}

/** POSIX.1-1988 ustar: the sum of the header's bytes, its own field taken as spaces, in octal at offset 148. */
function isTarHeader(head: Uint8Array): boolean {
  if (head.length < 512) return false;
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 0x20 : (head[i] ?? 0);
  // An archive without any entry is zeros all through.
  if (sum === 8 * 0x20) return true;
  const field = String.fromCharCode(...head.subarray(148, 156));
  return Number.parseInt(field.replace(/[\0 ]+/g, ' ').trim(), 8) === sum;
}
