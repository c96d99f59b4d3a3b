import * as vscode from 'vscode';
import { runTask } from './runTask.js';

/**
 * Shows a command, asks, and runs it in a terminal. True when it ran and succeeded; false when the person said
 * no or it failed, which the terminal shows.
 */
export async function installWithConsent(title: string, command: string): Promise<boolean> {
  const yes = 'Run in terminal';
  const choice = await vscode.window.showWarningMessage(
    title,
    { modal: true, detail: `This command will run in a terminal:\n\n${command}` },
    yes,
  );
  if (choice !== yes) {
    return false;
  }
  const task = new vscode.Task(
    { type: 'shell' },
    vscode.TaskScope.Workspace,
    'install packages',
    'crossbow',
    new vscode.ShellExecution(command),
    [],
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: true, showReuseMessage: false };
  return (await runTask(task)) === 0;
}
