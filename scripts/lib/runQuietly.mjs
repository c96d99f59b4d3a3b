import { spawn } from 'node:child_process';
import { spawnGroup } from './processGroup.mjs';

/** Package clients name their registries in what they print; whose those are is nobody's business here. */
const withoutHosts = (/** @type {string} */ text) => text.replace(/\b(https?|git|ssh):\/\/\S+/g, '$1://…');

/**
 * Runs a program without showing its output, and says every quarter minute that it is still at it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onTerminal?: boolean }} [options] `onTerminal` leaves the program
 *   the terminal (and in our process group), as sudo needs it to ask for a password.
 * @returns {Promise<{ ok: boolean, output: string }>} with what it printed, in the order it came; hosts left out.
 */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    const { onTerminal = false, ...where } = options;
    const child = onTerminal
      ? spawn(program, args, { ...where, stdio: ['inherit', 'pipe', 'pipe'] })
      : spawnGroup(program, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'] });
    const started = Date.now();
    const heartbeat = setInterval(() => {
      console.log(`    still at it (${Math.round((Date.now() - started) / 1000)} s)`);
    }, 15_000);
    const keep = (/** @type {Buffer} */ data) => {
      output = (output + data.toString()).slice(-200_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const done = (/** @type {boolean} */ ok) => {
      clearInterval(heartbeat);
      resolve({ ok, output: withoutHosts(output) });
    };
    child.once('error', (error) => {
      output += error.message;
      done(false);
    });
    child.once('close', (code) => done(code === 0));
  });
}

/** The lines of an output that tell why it failed, as far as a tail can. */
export const tail = (/** @type {string} */ output, lines = 12) =>
  output
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `      ${line}`)
    .join('\n');
