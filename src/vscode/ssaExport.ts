import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { exportedPage, pageFileName } from '../core/ssa/view/exportedPage.js';
import type { PackedDocument } from '../core/ssa/view/ssaDocument.js';

/** A file of the view's bundle. */
export async function readViewFile(extension: vscode.Uri, file: string): Promise<string> {
  const uri = vscode.Uri.joinPath(extension, 'out', 'webview', 'ssa', file);
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Saves the view of a dump as one HTML file, where a person says. */
export async function exportPage(
  extension: vscode.Uri,
  { name, target }: { readonly name: string; readonly target: string },
  document: PackedDocument,
): Promise<void> {
  const uri = await askWhereToSave('Export as a single HTML file', pageFileName(name, target));
  if (uri === undefined) return;
  const page = await exportedPage({
    name,
    target,
    document,
    nonce: randomBytes(16).toString('hex'),
    base64: (bytes) => Buffer.from(bytes).toString('base64'),
    read: (file) => readViewFile(extension, file),
  });
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(page));
}

/** Asks for the place of a page; undefined where the person thinks better of it. */
export function askWhereToSave(title: string, proposed: string): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title,
    filters: { HTML: ['html'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, proposed) }),
  });
}
