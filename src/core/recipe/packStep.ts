import type { ArchiveEntry, ArchiveFormat, MemberHeader } from '../archive/archive.js';
import { createMemberCheck } from '../archive/memberCheck.js';
import type { Archives, CancelSignal, FileSystem, Host } from '../ports.js';
import { certificatesPath, findCertificates } from './caCertificates.js';
import { planEntries, withParents } from './entries.js';
import { mergeBase } from './mergeBase.js';
import type { ArchiveStep, RootfsStep } from './recipe.js';

export interface PackPorts {
  readonly files: FileSystem;
  readonly archives: Archives;
  readonly host: Host;
}

export interface PackOptions {
  /** Absolute: where the step's paths start. */
  readonly directory: string;
  /** Absolute: the archive to write, replaced in one step. */
  readonly output: string;
  /** Seconds since the epoch, for every entry: SOURCE_DATE_EPOCH. */
  readonly epochSeconds: number;
  readonly signal?: CancelSignal;
}

/**
 * Writes the archive of a step whose references are replaced; its name decides the format. Returns the host's files
 * that it read, absolute. Throws an Error with a message for people, and an AbortError on cancel.
 */
export async function packStep(
  ports: PackPorts,
  step: RootfsStep | ArchiveStep,
  options: PackOptions,
): Promise<readonly string[]> {
  const { directory, output, epochSeconds, signal } = options;
  const planned = await planEntries(ports, step.entries, directory);
  const entries = step.kind === 'rootfs' ? await withSystemFiles(ports, step, planned, directory) : planned;
  const base =
    step.kind === 'rootfs' && step.base !== undefined
      ? absolute(ports.host, directory, step.base)
      : undefined;
  const merged =
    base === undefined
      ? { entries }
      : mergeBase(await readBase(ports.archives, base, signal), entries, systemFiles);
  await ports.archives.write(
    output,
    {
      format: formatOf(step.output),
      mtime: epochSeconds,
      entries: merged.entries,
      ...(base === undefined || !('members' in merged)
        ? {}
        : { base: { path: base, members: merged.members } }),
    },
    signal === undefined ? {} : { signal },
  );
  const read = entries.flatMap((it) =>
    it.kind === 'file' && it.content.from === 'file' ? [it.content.path] : [],
  );
  return base === undefined ? read : [base, ...read];
}

/** The format that a file's name asks for. Throws for a name that asks for none. */
function formatOf(name: string): ArchiveFormat {
  const match = /\.(tgz|tar\.gz|tar|zip)$/i.exec(name)?.[1]?.toLowerCase();
  switch (match) {
    case 'tgz':
    case 'tar.gz':
      return 'tar.gz';
    case 'tar':
    case 'zip':
      return match;
    default:
      throw new Error(`${name}: the name of an archive ends in .tgz, .tar.gz, .tar or .zip.`);
  }
}

const owner = { uid: 0, gid: 0 };

/** What a program needs to find a user by number; a base's own users stay. */
const systemFiles: ReadonlyMap<string, string> = new Map([
  [
    'etc/passwd',
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
  ],
  ['etc/group', 'root:x:0:\nnobody:x:65534:\n'],
]);

async function withSystemFiles(
  ports: PackPorts,
  step: RootfsStep,
  planned: readonly ArchiveEntry[],
  directory: string,
): Promise<readonly ArchiveEntry[]> {
  const entries = new Map(planned.map((entry) => [entry.path, entry]));
  // What the recipe says itself goes before what it asks for by a word.
  const add = (entry: ArchiveEntry): void => {
    if (!entries.has(entry.path)) entries.set(entry.path, entry);
  };
  if (step.caCertificates !== undefined) {
    const path = await findCertificates(ports, step.caCertificates, directory);
    add({ kind: 'file', path: certificatesPath, mode: 0o644, ...owner, content: { from: 'file', path } });
  }
  if (step.passwd) {
    for (const [path, text] of systemFiles) {
      add({ kind: 'file', path, mode: 0o644, ...owner, content: { from: 'text', text } });
    }
  }
  if (step.tmp) add({ kind: 'directory', path: 'tmp', mode: 0o1777, ...owner });
  return withParents(entries.values());
}

/** A base's headers; throws for one that is damaged or hostile. */
async function readBase(
  archives: Archives,
  path: string,
  signal: CancelSignal | undefined,
): Promise<readonly MemberHeader[]> {
  const reading = await archives.read(path, signal === undefined ? {} : { signal });
  if (reading === undefined)
    throw new Error(`base: ${path} is not an archive: tar, tar.gz and zip are read.`);
  const check = createMemberCheck();
  const members: MemberHeader[] = [];
  for await (const member of reading.members) {
    const problem = check(member);
    if (problem?.kind === 'hostile') {
      throw new Error(`base: ${path} is refused: ${problem.message} Make it anew without that entry.`);
    }
    members.push(member);
  }
  return members;
}

function absolute(host: Host, directory: string, path: string): string {
  return host.isAbsolute(path) ? path : host.join(directory, path);
}
