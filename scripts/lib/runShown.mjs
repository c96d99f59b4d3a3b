import { setPriority } from 'node:os';
import { spawnGroup } from './processGroup.mjs';

/**
 * @param {string} program
 * @param {import('node:child_process').ChildProcess} child
 * @param {(text: string) => void} tell
 * @returns {Promise<number>} its exit code; -1 when a signal or a failed start ended it
 */
function ended(program, child, tell) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      tell(`${program} did not start: ${error.message}\n`);
      resolve(-1);
    });
    child.once('close', (code) => resolve(code ?? -1));
  });
}

/**
 * Runs a program with its output shown, and resolves to its exit code (-1 when a signal or a failed start ended it).
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
export function runShown(program, args, options) {
  const child = spawnGroup(program, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
  return ended(program, child, (text) => process.stderr.write(text));
}

/** For what shall only have the processor time that others leave: `nice 10`, see setpriority(2). */
const behindOthers = 10;

/**
 * As `runShown`, but the output is added to `output`, both streams in the order they come.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, background?: boolean | undefined }} options `background` leaves
 *   other programs the processors first.
 * @param {Buffer[]} output
 */
export function runCollected(program, args, options, output) {
  const { background = false, ...where } = options;
  const child = spawnGroup(program, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'] });
  if (background && child.pid !== undefined) setPriority(child.pid, behindOthers);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (/** @type {Buffer} */ data) => output.push(data));
  }
  return ended(program, child, (text) => output.push(Buffer.from(text)));
}
