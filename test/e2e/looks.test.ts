import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { exactly } from '../harness/quickInput.js';
import { useEditor } from '../harness/useEditor.js';
import type { ThemeKind } from '../harness/workbench.js';

const device = 'Raspberry Pi 3B+';
let folder = '';

describe('in every kind of theme', () => {
  const editor = useEditor(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossbow-looks-'));
    const workspace = join(folder, 'cgo-hello');
    await cp(join(root, 'examples/cgo-hello'), workspace, { recursive: true });
    return { folder: workspace };
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  it('a target is pinned, chosen and built', async () => {
    const { workbench, screenshot } = editor();
    await workbench.openViewContainer('Crossbow');

    // Pinned from the row: the group comes to the top, and the row under Devices knows it.
    await workbench.tree.inlineAction(device, 'Pin target');
    await workbench.tree.item('Pinned');
    // A click on a row that is being replaced is lost: VS Code has let go of the old row's command.
    await expect
      .poll(
        async () => {
          await (await workbench.tree.item(device)).click();
          return workbench
            .statusBarItem(device)
            .waitFor({ timeout: 3000 })
            .then(
              () => true,
              () => false,
            );
        },
        { timeout: 45_000 },
      )
      .toBe(true);
    await workbench.tree.inlineAction(device, 'Build');
    await workbench.notification(/Building cgo-hello for/).waitFor();
    await screenshot('looks-progress');
    await workbench.terminal.waitFor(/Built for linux\/arm\/v7/, 120_000);
    await workbench.tree.item('cgo-hello');
  });

  it.each(['light', 'dark', 'contrast'] satisfies readonly ThemeKind[])(
    '%s: tree, picker, menu and tooltip',
    async (kind) => {
      const { page, workbench, screenshot } = editor();
      await workbench.setTheme(kind);
      expect(await workbench.tree.tooltip(device)).toContain('arm-linux-gnueabihf-gcc');
      await screenshot(`looks-${kind}-tooltip`);

      // The message that a command was copied, of the theme before, names the device too.
      await workbench.statusBarItem(exactly(device)).click();
      await workbench.quickInput.shown('Active target');
      await workbench.quickInput.type('aarch64-linux-gnu');
      await workbench.quickInput.entry('linux/arm64').first().waitFor();
      await screenshot(`looks-${kind}-picker`);
      await workbench.quickInput.type('linux/arm/v8');
      await page.locator('.quick-input-list').getByText('Use linux/').first().waitFor();
      await screenshot(`looks-${kind}-refused`);
      await page.keyboard.press('Escape');
      await workbench.quickInput.closed();

      await workbench.tree.contextMenu(device);
      await page.locator('.monaco-menu').getByRole('menuitem', { name: 'Copy build command' }).waitFor();
      await screenshot(`looks-${kind}-menu`);
      await workbench.pickMenu('Copy build command');
      await workbench.statusBarItem('Copied the build command').waitFor();
      const copied = await page.evaluate(() =>
        (
          globalThis as unknown as { navigator: { clipboard: { readText(): Promise<string> } } }
        ).navigator.clipboard.readText(),
      );
      expect(copied).toMatch(/GOARCH=arm .*CC=arm-linux-gnueabihf-gcc .*go build/);
    },
  );
});
