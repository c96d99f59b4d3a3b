import { recordField, textField } from '../../build/jsonFields.js';

/** An action as go's own trace saw it run. */
export interface TracedAction {
  /** Mode and package, as the trace names it: `build fmt`. */
  readonly name: string;
  /** Number of the goroutine that did it: one of go's workers. */
  readonly worker: number;
  /** Milliseconds since the epoch. */
  readonly start: number;
}

const form = /^Executing action \((.*)\)$/;

/**
 * Reads which worker did what from what `go build -debug-trace=FILE` wrote: an event a line, in Chrome's trace format
 * (cmd/go/internal/trace). A line that was cut off, or is none of go's, is left out.
 */
export function parseGoTrace(text: string): readonly TracedAction[] {
  return text.split('\n').flatMap((line): readonly TracedAction[] => {
    // Most events tell how packages were found: they need not be parsed.
    if (!line.includes('"Executing action') || !line.includes('"ph":"B"')) return [];
    const event = parsed(line.replace(/^,/, ''));
    const [, name] = form.exec(textField(event?.['name']) ?? '') ?? [];
    const { tid, ts } = event ?? {};
    if (name === undefined || typeof tid !== 'number' || typeof ts !== 'number') return [];
    return [{ name, worker: tid, start: ts / 1000 }];
  });
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return recordField(JSON.parse(line));
  } catch {
    return undefined;
  }
}
