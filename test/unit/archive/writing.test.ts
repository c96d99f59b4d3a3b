import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ArchiveFormat } from '../../../src/core/archive/archive.js';
import type { CancelSignal } from '../../../src/core/ports.js';
import { archives, content, directory, file, link, plan, readAll, text, useFolder } from './fixtures.js';

const run = promisify(execFile);
const at = useFolder();
const formats: readonly ArchiveFormat[] = ['tar', 'tar.gz', 'zip'];
const long = `${'folder-with-a-long-name/'.repeat(12)}${'f'.repeat(120)}.txt`;
const hash = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

beforeAll(async () => {
  // Longer than three blocks of the compressor, and half of it incompressible.
  await writeFile(at('large'), Buffer.concat([randomBytes(1_700_000), Buffer.alloc(1_900_000, 'abc')]));
});

const entries = () => [
  directory('opt'),
  directory('opt/tmp', 0o1777),
  file('opt/large', at('large')),
  text('opt/empty', ''),
  text('opt/naïve ünïcode.txt', 'text\n', 0o600),
  link('opt/link', 'large'),
  text(long, 'deep'),
];

describe('createArchives().write', () => {
  it.each(formats)('reads back what it wrote: %s', async (format) => {
    await archives.write(at('a'), plan(format, entries()));
    expect((await archives.read(at('a')))?.format).toBe(format);
    const seen = await readAll(at('a'), async (member) => ({
      path: member.path,
      kind: member.kind,
      mode: member.mode,
      owner: [member.uid, member.gid],
      mtime: member.mtime,
      target: member.target,
      content:
        member.kind === 'file'
          ? createHash('sha256')
              .update(await content(member))
              .digest('hex')
          : '',
      size: member.size,
    }));
    const expected = await Promise.all(
      entries().map(async (entry) => {
        const bytes =
          entry.kind !== 'file'
            ? Buffer.alloc(0)
            : entry.content.from === 'text'
              ? Buffer.from(entry.content.text)
              : await readFile(at('large'));
        return {
          path: entry.path,
          kind: entry.kind,
          mode: entry.mode,
          owner: [0, 0],
          mtime: 1_700_000_000,
          target: 'target' in entry ? entry.target : undefined,
          content: entry.kind === 'file' ? createHash('sha256').update(bytes.toString()).digest('hex') : '',
          size: bytes.length,
        };
      }),
    );
    expect(seen).toEqual(expected);
  });

  it.each(formats)(
    'writes the same bytes whatever the zone, the locale, the umask and the files’ times: %s',
    async (format) => {
      await archives.write(at('first'), plan(format, entries()));
      const zone = process.env['TZ'];
      const mask = process.umask(0o077);
      try {
        process.env['TZ'] = 'Pacific/Apia';
        await utimes(at('large'), 1, 1);
        await archives.write(at('second'), plan(format, entries()));
      } finally {
        process.umask(mask);
        if (zone === undefined) delete process.env['TZ'];
        else process.env['TZ'] = zone;
      }
      expect(await hash(at('second'))).toBe(await hash(at('first')));
    },
  );

  it('writes a gzip header without time, name or system, and one stream that zlib and gzip read', async () => {
    await archives.write(at('a.tgz'), plan('tar.gz', entries()));
    await archives.write(at('a.tar'), plan('tar', entries()));
    const bytes = await readFile(at('a.tgz'));
    expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    expect(gunzipSync(bytes).equals(await readFile(at('a.tar')))).toBe(true);
    await run('gzip', ['-t', at('a.tgz')]);
  });

  it('keeps owners, times and modes that the classic header has no room for, and mode 0', async () => {
    const entry = { ...text('a', 'x', 0), uid: 3_000_000_000, gid: 300_000, mtime: 2 ** 32 };
    await archives.write(at('big.tar'), plan('tar', [entry]));
    const [seen] = await readAll(at('big.tar'), ({ mode, uid, gid, mtime }) => ({ mode, uid, gid, mtime }));
    expect(seen).toEqual({ mode: 0, uid: 3_000_000_000, gid: 300_000, mtime: 2 ** 32 });
    const { stdout } = await run('tar', ['--numeric-owner', '--utc', '-tvf', at('big.tar')]);
    expect(stdout).toContain('---------- 3000000000/300000');
    expect(stdout).toContain('2106-02-07');
  });

  it('is read by GNU tar and unzip: names, modes, owners, times, links, content', async () => {
    await archives.write(
      at('g.tgz'),
      plan('tar.gz', [...entries(), link('opt/hard', 'opt/large', 'hardlink')]),
    );
    const { stdout } = await run('tar', ['--numeric-owner', '--utc', '--full-time', '-tvzf', at('g.tgz')], {
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(stdout).toContain('drwxrwxrwt 0/0');
    expect(stdout).toContain('2023-11-14 22:13:20 opt/link -> large');
    expect(stdout).toContain('opt/hard link to opt/large');
    expect(stdout).toMatch(new RegExp(`^-rw-r--r-- 0/0 +4 2023-11-14 22:13:20 ${long}$`, 'm'));
    await run('mkdir', [at('unpacked')]);
    await run('tar', ['-xzf', at('g.tgz'), '-C', at('unpacked')]);
    expect((await readFile(at('unpacked', 'opt', 'large'))).equals(await readFile(at('large')))).toBe(true);
    expect(await readFile(at('unpacked', 'opt', 'naïve ünïcode.txt'), 'utf8')).toBe('text\n');

    await archives.write(at('g.zip'), plan('zip', entries()));
    await run('unzip', ['-q', at('g.zip'), '-d', at('unzipped')]);
    expect((await readFile(at('unzipped', 'opt', 'large'))).equals(await readFile(at('large')))).toBe(true);
    const list = await run('unzip', ['-Z', at('g.zip')], { env: { ...process.env, TZ: 'UTC' } });
    expect(list.stdout).toMatch(/^lrwxrwxrwx .* 23-Nov-14 22:13 opt\/link$/m);
    expect(list.stdout).toMatch(/^-rwxr-xr-x .* opt\/large$/m);
  });

  it.each(formats)('leaves what was there, and nothing else, when it fails: %s', async (format) => {
    await writeFile(at('kept'), 'old');
    const before = await readdir(at());
    const missing = plan(format, [text('a', 'x'), file('b', at('missing'))]);
    await expect(archives.write(at('kept'), missing)).rejects.toThrow(
      `Cannot read ${at('missing')}: it does not exist.`,
    );
    expect(await readFile(at('kept'), 'utf8')).toBe('old');
    expect(await readdir(at())).toEqual(before);
  });

  it.each(formats)('refuses a file that changes while it is packed: %s', async (format) => {
    await writeFile(at('growing'), randomBytes(12_000_000));
    const before = await readdir(at());
    let asked = 0;
    // The third piece of the archive is of the file, and by then much of the file is not read yet.
    const signal = askedSignal(() => {
      if (++asked === 3) appendFileSync(at('growing'), 'more');
      return false;
    });
    await expect(
      archives.write(at('changing'), plan(format, [file('g', at('growing')), text('z', 'z')]), { signal }),
    ).rejects.toThrow(`${at('growing')} changed while it was packed`);
    expect(await readdir(at())).toEqual(before);
  });

  it.each(formats)('ends on cancel and leaves nothing: %s', async (format) => {
    const before = await readdir(at());
    let asked = 0;
    const signal = askedSignal(() => ++asked > 3);
    await expect(archives.write(at('cancelled'), plan(format, entries()), { signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(asked).toBeGreaterThan(3);
    expect(await readdir(at())).toEqual(before);
  });
});

/** A signal that computes its answer. */
function askedSignal(aborted: () => boolean): CancelSignal {
  return {
    get aborted() {
      return aborted();
    },
    addEventListener: () => {},
    removeEventListener: () => {},
  };
}
