import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { startEditor, type Editor } from '../harness/editor.js';

let editor: Editor | undefined;

afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

/** The welcome text of the Targets view. */
async function welcome(): Promise<string> {
  if (editor === undefined) {
    throw new Error('No editor is open.');
  }
  await editor.workbench.openViewContainer('Crossbow');
  const text = editor.page.locator('.sidebar .welcome-view-content');
  await text.waitFor();
  return text.innerText();
}

describe('the Targets view where nothing can be built', () => {
  it('says that there is no Go, where to get it and how to name it', async () => {
    editor = await startEditor({
      folder: join(root, 'examples/sqlite'),
      settings: { 'crossbow.go.path': '/nowhere/bin/go' },
    });
    const text = await welcome();
    await editor.screenshot('empty-no-go');
    expect(text).toContain('Go was not found');
    expect(text).toContain('Install Go');
    await editor.page.getByText('Say where it is').click();
    await editor.page.locator('.settings-editor').waitFor();
  });

  it('says that there is no Go module here', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crossbow no module '));
    try {
      await writeFile(join(folder, 'notes.txt'), 'No Go here.\n');
      editor = await startEditor({ folder });
      expect(await welcome()).toContain('There is no Go module here');
      await editor.screenshot('empty-no-module');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('runs nothing in an untrusted workspace, and shows the targets once it is trusted', async () => {
    editor = await startEditor({ folder: join(root, 'examples/sqlite'), trust: false });
    expect(await welcome()).toContain('Restricted Mode');
    await editor.screenshot('empty-untrusted');
    await editor.page.getByRole('button', { name: 'Manage workspace trust' }).click();
    await editor.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: /^Trust$/ })
      .click();
    await editor.workbench.tree.item('Raspberry Pi 3B+');
  });
});
