import type { SsaAnswer, SsaCalls } from '../../protocol/ssa.js';
import { heldText, playHost } from '../playHost.js';

/** Takes a text out of the page: twice in memory, a large one would be felt. */
function takeText(id: string): string {
  const found = heldText(id);
  document.getElementById(id)?.remove();
  return found;
}

function bytesOf(base64: string): Uint8Array {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/** There is no editor to show a line in, and no other function to open. */
playHost<SsaCalls>(({ call }) => {
  switch (call) {
    case 'load': {
      const document = { head: takeText('document'), columns: bytesOf(takeText('columns')) };
      return { kind: 'dumped', document } satisfies SsaAnswer;
    }
    case 'worker':
      return heldText('worker');
    default:
      return undefined;
  }
});
