import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { useEditor } from '../harness/useEditor.js';

describe('the real editor', () => {
  const editor = useEditor({ folder: join(root, 'examples') });

  it('opens the examples and shows them', async () => {
    const { workbench, screenshot } = editor();
    await workbench.openViewContainer('Explorer');
    expect(await workbench.tree.labels()).toEqual(expect.arrayContaining(['cgo-hello', 'sqlite']));
    await screenshot('smoke-explorer');
  });

  it('finds commands, opens files and reads terminals', async () => {
    const { workbench, screenshot } = editor();
    await workbench.runCommand('Terminal: Create New Terminal');
    await workbench.terminal.type('echo "six times seven is $((6 * 7))"\n');
    await workbench.terminal.waitFor(/^six times seven is 42$/m);
    await workbench.openFile('cgo-hello/main.go', 3);
    await screenshot('smoke-terminal');
  });
});
