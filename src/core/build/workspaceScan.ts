import type { CancelSignal, FileSystem, Host } from '../ports.js';

/** What a walk through a folder found. Absolute paths, parents before children. */
export interface WorkspaceScan {
  /** Folders with a go.mod. */
  readonly modules: readonly string[];
  /** Folders with Go files that are no tests, and those files' names. */
  readonly goFolders: ReadonlyMap<string, readonly string[]>;
  /** Folders with C sources, and the names of all that is in them. */
  readonly cFolders: ReadonlyMap<string, readonly string[]>;
  /** Other files that were asked for. */
  readonly named: readonly string[];
}

/** Bounds of the walk: deeper or wider trees are generated, or no Go project's. */
const deepest = 24;
const mostFolders = 20_000;

/** Folders that hold no program of the workspace: the go command leaves the first two and `.x`, `_x` out itself. */
const skipped = new Set(['vendor', 'testdata', 'node_modules', 'dist', 'bower_components', '__pycache__']);

/** Whether a path below the place where a walk began leads through a folder that it leaves out. */
export function isSkipped(relative: string): boolean {
  return relative.split(/[\\/]/).some((element) => skipped.has(element));
}

/** Names that are certainly files; every other name without `.go` is asked of the disk. */
const fileName =
  /\.(?:go|mod|sum|md|txt|json|ya?ml|toml|xml|html?|css|js|mjs|cjs|ts|tsx|jsx|map|py|rb|rs|java|c|h|cc|cpp|hpp|S|s|sh|proto|sql|png|jpe?g|gif|svg|ico|woff2?|pdf|zip|gz|lock|log|bin|exe|o|a|so|snap|golden)$/;

/** Walks a folder for modules and folders with Go files. */
export async function scanWorkspace(
  ports: { readonly files: FileSystem; readonly host: Host },
  root: string,
  signal?: CancelSignal,
  /** Names of other files to tell of. */
  wanted: (name: string) => boolean = () => false,
): Promise<WorkspaceScan> {
  const { files, host } = ports;
  const named: string[] = [];
  const modules: string[] = [];
  const goFolders = new Map<string, readonly string[]>();
  const cFolders = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  let level = [{ folder: root, real: (await files.realPath(root)) ?? root }];
  for (let depth = 0; depth < deepest && level.length > 0 && seen.size < mostFolders; depth++) {
    const next: { readonly folder: string; readonly real: string }[] = [];
    for (const { folder, real } of level) {
      if (signal?.aborted) return { modules, goFolders, cFolders, named };
      if (seen.has(real)) continue;
      seen.add(real);
      const names = await files.list(folder).catch((): readonly string[] => []);
      if (depth > 0 && (await isGosOwn(ports, folder, names))) continue;
      if (names.includes('go.mod')) modules.push(folder);
      const sources = names.filter(
        (it) => it.endsWith('.go') && !it.endsWith('_test.go') && !/^[._]/.test(it),
      );
      if (sources.length > 0) goFolders.set(folder, sources);
      if (names.some((it) => it.endsWith('.c'))) cFolders.set(folder, names);
      named.push(...names.filter(wanted).map((it) => host.join(folder, it)));
      const below = await Promise.all(
        names
          .filter((it) => !/^[._]/.test(it) && !skipped.has(it) && !fileName.test(it))
          .map((it) => asFolder(ports, host.join(folder, it), host.join(real, it))),
      );
      next.push(...below.filter((it) => it !== undefined));
    }
    level = next;
  }
  return { modules, goFolders, cFolders, named };
}

/** Virtual file systems: no project lies in them, and to read them may never end. */
const virtual = new Set(['/proc', '/sys', '/dev']);

/** A folder to go on with. As the go command's patterns, the walk does not follow symbolic links (go help packages). */
async function asFolder(
  { files }: { readonly files: FileSystem },
  folder: string,
  real: string,
): Promise<{ readonly folder: string; readonly real: string } | undefined> {
  if (virtual.has(real)) return undefined;
  const stat = await files.stat(folder).catch(() => undefined);
  if (stat?.kind !== 'directory') return undefined;
  const resolved = await files.realPath(folder).catch(() => undefined);
  return resolved === real ? { folder, real } : undefined;
}

/** Whether this is a Go installation (its sources hold package unsafe) or a module cache, met on the way down. */
async function isGosOwn(
  { files, host }: { readonly files: FileSystem; readonly host: Host },
  folder: string,
  names: readonly string[],
): Promise<boolean> {
  const isThere = async (...path: string[]): Promise<boolean> =>
    (await files.stat(host.join(folder, ...path)).catch(() => undefined)) !== undefined;
  if (names.includes('src') && (await isThere('src', 'unsafe', 'unsafe.go'))) return true;
  return names.includes('cache') && (await isThere('cache', 'download'));
}

/** The folder at or above `start` that holds `name`, if any. */
export async function findUpward(
  ports: { readonly files: FileSystem; readonly host: Host },
  start: string,
  name: string,
): Promise<string | undefined> {
  const { files, host } = ports;
  for (let folder = start; ; folder = host.dirname(folder)) {
    if ((await files.stat(host.join(folder, name)).catch(() => undefined))?.kind === 'file') return folder;
    if (host.dirname(folder) === folder) return undefined;
  }
}
