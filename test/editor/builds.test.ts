import { strict as assert } from 'node:assert';
import { watch } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { problemsOf } from './problemsOf.js';
import { runTask } from './runTask.js';

/** Whether a process is there. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

suite('builds', () => {
  const root = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const mainFile = (): vscode.Uri => vscode.Uri.file(join(root(), 'cgo-hello/main.go'));
  const target = 'linux/arm/v7';

  suiteSetup(async () => {
    await vscode.extensions.getExtension('crossbow.crossbow')?.activate();
    // A task needs a target to be provided for; this is what a click on the row does.
    const choice = { target: { goos: 'linux', goarch: 'arm', level: 'v7' } };
    await vscode.commands.executeCommand('crossbow.setActive', { node: { kind: 'target', choice } });
  });

  test('a task is provided for each program of the workspace and the active target', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'crossbow' });
    const names = tasks.map((it) => it.name).sort();
    assert.deepEqual(names, [`cgo-hello (${target})`, `sqlite (${target})`]);
    assert.ok(tasks.every((it) => it.group?.id === vscode.TaskGroup.Build.id));
  });

  test('a task that is written wrong says so and ends with 2', async () => {
    assert.equal(await runTask({ package: './cgo-hello', target: 'linux/sparc' }), 2);
    assert.equal(await runTask({ package: './nothing', target }), 2);
    assert.equal(await runTask({ package: './cgo-hello', target, cgo: 'perhaps' }), 2);
  });

  test('ending a task ends what the build started, and leaves no artifact', async function () {
    this.timeout(120_000);
    const folder = await mkdtemp(join(tmpdir(), 'crossbow-ended-'));
    // A compiler that says its process id and then hangs.
    const compiler = join(folder, 'cc');
    await writeFile(
      compiler,
      `#!/bin/sh\necho $$ > ${folder}/new && mv ${folder}/new ${folder}/pid\nexec sleep 600\n`,
    );
    await chmod(compiler, 0o755);
    const [provided] = await vscode.tasks.fetchTasks({ type: 'crossbow' });
    assert.ok(provided);
    const output = join(folder, 'program');
    const definition = {
      type: 'crossbow',
      package: './cgo-hello',
      target,
      cgo: 'on',
      env: { CC: compiler },
      output,
    };
    const task = new vscode.Task(
      definition,
      vscode.TaskScope.Workspace,
      'ended',
      'crossbow',
      provided.execution,
      [],
    );
    const started = new Promise<void>((resolve) => {
      const watcher = watch(folder, (_event, name) => {
        if (name === 'pid') {
          watcher.close();
          resolve();
        }
      });
    });
    const execution = await vscode.tasks.executeTask(task);
    await started;
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
    assert.equal(isAlive(pid), true);
    const from = Date.now();
    execution.terminate();
    while (isAlive(pid)) {
      assert.ok(Date.now() - from < 20_000, 'the compiler still runs');
      await new Promise((resolve) => setImmediate(resolve));
    }
    await assert.rejects(stat(output));
    await rm(folder, { recursive: true });
  });

  test('a wrong compiler becomes a problem with fixes, and a good build clears it', async function () {
    this.timeout(180_000);
    assert.equal(await runTask({ package: './cgo-hello', target, cgo: 'on', env: { CC: 'gcc' } }), 1);
    const [problem] = await problemsOf(mainFile(), (found) => found.length > 0);
    assert.equal(problem?.code === 'wrong-c-compiler' || typeof problem?.code === 'object', true);
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Error);
    const document = await vscode.workspace.openTextDocument(mainFile());
    assert.match(document.lineAt(problem.range.start.line).text, /import "C"/);
    assert.match(problem.relatedInformation?.[0]?.message ?? '', /-marm/);

    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      mainFile(),
      problem.range,
    );
    const [first] = actions;
    assert.match(first?.title ?? '', /arm-linux-gnueabihf-gcc/);
    assert.equal(first?.isPreferred, true);

    const output = join(root(), 'dist/editor-test/hello');
    assert.equal(await runTask({ package: './cgo-hello', target, output }), 0);
    assert.ok((await stat(output)).size > 500_000);
    await problemsOf(mainFile(), (found) => found.length === 0);
    await vscode.workspace.fs.delete(vscode.Uri.file(join(root(), 'dist/editor-test')), { recursive: true });
  });
});
