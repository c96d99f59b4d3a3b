import type { ArtifactFacts } from '../artifact/facts.js';
import type { Ports, RunResult } from '../ports.js';
import type { Target } from '../target/target.js';

/**
 * The folder that holds the loader at the path a dynamic program names, to give an emulator as `-L`. The compiler is
 * asked where it finds the loader: Debian's cross gccs call their sysroot "/" and keep the files in /usr/TRIPLET.
 */
export async function findSysroot(
  { files, host }: Ports,
  { interpreter }: ArtifactFacts,
  target: Target,
  triplet: string,
  ask: (args: readonly string[]) => Promise<RunResult>,
): Promise<string | undefined> {
  if (interpreter === undefined || target.goos !== 'linux' || host.platform === 'win32') return undefined;
  const name = host.basename(interpreter);
  const candidates: string[] = [];
  const printed = (await ask([`-print-file-name=${name}`])).stdout.trim();
  if (host.isAbsolute(printed)) {
    // The folder is resolved, the file is not: a loader is often a link to another name.
    const folder = await files.realPath(host.dirname(printed));
    const path = folder === undefined ? printed : host.join(folder, name);
    if (path.endsWith(interpreter)) candidates.push(path.slice(0, -interpreter.length));
  }
  const sysroot = (await ask(['-print-sysroot'])).stdout.trim();
  if (host.isAbsolute(sysroot)) candidates.push(sysroot);
  if (triplet !== '') candidates.push(`/usr/${triplet}`, `/usr/${triplet.replace('-unknown-', '-')}`);
  for (const folder of candidates) {
    // The host's own root needs no -L; with merged /usr its loader is found below /usr, too.
    if (folder === '' || folder === '/' || folder === '/usr') continue;
    if ((await files.stat(`${folder}${interpreter}`).catch(() => undefined)) !== undefined) return folder;
  }
  return undefined;
}
