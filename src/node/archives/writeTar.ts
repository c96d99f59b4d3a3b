import { pack, type Header, type Pack } from 'tar-stream';
import type { ArchiveEntry } from '../../core/archive/archive.js';
import { drained } from './drained.js';

/** An entry's content, of a size known before, for tar writes it first. */
export interface SizedContent {
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** An entry with what is in it, as a writer takes it. */
export interface FilledEntry {
  readonly entry: ArchiveEntry;
  readonly content?: SizedContent;
}

/** The bytes of a tar archive; `mtime` in seconds for entries that have none. */
export async function* writeTar(
  entries: AsyncIterable<FilledEntry>,
  mtime: number,
): AsyncGenerator<Uint8Array> {
  const packer = pack();
  const adding = addAll(packer, entries, mtime).catch((error: unknown) => {
    packer.destroy(error as Error);
  });
  try {
    for await (const chunk of packer) yield chunk as Uint8Array;
  } finally {
    packer.destroy();
    await adding;
  }
}

async function addAll(packer: Pack, entries: AsyncIterable<FilledEntry>, mtime: number): Promise<void> {
  for await (const { entry, content } of entries) {
    const written = new Promise<void>((resolve, reject) => {
      const sink = packer.entry(tarHeader(entry, content?.size ?? 0, mtime), (error) => {
        if (error) reject(error);
        else resolve();
      });
      // The callback tells it, too; without a listener it would end the process.
      sink.on('error', () => undefined);
      if (entry.kind !== 'file') return;
      void (async () => {
        for await (const chunk of content?.bytes ?? []) {
          if (sink.destroyed) return;
          if (!sink.write(chunk)) await drained(sink);
        }
        sink.end(null);
      })().catch((error: unknown) => {
        const failure = error instanceof Error ? error : new Error(String(error));
        reject(failure);
        sink.destroy(failure);
      });
    });
    await written;
  }
  packer.finalize();
}

const types = { file: 'file', directory: 'directory', symlink: 'symlink', hardlink: 'link' } as const;

/** The library's fields for numbers hold six octal digits, and its times 31 bits: what is beyond goes to pax records. */
const mostId = 0o777777;
const mostTime = 0x7fffffff;

function tarHeader(
  entry: ArchiveEntry,
  size: number,
  archiveTime: number,
): Partial<Header> & Pick<Header, 'name'> {
  const { uid, gid, mtime = archiveTime } = entry;
  const pax: Record<string, string> = {};
  if (uid > mostId) pax['uid'] = String(uid);
  if (gid > mostId) pax['gid'] = String(gid);
  if (mtime > mostTime || mtime < 0) pax['mtime'] = String(mtime);
  return {
    // The library writes these beside the records that a long name needs.
    ...(Object.keys(pax).length === 0 ? {} : { pax }),
    name: entry.kind === 'directory' ? `${entry.path}/` : entry.path,
    type: types[entry.kind],
    // The library takes 0 for "not said"; the bit of a regular file, which it masks out, says it.
    mode: entry.mode | 0o100000,
    uid: uid > mostId ? 0 : uid,
    gid: gid > mostId ? 0 : gid,
    size,
    mtime: new Date(pax['mtime'] === undefined ? mtime * 1000 : 0),
    ...('target' in entry ? { linkname: entry.target } : {}),
  };
}
