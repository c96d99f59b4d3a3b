import * as vscode from 'vscode';
import { changesOf, type Fix } from '../core/diagnosis/diagnosis.js';
import type { LineEdit, NewFile } from '../core/text/lineEdits.js';
import { internalCommands } from './contributions.js';
import { buildTask, type RunDefinition } from './buildTask.js';
import type { BuildOrigin } from './buildProblems.js';
import { changeConfig } from './configFile.js';
import { guarded } from './errorBoundary.js';
import { installWithConsent } from './installPackages.js';
import type { Session } from './session.js';
import { readSetting } from './settings.js';
import { makeWay } from './taskFix.js';

/** The command behind light bulbs and notifications: applies a fix, then builds again. */
export function registerApplyFix(
  session: Session,
  run: RunDefinition,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand(internalCommands.applyFix, (fix: Fix, origin: BuildOrigin) =>
    guarded(log, 'Fix', () => applyFix(session, run, fix, origin)),
  );
}

async function applyFix(session: Session, run: RunDefinition, fix: Fix, origin: BuildOrigin): Promise<void> {
  const { edit } = fix;
  switch (edit.kind) {
    case 'none':
      await vscode.window.showInformationMessage(fix.title, { modal: true, detail: edit.advice });
      return;
    case 'command':
      if (!(await installWithConsent(fix.title, edit.command))) {
        return;
      }
      break;
    case 'source':
      await rewriteSource(edit.edits, edit.creates ?? []);
      break;
    case 'config':
    case 'target':
      break;
  }
  // What is installed is of no use where crossbow.yaml still names something else, nor is that where the task does.
  const changes = changesOf(edit);
  if (changes.length > 0) {
    await changeConfig(session, origin.configPath, changes);
  }
  if (edit.kind === 'command') {
    session.probeAgain(true);
  }
  await buildAgain(run, { ...origin, definition: await makeWay(session, origin, edit) }, fix.title);
}

async function buildAgain(run: RunDefinition, origin: BuildOrigin, title: string): Promise<void> {
  if (!readSetting('diagnostics.rebuildAfterFix', true)) {
    const again = 'Build again';
    if ((await vscode.window.showInformationMessage(`Done: ${title}`, again)) !== again) {
      return;
    }
  }
  await vscode.tasks.executeTask(
    buildTask(run, origin.definition, origin.folder ?? vscode.TaskScope.Workspace, origin.name),
  );
}

/** Rewrites lines and adds files through the editor, so that it can be undone, and saves them. Throws where one is not any more what it was. */
async function rewriteSource(edits: readonly LineEdit[], creates: readonly NewFile[]): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  const documents = new Set<vscode.TextDocument>();
  for (const { file, line, before, after } of edits) {
    const document = await vscode.workspace.openTextDocument(file);
    const { range, rangeIncludingLineBreak, text } = document.lineAt(line - 1);
    if (text !== before) {
      throw new Error(`${vscode.workspace.asRelativePath(document.uri)} was changed meanwhile: build again.`);
    }
    if (after === null) {
      change.delete(document.uri, rangeIncludingLineBreak);
    } else {
      change.replace(document.uri, range, after);
    }
    documents.add(document);
  }
  for (const { file, text } of creates) {
    change.createFile(vscode.Uri.file(file), { contents: new TextEncoder().encode(text) });
  }
  if (!(await vscode.workspace.applyEdit(change))) {
    throw new Error('The source could not be changed.');
  }
  for (const document of documents) {
    await document.save();
  }
}
