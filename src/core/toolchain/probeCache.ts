import type { Ports } from '../ports.js';
import type { ProbedToolchain } from './toolchain.js';

/** What probes found out, remembered between runs. */
export interface ProbeCache {
  get(key: string): Promise<ProbedToolchain | undefined>;
  /** Written with the next {@link save}. */
  set(key: string, probed: ProbedToolchain): void;
  /** Never fails: a cache that can't be written only costs time. */
  save(): Promise<void>;
}

/** Outcomes kept; a host has some ten compilers, and each target of each is one. */
const maxEntries = 500;

interface Entry {
  readonly key: string;
  readonly probed: ProbedToolchain;
}

/**
 * A cache in one JSON file. Two windows may share it: a save reads the file again, adds its own and replaces it in one
 * step. A file that is not readable as such counts as empty.
 */
export function createProbeCache({ files, host }: Pick<Ports, 'files' | 'host'>, folder: string): ProbeCache {
  const path = host.join(folder, 'toolchains.json');
  let known: Promise<Map<string, ProbedToolchain>> | undefined;
  const added = new Map<string, ProbedToolchain>();
  let saving: Promise<void> = Promise.resolve();

  const load = async (): Promise<Map<string, ProbedToolchain>> => {
    const text = await files.readText(path).catch(() => undefined);
    return new Map(parseEntries(text).map(({ key, probed }) => [key, probed]));
  };
  const write = async (): Promise<void> => {
    if (added.size === 0) return;
    const mine = [...added];
    const merged = await load();
    for (const [key, probed] of mine) {
      merged.delete(key);
      merged.set(key, probed);
    }
    const entries: Entry[] = [...merged].slice(-maxEntries).map(([key, probed]) => ({ key, probed }));
    await files.writeText(path, `${JSON.stringify({ entries }, undefined, 1)}\n`);
    for (const [key, probed] of mine) if (added.get(key) === probed) added.delete(key);
  };
  return {
    async get(key) {
      known ??= load();
      return added.get(key) ?? (await known).get(key);
    },
    set(key, probed) {
      added.set(key, probed);
      void known?.then((map) => map.set(key, probed));
    },
    save() {
      saving = saving.then(write).catch(() => undefined);
      return saving;
    },
  };
}

function parseEntries(text: string | undefined): Entry[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    const entries = isRecord(value) ? value['entries'] : undefined;
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value) || typeof value['key'] !== 'string') return false;
  const probed = value['probed'];
  if (!isRecord(probed) || typeof probed['reason'] !== 'string') return false;
  if (probed['verdict'] !== 'proven' && probed['verdict'] !== 'rejected') return false;
  const toolchain = probed['toolchain'];
  return isRecord(toolchain) && typeof toolchain['cc'] === 'string' && isRecord(toolchain['env']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
