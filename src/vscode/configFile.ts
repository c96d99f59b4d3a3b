import * as vscode from 'vscode';
import { changedPart } from '../core/text/changedPart.js';
import type { ConfigChange } from '../core/config/config.js';
import type { ConfigEdit } from '../core/config/editConfig.js';
import { configFileName } from './engine.js';
import type { Session } from './session.js';

/**
 * Changes a crossbow.yaml through the editor, so that it can be undone and nothing unsaved is lost;
 * makes the file where there is none, and saves it.
 */
export async function changeConfig(
  session: Session,
  path: string,
  changes: readonly ConfigChange[],
): Promise<void> {
  const engine = await session.engine();
  await changeConfigText(session, path, (text) => engine.editConfig(text, changes));
}

/** The same for any change of its text, which is empty where there is no file yet. */
export async function changeConfigText(
  session: Session,
  path: string,
  change: (text: string) => ConfigEdit | Promise<ConfigEdit>,
): Promise<void> {
  const uri = vscode.Uri.file(path);
  const document = await existingDocument(uri);
  const before = document?.getText() ?? '';
  const result = await change(before);
  if (result.kind === 'refused') {
    throw new Error(result.message);
  }
  const after = result.text;
  const edit = new vscode.WorkspaceEdit();
  if (document === undefined) {
    edit.createFile(uri, { contents: new TextEncoder().encode(after) });
  } else {
    const { start, end, text } = changedPart(before, after);
    edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(`${configFileName} could not be changed.`);
  }
  if (document !== undefined && !(await document.save())) {
    throw new Error(`${configFileName} was changed but could not be saved.`);
  }
  await session.reloadConfig();
}

/** Where a change goes that concerns the whole workspace: its crossbow.yaml, there or to be made. */
export function configPath(session: Session): string {
  if (session.configFile !== undefined) {
    return session.configFile.path;
  }
  if (session.root === undefined) {
    throw new Error(`Open a folder first: the choice is kept in its ${configFileName}.`);
  }
  return vscode.Uri.joinPath(session.root, configFileName).fsPath;
}

/** Opens crossbow.yaml; where there is none, as a new file that is not saved yet. */
export async function openConfig(session: Session): Promise<void> {
  const uri = vscode.Uri.file(configPath(session));
  const document =
    (await existingDocument(uri)) ??
    (await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' })));
  await vscode.window.showTextDocument(document);
}

async function existingDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return vscode.workspace.openTextDocument(uri);
}
