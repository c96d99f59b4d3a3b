import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

/** What package.json says of a command. */
interface ContributedCommand {
  readonly command: string;
}

suite('activation', () => {
  const extension = () => {
    const found = vscode.extensions.getExtension('crossbow.crossbow');
    assert.ok(found, 'the extension is not loaded');
    return found;
  };

  test('the extension activates', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  test('every command in the manifest has a handler', async () => {
    await extension().activate();
    const { contributes } = extension().packageJSON as { contributes: { commands: ContributedCommand[] } };
    assert.notEqual(contributes.commands.length, 0);
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands
      .map(({ command }) => command)
      .filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
