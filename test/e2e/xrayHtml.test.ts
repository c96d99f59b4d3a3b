import { appendFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { violations } from '../harness/webview.js';

let folder = '';
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crossbow-xray-html-'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

const screenshots = join(root, 'test-results/screenshots');

describe('crossbow xray --html', () => {
  it('is one file that shows the build in a browser, without an editor and without a network', async () => {
    const workspace = join(folder, 'cgo-hello');
    await cp(join(root, 'examples/cgo-hello'), workspace, { recursive: true });
    await appendFile(join(workspace, 'main.go'), `\nvar edition = "${String(Date.now())}"\n`);
    // Go's own cache stays where it is: what the example imports need not be compiled again.
    const { stdout: goCache } = await execa('go', ['env', 'GOCACHE']);
    const crossbow = (...args: readonly string[]) =>
      execa(process.execPath, [join(root, 'out/cli.js'), ...args], {
        cwd: workspace,
        env: { XDG_CACHE_HOME: join(folder, 'cache'), GOCACHE: goCache },
      });
    await crossbow('build', '--target', 'linux/arm/v7');
    await crossbow('xray', '--html', 'xray.html');

    await mkdir(screenshots, { recursive: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width: 1300, height: 900 } });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const page = await context.newPage();
      const asked: string[] = [];
      const failed: string[] = [];
      page.on('request', (it) => asked.push(it.url()));
      page.on('pageerror', (error) => failed.push(error.message));
      const url = pathToFileURL(join(workspace, 'xray.html')).href;
      await page.goto(url);
      await page.getByRole('heading', { name: 'example.com/cgo-hello for linux/arm/v7' }).waitFor();
      await page.getByText(/arm-linux-gnueabihf-gcc -marm × \d+: .*, for arm-linux-gnueabihf/).waitFor();
      await page.getByRole('searchbox').fill('fingerprint.c');
      await page.getByRole('application', { name: 'Timeline of the build' }).press('ArrowRight');
      const details = page.getByRole('region', { name: 'Details' });
      await details.getByRole('heading', { name: /fingerprint\.c/ }).waitFor();
      await details.getByText(/arm-linux-gnueabihf-gcc .*fingerprint\.c/).waitFor();
      await page.getByRole('searchbox').fill('');
      await page.getByRole('tab', { name: 'Who ran what' }).click();
      await page.getByRole('row').filter({ hasText: 'arm-linux-gnueabihf-gcc' }).first().click();
      await details.getByRole('button', { name: 'Copy' }).click();
      await details.getByRole('button', { name: 'Copied' }).waitFor();
      await page.screenshot({ path: join(screenshots, `xray-html-${colorScheme}.png`) });
      expect(await violations(page.mainFrame()), colorScheme).toEqual([]);
      expect({ asked, failed }).toEqual({ asked: [url], failed: [] });
      await context.close();
    }
  });
});
