import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { useEditor } from '../harness/useEditor.js';

const target = 'linux/arm/v7';
let folder = '';

/** A folder with everything that this PATH has, but for the emulators. */
async function pathWithoutEmulators(bin: string): Promise<string> {
  await mkdir(bin);
  const programs = new Map<string, string>();
  for (const from of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of await readdir(from).catch(() => [])) {
      if (!name.startsWith('qemu-') && !programs.has(name)) {
        programs.set(name, join(from, name));
      }
    }
  }
  await Promise.all([...programs].map(([name, program]) => symlink(program, join(bin, name))));
  return bin;
}

/** A workspace of two folders, each a module of its own: the cgo example, and a program of many packages. */
async function createWorkspace(): Promise<string> {
  await cp(join(root, 'examples/cgo-hello'), join(folder, 'hello'), {
    recursive: true,
    filter: (path) => !path.includes('cgo-hello/dist'),
  });
  await mkdir(join(folder, 'server'));
  await writeFile(join(folder, 'server/go.mod'), 'module example.com/server\n\ngo 1.22\n');
  await writeFile(
    join(folder, 'server/main.go'),
    'package main\n\nimport "net/http"\n\nfunc main() { _ = http.ListenAndServe("127.0.0.1:0", nil) }\n',
  );
  const file = join(folder, 'two.code-workspace');
  await writeFile(file, JSON.stringify({ folders: [{ path: 'hello' }, { path: 'server' }] }));
  return file;
}

describe('a day with two modules, on a machine without an emulator', () => {
  const editor = useEditor(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossbow e2e daily '));
    return {
      folder: await createWorkspace(),
      env: {
        ...process.env,
        PATH: await pathWithoutEmulators(join(folder, 'bin')),
        // Nothing is built yet, so that a build can be cancelled while it runs.
        GOCACHE: join(folder, 'cache'),
      },
    };
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  it('offers the programs of both modules, and ends a build that is cancelled', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.openViewContainer('Crossbow');
    await workbench.tree.collapse('Raspberry Pi');
    await workbench.tree.expand('Linux');
    await workbench.tree.inlineAction(target, 'Build');
    await workbench.quickInput.shown('Program to build');
    expect(await workbench.quickInput.labels()).toEqual(
      expect.arrayContaining(['cgo-hello', 'server', 'All programs']),
    );
    await screenshot('daily-1-programs');
    await workbench.quickInput.choose('server');
    await workbench.answerNotification(/Building server for linux\/arm\/v7/, 'Cancel');
    await workbench.terminal.waitFor(/cancelled/i);
    await workbench.notification(/Building server/).waitFor({ state: 'detached' });
    await screenshot('daily-2-cancelled');
    await expect(stat(join(folder, 'server/dist/linux/arm/v7/server'))).rejects.toThrow();
    expect(await page.locator('.notification-toast').count()).toBe(0);
  });

  it('builds into the folder of the chosen program, and marks that as stale once a source changes', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.runCommand('Crossbow: Select program to build…');
    await workbench.quickInput.shown('Program to build');
    await workbench.quickInput.choose('cgo-hello');
    await workbench.tree.inlineAction(target, 'Build');
    await workbench.terminal.waitFor(/Built for linux\/arm\/v7/, 240_000);
    const artifact = await workbench.tree.item('cgo-hello');
    expect(await artifact.innerText()).not.toContain('stale');
    expect((await stat(join(folder, 'hello/dist/linux/arm/v7/cgo-hello'))).size).toBeGreaterThan(100_000);

    const source = join(folder, 'hello/main.go');
    await writeFile(source, `${await readFile(source, 'utf8')}\n// One more line.\n`);
    await page.locator('.sidebar .monaco-list-row').filter({ hasText: 'stale' }).first().waitFor();
    await screenshot('daily-3-stale');
  });

  it('names the package that brings the emulator', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.tree.inlineAction('cgo-hello', 'Run under emulation');
    const message = workbench.notification(/qemu-user/);
    await message.waitFor();
    await screenshot('daily-4-no-emulator');
    await workbench.answerNotification(/qemu-user/, 'Install…');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('apt-get install -y qemu-user');
    await workbench.answerDialog('Cancel');
  });

  it('writes the compiler that is chosen to crossbow.yaml', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.tree.contextMenu(target);
    await workbench.pickMenu('Choose C compiler…');
    await workbench.quickInput.shown('C compiler for linux/arm/v7');
    await screenshot('daily-5-compilers');
    await workbench.quickInput.choose('clang --target=arm-linux-gnueabihf');
    await page.locator('.statusbar').waitFor();
    const path = join(folder, 'hello/crossbow.yaml');
    await expect
      .poll(() => readFile(path, 'utf8').catch(() => ''), { timeout: 10_000 })
      .toMatch(/^toolchains:\n {2}linux\/arm\/v7:\n {4}cc: clang --target=arm-linux-gnueabihf$/m);
  });

  it('pins into crossbow.yaml once it is there', async () => {
    const { workbench } = editor();
    await workbench.tree.inlineAction(target, 'Pin target');
    await workbench.tree.item('Pinned');
    expect(await readFile(join(folder, 'hello/crossbow.yaml'), 'utf8')).toMatch(
      /^pinned: \[linux\/arm\/v7\]$/m,
    );
  });

  it('deletes an artifact after asking', async () => {
    const { page, workbench } = editor();
    await workbench.tree.contextMenu('cgo-hello');
    await workbench.pickMenu('Delete artifact…');
    await workbench.answerDialog('Delete');
    await page
      .locator('.sidebar .monaco-list-row .label-name')
      .filter({ hasText: 'cgo-hello' })
      .first()
      .waitFor({ state: 'detached' });
    await expect(stat(join(folder, 'hello/dist/linux/arm/v7/cgo-hello'))).rejects.toThrow();
  });
});
