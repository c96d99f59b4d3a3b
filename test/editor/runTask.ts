import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

/** Runs a `crossbow` task, as tasks.json would have it, and waits for its exit code. */
export async function runTask(definition: Readonly<Record<string, unknown>>): Promise<number | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'the examples are not open');
  const [provided] = await vscode.tasks.fetchTasks({ type: 'crossbow' });
  assert.ok(provided, 'no task is provided');
  const task = new vscode.Task(
    { type: 'crossbow', ...definition },
    folder,
    JSON.stringify(definition),
    'crossbow',
    provided.execution,
    [],
  );
  return new Promise((resolve, reject) => {
    const listener = vscode.tasks.onDidEndTaskProcess((event) => {
      if (event.execution.task.name === task.name) {
        listener.dispose();
        resolve(event.exitCode);
      }
    });
    vscode.tasks.executeTask(task).then(undefined, reject);
  });
}
