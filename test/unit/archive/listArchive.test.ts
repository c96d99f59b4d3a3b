import { chmod, copyFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { archivePage } from '../../../src/core/archive/archivePage.js';
import type { ArchiveMember } from '../../../src/core/archive/archive.js';
import { listArchive } from '../../../src/core/archive/listArchive.js';
import { createPorts } from '../../../src/node/ports.js';
import { archives, directory, file, link, plan, text, useFolder } from './fixtures.js';

const at = useFolder();
const ports = createPorts();

beforeAll(async () => {
  await copyFile('/bin/sh', at('sh'));
  await chmod(at('sh'), 0o755);
  await archives.write(
    at('inner.tgz'),
    plan('tar.gz', [directory('tmp', 0o1777), file('bin/sh', at('sh'), 0o4755)]),
  );
  await archives.write(
    at('outer.tar'),
    plan('tar', [
      directory('lib', 0o750),
      text('lib/notes', 'twelve bytes'),
      link('lib/link', 'notes'),
      file('inner.tgz', at('inner.tgz'), 0o644),
    ]),
  );
});

/** A member that hostile tools write, and ours can't. */
function member(path: string, more: Partial<ArchiveMember> = {}): ArchiveMember {
  return {
    path,
    kind: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    size: 0,
    mtime: 0,
    head: () => Promise.resolve(new Uint8Array()),
    bytes: () => (async function* () {})(),
    open: () => Promise.reject(new Error('nothing is opened')),
    openArchive: () => Promise.resolve(undefined),
    ...more,
  };
}

function reading(members: () => Iterable<ArchiveMember>) {
  async function* stream() {
    for (const it of members()) yield await Promise.resolve(it);
  }
  return {
    files: ports.files,
    archives: {
      ...ports.archives,
      read: () => Promise.resolve({ format: 'tar' as const, members: stream() }),
    },
  };
}

describe('the listing of an archive', () => {
  it('has every entry in its order, those of an archive within it below that, and what was read of programs', async () => {
    const listing = await listArchive(ports, at('outer.tar'));
    const page = archivePage(at('outer.tar'), listing);
    const lines = page.split('\n').map((it) => it.replace(/ +/g, ' '));
    expect(lines[0]).toBe('outer.tar');
    expect(lines[1]).toMatch(/^4 entries, \S+ kB unpacked, for linux\/\w+$/);
    const table = lines.slice(lines.indexOf('Mode Owner Size Content Name'), -1);
    expect(table.map((it) => it.replace(/[\d.]+ kB/, 'N kB').replace(/linux\/\w+/, 'linux/x'))).toEqual([
      'Mode Owner Size Content Name',
      'drwxr-x--- 0:0 - lib/',
      '-rw-r--r-- 0:0 12 B lib/notes',
      'lrwxrwxrwx 0:0 - lib/link → notes',
      '-rw-r--r-- 0:0 N kB archive inner.tgz',
      'drwxrwxrwt 0:0 - tmp/',
      '-rwsr-xr-x 0:0 N kB linux/x, dynamic bin/sh',
    ]);
    // Names stand in one column, those of the archive within a step to the right.
    const column = (name: string): number =>
      page
        .split('\n')
        .find((it) => it.includes(name))
        ?.indexOf(name) ?? -1;
    expect(column('bin/sh')).toBe(column('lib/notes') + 2);
  });

  it('shows what would not be unpacked as refused, and what its name hides', async () => {
    const hostile = reading(function* () {
      yield member('../x');
      yield member('a\u001b[2Jb');
      yield member('dev/null', { kind: 'device' });
      yield member('out', { kind: 'symlink', target: '/etc' });
      yield member('out/passwd');
      yield member('fine');
    });
    const listing = await listArchive(hostile, at('x'));
    expect(listing.entries.map((it) => it.refused !== undefined)).toEqual([
      true,
      true,
      true,
      false,
      true,
      false,
    ]);
    const page = archivePage(at('x'), listing);
    expect(page).toContain('\nProblems\n  ✗ ../x leads out of the archive');
    expect(page).toContain('../x  ✗ refused: ../x leads out of the archive');
    expect(page).toContain('✗ refused: out/passwd would be written through out');
    expect(page).toContain('a\\x1b[2Jb');
    expect(page).not.toContain('\u001b');
  });

  it('keeps what was read where it is cancelled, and counts what it does not keep', async () => {
    const controller = new AbortController();
    let counted = 0;
    const endless = reading(function* () {
      for (let index = 0; ; index++) {
        if (controller.signal.aborted) throw Object.assign(new Error('Cancelled.'), { name: 'AbortError' });
        yield member(`f${String(index)}`, { kind: 'directory' });
      }
    });
    const listing = await listArchive(endless, at('x'), {
      signal: controller.signal,
      onProgress(count) {
        counted = count;
        if (count > 52_000) controller.abort();
      },
    });
    expect(listing.verification).toBeUndefined();
    expect(listing.entries).toHaveLength(50_000);
    expect(listing.more).toBe(counted - 50_000);
    const page = archivePage(at('x'), listing);
    expect(page).toMatch(/^x\n[^]*Cancelled: this is what was read until then\./);
    expect(page.trimEnd()).toMatch(/… and \d+ more$/);
  });

  it('is refused for what is none', async () => {
    await expect(listArchive(ports, at('sh'))).rejects.toThrow('is a program, and no archive');
    await expect(listArchive(ports, at('none'))).rejects.toThrow();
  });
});
