import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { standalonePage } from '../core/ssa/view/standalonePage.js';
import type { PackedDocument } from '../core/ssa/view/ssaDocument.js';
import { standaloneTheme } from '../core/ssa/view/standaloneTheme.js';

/** A file of the view's bundle. */
export async function readViewFile(extension: vscode.Uri, file: string): Promise<string> {
  const uri = vscode.Uri.joinPath(extension, 'out', 'webview', 'ssa', file);
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Saves the view of a dump as one HTML file, where a person says. */
export async function exportPage(
  extension: vscode.Uri,
  { name, target }: { readonly name: string; readonly target: string },
  { head, columns }: PackedDocument,
): Promise<void> {
  const proposed = `${name}-${target}.html`.replace(/[^\w.-]+/g, '_');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: 'Export as a single HTML file',
    filters: { HTML: ['html'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, proposed) }),
  });
  if (uri === undefined) return;
  const [standalone, main, worker, styles] = await Promise.all(
    ['standalone.js', 'main.js', 'worker.js', 'main.css'].map((it) => readViewFile(extension, it)),
  );
  const page = standalonePage({
    title: `${name} · ${target}`,
    scripts: [standalone ?? '', main ?? ''],
    worker: worker ?? '',
    styles: `${standaloneTheme}\n${styles ?? ''}`,
    head,
    columns: Buffer.from(columns).toString('base64'),
    nonce: randomBytes(16).toString('hex'),
  });
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(page));
}
