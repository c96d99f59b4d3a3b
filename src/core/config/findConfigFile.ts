import type { FileSystem, Host } from '../ports.js';

/** The file that a project may keep its choices in, and the spelling that is understood too. */
const configFileNames = ['crossbow.yaml', 'crossbow.yml'] as const;

/** Absolute path of the nearest crossbow.yaml in `from` or a folder above it, or undefined where there is none. */
export async function findConfigFile(
  ports: { readonly files: Pick<FileSystem, 'stat'>; readonly host: Pick<Host, 'join' | 'dirname'> },
  from: string,
): Promise<string | undefined> {
  for (let folder = from; ;) {
    for (const name of configFileNames) {
      const path = ports.host.join(folder, name);
      if ((await ports.files.stat(path))?.kind === 'file') return path;
    }
    const parent = ports.host.dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}
