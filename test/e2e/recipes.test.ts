import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { useEditor } from '../harness/useEditor.js';

const target = 'linux/arm/v7';
const yaml = `pinned: [${target}]
recipes:
  bundle:
    title: Guardian in a tarball
    steps:
      - name: gdn
        recipe: { name: gdn }
      - name: pack
        archive:
          output: gdn-\${goarch}.tgz
          entries:
            bin/gdn: \${steps.gdn/gdn}
            bin/init: \${steps.gdn/gdn-init}
            bin/sh: { link: init }
            var/lib/gdn: { directory: true, mode: '0700', owner: '7:7' }
`;
let folder = '';

describe('recipes', () => {
  const editor = useEditor(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossbow-e2e-recipes-'));
    await cp(join(root, 'test/fixtures/recipes/guardian'), folder, { recursive: true });
    await writeFile(join(folder, 'crossbow.yaml'), yaml);
    return { folder };
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  it('run below their target, each step with its state, its time and what it made', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.openViewContainer('Crossbow');
    // Recipes are looked for once Go was found and crossbow.yaml read.
    await page.locator('.sidebar .label-name').getByText('bundle', { exact: true }).waitFor();
    await workbench.tree.inlineAction('bundle', 'Run recipe');
    await workbench.terminal.waitFor(/Ran bundle for linux\/arm\/v7/, 240_000);
    const rows = page.locator('.sidebar .monaco-list-row[role="treeitem"]');
    await rows.and(page.locator('[aria-label^="pack, step, done"][aria-label*="after gdn"]')).waitFor();
    await workbench.tree.expand('pack');
    await workbench.tree.item('gdn-arm.tgz');
    await screenshot('recipes-1-done');
  });

  it('open what they packed as a listing', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.tree.inlineAction('gdn-arm.tgz', 'Open archive');
    const lines = page.locator('.editor-instance .view-lines');
    await lines
      .getByText(/linux\/arm,\sstatic/)
      .first()
      .waitFor();
    expect((await lines.innerText()).replace(/\s+/g, ' ')).toMatch(
      /for linux\/arm Mode .*-rwxr-xr-x 0:0 [^ ]+ .B linux\/arm, static bin\/gdn .*bin\/sh → init .*drwx------ 7:7 - var\/lib\/gdn\//,
    );
    await screenshot('recipes-2-archive');
    for (const theme of ['dark', 'contrast', 'light'] as const) {
      await workbench.setTheme(theme);
      await screenshot(`recipes-2-archive-${theme}`);
    }
  });

  it('do again only what has changed', async () => {
    const { workbench } = editor();
    const source = join(folder, 'cmd/init/init.c');
    await writeFile(source, `${await readFile(source, 'utf8')}\n/* One more line. */\n`);
    await workbench.tree.inlineAction('bundle', 'Run recipe');
    const text = await workbench.terminal.waitFor(/✓ gdn\/gdn up to date[^]*Ran bundle/, 120_000);
    expect(text).toMatch(/✓ gdn\/init done in/);
  });

  it('are copied to crossbow.yaml, to be changed there', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.runCommand('Crossbow: Customize recipe');
    await workbench.quickInput.choose('gdn');
    await page.locator('.tab.active').filter({ hasText: 'crossbow.yaml' }).waitFor();
    await expect
      .poll(() => readFile(join(folder, 'crossbow.yaml'), 'utf8'), { timeout: 20_000 })
      .toMatch(/^ {2}gdn:\n[^]*packages: \.\/cmd\/gdn$/m);
    await screenshot('recipes-3-customized');
    await workbench.runCommand('Undo');
    await expect.poll(() => readFile(join(folder, 'crossbow.yaml'), 'utf8'), { timeout: 20_000 }).toBe(yaml);
  });

  it('heal from a link in their terminal, where a C program has the compiler of another machine', async () => {
    const { page, workbench, screenshot } = editor();
    await writeFile(join(folder, 'crossbow.yaml'), `${yaml}toolchains:\n  ${target}: { cc: gcc }\n`);
    // The compiler is tried at once, and the rows of the tree are new ones then: a click before would be lost.
    await page
      .locator('.sidebar .monaco-list-row', { hasText: target })
      .first()
      .locator('[class*="codicon-error"]')
      .waitFor();
    await workbench.tree.inlineAction('bundle', 'Run recipe');
    await workbench.terminal.waitFor(/→ Set CC for linux\/arm\/v7 to arm-linux-gnueabihf-gcc/, 120_000);
    await screenshot('recipes-4-failed');
    await workbench.terminal.followLink(/→ Set CC for linux\/arm\/v7 to arm-/);
    await page
      .locator('.sidebar [aria-label^="bundle, recipe"][aria-label$="done"]')
      .waitFor({ timeout: 240_000 });
    expect(await readFile(join(folder, 'crossbow.yaml'), 'utf8')).toContain('cc: arm-linux-gnueabihf-gcc');
  });
});
