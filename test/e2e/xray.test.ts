import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { useEditor } from '../harness/useEditor.js';

const folders: string[] = [];

/** The example with a line of its own, so that its package is built and not found in the cache. */
async function createProgram(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crossbow-e2e-xray-'));
  folders.push(folder);
  const workspace = join(folder, 'cgo-hello');
  await cp(join(root, 'examples/cgo-hello'), workspace, { recursive: true });
  await appendFile(join(workspace, 'main.go'), `\nvar edition = "${String(Date.now())}"\n`);
  return workspace;
}

/** The page of the webview that is shown; it is a frame in a frame. */
async function shownFrame(page: Page): Promise<Frame> {
  const outer = page.locator('iframe.webview.ready').last();
  const active = await outer.contentFrame().locator('#active-frame').elementHandle();
  const found = await active.contentFrame();
  if (!found) throw new Error('The webview has no page.');
  await found.waitForSelector('.timeline canvas');
  return found;
}

/** What axe finds that keeps people from using the page; run by the browser itself, which no policy forbids. */
async function seriousProblems(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await frame.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run(),
  );
  return violations
    .filter((it) => it.impact === 'serious' || it.impact === 'critical')
    .map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' ')}`);
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

describe('the X-ray of a build', () => {
  const editor = useEditor(async () => ({ folder: await createProgram() }));
  afterAll(() => Promise.all(folders.map((it) => rm(it, { recursive: true, force: true }))));

  it('opens from the terminal and from the artifact, by keys and for screen readers', async () => {
    const { page, workbench, screenshot } = editor();
    const device = 'Raspberry Pi 3B+';
    await workbench.openViewContainer('Crossbow');
    // Rows move when the group of pinned ones comes to the top: the next step waits for it.
    await workbench.tree.inlineAction(device, 'Pin target');
    await workbench.tree.item('Pinned');
    await (await workbench.tree.item(device)).click();
    await workbench.tree.inlineAction(device, 'Build');
    await workbench.terminal.waitFor(/Build X-ray \d{8}T\d{9}-\w{4}/, 240_000);

    await workbench.tree.contextMenu('cgo-hello');
    await workbench.pickMenu('Show build X-ray');
    const frame = await shownFrame(page);
    await page.locator('.tab.active').filter({ hasText: 'X-ray: cgo-hello (linux/arm/v7)' }).waitFor();
    // The terminal leaves the picture more room.
    await workbench.runCommand('View: Toggle Panel Visibility');

    await frame.getByText(/arm-linux-gnueabihf-gcc -marm × \d+: .*, for arm-linux-gnueabihf/).waitFor();
    const actions = frame.getByRole('grid', { name: 'Actions of the build' });
    await frame.getByRole('searchbox').fill('fingerprint.c');
    await actions.getByRole('row').filter({ hasText: 'fingerprint.c (example.com/cgo-hello)' }).waitFor();
    await frame.getByRole('searchbox').fill('');

    // By keys alone: into the timeline, to an action, whose details are told.
    await frame.getByRole('application', { name: 'Timeline of the build' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    const details = frame.getByRole('region', { name: 'Details' });
    await details.getByRole('heading').waitFor();

    await frame.getByRole('tab', { name: 'Packages' }).click();
    await frame
      .getByRole('grid', { name: 'Packages of the build' })
      .getByRole('row')
      .filter({ hasText: 'example.com/cgo-hello' })
      .waitFor();
    await frame.getByRole('tab', { name: 'Who ran what' }).click();
    const processes = frame.getByRole('treegrid', { name: 'Processes of the build' });
    await processes.getByRole('row').filter({ hasText: 'arm-linux-gnueabihf-gcc' }).first().click();
    await details.getByRole('button', { name: 'Copy' }).click();
    await details.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await seriousProblems(frame)).toEqual([]);
    await screenshot('xray-light');

    for (const [kind, className] of [
      ['dark', 'vscode-dark'],
      ['contrast', 'vscode-high-contrast'],
    ] as const) {
      await workbench.setTheme(kind);
      await frame.waitForSelector(`body.${className}`);
      expect(await seriousProblems(frame)).toEqual([]);
      await screenshot(`xray-${kind}`);
    }

    // Beside a build that fails in the compiler, which is recorded as well.
    await appendFile(join(folders[0]!, 'cgo-hello', 'main.go'), '\nvar wrong int = "no number"\n');
    await workbench.tree.inlineAction(device, 'Build');
    await workbench.terminal.waitFor(/failed after [^]*Build X-ray/, 240_000);
    await frame.getByRole('button', { name: 'Compare with another build…' }).click();
    await workbench.quickInput.shown('Compare with');
    await page.keyboard.press('Enter');
    await page.locator('.tab.active').filter({ hasText: '↔' }).waitFor();
    const both = await shownFrame(page);
    await both.getByRole('grid', { name: 'Packages in both builds' }).getByRole('row').nth(1).waitFor();
    expect(await seriousProblems(both)).toEqual([]);
    await screenshot('xray-compare');
  });
});
