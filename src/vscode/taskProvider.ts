import * as vscode from 'vscode';
import { taskType } from './contributions.js';
import { buildTask, packageTask, type RunDefinition } from './buildTask.js';
import type { Session } from './session.js';

/** Tasks of type `crossbow`: every main package for the active target, and whatever tasks.json says. */
export function registerTaskProvider(session: Session, run: RunDefinition): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    async provideTasks(): Promise<vscode.Task[]> {
      const { active, pinned } = session.state;
      const choices = active === undefined ? pinned : [active];
      if (choices.length === 0 || !vscode.workspace.isTrusted) {
        return [];
      }
      const { packages } = await session.discover();
      return choices.flatMap((choice) => packages.map((it) => packageTask(run, choice, it)));
    },
    resolveTask(task): vscode.Task {
      return buildTask(run, task.definition, task.scope ?? vscode.TaskScope.Workspace, task.name);
    },
  });
}
