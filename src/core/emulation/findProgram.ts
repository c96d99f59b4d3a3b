import type { Ports } from '../ports.js';

/** The first of the names that PATH has, by its absolute path. `.exe` is added on Windows. */
export async function findProgram(
  { files, host }: Pick<Ports, 'files' | 'host'>,
  names: readonly string[],
): Promise<string | undefined> {
  for (const name of names) {
    for (const folder of host.searchPath) {
      const path = host.join(folder, host.platform === 'win32' ? `${name}.exe` : name);
      const stat = await files.stat(path).catch(() => undefined);
      if (stat?.kind === 'file' && stat.executable) return path;
    }
  }
  return undefined;
}
