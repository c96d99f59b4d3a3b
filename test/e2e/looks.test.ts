import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { startEditor, type Editor } from '../harness/editor.js';

const device = 'Raspberry Pi 3B+';

let folder: string | undefined;
let editor: Editor | undefined;

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    await editor?.screenshot('failure-looks');
  }
  await editor?.close();
  editor = undefined;
  if (folder !== undefined) {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('in every kind of theme', () => {
  it.each([
    ['light', 'Default Light Modern'],
    ['dark', 'Default Dark Modern'],
    ['contrast', 'Default High Contrast'],
  ])('%s: tree, picker, menu and tooltip', async (name, theme) => {
    folder = await mkdtemp(join(tmpdir(), 'crossbow-looks-'));
    const workspace = join(folder, 'cgo-hello');
    await cp(join(root, 'examples/cgo-hello'), workspace, { recursive: true });
    editor = await startEditor({ folder: workspace, settings: { 'workbench.colorTheme': theme } });
    const { page, workbench, screenshot } = editor;
    await workbench.openViewContainer('Crossbow');

    // Pinned from the row: the group comes to the top, and the row under Devices knows it.
    await workbench.tree.inlineAction(device, 'Pin target');
    await workbench.tree.item('Pinned');
    await (await workbench.tree.item(device)).click();
    await workbench.tree.inlineAction(device, 'Build');
    await workbench.notification(/Building cgo-hello for/).waitFor();
    await screenshot(`looks-${name}-progress`);
    await workbench.terminal.waitFor(/Built for linux\/arm\/v7/, 120_000);
    await workbench.tree.item('cgo-hello');
    expect(await workbench.tree.tooltip(device)).toContain('arm-linux-gnueabihf-gcc');
    await screenshot(`looks-${name}-tooltip`);

    await workbench.statusBarItem(device).click();
    await workbench.quickInput.shown('Active target');
    await workbench.quickInput.type('aarch64-linux-gnu');
    await workbench.quickInput.entry('linux/arm64').first().waitFor();
    await screenshot(`looks-${name}-picker`);
    await workbench.quickInput.type('linux/arm/v8');
    await page.locator('.quick-input-list').getByText('Use linux/').first().waitFor();
    await screenshot(`looks-${name}-refused`);
    await page.keyboard.press('Escape');

    await workbench.tree.contextMenu(device);
    await page.locator('.monaco-menu').getByRole('menuitem', { name: 'Copy build command' }).waitFor();
    await screenshot(`looks-${name}-menu`);
    await workbench.pickMenu('Copy build command');
    await workbench.statusBarItem('Copied the build command').waitFor();
    const copied = await page.evaluate(() =>
      (
        globalThis as unknown as { navigator: { clipboard: { readText(): Promise<string> } } }
      ).navigator.clipboard.readText(),
    );
    expect(copied).toMatch(/GOARCH=arm .*CC=arm-linux-gnueabihf-gcc .*go build/);
  });
});
