import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CancelSignal, Locks } from '../core/ports.js';

/** Who holds a lock, as its file says. */
interface Holder {
  readonly pid: number;
  /** When the process started, as the system tells; another process may have got the same number since. */
  readonly started: string;
  readonly machine: string;
  readonly id: string;
}

/** How often a lock that is held is looked at, in milliseconds; file systems tell nobody when a file goes. */
const pollMs = 100;

/** Locks as files that name their process. Linking a finished file into place is the step that only one can win. */
export function createLocks(): Locks {
  return {
    async acquire(file, { signal, onWait }) {
      const mine: Holder = {
        pid: process.pid,
        started: (await startOf(process.pid)) ?? '',
        machine: os.hostname(),
        id: randomUUID(),
      };
      await fs.mkdir(path.dirname(file), { recursive: true });
      for (let told = false; signal?.aborted !== true;) {
        if (await place(file, mine)) return () => release(file, mine);
        const holder = await read(file);
        if (holder === undefined) continue;
        if (holder === 'unreadable' || !(await isAlive(holder))) {
          await takeAway(file, holder);
          continue;
        }
        if (!told) onWait?.(describe(holder, file));
        told = true;
        await pause(signal);
      }
      return undefined;
    },
  };
}

async function place(file: string, holder: Holder): Promise<boolean> {
  const draft = `${file}.${holder.id}`;
  try {
    await fs.writeFile(draft, JSON.stringify(holder));
    await fs.link(draft, file);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return false;
    // A file system without hard links: making the file anew is its one step.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
    return await fs.writeFile(file, JSON.stringify(holder), { flag: 'wx' }).then(
      () => true,
      () => false,
    );
  } finally {
    await fs.rm(draft, { force: true });
  }
}

async function read(file: string): Promise<Holder | 'unreadable' | undefined> {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    if (typeof value?.pid === 'number' && typeof value.id === 'string')
      return { started: '', machine: '', ...value } as Holder;
  } catch {
    // A disk that was full has cut it: its writer never held it.
  }
  return 'unreadable';
}

/**
 * Takes a dead process's lock away. Another one may have done so and taken the lock in between: what was moved is then
 * not what was meant, and is put back.
 */
async function takeAway(file: string, dead: Holder | 'unreadable'): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await fs.rename(file, aside);
  } catch {
    return;
  }
  const moved = await read(aside);
  const isMeant =
    dead === 'unreadable' ? moved === 'unreadable' : typeof moved === 'object' && moved.id === dead.id;
  if (!isMeant) await fs.link(aside, file).catch(() => undefined);
  await fs.rm(aside, { force: true });
}

async function release(file: string, mine: Holder): Promise<void> {
  const holder = await read(file);
  if (typeof holder === 'object' && holder.id === mine.id) await fs.rm(file, { force: true });
}

async function isAlive({ pid, started, machine }: Holder): Promise<boolean> {
  // Another machine's processes can't be asked (a folder on a network, a container).
  if (machine !== os.hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  const now = await startOf(pid);
  return now === undefined || started === '' || now === started;
}

/** Start time of a process in clock ticks since boot: field 22 of /proc/PID/stat (proc_pid_stat(5)). */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const text = await fs.readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold anything; what follows the last bracket begins with field 3.
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .at(19);
}

function describe({ pid, machine }: Holder, file: string): string {
  const where = machine === os.hostname() ? '' : ` on ${machine} (if it is gone, delete ${file})`;
  return `process ${String(pid)}${where}`;
}

async function pause(signal: CancelSignal | undefined): Promise<void> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await delay(pollMs, undefined, { signal: controller.signal });
  } catch {
    // Cancelled; the caller sees it.
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
