import type { SsaAnswer, SsaCalls } from '../../protocol/ssa.js';
import type { KeptState, Message, Request } from '../../protocol/wire.js';

/**
 * The editor's part in a page that is opened without one: it answers from the page itself. There is no editor to show a
 * line in, and no other function to open.
 */
const text = (id: string): string => document.getElementById(id)?.textContent ?? '';

function answer({ call }: Request<SsaCalls>): SsaCalls[keyof SsaCalls]['answer'] {
  switch (call) {
    case 'load': {
      const loaded: SsaAnswer = { kind: 'dumped', bytes: new TextEncoder().encode(text('document')) };
      return loaded;
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
