import type { FileSystem } from '../ports.js';
import type { SourceText } from './lint.js';

/** Larger files are data. */
const longest = 4 * 1024 * 1024;

/** Files kept apart from how often they are asked for: what was derived from a text holds until the text changes. */
export interface TextCache {
  /** The files with an editor's unsaved texts over them. One view is for one run: it looks at each file once. */
  view(unsaved: ReadonlyMap<string, string>): TextView;
}

export interface TextView {
  source(path: string): Promise<SourceText | undefined>;
  /** What `derive` makes of the text, remembered under a name; undefined where there is no such file. */
  remembered<T>(path: string, name: string, derive: (source: SourceText) => T): Promise<T | undefined>;
}

interface Entry {
  readonly stamp: string;
  readonly derived: Map<string, unknown>;
}

export function createTextCache(files: Pick<FileSystem, 'stat' | 'readText'>): TextCache {
  const entries = new Map<string, Entry>();
  return {
    view(unsaved) {
      const stamps = new Map<string, Promise<string | undefined>>();
      const stampOf = (path: string): Promise<string | undefined> => {
        const known = stamps.get(path) ?? stampFile(files, path, unsaved.get(path));
        stamps.set(path, known);
        return known;
      };
      const source = async (path: string): Promise<SourceText | undefined> => {
        if ((await stampOf(path)) === undefined) return undefined;
        const text = unsaved.get(path) ?? (await files.readText(path).catch(() => undefined));
        // Editors leave the byte order mark out of what they show, and so do the places here.
        return text === undefined
          ? undefined
          : { path, name: path.replace(/^.*[\\/]/, ''), text: text.replace(/^\uFEFF/, '') };
      };
      async function remembered<T>(
        path: string,
        name: string,
        derive: (source: SourceText) => T,
      ): Promise<T | undefined> {
        const stamp = await stampOf(path);
        if (stamp === undefined) {
          entries.delete(path);
          return undefined;
        }
        let entry = entries.get(path);
        if (entry?.stamp !== stamp) entries.set(path, (entry = { stamp, derived: new Map() }));
        if (!entry.derived.has(name)) {
          const found = await source(path);
          if (found === undefined) return undefined;
          // One answer for each kind: those for targets of before are not asked for again.
          const kind = name.split(' ')[0] ?? name;
          for (const other of [...entry.derived.keys()])
            if (other.split(' ')[0] === kind) entry.derived.delete(other);
          entry.derived.set(name, derive(found));
        }
        return entry.derived.get(name) as T;
      }
      return { source, remembered };
    },
  };
}

/** Changes whenever the text does; undefined for what is no file, or too large. */
async function stampFile(
  files: Pick<FileSystem, 'stat'>,
  path: string,
  unsaved: string | undefined,
): Promise<string | undefined> {
  if (unsaved !== undefined) return `text ${unsaved}`;
  const stat = await files.stat(path).catch(() => undefined);
  return stat?.kind === 'file' && stat.size <= longest ? `disk ${stat.mtimeMs} ${stat.size}` : undefined;
}
