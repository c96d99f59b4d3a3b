import type { FileSystem, Host } from '../../ports.js';

type FilePorts = { readonly files: Pick<FileSystem, 'stat' | 'list'>; readonly host: Host };

/** Folders that no pattern with `**` goes into, unless it names them. */
const left = new Set(['.git', 'node_modules']);

/**
 * The files that patterns name, absolute and sorted: `*` and `?` within a name, `**` for any folders. Names that begin
 * with a dot want one in the pattern. A text without such signs is a file, there or not.
 */
export async function findFiles(
  ports: FilePorts,
  directory: string,
  patterns: readonly string[],
): Promise<readonly string[]> {
  const { host } = ports;
  const found = new Set<string>();
  for (const pattern of patterns) {
    const path = host.isAbsolute(pattern) ? host.join(pattern) : host.join(directory, pattern);
    if (!isPattern(pattern)) {
      found.add(path);
      continue;
    }
    const elements = path.split(/[\\/]/);
    const first = elements.findIndex(isPattern);
    const start = elements.slice(0, first).join('/');
    await match(ports, start === '' ? '/' : start, elements.slice(first), found);
  }
  return [...found].sort();
}

/** Whether a text stands for several files. */
function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

async function match(
  ports: FilePorts,
  folder: string,
  [element, ...rest]: readonly string[],
  found: Set<string>,
): Promise<void> {
  const { files, host } = ports;
  if (element === undefined) return;
  const names = await files.list(folder).catch((): readonly string[] => []);
  if (element === '**') {
    await match(ports, folder, rest.length === 0 ? ['*'] : rest, found);
    for (const name of names) {
      if (name.startsWith('.') || left.has(name)) continue;
      const path = host.join(folder, name);
      if ((await files.stat(path).catch(() => undefined))?.kind === 'directory')
        await match(ports, path, [element, ...rest], found);
    }
    return;
  }
  const pattern = namePattern(element);
  for (const name of names) {
    if (!pattern.test(name) || (name.startsWith('.') && !element.startsWith('.'))) continue;
    const path = host.join(folder, name);
    const kind = (await files.stat(path).catch(() => undefined))?.kind;
    if (rest.length > 0 && kind === 'directory') await match(ports, path, rest, found);
    if (rest.length === 0 && kind === 'file') found.add(path);
  }
}

function namePattern(element: string): RegExp {
  const source = element
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`);
}
