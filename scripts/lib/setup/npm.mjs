import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { node24 } from '../paths.mjs';
import { runQuietly } from '../runQuietly.mjs';

/**
 * Runs npm, under Node 24 once that is installed: native modules are compiled for the Node that runs npm.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function npm(args, cwd) {
  const env = { ...process.env };
  // npm hands its own settings down to scripts as variables; those of an outer `npm test` are not meant for this one.
  for (const name of Object.keys(env))
    if (/^npm_(package|lifecycle|command|execpath)/.test(name)) delete env[name];
  if (existsSync(node24)) env.PATH = `${dirname(node24)}${delimiter}${env.PATH ?? ''}`;
  return process.platform === 'win32'
    ? runQuietly('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], { cwd, env })
    : runQuietly('npm', args, { cwd, env });
}
