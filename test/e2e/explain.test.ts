import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { useEditor } from '../harness/useEditor.js';

const folders: string[] = [];

/** A cgo program whose crossbow.yaml names this machine's compiler for ARM. */
async function createProgram(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crossbow e2e explain '));
  folders.push(folder);
  await writeFile(join(folder, 'go.mod'), 'module example.com/hello\n\ngo 1.22\n');
  await writeFile(
    join(folder, 'main.go'),
    'package main\n\n// #include <stdlib.h>\nimport "C"\n\nfunc main() { C.abs(1) }\n',
  );
  await writeFile(
    join(folder, 'crossbow.yaml'),
    'pinned: [linux/arm/v7]\ntoolchains:\n  linux/arm/v7:\n    cc: gcc\n    cgo: on\n',
  );
  return folder;
}

/** The page inside the Markdown preview that is shown; a webview is a frame in a frame. */
function preview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

function activeTab(page: Page, name: string) {
  return page.locator('.editor-group-container .tab.active').filter({ hasText: name });
}

/** By the mouse: while a preview has the focus, keys go to its frame first. */
async function closeTab(page: Page, name: string): Promise<void> {
  await activeTab(page, name).click({ button: 'middle' });
  await activeTab(page, name).waitFor({ state: 'detached' });
}

describe('a problem of a build', () => {
  const editor = useEditor(async () => ({ folder: await createProgram() }));
  afterAll(() => Promise.all(folders.map((it) => rm(it, { recursive: true, force: true }))));

  it('is explained by the link of its code, with the lines of the log', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.openViewContainer('Crossbow');
    await workbench.tree.inlineAction('linux/arm/v7', 'Build');
    await workbench.terminal.waitFor(/failed after/, 240_000);

    const problems = await workbench.problems();
    const link = problems.locator('a').filter({ hasText: 'wrong-c-compiler' }).first();
    await link.click({ modifiers: ['Control'] });
    await activeTab(page, 'wrong-c-compiler').waitFor();
    const shown = preview(page);
    await shown.getByRole('heading', { name: 'What happened' }).waitFor();
    await screenshot('explain-1-link');
    const text = await shown.locator('body').innerText();
    expect(text).toMatch(/In the log:[^]*│ gcc: error: .*-marm[^]*What happened[^]*How to fix/);
  });

  it('is explained from the hover in the editor', async () => {
    const { page, workbench, screenshot } = editor();
    await closeTab(page, 'wrong-c-compiler');
    await workbench.openFile('main.go', 4, 9);
    const hover = page.locator('.monaco-hover:not(.hidden) a.code-link').first();
    // An editor that has just opened closes its hover again when lenses or the light bulb come.
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Control+K');
          await page.keyboard.press('Control+I');
          return hover.waitFor({ timeout: 3000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 45_000 },
      )
      .toBe(true);
    await screenshot('explain-2-hover');
    await hover.click();
    await activeTab(page, 'wrong-c-compiler').waitFor();
    await preview(page).getByText('In the log:').waitFor();
  });

  it('is explained by a command', async () => {
    const { page, workbench, screenshot } = editor();
    await closeTab(page, 'wrong-c-compiler');
    await workbench.runCommand('Crossbow: Explain this problem');
    await activeTab(page, 'wrong-c-compiler').waitFor();
    await preview(page).getByText('In the log:').waitFor();
    await screenshot('explain-3-command');
  });

  it('has pages that link to each other', async () => {
    const { page, screenshot } = editor();
    const link = preview(page).getByRole('link', { name: 'wrong-cxx-compiler' });
    await link.click();
    await activeTab(page, 'wrong-cxx-compiler').waitFor();
    // Every page has this heading's words; the title is the new one's own.
    await preview(page)
      .getByRole('heading', { name: /^C\+\+ still goes/ })
      .waitFor();
    await screenshot('explain-4-linked');
    // The lines of the log belong to the other page's cause.
    expect(await preview(page).locator('body').innerText()).not.toContain('In the log:');
  });
});
