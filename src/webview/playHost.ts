import type { Calls, KeptState, Message, Request } from '../protocol/wire.js';

/**
 * The editor's part in a page that is opened without one: `answer` says, from what the page holds, what the editor would.
 * Nothing is kept. To be called before the view's own script.
 */
export function playHost<C extends Calls<C>>(answer: (request: Request<C>) => unknown): void {
  document.body.dataset['standalone'] = '';
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage(request: Request<C>): void {
        const { id } = request;
        const send = (message: Message<C, never>): void => {
          window.postMessage(message, '*');
        };
        Promise.resolve(answer(request)).then(
          (found) => {
            send({ kind: 'answer', id, answer: found });
          },
          (error: unknown) => {
            send({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) });
          },
        );
      },
      getState: (): KeptState | undefined => undefined,
      setState: (): void => undefined,
    }),
  });
}

/** The text of an element that holds data, not something to see. */
export function heldText(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

/** Whether a view runs in such a page. */
export function isAlone(): boolean {
  return document.body.dataset['standalone'] !== undefined;
}
