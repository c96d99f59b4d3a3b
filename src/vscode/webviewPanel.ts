import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Calls, KeptState, Message } from '../protocol/wire.js';
import type { WebviewType } from './contributions.js';

/** Answers each call of a view; what a handler throws becomes a failure that the view shows. */
type Handlers<C extends Calls<C>> = {
  readonly [Name in keyof C]: (ask: C[Name]['ask']) => Promise<C[Name]['answer']> | C[Name]['answer'];
};

/** The extension's end of an open view. */
interface OpenView<News> {
  tell(news: News): void;
  close(): void;
  readonly onDidClose: vscode.Event<void>;
}

/** One kind of view, of which several panels can be open: one for each thing that it can be about. */
export interface ViewDefinition<C extends Calls<C>, About, News> {
  readonly type: WebviewType;
  /** Folder of its bundle below out/webview. */
  readonly bundle: string;
  /** Beside the editor that it came from; default: in its place. */
  readonly beside?: boolean;
  /** Whether the page may start workers from scripts that it was given; they are held to the same policy. */
  readonly workers?: boolean;
  title(about: About): string;
  /** Checks what the editor kept of an earlier window; undefined closes the panel. */
  restore(kept: unknown): About | undefined;
  connect(about: About, view: OpenView<News>): Handlers<C>;
}

export interface Views<About> {
  /** Opens a panel about this, or shows the one that is open. */
  open(about: About): void;
  dispose(): void;
}

/** Registers a kind of view: its panels, and their return after the window was reloaded. */
export function registerViews<C extends Calls<C>, About, News = never>(
  extension: vscode.Uri,
  log: vscode.LogOutputChannel,
  definition: ViewDefinition<C, About, News>,
): Views<About> {
  const resources = vscode.Uri.joinPath(extension, 'out', 'webview', definition.bundle);
  const options: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [resources] };
  const open = new Map<string, vscode.WebviewPanel>();

  const attach = (panel: vscode.WebviewPanel, about: About): void => {
    const key = JSON.stringify(about);
    open.set(key, panel);
    const closed = new vscode.EventEmitter<void>();
    const send = (message: Message<C, News>): void => {
      void panel.webview.postMessage(message);
    };
    const handlers = definition.connect(about, {
      tell: (news) => {
        send({ kind: 'news', news });
      },
      onDidClose: closed.event,
      close: () => {
        panel.dispose();
      },
    });
    panel.onDidDispose(() => {
      open.delete(key);
      closed.fire();
      closed.dispose();
    });
    panel.webview.onDidReceiveMessage(async (message: unknown) => {
      const request = readRequest(handlers, message);
      if (request === undefined) {
        log.warn(`${definition.type}: a message that is no call`);
        return;
      }
      const { id, call, ask } = request;
      try {
        send({ kind: 'answer', id, answer: await handlers[call](ask) });
      } catch (error) {
        log.error(
          `${definition.type}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        send({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) });
      }
    });
    panel.webview.html = page(
      panel.webview,
      resources,
      definition.title(about),
      definition.workers === true,
      about,
    );
  };

  const serializer = vscode.window.registerWebviewPanelSerializer(definition.type, {
    deserializeWebviewPanel(panel, kept: KeptState | undefined) {
      const about = definition.restore(kept?.panel);
      if (about === undefined) {
        panel.dispose();
      } else {
        panel.webview.options = options;
        attach(panel, about);
      }
      return Promise.resolve();
    },
  });
  return {
    open(about) {
      const known = open.get(JSON.stringify(about));
      if (known !== undefined) {
        known.reveal();
        return;
      }
      const panel = vscode.window.createWebviewPanel(
        definition.type,
        definition.title(about),
        definition.beside === true ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
        options,
      );
      attach(panel, about);
    },
    dispose() {
      serializer.dispose();
      for (const panel of [...open.values()]) {
        panel.dispose();
      }
    },
  };
}

function readRequest<C extends Calls<C>>(
  handlers: Handlers<C>,
  message: unknown,
): { readonly id: number; readonly call: keyof C; readonly ask: C[keyof C]['ask'] } | undefined {
  if (typeof message !== 'object' || message === null) {
    return undefined;
  }
  const { kind, id, call, ask } = message as Readonly<Record<string, unknown>>;
  const known = kind === 'request' && typeof id === 'number' && typeof call === 'string';
  return known && Object.hasOwn(handlers, call) ? { id, call: call as keyof C, ask } : undefined;
}

/** The page: nothing but its bundle may run, and nothing is loaded from anywhere else. */
function page(
  webview: vscode.Webview,
  resources: vscode.Uri,
  title: string,
  workers: boolean,
  about: unknown,
): string {
  const nonce = randomBytes(16).toString('base64url');
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(resources, file)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'${workers ? '; worker-src blob:' : ''}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${address('main.css')}">
</head>
<body data-about="${escapeHtml(JSON.stringify(about))}">
<main></main>
<script nonce="${nonce}" src="${address('main.js')}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${String(letter.charCodeAt(0))};`);
}
