import type { CancelSignal, FileSystem, Host } from '../ports.js';

/** What a walk through a folder found. Absolute paths, parents before children. */
export interface WorkspaceScan {
  /** Folders with a go.mod. */
  readonly modules: readonly string[];
  /** Folders with Go files that are no tests, and those files' names. */
  readonly goFolders: ReadonlyMap<string, readonly string[]>;
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
): Promise<WorkspaceScan> {
  const { files, host } = ports;
  const modules: string[] = [];
  const goFolders = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  let level = [root];
  for (let depth = 0; depth < deepest && level.length > 0 && seen.size < mostFolders; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (signal?.aborted) return { modules, goFolders };
      // A link may lead back up; a folder is entered once, by its real path.
      const real = (await files.realPath(folder)) ?? folder;
      if (seen.has(real)) continue;
      seen.add(real);
      const names = await files.list(folder).catch((): readonly string[] => []);
      if (names.includes('go.mod')) modules.push(folder);
      const sources = names.filter(
        (it) => it.endsWith('.go') && !it.endsWith('_test.go') && !/^[._]/.test(it),
      );
      if (sources.length > 0) goFolders.set(folder, sources);
      const candidates = names.filter((it) => !/^[._]/.test(it) && !skipped.has(it) && !fileName.test(it));
      const kinds = await Promise.all(
        candidates.map(async (it) => (await files.stat(host.join(folder, it)).catch(() => undefined))?.kind),
      );
      next.push(
        ...candidates.filter((_, index) => kinds[index] === 'directory').map((it) => host.join(folder, it)),
      );
    }
    level = next;
  }
  return { modules, goFolders };
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
