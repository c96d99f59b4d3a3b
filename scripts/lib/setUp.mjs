import { delimiter, dirname } from 'node:path';
import { node24 } from './paths.mjs';
import { tail } from './runQuietly.mjs';
import { debianPackages } from './setup/debianPackages.mjs';
import { go, goModules, pathWithTools } from './setup/go.mjs';
import { npmPackages } from './setup/npmPackages.mjs';
import { vscodeServer, vscodeServerModules } from './setup/vscodeServer.mjs';
import { zig } from './setup/zig.mjs';

/**
 * @typedef {object} Step One kind of thing that the project needs beside Node and npm.
 * @property {string} name
 * @property {string} without What does not work while it is missing.
 * @property {boolean} essential Whether to stop where it can't be installed.
 * @property {() => readonly string[] | Promise<readonly string[]>} missing Looks, and names what is not there; quick.
 * @property {(missing: readonly string[]) => Promise<{ ok: boolean, output: string }>} install
 * @property {(missing: readonly string[]) => string} advice What a person can do where `install` can't.
 */

/**
 * Round after round, and the chains of a round side by side: compilers before what is compiled, Python before what
 * comes through it, Go before its modules.
 */
const rounds = [
  [[npmPackages]],
  [[debianPackages], [vscodeServer]],
  [[vscodeServerModules], [zig, go, goModules]],
];

const seconds = (/** @type {number} */ since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Looks, installs what is missing, and says so. Whether it installed anything; throws where the project can't do
 * without what could not be installed.
 * @param {Step} step
 */
async function take(step) {
  const missing = await step.missing();
  if (missing.length === 0) return false;
  const started = Date.now();
  console.log(`  ${step.name}: installing ${missing.join(', ')}`);
  const result = await step.install(missing);
  const still = result.ok ? await step.missing() : missing;
  if (still.length === 0) {
    console.log(`  ${step.name}: done in ${seconds(started)}`);
    return true;
  }
  const output = result.output.trim() === '' ? [] : [tail(result.output)];
  console.log(
    [
      `  ${step.name}: NOT INSTALLED: ${still.join(', ')} (so ${step.without})`,
      ...output,
      `    ${step.advice(still)}`,
    ].join('\n'),
  );
  if (step.essential) throw new Error(`${step.name} could not be installed.`);
  return false;
}

/** @param {readonly Step[]} chain */
async function takeAll(chain) {
  let any = false;
  for (const step of chain) any = (await take(step)) || any;
  return any;
}

/**
 * Installs what is missing, saying so, and carries on without what can't be installed. The environment it returns
 * has Node 24 first on PATH and the private tools behind the machine's own. Throws where npm packages fail.
 */
export async function setUp() {
  const started = Date.now();
  console.log('Set-up');
  let any = false;
  for (const chains of rounds) {
    any = (await Promise.all(chains.map(takeAll))).includes(true) || any;
  }
  console.log(any ? `  done in ${seconds(started)}` : `  nothing to install (${seconds(started)})`);

  const path = await pathWithTools(process.env.PATH ?? '');
  return { ...process.env, PATH: `${dirname(node24)}${delimiter}${path}` };
}
