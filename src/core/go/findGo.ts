import type { FileSystem, Host } from '../ports.js';

/**
 * Paths of go commands, in the order to try them: PATH's first, then the places where installers put Go but a
 * graphical session's PATH may not name (an editor started from a dock, a new shell not opened yet).
 */
export async function findGo(files: FileSystem, host: Host): Promise<readonly string[]> {
  const name = host.platform === 'win32' ? 'go.exe' : 'go';
  const folders = [...host.searchPath, ...(await usualFolders(files, host))];
  const found: string[] = [];
  for (const folder of folders) {
    // A relative entry on PATH means another file in every folder; Go's own os/exec refuses those too.
    if (!host.isAbsolute(folder)) continue;
    const path = host.join(folder, name);
    const stat = await files.stat(path).catch(() => undefined);
    if (stat?.kind === 'file' && stat.executable && !found.includes(path)) found.push(path);
  }
  return found;
}

async function usualFolders(files: FileSystem, host: Host): Promise<string[]> {
  const home = host.homeDirectory;
  const goroot = host.env['GOROOT'];
  const own = goroot === undefined || goroot === '' ? [] : [host.join(goroot, 'bin')];
  // `go install golang.org/dl/go1.26.8@latest && go1.26.8 download` unpacks to ~/sdk/go1.26.8; VS Code's Go extension
  // and GoLand unpack there too.
  const sdk = host.join(home, 'sdk');
  const sdks = (await files.list(sdk).catch(() => []))
    .filter((entry) => entry.startsWith('go'))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((entry) => host.join(sdk, entry, 'bin'));
  if (host.platform === 'win32') {
    const programs = [host.env['ProgramFiles'] ?? 'C:\\Program Files', host.env['ProgramFiles(x86)']];
    const installed = [...programs.filter((folder) => folder !== undefined), 'C:\\'];
    return [
      ...own,
      ...installed.map((folder) => host.join(folder, 'Go', 'bin')),
      host.join(home, 'scoop', 'apps', 'go', 'current', 'bin'),
      ...sdks,
    ];
  }
  const brew =
    host.platform === 'darwin' ? ['/opt/homebrew/bin', '/opt/local/bin'] : ['/home/linuxbrew/.linuxbrew/bin'];
  return [
    ...own,
    '/usr/local/go/bin',
    '/usr/local/bin',
    '/usr/lib/go/bin',
    '/snap/bin',
    ...brew,
    host.join(home, 'go', 'bin'),
    host.join(home, '.local', 'go', 'bin'),
    ...sdks,
  ];
}
