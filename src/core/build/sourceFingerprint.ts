import type { FileSystem, Host } from '../ports.js';
import { mapInGroups } from './mapInGroups.js';

/**
 * What go's answers about packages depend on, by time and size: go.mod, go.sum and vendor/modules.txt of a module's
 * folder, any go.work above it, and the files of the given folders that `isSource` accepts. Equal texts mean that
 * nothing changed.
 */
export async function sourceFingerprint(
  ports: { readonly files: FileSystem; readonly host: Host },
  cwd: string,
  directories: readonly string[],
  isSource: (name: string) => boolean,
): Promise<string> {
  const { files, host } = ports;
  const moduleFiles = ['go.mod', 'go.sum', host.join('vendor', 'modules.txt')].map((name) =>
    host.join(cwd, name),
  );
  for (let folder = cwd; ; folder = host.dirname(folder)) {
    moduleFiles.push(host.join(folder, 'go.work'));
    if (host.dirname(folder) === folder) break;
  }
  const sources = await mapInGroups(directories, async (directory) =>
    (await files.list(directory)).filter(isSource).map((name) => host.join(directory, name)),
  );
  const stamps = await mapInGroups([...moduleFiles, ...sources.flat().sort()], async (path) => {
    const stat = await files.stat(path);
    return stat ? `${path}:${stat.mtimeMs}:${stat.size}` : '';
  });
  return stamps.filter((it) => it !== '').join('\n');
}
