import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '../../../src/core/archive/verifyFile.js';
import { createPorts } from '../../../src/node/ports.js';
import { archives, file, plan, text, useFolder } from './fixtures.js';

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
