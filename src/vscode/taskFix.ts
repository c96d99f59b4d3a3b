import * as vscode from 'vscode';
import type { Session } from './session.js';

/** A task's tasks.json; undefined for a task that an extension provides or that stands elsewhere. */
export function tasksFile(task: vscode.Task): vscode.Uri | undefined {
  const { scope, source } = task;
  if (source !== 'Workspace' || typeof scope !== 'object') {
    return undefined;
  }
  return vscode.Uri.joinPath(scope.uri, '.vscode', 'tasks.json');
}

/** Sets variables of a task in tasks.json, saves it, and runs the task as it now stands there. */
export async function mendTask(
  session: Session,
  task: vscode.Task,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const uri = tasksFile(task);
  if (uri === undefined) {
    throw new Error(`The task "${task.name}" does not stand in tasks.json.`);
  }
  const engine = await session.engine();
  const document = await vscode.workspace.openTextDocument(uri);
  const before = document.getText();
  const result = engine.editTask(before, task.name, env);
  if (result.kind === 'refused') {
    throw new Error(result.message);
  }
  const read = tasksRead();
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
  edit.replace(uri, all, result.text);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
    throw new Error('tasks.json could not be changed.');
  }
  if (result.text !== before) {
    await read;
  }
  const again = (await vscode.tasks.fetchTasks()).find(
    (it) => it.name === task.name && tasksFile(it)?.toString() === uri.toString(),
  );
  await vscode.tasks.executeTask(again ?? task);
}

/** When the editor has read tasks.json again, or has had time enough to. */
function tasksRead(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, 5_000);
    const listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tasks')) {
        done();
      }
    });
  });
}
