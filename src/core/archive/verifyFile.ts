import { utf8 } from '../artifact/byteView.js';
import { describeArtifact } from '../artifact/describeArtifact.js';
import type { ArtifactFacts } from '../artifact/facts.js';
import { platformOf } from '../artifact/platformOf.js';
import { readArtifact } from '../artifact/readArtifact.js';
import { verifyArtifact } from '../artifact/verifyArtifact.js';
import type { Archives, CancelSignal, FileSystem } from '../ports.js';
import { targetId, type Target } from '../target/target.js';
import type { ArchiveMember, ArchiveReading, MemberHeader } from './archive.js';
import { createMemberCheck, type MemberProblem } from './memberCheck.js';
import { shownName } from './nameProblem.js';
import { glibcVersion, scriptInterpreter } from './neededProblems.js';
import { metadataProblems, metadataType, rootfsProblems } from './resourceProblems.js';

/** A binary, alone or in an archive. */
export interface VerifiedBinary {
  /** The way to it: the file, then the members that lie in each other; shown with ` > ` between them. */
  readonly place: string;
  /** `linux/arm`; absent for a machine that Go has no name for. */
  readonly platform?: string;
  readonly description: string;
  /** Loader and libraries that must be there where it runs. */
  readonly needs: readonly string[];
}

export interface Verification {
  /** `metadata`: a resource type's resource_metadata.json. */
  readonly kind: 'binary' | 'archive' | 'metadata';
  /** In the order of the file. */
  readonly binaries: readonly VerifiedBinary[];
  /** Sentences, each with its place; empty where nothing is wrong. */
  readonly problems: readonly { readonly place: string; readonly message: string }[];
}

/** A member that was looked at. */
export interface SeenMember {
  readonly header: MemberHeader;
  readonly facts?: ArtifactFacts;
  /** Whether its bytes hold a certificate, where it stands in a place for them. */
  readonly certificate?: boolean;
  /** The interpreter of a script that may be executed: `/bin/sh`, or `/usr/bin/env bash`. */
  readonly script?: string;
  /** The version of glibc that it is. */
  readonly glibc?: string;
  /** What a resource_metadata.json says it is of. */
  readonly resourceType?: string;
}

/** A member as the walk comes to it; those of an archive within follow it. */
export interface WalkedMember extends Pick<SeenMember, 'header' | 'facts'> {
  /** 0 in the file itself, 1 in an archive that is a member of it. */
  readonly depth: number;
  readonly isArchive: boolean;
  readonly problem?: MemberProblem;
}

interface Work {
  readonly onMember: ((member: WalkedMember) => void) | undefined;
  readonly ports: { readonly files: Pick<FileSystem, 'open'>; readonly archives: Archives };
  readonly target: Target | undefined;
  readonly binaries: (VerifiedBinary & { readonly facts: ArtifactFacts })[];
  readonly problems: { place: string; message: string }[];
}

/**
 * What a binary or an archive is for, needs, and has wrong with it; archives within archives are read as they stream
 * by. Throws an Error with a message for people where the file can't be read, or is neither.
 */
export async function verifyFile(
  ports: Work['ports'],
  path: string,
  options: {
    readonly target?: Target;
    readonly signal?: CancelSignal;
    readonly onMember?: (member: WalkedMember) => void;
  } = {},
): Promise<Verification> {
  const { target, signal, onMember } = options;
  const work: Work = { ports, target, onMember, binaries: [], problems: [] };
  const archive = await ports.archives.read(path, signal === undefined ? {} : { signal });
  if (archive !== undefined) {
    await verifyArchive(work, path, archive);
  } else {
    const file = await ports.files.open(path);
    if (file === undefined) throw new Error(`There is no file ${path}.`);
    try {
      if (/(?:^|[\\/])resource_metadata\.json$/.test(path)) {
        const problems = metadataProblems(await file.read(0, mostMetadata));
        return {
          kind: 'metadata',
          binaries: [],
          problems: problems.map((message) => ({ place: path, message })),
        };
      }
      const reading = await readArtifact(file);
      if (reading.kind === 'unreadable') throw new Error(`${path}: ${reading.message}`);
      addBinary(work, path, reading.facts);
    } finally {
      await file.close();
    }
  }
  mixedTargets(work);
  return {
    kind: archive === undefined ? 'binary' : 'archive',
    binaries: work.binaries.map(({ facts: _, ...binary }) => binary),
    problems: work.problems,
  };
}

/** Larger files of metadata are none. */
const mostMetadata = 64 * 1024;
const certificatesSearched = 256 * 1024;

async function verifyArchive(work: Work, place: string, archive: ArchiveReading, depth = 0): Promise<void> {
  const check = createMemberCheck();
  const seen: SeenMember[] = [];
  const tell = (message: string, at = place): void => {
    work.problems.push({ place: at, message });
  };
  try {
    for await (const member of archive.members) {
      const problem = check(member);
      if (problem !== undefined) tell(problem.message);
      const walk = (isArchive: boolean, facts?: ArtifactFacts): void =>
        work.onMember?.({
          depth,
          isArchive,
          header: member,
          ...(problem === undefined ? {} : { problem }),
          ...(facts === undefined ? {} : { facts }),
        });
      const inner = `${place} > ${shownName(member.path)}`;
      if (member.kind !== 'file') {
        walk(false);
        seen.push({ header: member });
        continue;
      }
      let resourceType: string | undefined;
      if (/(?:^|\/)resource_metadata\.json$/.test(member.path)) {
        const head = await member.head(mostMetadata);
        for (const message of metadataProblems(head)) tell(message, inner);
        resourceType = metadataType(head);
      }
      const certificate = rootfsProblems.isCertificatePlace(member.path)
        ? rootfsProblems.holdsCertificate(await member.head(certificatesSearched))
        : undefined;
      const nested = await member.openArchive();
      if (nested !== undefined) {
        walk(true);
        await verifyArchive(work, inner, nested, depth + 1);
        seen.push({ header: member });
        continue;
      }
      const script =
        member.mode !== undefined && (member.mode & 0o111) !== 0
          ? scriptInterpreter(utf8(await member.head(longestFirstLine)))
          : undefined;
      const { facts, glibc } = script === undefined ? await factsOf(member) : {};
      walk(false, facts);
      if (facts !== undefined) {
        addBinary(work, inner, facts);
        if (facts.type === 'executable' && member.mode !== undefined && (member.mode & 0o111) === 0) {
          tell('It is a program, but nobody may execute it.', inner);
        }
      }
      seen.push({
        header: member,
        ...(facts === undefined ? {} : { facts }),
        ...(certificate === undefined ? {} : { certificate }),
        ...(script === undefined ? {} : { script }),
        ...(glibc === undefined ? {} : { glibc }),
        ...(resourceType === undefined ? {} : { resourceType }),
      });
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    tell(error instanceof Error ? error.message : String(error));
    return;
  }
  for (const message of rootfsProblems.of(place, seen)) tell(message);
}

/** Linux reads no more of a script's first line (BINPRM_BUF_SIZE). */
const longestFirstLine = 256;

/** The C library's own files: libc.so.6, or as they were called until 2.33 libc-2.31.so. */
const glibcName = /(?:^|\/)libc(?:\.so\.6|-\d+\.\d+\.so)$/;

/** More of a C library is not searched for its version. */
const mostOfLibrary = 8 * 1024 * 1024;

async function factsOf(
  member: ArchiveMember,
): Promise<{ readonly facts?: ArtifactFacts; readonly glibc?: string }> {
  const head = await member.head(4);
  // Texts are most of what archives hold; no format of a program begins with one but scripts.
  if (head.length < 4) return {};
  const file = await member.open();
  try {
    const reading = await readArtifact(file);
    if (reading.kind !== 'read') return {};
    const glibc = glibcName.test(member.path)
      ? glibcVersion(await file.read(0, Math.min(file.size, mostOfLibrary)))
      : undefined;
    return { facts: reading.facts, ...(glibc === undefined ? {} : { glibc }) };
  } finally {
    await file.close();
  }
}

function addBinary(work: Work, place: string, facts: ArtifactFacts): void {
  const platform = platformOf(facts);
  work.binaries.push({
    place,
    facts,
    ...(platform === undefined ? {} : { platform }),
    description: describeArtifact(facts),
    needs: [...(facts.interpreter === undefined ? [] : [facts.interpreter]), ...facts.neededLibraries],
  });
  // Code for a virtual machine (BPF) is no program of the target's.
  if (work.target === undefined || (platform === undefined && facts.type !== 'executable')) return;
  for (const { message } of verifyArtifact(facts, work.target)) work.problems.push({ place, message });
}

/** Without a target, the platform that most binaries are for is taken for what the archive is for. */
function mixedTargets({ binaries, target, problems }: Work): void {
  if (target !== undefined) return;
  const counts = new Map<string, number>();
  for (const { platform } of binaries)
    if (platform !== undefined) counts.set(platform, (counts.get(platform) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  for (const { place, platform } of binaries) {
    if (platform !== undefined && most !== undefined && platform !== most[0]) {
      problems.push({ place, message: `It is for ${platform}, but most of this archive is for ${most[0]}.` });
    }
  }
}

/** What a file is for, in a word or two. */
export function purposeOf({ binaries }: Verification, target: Target | undefined): string {
  if (target !== undefined) return targetId(target);
  return [...new Set(binaries.flatMap(({ platform }) => platform ?? []))].join(', ') || 'any machine';
}
