import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import type { Editor } from '../harness/editor.js';
import { useEditor } from '../harness/useEditor.js';

let folder: string | undefined;
let workspace = '';

const failing = 'GOOS=linux GOARCH=arm CGO_ENABLED=1 go build -o /dev/null .';

/** Gives the host's gcc to ARM twice: by a plain process, and by a compiler of the task's own. */
const tasks = `{
  "version": "2.0.0",
  "tasks": [
    {
      // The board in the greenhouse.
      "label": "board",
      "type": "process",
      "command": "go",
      "args": ["build", "-o", "/dev/null", "."],
      "options": { "env": { "GOOS": "linux", "GOARCH": "arm", "CGO_ENABLED": "1" } },
      "problemMatcher": ["$crossbow-go"]
    },
    {
      // The board on the roof.
      "label": "roof",
      "type": "crossbow",
      "target": "linux/arm/v7",
      "env": { "CC": "gcc", "CGO_CFLAGS": "-Os" }
    }
  ]
}
`;

/** The small cgo example, by itself, in a folder whose name is no friend of careless quoting. */
async function copyExample(): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'crossbow e2e ü '));
  const copy = join(folder, 'hello');
  await cp(join(root, 'examples/cgo-hello'), copy, {
    recursive: true,
    filter: (path) => !path.includes('cgo-hello/dist'),
  });
  await mkdir(join(copy, '.vscode'));
  await writeFile(join(copy, '.vscode/tasks.json'), tasks);
  return copy;
}

const tasksNow = () => readFile(join(workspace, '.vscode/tasks.json'), 'utf8');

async function runTask({ workbench }: Editor, label: string): Promise<void> {
  await workbench.quickInput.open('F1');
  await workbench.quickInput.choose('Tasks: Run Task', { filter: '>Tasks: Run Task' });
  await workbench.quickInput.choose(label, { filter: label });
}

/** Opens the problem's file from the Problems panel, and its light bulb. */
async function openLightBulb({ page, workbench }: Editor, file: string): Promise<void> {
  const problems = await workbench.problems();
  const problem = problems.filter({ hasText: 'crossbow' }).first();
  await problem.waitFor({ timeout: 120_000 });
  await problem.dblclick();
  await page.locator('.editor-group-container .tab.active').filter({ hasText: file }).waitFor();
  await page.locator('.monaco-editor [class*="lightbulb" i]').first().click();
  await page.locator('.action-widget .monaco-list-row.action').first().waitFor();
}

async function noProblems({ page, workbench }: Editor): Promise<void> {
  await workbench.runCommand('Problems: Focus on Problems View');
  await page
    .locator('.markers-panel-container')
    .getByText('No problems have been detected')
    .waitFor({ timeout: 120_000 });
}

describe('a build that Crossbow did not start', () => {
  const editor = useEditor(async () => ({ folder: (workspace = await copyExample()) }));
  afterAll(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('is diagnosed in the terminal it was typed in, until the same build passes there', async () => {
    const { page, workbench, screenshot } = editor();
    await workbench.openViewContainer('Crossbow');
    await workbench.tree.item('Raspberry Pi 3B+');

    await workbench.runCommand('Terminal: Create New Terminal');
    await workbench.terminal.waitFor(/[$#%>] *$/);
    await workbench.terminal.type(`${failing}\n`);
    await workbench.terminal.waitFor(/-marm/, 120_000);
    const problem = (await workbench.problems()).filter({ hasText: 'crossbow' }).first();
    await problem.waitFor({ timeout: 120_000 });

    // Another target passes: that says nothing about this one.
    await workbench.runCommand('Terminal: Focus Terminal');
    await workbench.terminal.type('go build -o /dev/null . && echo native-"passed"\n');
    await workbench.terminal.waitFor(/native-passed/, 120_000);
    await workbench.problems();
    expect(await problem.isVisible()).toBe(true);

    await openLightBulb(editor(), 'main.go');
    await screenshot('terminal-1-light-bulb');
    await workbench.takeCodeAction(/Type the command with CC=arm-linux-gnueabi(hf)?-gcc/);
    await workbench.terminal.waitFor(/CC=arm-linux-gnueabi(hf)?-gcc GOOS=linux GOARCH=arm/);
    await screenshot('terminal-2-corrected');
    await workbench.runCommand('Terminal: Focus Terminal');
    // The palette would take the key while it closes.
    await workbench.quickInput.closed();
    await page.keyboard.press('Enter');
    await noProblems(editor());
    await screenshot('terminal-3-green');
  });

  it('is diagnosed as a task of tasks.json, which the light bulb mends', async () => {
    const { workbench, screenshot } = editor();
    await runTask(editor(), 'board');
    // A task's terminal comes to the front when it starts, over the Problems panel.
    await workbench.terminal.waitFor(/Executing task[\s\S]*-marm/, 120_000);
    await openLightBulb(editor(), 'main.go');
    await screenshot('task-1-light-bulb');
    await workbench.takeCodeAction(/for the task "board"/);
    // The task brings its terminal to the front.
    await workbench.terminal.waitFor(/reused by tasks[\s\S]*reused by tasks/, 120_000);
    await noProblems(editor());
    await screenshot('task-2-green');
    const text = await tasksNow();
    expect(text).toContain('// The board in the greenhouse.');
    expect(text).toMatch(/"CC": "arm-linux-gnueabi(hf)?-gcc"/);
  });

  it('heals from a link in the terminal of a Crossbow task, whose own compiler goes out of tasks.json', async () => {
    const { workbench, screenshot } = editor();
    await runTask(editor(), 'roof');
    await workbench.terminal.waitFor(/→ Set CC for linux\/arm\/v7 to arm-linux-gnueabihf-gcc/, 120_000);
    await workbench.terminal.followLink(/→ Set CC for linux\/arm\/v7 to arm-/);
    await workbench.terminal.waitFor(/Built for linux\/arm\/v7/, 240_000);
    await noProblems(editor());
    await screenshot('task-3-link');
    const text = await tasksNow();
    expect(text).toContain('// The board on the roof.');
    expect(text).toMatch(/"env": \{\s*"CGO_CFLAGS": "-Os"\s*\}/);
    expect(await readFile(join(workspace, 'crossbow.yaml'), 'utf8')).toContain('cc: arm-linux-gnueabihf-gcc');
  });
});
