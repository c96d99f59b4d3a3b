import { createHash, randomUUID } from 'node:crypto';
import { constants, readFile as readFileCallback } from 'node:fs';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { FileStat, FileSystem, RandomAccessFile } from '../core/ports.js';
import { codeOf, explained, readable } from './fileErrors.js';

/** Takes a third less than the one of `fs/promises`, which counts where hundreds of sources are read. */
const readFile = promisify(readFileCallback);

/** The host's files. */
export function createFileSystem(): FileSystem {
  return {
    stat: (file) => whenThere(file, 'look at', () => readStat(file)),
    readText: (file) => whenThere(file, 'read', () => readFile(file, 'utf8')),
    writeText: (file, text) => explained(file, 'write', () => replaceText(file, text)),
    list: async (folder) => (await whenThere(folder, 'list', () => fs.readdir(folder))) ?? [],
    makeDirectory: (folder) =>
      explained(folder, 'make the folder', async () => {
        await fs.mkdir(folder, { recursive: true });
      }),
    rename: (from, to) => explained(to, `move ${from} to`, () => move(from, to)),
    remove: (file) =>
      explained(file, 'remove', () =>
        fs.rm(file, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 }),
      ),
    removeEmptyDirectory: (folder) => explained(folder, 'remove', () => removeEmpty(folder)),
    linkOrCopy: (from, to) => explained(to, `copy ${from} to`, () => linkOrCopy(from, to)),
    makeTemporaryDirectory: (prefix) => {
      const base = path.join(os.tmpdir(), prefix);
      return explained(base, 'make a temporary folder at', () => fs.mkdtemp(base));
    },
    realPath: (file) => whenThere(file, 'resolve', () => fs.realpath(file)),
    readLink: (file) => whenThere(file, 'read the link', () => readLink(file)),
    digest: (file) => whenThere(file, 'read', () => digestOf(file)),
    open: (file) => whenThere(file, 'open', () => openFile(file)),
  };
}

async function readStat(file: string): Promise<FileStat> {
  const found = await fs.stat(file);
  return {
    kind: found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other',
    size: found.size,
    mtimeMs: found.mtimeMs,
    executable: found.isFile() && (await isExecutable(file, found.mode)),
  };
}

async function isExecutable(file: string, mode: number): Promise<boolean> {
  if (process.platform === 'win32') {
    const extensions = (process.env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';');
    return extensions.includes(path.extname(file).toLowerCase());
  }
  // Nobody may execute most files, not even root: that spares a question for each source of a program.
  if ((mode & 0o111) === 0) return false;
  return fs.access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await fs.open(file, 'r');
  try {
    // One buffer for all of it: a stream leaves as much garbage behind as the file is large.
    const buffer = Buffer.allocUnsafe(1 << 18);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** Replaces what a link points at, not the link, and keeps the file's permissions. */
async function replaceText(file: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const real = await fs.realpath(file).catch(() => file);
  const mode = await fs.stat(real).then(
    (found) => found.mode,
    () => undefined,
  );
  await throughSibling(real, async (sibling) => {
    await fs.writeFile(sibling, text);
    if (mode !== undefined) await fs.chmod(sibling, mode);
  });
}

async function readLink(file: string): Promise<string | undefined> {
  return (await fs.lstat(file)).isSymbolicLink() ? fs.readlink(file) : undefined;
}

async function removeEmpty(folder: string): Promise<void> {
  try {
    await fs.rmdir(folder);
  } catch (error) {
    // POSIX lets rmdir say either of the first two of a folder that is not empty.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) throw error;
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await fs.mkdir(path.dirname(to), { recursive: true });
  const real = await fs.realpath(from);
  await throughSibling(to, (sibling) => fs.link(real, sibling).catch(() => fs.copyFile(real, sibling)));
}

async function throughSibling(file: string, make: (sibling: string) => Promise<void>): Promise<void> {
  const sibling = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`);
  try {
    await make(sibling);
    await fs.rename(sibling, file);
  } finally {
    // After a success this is only there when both names were links to one file, which rename leaves alone.
    await fs.rm(sibling, { force: true });
  }
}

/** A rename, or a copy where the two places are on different disks. */
async function move(from: string, to: string): Promise<void> {
  try {
    await fs.rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await fs.cp(from, to, { recursive: true, preserveTimestamps: true });
    await fs.rm(from, { recursive: true, force: true });
  }
}

/** Opens a file for reading it piece by piece; throws the system's own errors. */
export async function openFile(file: string): Promise<RandomAccessFile> {
  const handle = await fs.open(file, 'r');
  try {
    const { size } = await handle.stat();
    return {
      size,
      read: async (offset, length) => {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function whenThere<T>(file: string, action: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw readable(error, file, action);
  }
}
