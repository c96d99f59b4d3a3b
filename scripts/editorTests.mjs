import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser, windowUrl } from './lib/browser.mjs';
import { bundleEditorTests } from './lib/bundleEditorTests.mjs';
import { startEditorServer } from './lib/editorServer.mjs';
import { root } from './lib/paths.mjs';
import { endGroupsWithThisProcess } from './lib/processGroup.mjs';
import { reports } from './lib/testStages.mjs';

/**
 * Runs the suites of test/editor inside the extension host of the VS Code server: the window of a browser is opened
 * as a development window with a test runner, and tells through two functions on its page what was logged and how
 * it ended.
 */
const timeLimitMs = 8 * 60_000;
const report = join(reports, 'editor.json');

endGroupsWithThisProcess();
await bundleEditorTests();
await mkdir(reports, { recursive: true });
await rm(report, { force: true });

const home = await mkdtemp(join(tmpdir(), 'crossbow-editor-tests-'));
const server = await startEditorServer({
  dataDir: home,
  extensionsDir: join(home, 'extensions'),
  trustEverything: true,
  testDriver: true,
  env: { ...process.env, CROSSBOW_TEST_REPORT: report },
});
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.exposeFunction(
    'codeAutomationLog',
    (/** @type {string} */ _kind, /** @type {unknown[]} */ args) => {
      // The window logs its own affairs the same way; the runner's lines carry a mark.
      const [line] = args;
      if (typeof line === 'string' && line.startsWith('▏')) console.log(line.slice(1));
    },
  );
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => resolve(code));
    page.once('crash', () => reject(new Error('The page crashed.')));
    server.process.once('exit', (code) => reject(new Error(`The server ended with status ${code}.`)));
    setTimeout(() => reject(new Error(`No end after ${timeLimitMs / 1000} s.`)), timeLimitMs).unref();
  });
  const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const url = windowUrl(server.port, join(root, 'examples'), [
    ['extensionDevelopmentPath', remote(root)],
    ['extensionTestsPath', remote(join(root, 'out/test/index.js'))],
  ]);
  const [code] = await Promise.all([ended, page.goto(url)]);
  const { numTotalTests = 0 } = JSON.parse(await readFile(report, 'utf8'));
  if (numTotalTests === 0) console.error('No test ran.');
  process.exitCode = code === 0 && numTotalTests > 0 ? 0 : 1;
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${server.log().slice(-4000)}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
}
process.exit();
