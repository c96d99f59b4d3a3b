import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { node24, vscodeFolder } from './paths.mjs';
import { endGroup, spawnGroup } from './processGroup.mjs';

/** Settings that keep a fresh editor quiet: no welcome pages, no network, no assistants. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
};

/**
 * Starts the VS Code server that serves the workbench to a browser, and waits until it listens.
 * @param {{
 *   dataDir: string,
 *   extensionsDir: string,
 *   port?: number,
 *   token?: string,
 *   trustEverything: boolean,
 *   testDriver: boolean,
 *   settings?: Record<string, unknown>,
 *   env?: NodeJS.ProcessEnv,
 * }} options `testDriver` exposes VS Code's own smoke-test driver on the page; without `token` anybody on this
 *   machine may connect; `settings` become the user's settings where there are none yet.
 */
export async function startEditorServer(options) {
  await mkdir(options.extensionsDir, { recursive: true });
  // Every window here is a remote one: it takes settings of machine scope from the machine's file alone, once it knows
  // their scope, and until then from the user's.
  for (const of of ['User', 'Machine']) {
    const settingsFile = join(options.dataDir, 'data', of, 'settings.json');
    await mkdir(dirname(settingsFile), { recursive: true });
    if (!existsSync(settingsFile)) {
      await writeFile(settingsFile, JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2));
    }
  }

  const args = [
    join(vscodeFolder, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
    '--accept-server-license-terms',
    '--disable-telemetry',
    '--disable-experiments',
    '--disable-getting-started-override',
    // Tests get the environment they ask for; else the login shell's PATH would take the place of theirs.
    ...(options.testDriver ? ['--enable-smoke-test-driver', '--force-disable-user-env'] : []),
    ...(options.trustEverything ? ['--disable-workspace-trust'] : []),
    ...['--server-data-dir', options.dataDir, '--extensions-dir', options.extensionsDir],
  ];
  const env = { ...(options.env ?? process.env) };
  // A terminal of the editor that started us would leak its own server's variables into ours.
  for (const name of Object.keys(env)) if (/^(VSCODE_|ELECTRON_)/.test(name)) delete env[name];
  env.PATH = [dirname(node24), env.PATH].filter(Boolean).join(delimiter);

  const child = spawnGroup(node24, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const port = await new Promise((resolve, reject) => {
    const hear = (/** @type {Buffer} */ data) => {
      log = (log + data.toString()).slice(-1_000_000);
      const listening = /Extension host agent listening on (\d+)/.exec(log);
      if (listening) resolve(Number(listening[1]));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`The VS Code server ended with status ${code} before it listened:\n${log}`));
    });
  });

  return {
    /** @type {number} */
    port,
    process: child,
    /** What the server printed so far (its last megabyte). */
    log: () => log,
    stop: () => endGroup(child),
  };
}
