import * as vscode from 'vscode';

/** As many tasks as are remembered after they ended: the events of a task and of its terminal come in any order. */
const remembered = 20;

/** Which task a terminal's command belongs to. */
export interface TaskBook {
  readonly dispose: () => void;
  /** A task that runs right now with this command line. */
  readonly runningTask: (line: string) => vscode.Task | undefined;
  /** The task that ran in the terminal of this name; VS Code names the terminal after the task. */
  readonly taskOf: (terminalName: string, line: string) => vscode.Task | undefined;
}

export function createTaskBook(): TaskBook {
  let recent: readonly vscode.Task[] = [];
  const listener = vscode.tasks.onDidStartTask(({ execution }) => {
    recent = [execution.task, ...recent].slice(0, remembered);
  });
  return {
    runningTask: (line) =>
      vscode.tasks.taskExecutions.map((it) => it.task).find((task) => isCommandOf(task, line)),
    taskOf: (terminalName, line) =>
      recent.find((task) => terminalName.includes(task.name) && isCommandOf(task, line)),
    dispose() {
      listener.dispose();
    },
  };
}

/** Variables that a task sets for its command, those left out that hold a `${variable}` of the editor's. */
export function taskEnvironment(task: vscode.Task | undefined): Readonly<Record<string, string>> {
  const execution = task?.execution;
  if (!(execution instanceof vscode.ShellExecution) && !(execution instanceof vscode.ProcessExecution)) {
    return {};
  }
  const env = Object.entries(execution.options?.env ?? {});
  return Object.fromEntries(env.filter(([, value]) => !value.includes('${')));
}

/** Whether every word of the task stands in the line; words with a `${variable}` are not compared. */
function isCommandOf(task: vscode.Task, line: string): boolean {
  const words = wordsOf(task.execution).filter((it) => it !== '' && !it.includes('${'));
  return words.length > 0 && words.every((it) => line.includes(it));
}

function wordsOf(execution: vscode.Task['execution']): readonly string[] {
  if (execution instanceof vscode.ProcessExecution) {
    return [execution.process, ...execution.args];
  }
  if (!(execution instanceof vscode.ShellExecution)) {
    return [];
  }
  const { commandLine, command, args } = execution;
  // Either way of writing a shell task leaves the other's fields empty.
  const words = commandLine === undefined ? [command, ...(args ?? [])] : [commandLine];
  return words.map((it) => (typeof it === 'string' ? it : (it?.value ?? '')));
}
