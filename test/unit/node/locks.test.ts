import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createLocks } from '../../../src/node/locks.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'crossbow-locks-'));
  file = path.join(folder, 'deep', 'x.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const holderNow = (): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

describe('a lock', () => {
  it('is held by one, waited for by others in turn, and leaves nothing behind', async () => {
    const locks = createLocks();
    let inside = 0;
    let most = 0;
    const waits: string[] = [];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const release = await locks.acquire(file, { onWait: (holder) => waits.push(holder) });
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        await release?.();
      }),
    );
    expect(most).toBe(1);
    expect(new Set(waits)).toEqual(new Set([`process ${process.pid}`]));
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  it('of a process that has ended is taken over, as is one that was cut off and one of a number used again', async () => {
    const locks = createLocks();
    const taken = async (text: (mine: Record<string, unknown>) => string): Promise<void> => {
      const first = await locks.acquire(file, {});
      const mine = holderNow();
      await first?.();
      writeFileSync(file, text(mine));
      const waits: string[] = [];
      const release = await locks.acquire(file, { onWait: (holder) => waits.push(holder) });
      expect(waits).toEqual([]);
      expect(holderNow()).toMatchObject({ pid: process.pid });
      await release?.();
      expect(existsSync(file)).toBe(false);
    };
    const ended = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' });
    await taken((mine) => JSON.stringify({ ...mine, pid: Number(ended.stdout), id: 'dead' }));
    await taken((mine) => JSON.stringify(mine).slice(0, 20));
    if (process.platform === 'linux')
      await taken((mine) => JSON.stringify({ ...mine, started: '1', id: 'reused' }));
  });

  it('of another machine is waited for, and waiting ends when it is cancelled', async () => {
    const locks = createLocks();
    const first = await locks.acquire(file, {});
    writeFileSync(file, JSON.stringify({ ...holderNow(), machine: 'elsewhere', id: 'other' }));
    const controller = new AbortController();
    const waits: string[] = [];
    const release = await locks.acquire(file, {
      signal: controller.signal,
      onWait(holder) {
        waits.push(holder);
        controller.abort();
      },
    });
    expect(release).toBeUndefined();
    expect(waits).toEqual([`process ${process.pid} on elsewhere (if it is gone, delete ${file})`]);
    // What is not its own it does not give back.
    await first?.();
    expect(holderNow()).toMatchObject({ id: 'other' });
  });
});
