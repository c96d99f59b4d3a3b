import type { Ports } from '../../ports.js';
import type { CaptureResult } from './capture.js';
import { shortHash } from './shortHash.js';

type Captured = Extract<CaptureResult, { kind: 'captured' }>;

/** A capture with what it depends on. */
export interface StoredCapture extends Captured {
  readonly fingerprint: string;
  /** Present where the command was put together, not recorded: why. */
  readonly described?: string;
}

interface Entry extends StoredCapture {
  readonly v: number;
  readonly key: string;
  readonly folder: string;
}

/** Raised whenever an entry's meaning changes. */
const version = 1;
/** Captures kept; one is some 10 KB, with generated cgo code up to a megabyte. */
const mostEntries = 100;

/** Captures by what was asked, in memory and in the cache folder. */
export interface CaptureStore {
  find(key: string): Promise<StoredCapture | undefined>;
  /** A new folder to capture into; its files stay where they are, since the commands name them. */
  newFolder(key: string): Promise<string>;
  keep(key: string, folder: string, capture: StoredCapture): Promise<void>;
  forget(key: string): Promise<void>;
}

export function createCaptureStore({ files, host, clock }: Ports, folder: string): CaptureStore {
  const known = new Map<string, StoredCapture>();
  const entryFile = (key: string): string => host.join(folder, `${shortHash(key)}.json`);

  async function readEntry(path: string): Promise<Entry | undefined> {
    const text = await files.readText(path).catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const entry = JSON.parse(text) as Entry;
      return entry.v === version ? entry : undefined;
    } catch {
      return undefined;
    }
  }

  async function removeEntry(path: string): Promise<void> {
    const entry = await readEntry(path);
    await files.remove(path);
    if (entry !== undefined) await files.remove(entry.folder);
  }

  async function prune(): Promise<void> {
    const names = (await files.list(folder)).filter((it) => it.endsWith('.json'));
    if (names.length <= mostEntries) return;
    const stamped = await Promise.all(
      names.map(async (name) => {
        const path = host.join(folder, name);
        return { path, mtimeMs: (await files.stat(path))?.mtimeMs ?? 0 };
      }),
    );
    const oldest = stamped.sort((a, b) => b.mtimeMs - a.mtimeMs).slice(mostEntries);
    for (const { path } of oldest) await removeEntry(path);
  }

  return {
    async find(key) {
      const remembered = known.get(key);
      if (remembered !== undefined) return remembered;
      const entry = await readEntry(entryFile(key));
      if (entry?.key !== key) return undefined;
      known.set(key, entry);
      return entry;
    },
    async newFolder(key) {
      const path = host.join(folder, `${shortHash(key)}-${clock.now().toString(36)}`);
      await files.makeDirectory(path);
      return path;
    },
    async keep(key, captured, capture) {
      const path = entryFile(key);
      const before = await readEntry(path);
      known.set(key, capture);
      const entry: Entry = { ...capture, v: version, key, folder: captured };
      await files.writeText(path, JSON.stringify(entry));
      if (before !== undefined && before.folder !== captured) await files.remove(before.folder);
      await prune();
    },
    async forget(key) {
      known.delete(key);
      await removeEntry(entryFile(key));
    },
  };
}
