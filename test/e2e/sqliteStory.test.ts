import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { useEditor } from '../harness/useEditor.js';

const device = 'Raspberry Pi 3B+';

let folder: string | undefined;
let workspace = '';

/** The SQLite example in a folder of its own, whose name is no friend of careless quoting. */
async function copyExample(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'crossbow e2e ü '));
  folder = parent;
  const copy = join(parent, 'sqlite');
  await cp(join(root, 'examples/sqlite'), copy, {
    recursive: true,
    filter: (path) => !path.includes('sqlite/dist'),
  });
  return copy;
}

describe('a Raspberry Pi owner with a Go program that reaches SQLite through cgo', () => {
  const editor = useEditor(async () => ({ folder: (workspace = await copyExample()) }));
  afterAll(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('picks the Pi, builds, and runs the program here', async () => {
    const { workbench, screenshot } = editor();

    await workbench.openViewContainer('Crossbow');
    const row = await workbench.tree.item(device);
    await screenshot('pi-1-targets');
    await row.click();
    await workbench.statusBarItem(device).waitFor();
    await screenshot('pi-2-active');

    await workbench.tree.inlineAction(device, 'Build');
    await workbench.notification(/Building sqlite for linux\/arm\/v7/).waitFor();
    await screenshot('pi-3-building');
    const built = await workbench.terminal.waitFor(/Built for linux\/arm\/v7|failed after/, 240_000);
    expect(built).toMatch(/^\$ .*GOARCH=arm/m);
    expect(built).toMatch(/Built for linux\/arm\/v7/);
    const artifact = await workbench.tree.item('sqlite');
    await screenshot('pi-4-built');
    expect(await artifact.innerText()).toMatch(/MB/);
    expect(
      (await stat(join(workspace, 'dist/linux/arm/v7/sqlite')).catch(() => undefined))?.size,
    ).toBeGreaterThan(1e6);

    await workbench.tree.inlineAction('sqlite', 'Run under emulation');
    const rows = await workbench.terminal.waitFor(/Chomolungma/);
    expect(rows).toMatch(/linux\/arm\b/);
    await workbench.statusBarItem('exited with code 0').waitFor();
    await screenshot('pi-5-rows');

    // The picture in the README: media/readme/targets.png is this one, made smaller.
    await workbench.openFile('main.go', 1);
    await screenshot('pi-6-readme');
  });

  it('mends a wrong compiler from the light bulb', async () => {
    const { page, workbench, screenshot } = editor();
    await writeFile(
      join(workspace, 'crossbow.yaml'),
      '# The C side of our boards.\ntoolchains:\n  linux/arm/v7:\n    cc: gcc # the one of this machine\n',
    );
    // With the file of the problem in sight there would be no notification.
    await workbench.runCommand('View: Close All Editors');
    await workbench.openViewContainer('Crossbow');
    await workbench.tree.inlineAction(device, 'Build');
    await workbench.terminal.waitFor(/failed after/, 240_000);
    await workbench.notification(/The build for linux\/arm\/v7 failed/).waitFor();
    await screenshot('wrong-cc-1-failed');

    const problems = await workbench.problems();
    await problems.filter({ hasText: 'crossbow' }).first().waitFor();
    await screenshot('wrong-cc-2-problems');
    await problems.filter({ hasText: 'crossbow' }).first().dblclick();
    await page.locator('.editor-group-container .tab.active').filter({ hasText: 'main.go' }).waitFor();
    await page.locator('.monaco-editor [class*="lightbulb" i]').first().click();
    await page.locator('.action-widget .monaco-list-row.action').first().waitFor();
    await screenshot('wrong-cc-3-light-bulb');
    await workbench.takeCodeAction(/arm-linux-gnueabihf-gcc/);

    await workbench.terminal.waitFor(/Built for linux\/arm\/v7/, 240_000);
    await workbench.tree.item('sqlite');
    await screenshot('wrong-cc-4-green');
    await workbench.runCommand('Problems: Focus on Problems View');
    await page.locator('.markers-panel-container').getByText('No problems have been detected').waitFor();
    await screenshot('wrong-cc-5-no-problems');
    const text = await readFile(join(workspace, 'crossbow.yaml'), 'utf8');
    expect(text).toContain('# The C side of our boards.');
    expect(text).toContain('arm-linux-gnueabihf-gcc');
  });
});
