import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';

/** Time between asking a group to end and killing it, in milliseconds. */
const graceMs = 1000;
/** How often a group is asked whether anyone is left in it; the system has no event for that. */
const pollMs = 40;

/** A program and everything it started. */
export interface ProcessGroup {
  /** Asks the group to end, kills what is left after a second, and resolves when nobody is left. */
  end(): Promise<void>;
  /** The program has ended by itself: this process's exit need not end it any more. */
  release(): void;
}

const alive = new Set<number>();
let watching = false;

/** The group led by `pid`, which must have been started detached on POSIX, so that it leads a group of its own. */
export function createProcessGroup(pid: number): ProcessGroup {
  if (!watching) {
    watching = true;
    // A detached group survives its parent. Only synchronous work is possible here, so there is no grace.
    process.once('exit', () => {
      for (const leader of alive) if (process.platform !== 'win32') signal(leader, 'SIGKILL');
    });
  }
  alive.add(pid);
  return {
    end: () => (process.platform === 'win32' ? endTree(pid) : endGroup(pid)),
    release: () => alive.delete(pid),
  };
}

async function endGroup(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  if (await emptyWithin(pid, graceMs)) return;
  signal(pid, 'SIGKILL');
  await emptyWithin(pid, graceMs / 2);
}

/** Windows has no process groups to signal; taskkill walks the tree by parent. */
async function endTree(pid: number): Promise<void> {
  await execa('taskkill', ['/pid', String(pid), '/T', '/F'], { reject: false, windowsHide: true });
}

async function emptyWithin(pid: number, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (signal(pid, 0) && (await anyoneRuns(pid))) {
    if (performance.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return true;
}

/**
 * Whether somebody in the group still runs. Ended processes that nobody has waited for can be signalled too, and
 * in a container whose first process never waits they stay for ever; /proc tells them apart.
 * Fields of /proc/PID/stat after the name in parentheses: state, parent, group (proc_pid_stat(5)).
 */
async function anyoneRuns(group: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  if (pids.length === 0) return true;
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return lines.some((line) => {
    const [state = '', , pgrp] = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return Number(pgrp) === group && !'ZX'.includes(state);
  });
}

/** Whether there was anyone to signal. EPERM means there is, under another user. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, name);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
