import { spawnGroup } from './processGroup.mjs';

/**
 * Runs a program with its output shown, and resolves to its exit code (-1 when a signal or a failed start ended it).
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function runShown(program, args, options) {
  return new Promise((resolve) => {
    const child = spawnGroup(program, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (error) => {
      console.error(`${program} did not start: ${error.message}`);
      resolve(-1);
    });
    child.once('close', (code) => resolve(code ?? -1));
  });
}
