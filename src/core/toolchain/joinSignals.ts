import type { CancelSignal } from '../ports.js';

/** Work that several callers share: it ends early only when every one of them has given up. */
export interface JoinedSignal extends CancelSignal {
  join(signal: CancelSignal | undefined): void;
  /** Stops listening to the callers. */
  release(): void;
}

/** A signal for the first caller; a caller without a signal never gives up. */
export function joinSignals(first: CancelSignal | undefined): JoinedSignal {
  const listeners = new Set<() => void>();
  const joined = new Set<CancelSignal>();
  let forever = false;
  let aborted = false;
  const check = (): void => {
    if (aborted || forever || [...joined].some((it) => !it.aborted)) return;
    aborted = true;
    for (const listener of [...listeners]) listener();
  };
  const signal: JoinedSignal = {
    get aborted() {
      return aborted;
    },
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
    join(other) {
      if (other === undefined) {
        forever = true;
        return;
      }
      joined.add(other);
      other.addEventListener('abort', check, { once: true });
      check();
    },
    release() {
      for (const other of joined) other.removeEventListener('abort', check);
    },
  };
  signal.join(first);
  return signal;
}
