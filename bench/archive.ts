import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ArchiveEntry } from '../src/core/archive/archive.js';
import { createArchives } from '../src/node/archives/createArchives.js';
import { milliseconds, timed, type Benchmark } from './measure.js';

const run = promisify(execFile);
const files = 5;
/** Bytes. */
const half = 50_000_000;
const goal = 100;

/** Packs 500 MB, half of it incompressible as programs nearly are, and watches the memory that this process grows by. */
export const archive: Benchmark = {
  name: 'archive',
  about: 'packing a root filesystem of 500 MB',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'crossbow-archive-'));
    try {
      const entries: ArchiveEntry[] = [];
      for (let i = 0; i < files; i++) {
        const path = join(folder, `file${String(i)}`);
        // By other processes: what this one needs to make them must not count.
        await run('sh', [
          '-c',
          `(head -c ${String(half)} /dev/urandom; head -c ${String(half)} /dev/zero) > '${path}'`,
        ]);
        entries.push({
          kind: 'file',
          path: `f${String(i)}`,
          mode: 0o644,
          uid: 0,
          gid: 0,
          content: { from: 'file', path },
        });
      }
      const before = process.memoryUsage.rss();
      let highest = before;
      const watch = setInterval(() => {
        highest = Math.max(highest, process.memoryUsage.rss());
      }, 20);
      const duration = await timed(() =>
        createArchives().write(join(folder, 'rootfs.tgz'), { format: 'tar.gz', mtime: 0, entries }),
      );
      clearInterval(watch);
      const grown = (highest - before) / 1e6;
      return [
        { what: 'time', value: milliseconds(duration) },
        {
          what: 'memory beyond what the process had',
          value: `${grown.toFixed(0)} MB`,
          goal: { says: `under ${String(goal)} MB`, met: grown < goal },
        },
        { what: 'memory of the whole process', value: `${(highest / 1e6).toFixed(0)} MB` },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
