import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser, windowUrl } from '../scripts/lib/browser.mjs';
import { startEditorServer } from '../scripts/lib/editorServer.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { stageExtension } from '../scripts/lib/stageExtension.mjs';
import { buildExtension } from './buildExtension.js';
import { median, milliseconds, type Benchmark } from './measure.js';

const runs = 8;

/**
 * Runs inside the extension host: activates a throw-away extension first, since the first activation of a window
 * pays for the machinery, then the two that are compared, in an order that alternates between runs.
 */
const runner = `
const { extensions } = require('vscode');
const { readFileSync, writeFileSync } = require('node:fs');
exports.run = async () => {
  const { order, result } = JSON.parse(readFileSync(__dirname + '/plan.json', 'utf8'));
  const times = {};
  for (const id of order) {
    const extension = extensions.getExtension(id);
    if (extension === undefined) throw new Error(id + ' is not installed');
    if (extension.isActive) throw new Error(id + ' is active already');
    const started = performance.now();
    await extension.activate();
    times[id] = performance.now() - started;
  }
  writeFileSync(result, JSON.stringify(times));
};
`;

/** An extension with one small file and one command, as `yo code` makes it. */
async function addEmptyExtension(extensionsDir: string, name: string): Promise<void> {
  const folder = join(extensionsDir, `bench.${name}-1.0.0`);
  await mkdir(folder, { recursive: true });
  const commands = [{ command: `${name}.hello`, title: 'Hello' }];
  await writeFile(
    join(folder, 'package.json'),
    manifestOf(name, { main: './main.js', contributes: { commands } }),
  );
  await writeFile(
    join(folder, 'main.js'),
    `const { commands } = require('vscode');
exports.activate = (context) => { context.subscriptions.push(commands.registerCommand('${name}.hello', () => {})); };`,
  );
}

const manifestOf = (name: string, more: object): string =>
  JSON.stringify({ name, publisher: 'bench', version: '1.0.0', engines: { vscode: '^1.101.0' }, ...more });

export const activation: Benchmark = {
  name: 'activation',
  about: `from activate() called to returned, against an empty extension in the same window, ${runs} windows`,
  async run() {
    await buildExtension();
    const home = await mkdtemp(join(tmpdir(), 'crossbow-activation-'));
    const extensionsDir = join(home, 'extensions');
    const bench = join(home, 'runner');
    const server = await (async () => {
      const staged = await stageExtension(extensionsDir);
      const manifest = JSON.parse(await readFile(join(staged, 'package.json'), 'utf8'));
      // Activated by us, when the window has settled, and not by the window's opening.
      await writeFile(join(staged, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
      await addEmptyExtension(extensionsDir, 'first');
      await addEmptyExtension(extensionsDir, 'empty');
      // Without the list the server takes every folder as installed.
      await rm(join(extensionsDir, 'extensions.json'));
      await mkdir(bench, { recursive: true });
      await writeFile(join(bench, 'package.json'), manifestOf('runner', {}));
      await writeFile(join(bench, 'run.js'), runner);
      return startEditorServer({ dataDir: home, extensionsDir, trustEverything: true, testDriver: true });
    })();
    const browser = await launchBrowser();
    // Whichever is activated first pays more: times are compared with those of the same place in the order.
    const crossbow: readonly number[][] = [[], []];
    const empty: readonly number[][] = [[], []];
    try {
      for (let run = 0; run < runs; run++) {
        const result = join(home, `result-${run}.json`);
        const pair =
          run % 2 === 0 ? ['bench.empty', 'crossbow.crossbow'] : ['crossbow.crossbow', 'bench.empty'];
        await writeFile(
          join(bench, 'plan.json'),
          JSON.stringify({ order: ['bench.first', ...pair], result }),
        );
        await openOnce(browser, server.port, bench);
        const times = JSON.parse(await readFile(result, 'utf8')) as Record<string, number>;
        crossbow[run % 2 === 0 ? 1 : 0]!.push(times['crossbow.crossbow']!);
        empty[run % 2]!.push(times['bench.empty']!);
      }
    } finally {
      await browser.close();
      await server.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    }
    const typical = (byPlace: readonly number[][]): number =>
      byPlace.reduce((sum, times) => sum + median(times), 0) / byPlace.length;
    const ratio = typical(crossbow) / typical(empty);
    return [
      { what: 'empty extension, mean of the medians by place', value: milliseconds(typical(empty)) },
      { what: 'Crossbow, the same', value: milliseconds(typical(crossbow)) },
      { what: 'ratio', value: ratio.toFixed(2), goal: { says: 'under 1.5', met: ratio < 1.5 } },
    ];
  },
};

/** Opens a window in a fresh profile of the browser, and waits until its runner has ended. */
async function openOnce(
  browser: Awaited<ReturnType<typeof launchBrowser>>,
  port: number,
  bench: string,
): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.exposeFunction('codeAutomationLog', () => undefined);
  const ended = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path}`;
  await page.goto(
    windowUrl(port, join(root, 'examples'), [
      ['extensionDevelopmentPath', remote(bench)],
      ['extensionTestsPath', remote(join(bench, 'run.js'))],
    ]),
  );
  const code = await ended;
  await context.close();
  if (code !== 0) throw new Error(`The runner in the window ended with ${code}.`);
}
