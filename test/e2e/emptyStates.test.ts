import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { onPath } from '../../scripts/lib/onPath.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { startEditor, type Editor } from '../harness/editor.js';

let editor: Editor | undefined;
const folders: string[] = [];

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await editor?.screenshot('failure-empty');
  await editor?.close();
  editor = undefined;
  await Promise.all(folders.splice(0).map((it) => rm(it, { recursive: true, force: true })));
});

/** Programs that note their name when they are started, and go on as the real ones. */
async function createTrap(
  folder: string,
): Promise<{ readonly bin: string; started(): Promise<readonly string[]> }> {
  const bin = join(folder, 'bin');
  const noted = join(folder, 'started');
  await mkdir(bin);
  for (const name of [
    'go',
    'cc',
    'gcc',
    'clang',
    'zig',
    'arm-linux-gnueabihf-gcc',
    'arm-linux-gnueabi-gcc',
  ]) {
    const real = onPath(name);
    if (real !== undefined) {
      const script = `#!/bin/sh\necho ${name} >> '${noted}'\nexec '${real}' "$@"\n`;
      await writeFile(join(bin, name), script, { mode: 0o755 });
    }
  }
  return {
    bin,
    async started() {
      const text = await readFile(noted, 'utf8').catch(() => '');
      return text.split('\n').filter((it) => it !== '');
    },
  };
}

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

  it('runs nothing in an untrusted workspace, shows the targets once it is trusted, and knows when the module goes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crossbow untrusted '));
    folders.push(folder);
    const trap = await createTrap(folder);
    const workspace = join(folder, 'sqlite');
    await cp(join(root, 'examples/sqlite'), workspace, {
      recursive: true,
      filter: (path) => !path.includes('sqlite/dist'),
    });
    editor = await startEditor({
      folder: workspace,
      trust: false,
      env: { ...process.env, PATH: `${trap.bin}${delimiter}${process.env['PATH'] ?? ''}`, CC: 'gcc' },
    });
    expect(await welcome()).toContain('Restricted Mode');
    await editor.screenshot('empty-untrusted');
    await editor.workbench.runCommand('Crossbow: Select active target…');
    await editor.workbench.quickInput.choose('linux/arm/v7');
    await editor.workbench.statusBarItem('linux/arm/v7').waitFor();
    const why = editor.page.locator('.pane', { has: editor.page.locator('[aria-label^="Why cgo"]') });
    await why.locator('.pane-header').click();
    await why.getByText('Asking Go for the packages of a program').waitFor();
    await editor.workbench.openFile('main.go', 30);
    expect(await trap.started()).toEqual([]);
    await editor.page.getByRole('button', { name: 'Manage workspace trust' }).first().click();
    await editor.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: /^Trust$/ })
      .click();
    await editor.workbench.tree.item('Raspberry Pi 3B+');
    await why.locator('.monaco-list-row', { hasText: 'sqlite → go-sqlite3 → C' }).waitFor();
    // The trap was set: trust lets the same programs run.
    await expect.poll(trap.started, { timeout: 30_000 }).toContain('go');

    await rm(join(workspace, 'go.mod'));
    expect(await welcome()).toContain('There is no Go module here');
    await editor.screenshot('empty-no-module');
  });
});
