import { mapInGroups } from '../../build/mapInGroups.js';
import type { Ports } from '../../ports.js';
import { readXrayRecord, writeXrayRecord, type XrayRecord } from './xrayRecord.js';

/** As many builds are kept, and as many bytes of them: a day's work, and no more disk than anyone would notice. */
const mostBuilds = 60;
const mostBytes = 64 * 1024 * 1024;

/** Where a build that runs puts what its X-ray is made of. */
export interface XrayRecording {
  /** For `-debug-actiongraph`. */
  readonly graphFile: string;
  /** For what strace records, where it is asked to. */
  readonly traceFile: string;
  /** For `-debug-trace`, under the same condition. */
  readonly goTraceFile: string;
  /** Keeps what was written, under the id that is returned; nothing where Go wrote no graph. */
  keep(record: Omit<XrayRecord, 'id'>): Promise<string | undefined>;
  discard(): Promise<void>;
}

/** A build's record, and the files that go with it. */
export interface XrayMaterial {
  readonly record: XrayRecord;
  readonly graph: string;
  /** What strace recorded, where it was asked to. */
  readonly trace?: string;
  /** What go itself traced, likewise. */
  readonly goTrace?: string;
}

/** The builds whose X-rays are kept. */
export interface XrayBook {
  /** A place for a build that is about to run; undefined where it can't be made: no reason not to build. */
  begin(): Promise<XrayRecording | undefined>;
  /** All that are kept, the newest first. */
  list(): Promise<readonly XrayRecord[]>;
  read(id: string): Promise<XrayMaterial | undefined>;
}

interface KeptBuild {
  readonly id: string;
  readonly bytes: number;
}

const names = {
  record: 'build.json',
  graph: 'graph.json',
  trace: 'strace.txt',
  goTrace: 'go-trace.json',
} as const;

/** Keeps X-rays in a folder of its own, one folder for each build. */
export function createXrayBook(
  { files, host, clock }: Pick<Ports, 'files' | 'host' | 'clock'>,
  folder: string,
): XrayBook {
  const place = (id: string, name: string): string => host.join(folder, id, name);

  async function readRecord(id: string): Promise<XrayRecord | undefined> {
    const text = await files.readText(place(id, names.record)).catch(() => undefined);
    return text === undefined ? undefined : readXrayRecord(text);
  }

  /** Ids, the newest first. */
  async function ids(): Promise<readonly string[]> {
    const found = await files.list(folder).catch(() => []);
    return found.filter((it) => idForm.test(it)).sort((a, b) => (a < b ? 1 : -1));
  }

  const sizeOf = async (id: string): Promise<number> => {
    const of = async (name: string): Promise<number> =>
      (await files.stat(place(id, name)).catch(() => undefined))?.size ?? 0;
    return (await of(names.graph)) + (await of(names.trace)) + (await of(names.goTrace));
  };

  /** Builds with their sizes in bytes, the newest first. */
  async function kept(): Promise<readonly KeptBuild[]> {
    return mapInGroups(await ids(), async (id) => ({ id, bytes: await sizeOf(id) }));
  }

  /** Makes room for one more; that one stays, however large it is: somebody is about to ask for it. */
  async function prune(newest: string, earlier: readonly KeptBuild[]): Promise<void> {
    let bytes = await sizeOf(newest);
    for (const [at, it] of earlier.entries()) {
      bytes += it.bytes;
      if (at + 1 >= mostBuilds || bytes > mostBytes) await files.remove(host.join(folder, it.id));
    }
  }

  return {
    async begin() {
      // Looked at while go runs, so that nobody waits for it when the build has ended.
      const earlier = kept().catch(() => []);
      const id = newId(clock.now());
      const own = host.join(folder, id);
      const discard = (): Promise<void> => files.remove(own).catch(() => undefined);
      try {
        await files.makeDirectory(own);
      } catch {
        return undefined;
      }
      return {
        graphFile: place(id, names.graph),
        traceFile: place(id, names.trace),
        goTraceFile: place(id, names.goTrace),
        discard,
        async keep(record) {
          try {
            const graph = await files.stat(place(id, names.graph));
            if (graph === undefined || graph.size === 0) throw new Error('no graph');
            await files.writeText(place(id, names.record), writeXrayRecord({ id, ...record }));
            await prune(
              id,
              (await earlier).filter((it) => it.id !== id),
            );
            return id;
          } catch {
            await discard();
            return undefined;
          }
        },
      };
    },
    async list() {
      const records = await Promise.all((await ids()).map(readRecord));
      return records.filter((it) => it !== undefined);
    },
    async read(id) {
      if (!idForm.test(id)) return undefined;
      const text = (name: string): Promise<string | undefined> =>
        files.readText(place(id, name)).catch(() => undefined);
      const [record, graph, trace, goTrace] = await Promise.all([
        readRecord(id),
        text(names.graph),
        text(names.trace),
        text(names.goTrace),
      ]);
      if (record === undefined || graph === undefined) return undefined;
      return {
        ...{ record, graph },
        ...(trace === undefined ? {} : { trace }),
        ...(goTrace === undefined ? {} : { goTrace }),
      };
    },
  };
}

/** Also what keeps a path out of an id that a person typed. */
const idForm = /^\d{8}T\d{9}-[0-9a-z]{4}$/;

/** `20261125T143355123-x7f2`: the time in UTC to the millisecond, and a part that keeps two builds of one apart. */
function newId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:.Z]/g, '');
  return `${time}-${Math.random().toString(36).slice(2, 6).padEnd(4, '0')}`;
}
