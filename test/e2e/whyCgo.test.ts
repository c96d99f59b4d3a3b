import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import type { PageGlobals } from '../harness/pageGlobals.js';
import { useEditor } from '../harness/useEditor.js';
import type { ThemeKind } from '../harness/workbench.js';

let folder = '';

describe('why cgo', () => {
  const editor = useEditor(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossbow-why-'));
    await cp(join(root, 'examples/sqlite'), join(folder, 'sqlite'), { recursive: true });
    return { folder: join(folder, 'sqlite') };
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  it('leads from a lens to the chain, and from a row to the import, in every kind of theme', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.openViewContainer('Crossbow');
    await (await workbench.tree.item('Raspberry Pi 3B+')).click();
    // The lens stands above func main, which is further down.
    await workbench.openFile('main.go', 30);
    const lens = page.locator('.codelens-decoration a', {
      hasText: /^cgo through 1 package · Raspberry Pi 3B\+: proven$/,
    });
    await lens.click();
    await page.locator('.pane-header[aria-label^="Targets"]').click();

    const pane = page.locator('.pane', { has: page.locator('.pane-header[aria-label^="Why cgo"]') });
    const row = (text: string | RegExp) => pane.locator('.monaco-list-row', { hasText: text });
    await row('sqlite → go-sqlite3 → C').locator('.monaco-tl-twistie').click();
    await row('builds without cgo, and then fails').waitFor();
    await row(/^#cgo lines/)
      .locator('.monaco-tl-twistie')
      .click();
    await row('#cgo linux LDFLAGS: -ldl').waitFor();
    for (const kind of ['light', 'dark', 'contrast'] satisfies readonly ThemeKind[]) {
      await workbench.setTheme(kind);
      await screenshot(`why-cgo-${kind}`);
    }
    await row('imports go-sqlite3').click();
    await page.locator('.statusbar-item', { hasText: 'Ln 13, Col 5' }).waitFor();
    await row('imports go-sqlite3').click({ button: 'right' });
    await workbench.pickMenu('Copy import chain');
    await workbench.statusBarItem('Copied the chain').waitFor();
    const copied = await page.evaluate(() =>
      (globalThis as unknown as PageGlobals).navigator.clipboard.readText(),
    );
    expect(copied).toBe('sqlite → go-sqlite3 → C');
  });
});
