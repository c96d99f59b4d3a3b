import { strict as assert } from 'node:assert';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { problemsOf } from './problemsOf.js';
import { runTask } from './runTask.js';

const target = 'linux/arm/v7';
const yaml = `# Ours.
recipes:
  kit:
    title: A kit
    variables: { greeting: hello }
    steps:
      - name: note
        file: { output: note.txt, text: '\${greeting} from \${target}' }
      - name: copy
        run: { command: [cp, '\${steps.note}', '\${outputs}/copy.txt'], inputs: ['*.none'], outputs: copy.txt }
  hello:
    directory: cgo-hello
    steps:
      - name: hello
        go: { packages: ., output: hello, cgo: on }
  windows:
    matrix: [windows/amd64]
    steps:
      - name: note
        file: { output: note.txt, text: x }
# A compiler for another machine.
toolchains:
  linux/arm/v7:
    cc: gcc
`;

suite('recipes', () => {
  const root = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const config = (): string => join(root(), 'crossbow.yaml');
  const output = (name: string): string => join(root(), 'dist', target, 'kit', name);

  suiteSetup(async () => {
    await vscode.extensions.getExtension('crossbow.crossbow')?.activate();
    await writeFile(config(), yaml);
    const choice = { target: { goos: 'linux', goarch: 'arm', level: 'v7' } };
    await vscode.commands.executeCommand('crossbow.setActive', { node: { kind: 'target', choice } });
    await vscode.commands.executeCommand('crossbow.refresh');
  });
  suiteTeardown(async () => {
    await rm(config(), { force: true });
    await rm(join(root(), 'dist'), { recursive: true, force: true });
    await problemsOf(vscode.Uri.file(config()), (found) => found.length === 0);
    await vscode.commands.executeCommand('crossbow.refresh');
  });

  test('are tasks for the targets that they are for, called by name and target', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'crossbow' });
    const recipes = tasks.filter((it) => it.definition['recipe'] !== undefined);
    assert.deepEqual(
      recipes.map((it) => [it.name, it.detail]),
      [
        [`kit (${target})`, 'Recipe: A kit'],
        [`hello (${target})`, 'Recipe'],
      ],
    );
  });

  test('run, with variables that the task sets', async () => {
    assert.equal(await runTask({ recipe: 'kit', target, set: { greeting: 'hi' } }), 0);
    assert.equal(await readFile(output('copy.txt'), 'utf8'), `hi from ${target}`);
  });

  test('say what is wrong with a task, and end it with 2', async () => {
    assert.equal(await runTask({ recipe: 'kti', target }), 2);
    assert.equal(await runTask({ recipe: 'kit', target, set: { greetings: 'x' } }), 2);
    assert.equal(await runTask({ recipe: 'kit', target, package: './...' }), 2);
    assert.equal(await runTask({ recipe: 'kit', target, source: '/nowhere' }), 2);
    assert.equal(await runTask({ recipe: 'kit', target, from: 'nothing' }), 1);
  });

  test('have what failed in a step as a problem, whose fix heals it and runs the recipe again', async function () {
    this.timeout(120_000);
    const main = vscode.Uri.file(join(root(), 'cgo-hello/main.go'));
    assert.equal(await runTask({ recipe: 'hello', target }), 1);
    const [problem] = await problemsOf(main, (found) => found.length > 0);
    assert.ok(problem);
    await vscode.workspace.openTextDocument(main);
    const [first] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      main,
      problem.range,
    );
    assert.match(first?.title ?? '', /arm-linux-gnueabihf-gcc/);
    assert.ok(first?.command);
    await vscode.commands.executeCommand(
      first.command.command,
      ...((first.command.arguments ?? []) as unknown[]),
    );
    await problemsOf(main, (found) => found.length === 0);
    assert.match(await readFile(config(), 'utf8'), /cc: arm-linux-gnueabihf-gcc/);
    assert.ok((await stat(join(root(), 'dist', target, 'hello/hello'))).size > 500_000);
  });
});
