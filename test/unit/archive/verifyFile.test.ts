import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '../../../src/core/archive/verifyFile.js';
import { createPorts } from '../../../src/node/ports.js';
import type { ArchiveEntry } from '../../../src/core/archive/archive.js';
import { archives, file, link, plan, text, useFolder } from './fixtures.js';

const at = useFolder();
const ports = createPorts();

beforeAll(async () => {
  await copyFile('/bin/sh', at('sh'));
  await chmod(at('sh'), 0o755);
  await writeFile(at('text'), 'text');
});

describe('verifyFile', () => {
  it('says what a program is for and needs, and what does not fit the target', async () => {
    const plain = await verifyFile(ports, at('sh'));
    expect(plain).toMatchObject({ kind: 'binary', problems: [] });
    expect(plain.binaries[0]?.needs).toContain('libc.so.6');
    const target = { goos: 'linux', goarch: 's390x' };
    const { problems } = await verifyFile(ports, at('sh'), { target });
    expect(problems).toEqual([
      { place: at('sh'), message: expect.stringContaining('linux/s390x needs IBM Z') },
    ]);
    await expect(verifyFile(ports, at('text'))).rejects.toThrow('It is not a program');
    await expect(verifyFile(ports, at('none'))).rejects.toThrow('it does not exist');
  });

  it('finds in a nested resource what would only fail on the device', async () => {
    await archives.write(
      at('rootfs.tgz'),
      plan('tar.gz', [file('opt/resource/check', at('sh')), file('opt/resource/in', at('sh'), 0o644)]),
    );
    await archives.write(
      at('worker.tgz'),
      plan('tar.gz', [
        text(
          'concourse/resource-types/x/resource_metadata.json',
          '{"type":"x","version":"1","privileged":"no"}',
        ),
        file('concourse/resource-types/x/rootfs.tgz', at('rootfs.tgz'), 0o644),
      ]),
    );
    const { problems, binaries } = await verifyFile(ports, at('worker.tgz'));
    const rootfs = `${at('worker.tgz')} > concourse/resource-types/x/rootfs.tgz`;
    expect(binaries.map(({ place }) => place)).toEqual([
      `${rootfs} > opt/resource/check`,
      `${rootfs} > opt/resource/in`,
    ]);
    const messages = problems.map(({ message }) => message);
    expect(messages).toContain('It lacks privileged, a boolean.');
    expect(messages).toContain('It lacks unique_version_history, a boolean.');
    expect(messages).toContain('opt/resource/out is missing: a resource type has check, in and out.');
    expect(messages).toContain('opt/resource/check needs libc.so.6, which is not in this archive.');
    expect(messages.some((it) => it.startsWith('It has no CA certificates'))).toBe(true);
    expect(problems).toContainEqual({
      place: `${rootfs} > opt/resource/in`,
      message: 'It is a program, but nobody may execute it.',
    });
  });
});

describe('a root filesystem', () => {
  const problemsIn = async (...entries: readonly ArchiveEntry[]): Promise<readonly string[]> => {
    await archives.write(at('other.rootfs.tgz'), plan('tar.gz', entries));
    return (await verifyFile(ports, at('other.rootfs.tgz'))).problems.map(({ message }) => message);
  };

  it('must hold the interpreters of its scripts, by path or by name', async () => {
    const scripts = [
      text('app/a', '#!/bin/sh\n', 0o755),
      text('app/b', '#! /usr/bin/env python3 -u\n', 0o755),
      text('app/c', '#!/bin/sh\n'),
    ];
    expect(await problemsIn(...scripts)).toEqual([
      'app/a is a script for /bin/sh, which is not in this archive.',
      'app/b is a script for /usr/bin/env python3, which is not in this archive.',
    ]);
    const programs = [
      text('usr/bin/busybox', 'x', 0o755),
      link('bin', 'usr/bin'),
      link('usr/bin/sh', 'busybox'),
      link('usr/bin/env', '/bin/busybox'),
      link('usr/local/bin/python3', '../../bin/busybox'),
    ];
    expect(await problemsIn(...programs, ...scripts)).toEqual([]);
  });
});

describe("a worker's tarball", () => {
  it('must hold a root filesystem and what the worker is told for each resource type', async () => {
    const types = 'concourse/resource-types';
    await archives.write(at('rootfs.tgz'), plan('tar.gz', [text('etc/passwd', '')]));
    const rootfs = file(`${types}/time/rootfs.tgz`, at('rootfs.tgz'), 0o644);
    const metadata = (type: string, folder = type): ArchiveEntry =>
      text(
        `${types}/${folder}/resource_metadata.json`,
        JSON.stringify({ type, version: '1', privileged: false, unique_version_history: false }),
      );
    await archives.write(at('w.tgz'), plan('tar.gz', [metadata('git'), metadata('mock', 's3'), rootfs]));
    const { problems } = await verifyFile(ports, at('w.tgz'));
    expect(problems.map(({ message }) => message)).toEqual([
      'opt/resource/check is missing: a resource type has check, in and out.',
      'opt/resource/in is missing: a resource type has check, in and out.',
      'opt/resource/out is missing: a resource type has check, in and out.',
      'It has no CA certificates: the resource could not speak TLS. "ca-certificates: true" adds them.',
      `${types}/git has no rootfs.tgz: the resource type could not be started.`,
      `${types}/s3 has no rootfs.tgz: the resource type could not be started.`,
      `${types}/s3 holds the resource type mock, not s3.`,
      `${types}/time has no resource_metadata.json: a worker would not offer the resource type.`,
    ]);
  });

  it('has metadata that can be looked at alone', async () => {
    await writeFile(at('resource_metadata.json'), '{"type": "x", "version": 1}');
    expect(await verifyFile(ports, at('resource_metadata.json'))).toEqual({
      kind: 'metadata',
      binaries: [],
      problems: ['version, a string', 'privileged, a boolean', 'unique_version_history, a boolean'].map(
        (it) => ({ place: at('resource_metadata.json'), message: `It lacks ${it}.` }),
      ),
    });
  });
});
