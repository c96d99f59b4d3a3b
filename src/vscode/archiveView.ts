import * as vscode from 'vscode';
import { parseTarget } from '../core/target/parseTarget.js';
import { targetId, type Target } from '../core/target/target.js';
import type { Session } from './session.js';

/** The scheme of read-only documents that list an archive; package.json gives them their colours. */
const scheme = 'crossbow-archive';

/** Archives that take longer to read than this, in milliseconds, show how far it is and can be cancelled. */
const patience = 500;

/** Archives as documents. */
export interface ArchiveView {
  readonly dispose: () => void;
  /** Opens the listing; with a target, what is in the archive is held against it. */
  readonly open: (file: vscode.Uri, target?: Target) => Promise<void>;
}

export function createArchiveView(session: Session): ArchiveView {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri, token) => read(session, uri, token),
  });
  return {
    async open(file, target) {
      const uri = vscode.Uri.from({
        scheme,
        path: file.path,
        query: target === undefined ? '' : targetId(target),
      });
      // It may be open already, and the file another one by now.
      changed.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.languages.setTextDocumentLanguage(document, scheme);
      await vscode.window.showTextDocument(document, { preview: true });
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}

/** The archive of a menu's item, or one that a person picks. */
export async function chooseArchive(resource: unknown): Promise<vscode.Uri | undefined> {
  if (resource instanceof vscode.Uri) {
    return resource;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const picked = await vscode.window.showOpenDialog({
    title: 'Open archive',
    openLabel: 'Open archive',
    filters: { Archives: ['tgz', 'gz', 'tar', 'zip'], 'All files': ['*'] },
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
  return picked?.[0];
}

async function read(session: Session, uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
  const { archivePage } = await session.engine();
  const path = vscode.Uri.file(uri.path).fsPath;
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  token.onCancellationRequested(abort);
  const parsed = uri.query === '' ? undefined : parseTarget(uri.query, session.state.catalogue);
  let tell: (count: number) => void = () => undefined;
  const page = archivePage(path, {
    signal: controller.signal,
    onProgress: (count) => {
      tell(count);
    },
    ...(parsed?.ok === true ? { target: parsed.target } : {}),
  }).catch((error: unknown) => `${error instanceof Error ? error.message : String(error)}\n`);
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `Reading ${path.split(/[\\/]/).at(-1) ?? path}`,
        cancellable: true,
      },
      (progress, cancelled) => {
        cancelled.onCancellationRequested(abort);
        tell = (count) => {
          progress.report({ message: `${String(count)} entries` });
        };
        return page;
      },
    );
  }, patience);
  const result = await page;
  clearTimeout(timer);
  return result;
}
