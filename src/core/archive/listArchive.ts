import { platformOf } from '../artifact/platformOf.js';
import type { Archives, CancelSignal, FileSystem } from '../ports.js';
import type { Target } from '../target/target.js';
import type { MemberHeader } from './archive.js';
import { verifyFile, type Verification, type WalkedMember } from './verifyFile.js';

/** An entry of an archive, or of an archive within it. */
export interface ListedEntry extends Pick<
  MemberHeader,
  'path' | 'kind' | 'mode' | 'uid' | 'gid' | 'size' | 'target'
> {
  /** 0 in the file itself, 1 in an archive that is an entry of it; those follow their archive. */
  readonly depth: number;
  /** `linux/arm`, and how it is linked; `archive` for one that is read, too. Read from the bytes. */
  readonly content?: string;
  /** Why it would not be unpacked, as a sentence. */
  readonly refused?: string;
}

export interface ArchiveListing {
  readonly entries: readonly ListedEntry[];
  /** Entries beyond those that are kept, which are counted and looked at, but not kept. */
  readonly more: number;
  /** Bytes of all files of the archive itself. */
  readonly unpackedSize: number;
  /** Absent where it was not read to its end, because it was cancelled. */
  readonly verification?: Verification;
}

/** More lines than this nobody reads, and an editor does not colour. */
const mostEntries = 50_000;

/**
 * Reads an archive for people: every entry, those of archives within it too, and what is wrong with it. Where it is
 * cancelled, what was read until then. Throws an Error with a message for people for what is no archive.
 */
export async function listArchive(
  ports: { readonly files: Pick<FileSystem, 'open'>; readonly archives: Archives },
  path: string,
  options: {
    readonly target?: Target;
    readonly signal?: CancelSignal;
    /** How many entries were read, now and then. */
    readonly onProgress?: (count: number) => void;
  } = {},
): Promise<ArchiveListing> {
  const { onProgress, ...rest } = options;
  const entries: ListedEntry[] = [];
  let count = 0;
  let unpackedSize = 0;
  const onMember = (member: WalkedMember): void => {
    count++;
    if (member.depth === 0) unpackedSize += member.header.size;
    if (entries.length < mostEntries) entries.push(listed(member));
    if (count % 500 === 0) onProgress?.(count);
  };
  let verification: Verification | undefined;
  try {
    verification = await verifyFile(ports, path, { ...rest, onMember });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
  }
  if (verification?.kind === 'binary') throw new Error(`${path} is a program, and no archive.`);
  return {
    entries,
    more: count - entries.length,
    unpackedSize,
    ...(verification === undefined ? {} : { verification }),
  };
}

function listed({ header, depth, isArchive, facts, problem }: WalkedMember): ListedEntry {
  const { path, kind, mode, uid, gid, size, target } = header;
  const content =
    facts === undefined
      ? isArchive
        ? 'archive'
        : undefined
      : `${platformOf(facts) ?? facts.machine}, ${facts.linkage}`;
  return {
    depth,
    path,
    kind,
    uid,
    gid,
    size,
    ...(mode === undefined ? {} : { mode }),
    ...(target === undefined ? {} : { target }),
    ...(content === undefined ? {} : { content }),
    ...(problem?.kind === 'hostile' ? { refused: problem.message } : {}),
  };
}
