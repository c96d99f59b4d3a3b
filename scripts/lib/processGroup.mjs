import { spawn } from 'node:child_process';

/**
 * Groups that are still alive. A child that leads its own group does not get the terminal's Ctrl-C, so whoever ends
 * this process has to end them too.
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const alive = new Set();

/**
 * Starts a program as the leader of its own process group, so that it can be ended with everything it started.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function spawnGroup(program, args, options) {
  const child = spawn(program, args, { ...options, detached: process.platform !== 'win32' });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  child.once('error', () => alive.delete(child));
  return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/**
 * Asks the group to end, and insists after `patienceMs`. Resolves when its leader is gone.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function endGroup(child, patienceMs = 3000) {
  if (child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), patienceMs);
    await gone;
    clearTimeout(insist);
  }
  // The leader may have gone before its children did.
  signalGroup(child, 'SIGKILL');
}

/**
 * On Ctrl-C and its like ends every group that is alive, then this process with the status a shell expects.
 * @param {() => void} [farewell]
 */
export function endGroupsWithThisProcess(farewell) {
  let ending = false;
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ])) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      farewell?.();
      void Promise.all([...alive].map((child) => endGroup(child))).then(() => process.exit(128 + number));
    });
  }
  process.on('exit', () => {
    for (const child of alive) signalGroup(child, 'SIGKILL');
  });
}
