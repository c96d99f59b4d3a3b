import type { FileSystem, Host } from '../ports.js';
import type { SsaPackage } from './ssa.js';

/**
 * The package that a Go file belongs to. The go command runs where the nearest go.mod above the file is, if that is of
 * the workspace; for a file of a dependency or of Go itself it runs where the workspace's own module is, which says what
 * of it is used and how.
 */
export async function packageOfFile(
  { files, host }: { readonly files: Pick<FileSystem, 'readText'>; readonly host: Host },
  path: string,
  workspace: { readonly folders: readonly string[]; readonly modules: readonly string[] },
): Promise<Pick<SsaPackage, 'directory' | 'moduleDirectory' | 'test'>> {
  const directory = host.dirname(path);
  const inside = workspace.folders.some((it) => isWithin(host, path, it));
  const [module] = workspace.modules;
  const moduleDirectory =
    !inside && module !== undefined
      ? module
      : ((await nearestModule({ files, host }, directory)) ?? directory);
  return { directory, moduleDirectory, ...(path.endsWith('_test.go') ? { test: true } : {}) };
}

async function nearestModule(
  { files, host }: { readonly files: Pick<FileSystem, 'readText'>; readonly host: Host },
  start: string,
): Promise<string | undefined> {
  for (let folder = start; ; folder = host.dirname(folder)) {
    if ((await files.readText(host.join(folder, 'go.mod'))) !== undefined) return folder;
    if (host.dirname(folder) === folder) return undefined;
  }
}

function isWithin(host: Host, path: string, folder: string): boolean {
  for (let at = path; ; at = host.dirname(at)) {
    if (at === folder) return true;
    if (host.dirname(at) === at) return false;
  }
}
