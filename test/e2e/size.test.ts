import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { useEditor } from '../harness/useEditor.js';
import { violations, webviewFrame } from '../harness/webview.js';
import type { ThemeKind } from '../harness/workbench.js';

/** What is used of the browser's own types, which tests do without. */
interface Dom {
  readonly document: { readonly activeElement: { getAttribute(name: string): string | null } | null };
}

const device = 'Raspberry Pi 3B+';
let folder = '';

/** The owner of the tile that has the focus. */
function focused(frame: Frame): Promise<string | null | undefined> {
  return frame.evaluate(() =>
    (globalThis as unknown as Dom).document.activeElement?.getAttribute('data-owner'),
  );
}

describe('what is in the binary', () => {
  const editor = useEditor(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossbow-size-'));
    await cp(join(root, 'examples/cgo-hello'), join(folder, 'cgo-hello'), { recursive: true });
    return {
      folder: join(folder, 'cgo-hello'),
      settings: { 'workbench.colorTheme': 'Default Light Modern' },
    };
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  it('opens from the artifact: picture, tables and keys, in every kind of theme', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.openViewContainer('Crossbow');
    await (await workbench.tree.item(device)).click();
    await workbench.tree.inlineAction(device, 'Build');
    await workbench.terminal.waitFor(/Built for linux\/arm\/v7/, 120_000);
    await workbench.tree.contextMenu('cgo-hello');
    await workbench.pickMenu('Show what is in the binary');

    const frame = await webviewFrame(page);
    await frame.getByRole('heading', { name: 'cgo-hello (linux/arm/v7)' }).waitFor();

    // The sum of the table is the file, as it lies on the disk.
    const { size } = await stat(join(folder, 'cgo-hello/dist/linux/arm/v7/cgo-hello'));
    const bytes = await frame.locator('table').first().locator('tbody td:nth-child(3)').allTextContents();
    expect(bytes.map((it) => Number(it.replaceAll(',', ''))).reduce((sum, it) => sum + it, 0)).toBe(size);

    // From the picture by keys, largest first; then a column by its header.
    await frame.getByRole('button', { name: /^runtime, / }).focus();
    await frame.getByText(/^runtime: .*\.text/).waitFor();
    await page.keyboard.press('Home');
    const first = await focused(frame);
    await page.keyboard.press('ArrowRight');
    expect(await focused(frame)).not.toBe(first);
    await frame.getByRole('button', { name: 'Package', exact: true }).click();
    await frame.locator('th[aria-sort="ascending"]').waitFor();

    for (const kind of ['light', 'dark', 'contrast'] satisfies readonly ThemeKind[]) {
      await workbench.setTheme(kind);
      await frame.locator(`body[data-vscode-theme-kind="${kinds[kind]}"]`).waitFor();
      await frame.getByRole('button', { name: /^runtime, / }).focus();
      await screenshot(`size-${kind}`);
      expect(await violations(frame), kind).toEqual([]);
      await frame.getByRole('heading', { name: 'Libraries' }).scrollIntoViewIfNeeded();
      await screenshot(`size-${kind}-tables`);
    }
  });
});

/** How a webview's page names the kinds of themes. */
const kinds: Readonly<Record<ThemeKind, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  contrast: 'vscode-high-contrast',
};
