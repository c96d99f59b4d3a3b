import { delimiter, dirname } from 'node:path';
import { node24 } from './paths.mjs';
import { tail } from './runQuietly.mjs';
import { debianPackages } from './setup/debianPackages.mjs';
import { go, goModules, pathWithTools } from './setup/go.mjs';
import { npmPackages } from './setup/npmPackages.mjs';
import { vscodeServer } from './setup/vscodeServer.mjs';
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

/** In order: compilers before what is compiled, Python before what comes through it, Go before its modules. */
const steps = [npmPackages, debianPackages, vscodeServer, zig, go, goModules];

const seconds = (/** @type {number} */ since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Installs what is missing, saying so, and carries on without what can't be installed. The environment it returns
 * has Node 24 first on PATH and the private tools behind the machine's own. Throws where npm packages fail.
 */
export async function setUp() {
  const started = Date.now();
  console.log('Set-up');
  let installed = 0;
  for (const step of steps) {
    const missing = await step.missing();
    if (missing.length === 0) continue;
    const stepStarted = Date.now();
    console.log(`  ${step.name}: installing ${missing.join(', ')}`);
    const result = await step.install(missing);
    const still = result.ok ? await step.missing() : missing;
    if (still.length === 0) {
      installed++;
      console.log(`    done in ${seconds(stepStarted)}`);
      continue;
    }
    console.log(`    NOT INSTALLED: ${still.join(', ')} (so ${step.without})`);
    if (result.output.trim() !== '') console.log(tail(result.output));
    console.log(`    ${step.advice(still)}`);
    if (step.essential) throw new Error(`${step.name} could not be installed.`);
  }
  console.log(
    installed === 0 ? `  nothing to install (${seconds(started)})` : `  done in ${seconds(started)}`,
  );

  const path = await pathWithTools(process.env.PATH ?? '');
  return { ...process.env, PATH: `${dirname(node24)}${delimiter}${path}` };
}
