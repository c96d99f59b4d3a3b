import { chmod, lstat, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileSystem } from '../../../src/node/fileSystem.js';

const files = createFileSystem();
let folder: string;
const at = (...names: string[]): string => path.join(folder, ...names);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'crossbow files é '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('createFileSystem', () => {
  it('says undefined, nothing or silence for what is not there', async () => {
    expect(await files.stat(at('none'))).toBeUndefined();
    expect(await files.readText(at('none'))).toBeUndefined();
    expect(await files.list(at('none'))).toEqual([]);
    expect(await files.realPath(at('none'))).toBeUndefined();
    expect(await files.open(at('none'))).toBeUndefined();
    await files.remove(at('none'));
    await writeFile(at('plain'), '');
    expect(await files.stat(at('plain', 'below a file'))).toBeUndefined();
  });

  it('writes through folders it makes, keeps permissions and links, and leaves no temporary file', async () => {
    await files.writeText(at('a', 'b', 'real.txt'), 'one');
    await chmod(at('a', 'b', 'real.txt'), 0o640);
    await symlink(at('a', 'b', 'real.txt'), at('link.txt'));
    await files.writeText(at('link.txt'), 'two');
    expect(await readFile(at('a', 'b', 'real.txt'), 'utf8')).toBe('two');
    expect((await lstat(at('link.txt'))).isSymbolicLink()).toBe(true);
    expect((await stat(at('a', 'b', 'real.txt'))).mode & 0o777).toBe(0o640);
    expect(await files.list(at('a', 'b'))).toEqual(['real.txt']);
  });

  it('tells what may be executed', async () => {
    await writeFile(at('tool'), '#!/bin/sh\n');
    expect((await files.stat(at('tool')))?.executable).toBe(false);
    await chmod(at('tool'), 0o755);
    expect(await files.stat(at('tool'))).toMatchObject({ kind: 'file', size: 10, executable: true });
    expect(await files.stat(folder)).toMatchObject({ kind: 'directory', executable: false });
  });

  it('links over what was there, also over itself', async () => {
    await writeFile(at('source'), 'bytes');
    await writeFile(at('copy'), 'old');
    await files.linkOrCopy(at('source'), at('copy'));
    await files.linkOrCopy(at('source'), at('copy'));
    expect(await readFile(at('copy'), 'utf8')).toBe('bytes');
    expect((await files.list(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('reads pieces, short only at the end', async () => {
    await writeFile(at('digits'), '0123456789');
    const file = await files.open(at('digits'));
    expect(file?.size).toBe(10);
    expect(Buffer.from((await file?.read(2, 3)) ?? []).toString()).toBe('234');
    expect(Buffer.from((await file?.read(8, 30)) ?? []).toString()).toBe('89');
    expect(await file?.read(20, 5)).toHaveLength(0);
    await file?.close();
  });

  it('fails with words people can read', async () => {
    await expect(files.writeText(at('plain', 'child'), 'x')).rejects.toThrow(
      /^Cannot write .*child: .*folder/,
    );
    await expect(files.readText(folder)).rejects.toThrow('it is a folder');
    await expect(files.rename(at('none'), at('other'))).rejects.toThrow('it does not exist');
  });
});
