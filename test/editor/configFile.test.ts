import { strict as assert } from 'node:assert';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { problemsOf } from './problemsOf.js';

const row = (goarch: string, level?: string) => ({
  node: {
    kind: 'target',
    choice: { target: { goos: 'linux', goarch, ...(level === undefined ? {} : { level }) } },
  },
});

suite('crossbow.yaml', () => {
  const root = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const path = (): string => join(root(), 'crossbow.yaml');
  const uri = (): vscode.Uri => vscode.Uri.file(path());

  suiteSetup(() => vscode.extensions.getExtension('crossbow.crossbow')?.activate());
  teardown(async () => {
    await rm(path(), { force: true });
    await problemsOf(uri(), (found) => found.length === 0);
  });

  test('has its problems at the line and column they belong to, and none once they are mended', async () => {
    await writeFile(path(), '# Ours.\npinned:\n  - linux/arm/v7\n  - linux/sparc\n');
    const [wrong, ...more] = await problemsOf(uri(), (found) => found.length > 0);
    assert.equal(more.length, 0);
    assert.match(wrong?.message ?? '', /"sparc" is not a CPU/);
    assert.deepEqual(wrong?.range, new vscode.Range(3, 4, 3, 15));
    await writeFile(path(), '# Ours.\npinned:\n  - linux/arm/v7\n  - linux/sparc64: no\n    x: [\n');
    const [broken] = await problemsOf(uri(), (found) =>
      found.some((it) => it !== wrong && it.range.start.line > 3),
    );
    assert.equal(broken?.severity, vscode.DiagnosticSeverity.Error);
    await writeFile(path(), '# Ours.\npinned:\n  - linux/arm/v7\n');
    await problemsOf(uri(), (found) => found.length === 0);
  });

  test('takes pins and gives them back, with its comments kept', async () => {
    const text = '# Boards we ship to.\npinned:\n  - linux/arm/v7 # the gateway\ntoolchains: {} # none yet\n';
    await writeFile(path(), text);
    // The file is read in the background; this waits for it.
    await vscode.commands.executeCommand('crossbow.refresh');
    await vscode.commands.executeCommand('crossbow.pin', row('arm64'));
    const pinned = await readFile(path(), 'utf8');
    assert.match(pinned, /^ {2}- linux\/arm\/v7 # the gateway\n {2}- linux\/arm64\n/m);
    assert.match(pinned, /# Boards we ship to\.[^]*# none yet/);
    await vscode.commands.executeCommand('crossbow.unpin', row('arm64'));
    assert.equal(await readFile(path(), 'utf8'), text);
  });
});
