import type { Calls, KeptState, Message, Request } from '../protocol/wire.js';

/** What VS Code gives the scripts of a webview; it may be asked for once. */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): KeptState | undefined;
  setState(state: KeptState): void;
};

/** A view's end of the wire. */
export interface HostLink<C extends Calls<C>, News, ViewState> {
  /** Asks the extension; rejects with its words where it fails. */
  ask<Name extends keyof C>(call: Name, ask: C[Name]['ask']): Promise<C[Name]['answer']>;
  onNews(listener: (news: News) => void): void;
  /** How the view was looked at before it was hidden or the window reloaded. */
  readonly kept: ViewState | undefined;
  keep(state: ViewState): void;
}

export function connectHost<C extends Calls<C>, ViewState = never, News = never>(): HostLink<
  C,
  News,
  ViewState
> {
  const api = acquireVsCodeApi();
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  const listeners: ((news: News) => void)[] = [];
  const kept = api.getState()?.view as ViewState | undefined;
  const panel: unknown = JSON.parse(document.body.dataset['about'] ?? 'null');
  const keep = (view: ViewState | undefined): void => {
    api.setState(view === undefined ? { panel } : { panel, view });
  };
  // Kept from the start, so that a window which is reloaded at once opens the panel again.
  keep(kept);
  let last = 0;

  // Only the editor's frame can post here: a webview's page has an origin of its own.
  window.addEventListener('message', ({ data }: MessageEvent<Message<C, News>>) => {
    switch (data.kind) {
      case 'news':
        for (const listener of listeners) listener(data.news);
        return;
      case 'answer':
        waiting.get(data.id)?.resolve(data.answer);
        break;
      case 'failure':
        waiting.get(data.id)?.reject(new Error(data.message));
        break;
    }
    waiting.delete(data.id);
  });

  return {
    ask<Name extends keyof C>(call: Name, ask: C[Name]['ask']) {
      const request: Request<C> = { kind: 'request', id: ++last, call, ask };
      return new Promise<C[Name]['answer']>((resolve, reject) => {
        waiting.set(request.id, { resolve, reject });
        api.postMessage(request);
      });
    },
    onNews: (listener) => {
      listeners.push(listener);
    },
    kept,
    keep,
  };
}
