import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from '../paths.mjs';
import { existsSync } from 'node:fs';
import { npm } from './npm.mjs';

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lock */

const read = (/** @type {string} */ file) =>
  /** @type {Lock} */ (JSON.parse(readFileSync(join(root, file), 'utf8'))).packages;

/** Compares what npm says it installed with what package-lock.json asks for; left-out optional ones are fine. */
function upToDate() {
  if (!existsSync(node24)) return false;
  try {
    const installed = read('node_modules/.package-lock.json');
    return Object.entries(read('package-lock.json')).every(([path, { version, optional }]) => {
      if (path === '') return true;
      const there = installed[path];
      return there === undefined ? optional === true : there.version === version;
    });
  } catch {
    return false;
  }
}

/** @type {import('../setUp.mjs').Step} */
export const npmPackages = {
  name: 'npm packages',
  without: 'nothing can be built',
  essential: true,
  missing: () => (upToDate() ? [] : ['what package-lock.json names, Node 24 among it']),
  install: () => npm(['ci', '--no-audit', '--no-fund'], root),
  advice: () => 'Run `npm ci` in the project folder and see what it says.',
};
