import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { pack } from 'tar-stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { packStep } from '../../../src/core/recipe/packStep.js';
import type { RootfsStep } from '../../../src/core/recipe/recipe.js';
import { createPorts } from '../../../src/node/ports.js';
import { content, readAll, useFolder } from './fixtures.js';

const run = promisify(execFile);
const at = useFolder();
const ports = createPorts();

const rootfs = (entries: RootfsStep['entries'], more: Partial<RootfsStep> = {}): RootfsStep => ({
  kind: 'rootfs',
  name: 'rootfs',
  needs: [],
  output: 'rootfs.tgz',
  passwd: false,
  tmp: false,
  entries,
  ...more,
});

const write = (step: RootfsStep) =>
  packStep(ports, step, { directory: at(), output: at('rootfs.tgz'), epochSeconds: 42 });

const list = () =>
  readAll(at('rootfs.tgz'), async (member) => {
    const { path, kind, mode = 0, uid, gid, target } = member;
    const body = kind === 'file' ? (await content(member)).slice(0, 12) : '';
    return [path, kind, mode.toString(8), `${String(uid)}:${String(gid)}`, target ?? body].join(' ');
  });

beforeAll(async () => {
  await writeFile(at('tool'), 'tool');
  await chmod(at('tool'), 0o700);
  await writeFile(at('plain'), 'plain');
  await chmod(at('plain'), 0o600);
  await mkdir(at('tree', 'sub'), { recursive: true });
  await writeFile(at('tree', 'sub', 'z'), 'z');
  await writeFile(at('tree', 'sub-dash'), 's');
  await symlink('sub/z', at('tree', 'link'));
  await writeFile(at('ca.pem'), '# comment\n-----BEGIN CERTIFICATE-----\n');
});

describe('packStep', () => {
  it('lays out files, trees, links, texts and system files, parents first and sorted', async () => {
    const read = await write(
      rootfs(
        {
          'opt/z': { kind: 'from', from: 'tool' },
          'opt/a': { kind: 'from', from: at('plain') },
          'opt/t': { kind: 'from', from: 'tree', owner: '10:20' },
          'etc/app': { kind: 'text', text: 'hello', mode: '0640', owner: '5' },
          'var/lib/app': { kind: 'directory', mode: '0700' },
          'bin/sh': { kind: 'link', target: 'busybox' },
        },
        { passwd: true, tmp: true, caCertificates: 'ca.pem' },
      ),
    );
    expect(await list()).toEqual([
      'bin directory 755 0:0 ',
      'bin/sh symlink 777 0:0 busybox',
      'etc directory 755 0:0 ',
      'etc/app file 640 5:5 hello',
      'etc/group file 644 0:0 root:x:0:\nno',
      'etc/passwd file 644 0:0 root:x:0:0:r',
      'etc/ssl directory 755 0:0 ',
      'etc/ssl/certs directory 755 0:0 ',
      'etc/ssl/certs/ca-certificates.crt file 644 0:0 # comment\n--',
      'opt directory 755 0:0 ',
      'opt/a file 644 0:0 plain',
      'opt/t directory 755 10:20 ',
      'opt/t/link symlink 777 10:20 sub/z',
      'opt/t/sub directory 755 10:20 ',
      'opt/t/sub/z file 644 10:20 z',
      'opt/t/sub-dash file 644 10:20 s',
      'opt/z file 755 0:0 tool',
      'tmp directory 1777 0:0 ',
      'var directory 755 0:0 ',
      'var/lib directory 755 0:0 ',
      'var/lib/app directory 700 0:0 ',
    ]);
    expect([...read].sort()).toEqual(
      [at('ca.pem'), at('plain'), at('tool'), at('tree', 'sub', 'z'), at('tree', 'sub-dash')].sort(),
    );
  });

  it('names every entry that can’t be followed, at once', async () => {
    await expect(
      write(
        rootfs({
          '../x': { kind: 'text', text: '' },
          '/etc/y': { kind: 'text', text: '' },
          a: { kind: 'text', text: '', mode: '0888' },
          b: { kind: 'from', from: 'nowhere' },
          c: { kind: 'directory', owner: 'alice' },
          'a//b': { kind: 'directory' },
          d: { kind: 'text', text: '' },
          'd/e': { kind: 'text', text: '' },
        }),
      ),
    ).rejects.toThrow(
      [
        'The entry ../x leads out of the archive with "..".',
        'The entry /etc/y is absolute.',
        'The entry a: the mode 0888 is not octal digits such as 0755.',
        `The entry b: there is no file ${at('nowhere')}.`,
        'The entry c: the owner alice is not numbers such as 1000:1000.',
        'The entry a//b holds an empty name.',
        'The entry d/e would lie below d, which is no folder.',
      ].join('\n'),
    );
  });

  it('says what to do where there are no certificates', async () => {
    await expect(write(rootfs({}, { caCertificates: 'plain' }))).rejects.toThrow('holds no certificate');
  });

  it('builds upon a base that GNU tar made: its links are followed, its files replaced, its hard links kept', async () => {
    await mkdir(at('base', 'usr', 'bin'), { recursive: true });
    await mkdir(at('base', 'etc'));
    await writeFile(at('base', 'usr', 'bin', 'busybox'), 'old busybox');
    await run('ln', [at('base', 'usr', 'bin', 'busybox'), at('base', 'usr', 'bin', 'ls')]);
    await run('ln', [at('base', 'usr', 'bin', 'busybox'), at('base', 'usr', 'bin', 'vi')]);
    await symlink('usr/bin', at('base', 'bin'));
    await writeFile(at('base', 'etc', 'passwd'), 'base:x:7:7');
    const names = ['./etc', './usr/bin/busybox', './usr/bin/ls', './usr/bin/vi', './bin'];
    await run('tar', [
      '--owner=7',
      '--group=7',
      '--numeric-owner',
      '--mtime=@9',
      '-czf',
      at('base.tgz'),
      '-C',
      at('base'),
      ...names,
    ]);
    const step = rootfs(
      { 'bin/busybox': { kind: 'text', text: 'new' }, 'opt/x': { kind: 'text', text: 'x' } },
      { base: 'base.tgz', passwd: true },
    );
    await write(step);
    const lines = (await list()).map((line) => line.replace(/^(\S+ directory) \d+/, '$1'));
    expect(lines).toEqual([
      'etc directory 7:7 ',
      'etc/passwd file 644 7:7 base:x:7:7',
      'usr/bin/ls file 644 7:7 old busybox',
      'usr/bin/vi hardlink 644 7:7 usr/bin/ls',
      'bin symlink 777 7:7 usr/bin',
      'etc/group file 644 0:0 root:x:0:\nno',
      'opt directory 0:0 ',
      'opt/x file 644 0:0 x',
      'usr directory 0:0 ',
      'usr/bin directory 0:0 ',
      'usr/bin/busybox file 644 0:0 new',
    ]);
    const first = await readFile(at('rootfs.tgz'));
    await write(step);
    expect((await readFile(at('rootfs.tgz'))).equals(first)).toBe(true);
  });

  it('refuses a base with a device node, and one that is cut off', async () => {
    const packer = pack();
    packer.entry({ name: 'null', type: 'character-device', devmajor: 1, devminor: 3 });
    packer.finalize();
    await writeFile(at('device.tar'), packer as AsyncIterable<Uint8Array>);
    await expect(write(rootfs({}, { base: 'device.tar' }))).rejects.toThrow('null is a device node.');
    const whole = await readFile(at('base.tgz'));
    await writeFile(at('cut.tgz'), whole.subarray(0, whole.length - 40));
    await expect(write(rootfs({}, { base: 'cut.tgz' }))).rejects.toThrow(/The archive is cut off/);
  });
});
