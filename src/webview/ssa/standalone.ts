import type { SsaAnswer, SsaCalls } from '../../protocol/ssa.js';
import type { KeptState, Message, Request } from '../../protocol/wire.js';

/**
 * The editor's part in a page that is opened without one: it answers from the page itself. There is no editor to show a
 * line in, and no other function to open.
 */
function text(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

/** Takes a text out of the page: twice in memory, a large one would be felt. */
function takeText(id: string): string {
  const found = text(id);
  document.getElementById(id)?.remove();
  return found;
}

function bytesOf(base64: string): Uint8Array {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

function answer({ call }: Request<SsaCalls>): SsaCalls[keyof SsaCalls]['answer'] {
  switch (call) {
    case 'load': {
      const document = { head: takeText('document'), columns: bytesOf(takeText('columns')) };
      return { kind: 'dumped', document } satisfies SsaAnswer;
    }
    case 'worker':
      return text('worker');
    default:
      return undefined;
  }
}

document.body.dataset['standalone'] = '';
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage(request: Request<SsaCalls>): void {
      const message: Message<SsaCalls, never> = { kind: 'answer', id: request.id, answer: answer(request) };
      window.postMessage(message, '*');
    },
    getState: (): KeptState | undefined => undefined,
    setState: (): void => undefined,
  }),
});
