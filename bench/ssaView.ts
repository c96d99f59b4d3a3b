import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../scripts/lib/browser.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { emptyConfig } from '../src/core/config/config.js';
import { createCrossbow } from '../src/core/createCrossbow.js';
import { packDocument } from '../src/core/ssa/view/packDocument.js';
import { standalonePage } from '../src/core/ssa/view/standalonePage.js';
import { standaloneTheme } from '../src/core/ssa/view/standaloneTheme.js';
import { createPorts } from '../src/node/ports.js';
import { buildExtension } from './buildExtension.js';
import { median, milliseconds, type Benchmark } from './measure.js';

const rounds = Number(process.env['CROSSBOW_BENCH_ROUNDS'] ?? 5);
const megabyte = 1024 * 1024;
const target = { goos: 'linux', goarch: 'amd64' } as const;

/** From the start of the page to the second frame after it can be used, and the same for a click. */
interface Opened {
  readonly interactive: number;
  readonly click: number;
  /** Resident memory of the page's process, in bytes. */
  readonly memory: number;
}

/** What tells that a page can be used, and what to click. */
interface PageKind {
  readonly ready: string;
  readonly value: string;
}

const ours: PageKind = { ready: '.column.right .line', value: '.column.right .row-value .value' };
/** What any page costs, even one that shows a word. */
const nothing: PageKind = { ready: '.column', value: '.column' };
/** Its listeners are added once all of it was read. */
const theirs: PageKind = { ready: 'html.crossbow-loaded', value: 'td:not([style*="none"]) span.ssa-value' };

export const ssaView: Benchmark = {
  name: 'ssa-view',
  about: `the SSA view of net/http.(*conn).serve beside Go's own page, in Chromium, median of ${rounds}`,
  async run() {
    await buildExtension();
    const folder = await mkdtemp(join(tmpdir(), 'crossbow-ssa-view-'));
    const browser = await launchBrowser();
    try {
      const serve = await exportFunction(folder, 'net/http', '(*conn).serve');
      const builtin = await exportFunction(folder, 'go/types', '(*Checker).builtin');
      const page = await dumpWithGo(folder, 'net/http', '(*conn).serve');
      const word = join(folder, 'word.html');
      await writeFile(word, '<!DOCTYPE html><title>Nothing</title><p class="column">Nothing</p>');
      const empty = await several(browser, word, nothing);
      const [mine, large] = [await several(browser, serve, ours), await several(browser, builtin, ours)];
      const go = await openPage(browser, page, theirs);
      const [sooner, quicker] = [go.interactive / mine.interactive, go.click / mine.click];
      const less = go.memory / mine.memory;
      return [
        { what: 'Go’s page: interactive', value: milliseconds(go.interactive) },
        goal('serve: interactive', mine.interactive, '≤ 500 ms', mine.interactive <= 500),
        times('interactive sooner', sooner, 20),
        { what: 'Go’s page: click on a value', value: milliseconds(go.click) },
        goal('serve: click on a value', mine.click, '≤ 50 ms', mine.click <= 50),
        times('click sooner', quicker, 500),
        { what: 'a page with one word: memory', value: bytes(empty.memory) },
        { what: 'Go’s page: memory', value: bytes(go.memory) },
        { what: 'serve: memory', value: bytes(mine.memory) },
        times('memory less', less, 8),
        goal('builtin: interactive', large.interactive, '≤ 1 s', large.interactive <= 1000),
        goal('builtin: click on a value', large.click, '≤ 50 ms', large.click <= 50),
        {
          what: 'builtin: memory',
          value: bytes(large.memory),
          goal: { says: '≤ 250 MB', met: large.memory <= 250 * megabyte },
        },
      ];
    } finally {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const bytes = (value: number): string => `${(value / megabyte).toFixed(0)} MB`;
const goal = (what: string, value: number, says: string, met: boolean) => ({
  what,
  value: milliseconds(value),
  goal: { says, met },
});
const times = (what: string, value: number, least: number) => ({
  what,
  value: `${value.toFixed(0)} ×`,
  goal: { says: `≥ ${least} ×`, met: value >= least },
});

/** The view of a function as a page of its own: what the panel shows, fed from the page instead of the editor. */
async function exportFunction(folder: string, importPath: string, name: string): Promise<string> {
  const ports = createPorts();
  const crossbow = createCrossbow(ports, { cacheFolder: join(folder, 'cache') });
  const { stdout } = await promisify(execFile)('go', ['list', '-f', '{{.Dir}}', importPath]);
  const directory = stdout.trim();
  const result = await crossbow.ssa(
    { target, directory, moduleDirectory: directory, name },
    { config: emptyConfig, trusted: true },
  );
  if (result.kind !== 'dumped') throw new Error(`${name}: ${result.kind}`);
  const { dump, assembly, boundsChecks, decisions, notes } = result;
  const packed = packDocument({ dump, boundsChecks, decisions, notes, ...(assembly && { assembly }) });
  const bundled = (file: string): Promise<string> => readFile(join(root, 'out/webview/ssa', file), 'utf8');
  const page = standalonePage({
    title: name,
    scripts: [await bundled('standalone.js'), await bundled('main.js')],
    worker: await bundled('worker.js'),
    styles: `${standaloneTheme}\n${await bundled('main.css')}`,
    head: packed.head,
    columns: Buffer.from(packed.columns).toString('base64'),
    nonce: 'bench',
  });
  const path = join(folder, `${importPath.replaceAll('/', '-')}.html`);
  await writeFile(path, page);
  return path;
}

/** Go's own page; compiles all that the package imports once more. */
async function dumpWithGo(folder: string, importPath: string, name: string): Promise<string> {
  const dumps = join(folder, 'dumps');
  await promisify(execFile)('go', ['build', '-o', join(folder, 'out.a'), importPath], {
    env: {
      ...process.env,
      GOSSAFUNC: `${importPath}.${name}`,
      GOSSADIR: dumps,
      GOOS: 'linux',
      GOARCH: 'amd64',
    },
    maxBuffer: 64 * megabyte,
  });
  const found = (await readdir(dumps, { recursive: true })).find((it) => it.endsWith('.html'));
  if (found === undefined) throw new Error('Go wrote no page.');
  return join(dumps, found);
}

async function several(browser: Browser, path: string, kind: PageKind): Promise<Opened> {
  const opened: Opened[] = [];
  for (let round = 0; round < rounds; round++) opened.push(await openPage(browser, path, kind));
  const middle = (of: (it: Opened) => number): number => median(opened.map(of));
  return {
    interactive: middle((it) => it.interactive),
    click: middle((it) => it.click),
    memory: middle((it) => it.memory),
  };
}

/** Runs in the page before its own scripts: notes when the second frame after readiness has been drawn. */
const watch = `
const twoFrames = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
addEventListener('load', () => document.documentElement.classList.add('crossbow-loaded'));
let ready;
window.ready = new Promise((resolve) => { ready = resolve; });
const look = () => {
  if (document.querySelector(READY) === null) requestAnimationFrame(look);
  else twoFrames(() => { ready(performance.now()); });
};
requestAnimationFrame(look);
`;

async function openPage(browser: Browser, path: string, { ready, value }: PageKind): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
  const page: Page = await context.newPage();
  page.setDefaultTimeout(180_000);
  try {
    await page.addInitScript(watch.replace('READY', JSON.stringify(ready)));
    await page.goto(pathToFileURL(path).href, { waitUntil: 'commit' });
    // Not waitForFunction: it evaluates text in the page, which the page's policy refuses.
    const interactive = Number(await page.evaluate('window.ready'));
    const click = Number(
      await page.evaluate(`new Promise((resolve) => {
        const value = [...document.querySelectorAll(${JSON.stringify(value)})].slice(0, 30).at(-1);
        const started = performance.now();
        value.click();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)));
      })`),
    );
    return { interactive, click, memory: await largestRenderer(browser) };
  } finally {
    await context.close();
  }
}

/** Resident memory of the browser's largest page process; the heap alone says little, for the document is outside it. */
async function largestRenderer(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => {
        const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
        return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
      }),
  );
  return Math.max(...sizes);
}
