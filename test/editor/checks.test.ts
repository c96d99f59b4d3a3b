import { strict as assert } from 'node:assert';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { problemsOf } from './problemsOf.js';

const pipeline = `resources:
- name: go # the compiler
  type: registry-image
  source:
    repository: golang
- name: box
  type: registry-image
  source: {repository: busybox}
`;

const fixesAt = (document: vscode.TextDocument, line: number): Thenable<vscode.CodeAction[]> =>
  vscode.commands.executeCommand(
    'vscode.executeCodeActionProvider',
    document.uri,
    document.lineAt(line).range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );

async function takeFix(document: vscode.TextDocument, line: number, title: RegExp): Promise<void> {
  // The window hears of problems a moment after the extension host, and asks for the fixes of those that it knows.
  let action: vscode.CodeAction | undefined;
  while (action === undefined) {
    action = (await fixesAt(document, line)).find((it) => title.test(it.title));
  }
  assert.ok(action.edit);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}

suite('checks before a build', () => {
  const root = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const path = (): string => join(root(), 'pipeline.yml');
  const config = (): string => join(root(), 'crossbow.yaml');

  suiteSetup(async () => {
    await vscode.extensions.getExtension('crossbow.crossbow')?.activate();
    await writeFile(config(), 'pinned:\n  - linux/arm/v7\n');
    await vscode.commands.executeCommand('crossbow.refresh');
  });
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await rm(path(), { force: true });
    await rm(config(), { force: true });
    await vscode.commands.executeCommand('crossbow.refresh');
  });

  test('are problems with a page, mended by a fix that can be undone, on text that is not saved', async () => {
    await writeFile(path(), pipeline);
    const document = await vscode.workspace.openTextDocument(path());
    await vscode.window.showTextDocument(document);
    const [first] = await problemsOf(document.uri, (found) => found.length === 2);
    assert.equal(first?.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(first.message, /golang .*\(linux\/arm\/v7\)$/);
    assert.deepEqual(first.range, new vscode.Range(4, 16, 4, 22));
    const code = first.code as { readonly value: string; readonly target: vscode.Uri };
    assert.equal(code.value, 'image-without-platform');
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.match(page.getText(), /^# An image without a platform/);

    await takeFix(document, 4, /^Add platform: \{ os: linux, architecture: arm \}$/);
    assert.match(
      document.getText(),
      /repository: golang\n {4}platform: \{ os: linux, architecture: arm \}\n/,
    );
    assert.ok(document.isDirty);
    await problemsOf(document.uri, (found) => found.length === 1);

    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), pipeline);
    await problemsOf(document.uri, (found) => found.length === 2);

    await takeFix(document, 4, /^Fix all/);
    await problemsOf(document.uri, (found) => found.length === 0);
    assert.equal(document.getText().match(/platform: \{ os: linux, architecture: arm \}/g)?.length, 2);
    assert.match(document.getText(), /# the compiler/);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), pipeline);
  });

  test('are none when switched off', async () => {
    const document = await vscode.workspace.openTextDocument(path());
    await problemsOf(document.uri, (found) => found.length === 2);
    const settings = vscode.workspace.getConfiguration('crossbow');
    await settings.update('checks.enabled', false, vscode.ConfigurationTarget.Global);
    await problemsOf(document.uri, (found) => found.length === 0);
    await settings.update('checks.enabled', undefined, vscode.ConfigurationTarget.Global);
    await problemsOf(document.uri, (found) => found.length === 2);
  });
});
