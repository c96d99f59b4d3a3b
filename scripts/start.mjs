import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEditorServer } from './lib/editorServer.mjs';
import { node24, privateFolder, root } from './lib/paths.mjs';
import { endGroupsWithThisProcess } from './lib/processGroup.mjs';
import { runShown } from './lib/runShown.mjs';
import { setUp } from './lib/setUp.mjs';
import { stageExtension } from './lib/stageExtension.mjs';

/**
 * `npm start`: sets up, builds the extension, and serves it in the embedded VS Code on examples/. With
 * `npm start -- --restricted` the folder is not trusted until you say so. Settings and layout are kept between starts.
 */
const home = join(privateFolder, 'start');
const extensionsDir = join(home, 'extensions');

let ending = false;
endGroupsWithThisProcess(() => {
  ending = true;
  console.log('\nEnding everything that was started.');
});

/** One token for this folder, so that a page that is still open finds the next start's server. */
async function connectionToken() {
  const file = join(home, 'token');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (/^[0-9a-f]{40}$/.test(kept)) return kept;
  const token = randomBytes(20).toString('hex');
  await writeFile(file, token, { mode: 0o600 });
  return token;
}

try {
  const env = await setUp();
  console.log('Build');
  const code = await runShown(
    node24,
    [join(root, 'node_modules/webpack/bin/webpack.js'), '--mode', 'production'],
    {
      cwd: root,
      env,
    },
  );
  if (code !== 0) throw new Error('The extension did not build; see above.');

  await stageExtension(extensionsDir);
  const token = await connectionToken();
  const server = await startEditorServer({
    dataDir: home,
    extensionsDir,
    token,
    trustEverything: !process.argv.includes('--restricted'),
    testDriver: false,
    settings: { 'workbench.startupEditor': 'readme' },
    env,
  });
  const folder = encodeURIComponent(join(root, 'examples')).replaceAll('%2F', '/');
  console.log(`
Open this in a browser on this machine; Ctrl-C here ends it:

  http://127.0.0.1:${server.port}/?tkn=${token}&folder=${folder}
`);
  server.process.once('exit', (status) => {
    if (ending) return;
    console.error(`The editor ended by itself with status ${status}:\n${server.log().slice(-2000)}`);
    process.exitCode = 1;
  });
} catch (error) {
  if (!ending) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
