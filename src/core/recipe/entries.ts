import type { ArchiveEntry } from '../archive/archive.js';
import { nameProblem, shownName } from '../archive/nameProblem.js';
import type { FileSystem, Host } from '../ports.js';
import type { EntryDefinition } from './recipe.js';

/** What entries are made from. */
export interface EntryPorts {
  readonly files: Pick<FileSystem, 'stat' | 'list' | 'readLink'>;
  readonly host: Pick<Host, 'join' | 'isAbsolute'>;
}

/**
 * The entries that definitions stand for, with the folders they need, sorted with parents first. A file's mode is 0755
 * where its owner may execute it and 0644 elsewhere, unless it is said: who packs, and with which umask, never shows.
 * Throws an Error that names every definition that can't be followed.
 */
export async function planEntries(
  ports: EntryPorts,
  definitions: Readonly<Record<string, EntryDefinition>>,
  directory: string,
): Promise<readonly ArchiveEntry[]> {
  const entries = new Map<string, ArchiveEntry>();
  const problems: string[] = [];
  for (const [written, definition] of Object.entries(definitions)) {
    const path = written.replace(/\/+$/, '').replace(/^(?:\.\/+)+/, '');
    const unfit = nameProblem(path) ?? (path.split('/').includes('') ? 'holds an empty name' : undefined);
    if (unfit !== undefined) {
      problems.push(`The entry ${shownName(written)} ${unfit}.`);
      continue;
    }
    try {
      for (const entry of await entriesOf(ports, path, definition, directory)) entries.set(entry.path, entry);
    } catch (error) {
      problems.push(`The entry ${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  problems.push(...filesInTheWay(entries));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return withParents(entries.values());
}

/** Adds the folders that are missing on the way to entries, and sorts: parents first, by code units, whatever the locale. */
export function withParents(entries: Iterable<ArchiveEntry>): readonly ArchiveEntry[] {
  const all = new Map<string, ArchiveEntry>();
  for (const entry of entries) all.set(entry.path, entry);
  for (const { path } of [...all.values()]) {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const parent = path.slice(0, end);
      if (!all.has(parent)) all.set(parent, { kind: 'directory', path: parent, mode: 0o755, uid: 0, gid: 0 });
    }
  }
  // A slash sorts before every other character that a name may have, so that a folder's own come right behind it.
  const key = (path: string): string => path.replaceAll('/', '\u0000');
  return [...all.values()].sort((a, b) => (key(a.path) < key(b.path) ? -1 : 1));
}

async function entriesOf(
  ports: EntryPorts,
  path: string,
  definition: EntryDefinition,
  directory: string,
): Promise<readonly ArchiveEntry[]> {
  const owner = parseOwner(definition.owner);
  switch (definition.kind) {
    case 'directory':
      return [{ kind: 'directory', path, mode: parseMode(definition.mode) ?? 0o755, ...owner }];
    case 'link':
      if (definition.target === '' || definition.target.includes('\0'))
        throw new Error('the link leads nowhere.');
      return [{ kind: 'symlink', path, mode: 0o777, ...owner, target: definition.target }];
    case 'text': {
      const content = { from: 'text', text: definition.text } as const;
      return [{ kind: 'file', path, mode: parseMode(definition.mode) ?? 0o644, ...owner, content }];
    }
    case 'from': {
      const { host } = ports;
      const from = host.isAbsolute(definition.from) ? definition.from : host.join(directory, definition.from);
      const mode = parseMode(definition.mode);
      return treeEntries(ports, path, from, { ...owner, ...(mode === undefined ? {} : { mode }) });
    }
  }
}

/** `mode` is for files: a folder that can't be entered would be of no use. Links of a tree stay links. */
async function treeEntries(
  ports: EntryPorts,
  path: string,
  from: string,
  as: { readonly mode?: number; readonly uid: number; readonly gid: number },
): Promise<readonly ArchiveEntry[]> {
  const stat = await ports.files.stat(from);
  const { uid, gid } = as;
  switch (stat?.kind) {
    case undefined:
      throw new Error(`there is no file ${from}.`);
    case 'other':
      throw new Error(`${from} is neither a file nor a folder.`);
    case 'file':
      return [
        {
          kind: 'file',
          path,
          mode: as.mode ?? (stat.executable ? 0o755 : 0o644),
          uid,
          gid,
          content: { from: 'file', path: from },
        },
      ];
    case 'directory': {
      const entries: ArchiveEntry[] = [{ kind: 'directory', path, mode: 0o755, uid, gid }];
      for (const name of await ports.files.list(from)) {
        const child = ports.host.join(from, name);
        const childPath = `${path}/${name}`;
        const unfit = nameProblem(childPath);
        if (unfit !== undefined) throw new Error(`the name of ${shownName(child)} ${unfit}.`);
        const target = await ports.files.readLink(child);
        if (target === undefined) entries.push(...(await treeEntries(ports, childPath, child, as)));
        else entries.push({ kind: 'symlink', path: childPath, mode: 0o777, uid, gid, target });
      }
      return entries;
    }
  }
}

function filesInTheWay(entries: ReadonlyMap<string, ArchiveEntry>): string[] {
  const problems: string[] = [];
  for (const path of entries.keys()) {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const parent = entries.get(path.slice(0, end));
      if (parent !== undefined && parent.kind !== 'directory') {
        problems.push(`The entry ${path} would lie below ${parent.path}, which is no folder.`);
      }
    }
  }
  return problems;
}

/** Octal digits, as chmod takes them. */
function parseMode(mode: string | undefined): number | undefined {
  if (mode === undefined) return undefined;
  if (!/^(?:0o)?[0-7]{1,5}$/.test(mode)) {
    throw new Error(`the mode ${mode} is not octal digits such as 0755.`);
  }
  return Number.parseInt(mode.replace('0o', ''), 8) & 0o7777;
}

/** `uid:gid`, or one number for both; names mean different numbers on different machines, but for root. */
function parseOwner(owner = '0:0'): { readonly uid: number; readonly gid: number } {
  const match = /^(\d+|root)(?::(\d+|root))?$/.exec(owner);
  if (match === null) throw new Error(`the owner ${owner} is not numbers such as 1000:1000.`);
  const id = (text: string | undefined): number => (text === undefined || text === 'root' ? 0 : Number(text));
  const uid = id(match[1]);
  return { uid, gid: match[2] === undefined ? uid : id(match[2]) };
}
