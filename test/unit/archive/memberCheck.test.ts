import { readdir } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { once, type EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { createMemberCheck } from '../../../src/core/archive/memberCheck.js';
import { archives, readAll, useFolder } from './fixtures.js';

const at = useFolder();
type Header = Parameters<ReturnType<typeof pack>['entry']>[0];

/** An archive as an attacker's tool would write it: nothing of ours has a say in its names. */
async function hostile(name: string, ...headers: readonly Header[]): Promise<string> {
  const packer = pack();
  for (const header of headers) {
    if (header.type === undefined || header.type === 'file') packer.entry(header, 'x');
    else packer.entry(header);
  }
  packer.finalize();
  const out = createWriteStream(at(name));
  Readable.from(packer).pipe(out);
  await finished(out);
  return at(name);
}

async function problems(path: string): Promise<readonly (string | undefined)[]> {
  const check = createMemberCheck();
  return readAll(path, (member) => {
    const problem = check(member);
    return problem && `${problem.kind}: ${problem.message}`;
  });
}

const refused: readonly (readonly [string, readonly Header[], string])[] = [
  ['a climbing path', [{ name: '../x' }], 'hostile: ../x leads out of the archive with "..".'],
  [
    'a path that climbs in the middle',
    [{ name: 'a/../../x' }],
    'hostile: a/../../x leads out of the archive with "..".',
  ],
  ['a climbing path of Windows', [{ name: '..\\x' }], 'hostile: ..\\x leads out of the archive with "..".'],
  ['an absolute path', [{ name: '/etc/passwd' }], 'hostile: /etc/passwd is absolute.'],
  ['a drive', [{ name: 'C:/x' }], 'hostile: C:/x names a drive of Windows.'],
  ['a control character', [{ name: 'a\u001b[2Jb' }], 'hostile: a\\x1b[2Jb holds control characters.'],
  [
    'a block device',
    [{ name: 'dev/sda', type: 'block-device', devmajor: 8 }],
    'hostile: dev/sda is a device node.',
  ],
  ['a character device', [{ name: 'null', type: 'character-device' }], 'hostile: null is a device node.'],
  ['a named pipe', [{ name: 'pipe', type: 'fifo' }], 'hostile: pipe is a named pipe.'],
  [
    'a file written through an absolute link',
    [{ name: 'x', type: 'symlink', linkname: '/etc' }, { name: 'x/passwd' }],
    'hostile: x/passwd would be written through x, a link that leads out of the archive.',
  ],
  [
    'a file written through a climbing link',
    [{ name: 'a/x', type: 'symlink', linkname: '../../etc' }, { name: 'a/x/deep/passwd' }],
    'hostile: a/x/deep/passwd would be written through a/x, a link that leads out of the archive.',
  ],
  [
    'a file written through another name of such a link',
    [
      { name: 'x', type: 'symlink', linkname: '/etc' },
      { name: 'y', type: 'link', linkname: 'x' },
      { name: 'y/passwd' },
    ],
    'hostile: y/passwd would be written through y, a link that leads out of the archive.',
  ],
  [
    'a hard link to the host',
    [{ name: 'x', type: 'link', linkname: '/etc/shadow' }],
    'hostile: x is a hard link to /etc/shadow, which is absolute.',
  ],
  [
    'a hard link that climbs',
    [{ name: 'x', type: 'link', linkname: '../shadow' }],
    'hostile: x is a hard link to ../shadow, which leads out of the archive with "..".',
  ],
  [
    'a hard link to what is not there',
    [{ name: 'x', type: 'link', linkname: 'y' }],
    'hostile: x is a hard link to y, which is not before it in the archive.',
  ],
  [
    'the same path twice',
    [{ name: 'x' }, { name: 'x' }],
    'doubtful: x is in the archive twice: which one counts depends on who unpacks it.',
  ],
];

describe('createMemberCheck', () => {
  it.each(refused)('tells %s', async (_name, headers, message) => {
    const path = await hostile('hostile.tar', ...headers);
    expect((await problems(path)).at(-1)).toBe(message);
    // Reading put nothing beside it.
    expect(await readdir(at())).toEqual(['hostile.tar']);
  });

  it('says nothing of what root filesystems hold', async () => {
    const path = await hostile(
      'plain.tar',
      { name: './', type: 'directory' },
      { name: './bin', type: 'symlink', linkname: 'usr/bin' },
      { name: 'usr/', type: 'directory' },
      { name: 'usr/', type: 'directory' },
      { name: 'usr/bin/busybox' },
      { name: 'usr/bin/sh', type: 'symlink', linkname: '/usr/bin/busybox' },
      { name: 'usr/bin/ls', type: 'link', linkname: './usr/bin/busybox' },
      { name: 'bin/through-a-link-that-stays' },
      { name: 'odd..name' },
    );
    expect((await problems(path)).filter((it) => it !== undefined)).toEqual([]);
  });

  it('reads no more of an archive that unpacks to far more than it has', async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    const packer = pack();
    const entry = packer.entry({ name: 'zeros', size: 1200 * chunk.length });
    void (async () => {
      for (let i = 0; i < 1200; i++) {
        if (!entry.write(chunk)) await once(entry as unknown as EventEmitter, 'drain');
      }
      entry.end(null);
      packer.finalize();
    })();
    const out = createWriteStream(at('bomb.tgz'));
    Readable.from(packer)
      .pipe(createGzip({ level: 1 }))
      .pipe(out);
    await finished(out);
    await expect(readAll(at('bomb.tgz'), () => 0)).rejects.toThrow(/unpacks to more than 1\.1 GB.*zip bomb/);
    expect(await archives.read(at('bomb.tgz'))).toMatchObject({ format: 'tar.gz' });
  });
});
