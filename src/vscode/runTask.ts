import * as vscode from 'vscode';

/** Runs a task to its end; its exit code, or undefined where it was ended from outside. */
export async function runTask(task: vscode.Task): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    // A short process may end before executeTask answers, so the task is known by its name, not its execution.
    const isOurs = (it: vscode.Task): boolean => it.name === task.name && it.source === task.source;
    const listeners = vscode.Disposable.from(
      vscode.tasks.onDidEndTaskProcess((event) => {
        if (isOurs(event.execution.task)) {
          listeners.dispose();
          resolve(event.exitCode);
        }
      }),
      vscode.tasks.onDidEndTask((event) => {
        if (isOurs(event.execution.task)) {
          listeners.dispose();
          resolve(undefined);
        }
      }),
    );
    vscode.tasks.executeTask(task).then(undefined, (error: unknown) => {
      listeners.dispose();
      reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}
