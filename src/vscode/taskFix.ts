import * as vscode from 'vscode';
import type { FixEdit } from '../core/diagnosis/diagnosis.js';
import { changedPart } from '../core/text/changedPart.js';
import type { BuildOrigin } from './buildProblems.js';
import { configFileName } from './engine.js';
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
  await rewrite(document, result.text);
  if (result.text !== before) {
    await read;
  }
  const again = (await vscode.tasks.fetchTasks()).find(
    (it) => it.name === task.name && tasksFile(it)?.toString() === uri.toString(),
  );
  await vscode.tasks.executeTask(again ?? task);
}

/**
 * Takes out of a `crossbow` task what would win over a fix, in tasks.json where it stands there; else says what to leave
 * out. Answers with the task as it has to be.
 */
export async function makeWay(
  session: Session,
  { definition, choice, folder }: BuildOrigin,
  edit: FixEdit,
): Promise<vscode.TaskDefinition> {
  const engine = await session.engine();
  const yielding = engine.yieldingTask(definition, choice.target, edit, session.state.catalogue);
  const { leaveOut } = yielding;
  const document = folder === undefined ? undefined : await openTasks(folder);
  const result = document === undefined ? undefined : yielding.editTasks(document.getText());
  if (document !== undefined && result?.kind === 'changed') {
    await rewrite(document, result.text);
  } else if (leaveOut.length > 0) {
    void vscode.window.showInformationMessage(
      `Leave ${leaveOut.join(', ')} out of the task from now on: it would win over ${configFileName}.`,
    );
  }
  return { ...yielding.definition, type: definition.type };
}

async function openTasks(folder: vscode.WorkspaceFolder): Promise<vscode.TextDocument | undefined> {
  const uri = vscode.Uri.joinPath(folder.uri, '.vscode', 'tasks.json');
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return vscode.workspace.openTextDocument(uri);
}

/** Puts the text into the document so that it can be undone, and saves it. */
async function rewrite(document: vscode.TextDocument, text: string): Promise<void> {
  const before = document.getText();
  if (text === before) {
    return;
  }
  const { start, end, text: part } = changedPart(before, text);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), part);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
    throw new Error('tasks.json could not be changed.');
  }
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
