import { MessageChannel, type MessagePort } from 'node:worker_threads';

let nowhere: MessagePort | undefined;

/**
 * Frees a buffer's memory now rather than when the collector of garbage comes by: it is empty afterwards, and so are all
 * views of it. Nobody else may use it: not to be called with a buffer that small ones are cut from.
 */
export function freeBuffer(buffer: ArrayBuffer): void {
  // ES2024, which Node has since 21.
  const movable: ArrayBuffer & { transfer?(length: number): ArrayBuffer } = buffer;
  if (movable.transfer !== undefined) {
    movable.transfer(0);
    return;
  }
  if (nowhere === undefined) {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    nowhere = port1;
  }
  // What is given to a port whose other side is closed is dropped.
  nowhere.postMessage(undefined, [buffer]);
}
