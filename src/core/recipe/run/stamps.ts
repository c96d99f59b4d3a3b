import { mapInGroups } from '../../build/mapInGroups.js';
import type { FileSystem } from '../../ports.js';

/** A file as it was seen: size and time tell quickly that it is the same, the digest that its content is. */
export interface Stamp {
  readonly path: string;
  /** -1: it was not there. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly mtimeMs: number;
  /** SHA-256 of the content; empty for what was not there. */
  readonly digest: string;
}

/** A folder whose names decide what belongs to a step. */
export interface Listing {
  readonly folder: string;
  /** Sorted, those with these endings. */
  readonly names: readonly string[];
}

type Files = Pick<FileSystem, 'stat' | 'digest' | 'list'>;

/** What a file looks like now, without reading it. */
export type Glance = Pick<Stamp, 'path' | 'size' | 'mtimeMs'>;

export async function glanceAt(
  files: Pick<Files, 'stat'>,
  paths: readonly string[],
): Promise<readonly Glance[]> {
  return mapInGroups(paths, async (path) => {
    const stat = await files.stat(path);
    return stat === undefined || stat.kind === 'directory'
      ? { path, size: -1, mtimeMs: 0 }
      : { path, size: stat.size, mtimeMs: stat.mtimeMs };
  });
}

/** The paths of what changed between two looks at the same files. */
export function changedBetween(before: readonly Glance[], after: readonly Glance[]): readonly string[] {
  const now = new Map(after.map((it) => [it.path, it]));
  return before
    .filter(({ path, size, mtimeMs }) => {
      const it = now.get(path);
      return it !== undefined && (it.size !== size || it.mtimeMs !== mtimeMs);
    })
    .map((it) => it.path);
}

/** Reads the files that were glanced at. */
export async function stampsOf(files: Files, glances: readonly Glance[]): Promise<readonly Stamp[]> {
  return mapInGroups(glances, async (glance) => ({
    ...glance,
    digest: glance.size < 0 ? '' : ((await files.digest(glance.path)) ?? ''),
  }));
}

/**
 * A file changed within this time of being stamped, in milliseconds, may have changed again without its time telling:
 * clocks of file systems tick every few milliseconds, on some every two seconds.
 */
const raceMs = 2000;

/** Whether files are as they were: the first that is not, or the stamps brought up to date. */
export type StampCheck =
  | { readonly kind: 'changed'; readonly path: string }
  /** `touched`: some had to be read to know it; the new stamps spare that the next time. */
  | { readonly kind: 'same'; readonly stamps: readonly Stamp[]; readonly touched: boolean };

/** Only what looks different, or was stamped within {@link raceMs} of its change, is read. */
export async function checkStamps(
  files: Files,
  stamps: readonly Stamp[],
  takenAt: number,
): Promise<StampCheck> {
  const glances = await glanceAt(
    files,
    stamps.map((it) => it.path),
  );
  let touched = false;
  const fresh: Stamp[] = [];
  for (const [index, stamp] of stamps.entries()) {
    const now = glances[index] ?? stamp;
    const looksSame = now.size === stamp.size && now.mtimeMs === stamp.mtimeMs;
    if (now.size !== stamp.size) return { kind: 'changed', path: stamp.path };
    if (stamp.size >= 0 && (!looksSame || takenAt - stamp.mtimeMs <= raceMs)) {
      touched = true;
      if ((await files.digest(stamp.path)) !== stamp.digest) return { kind: 'changed', path: stamp.path };
    }
    fresh.push({ ...now, digest: stamp.digest });
  }
  return { kind: 'same', stamps: fresh, touched };
}

export async function listingsOf(
  files: Pick<Files, 'list'>,
  folders: readonly string[],
): Promise<readonly Listing[]> {
  return mapInGroups([...new Set(folders)].sort(), async (folder) => ({
    folder,
    names: (await files.list(folder).catch((): readonly string[] => [])).filter(isSource).sort(),
  }));
}

/** A folder whose sources are others than they were. */
export async function firstListingChanged(
  files: Pick<Files, 'list'>,
  listings: readonly Listing[],
): Promise<string | undefined> {
  const now = await listingsOf(
    files,
    listings.map((it) => it.folder),
  );
  const names = new Map(now.map((it) => [it.folder, it.names.join('\n')]));
  return listings.find((it) => names.get(it.folder) !== it.names.join('\n'))?.folder;
}

/** What go takes into a package by its ending alone (go help filetype). */
function isSource(name: string): boolean {
  return (
    !name.endsWith('_test.go') &&
    /\.(?:go|c|cc|cpp|cxx|m|h|hh|hpp|hxx|f|F|for|f90|s|S|sx|swig|swigcxx|syso)$/.test(name)
  );
}
