/** How much of a line's beginning is looked at. Compilers put the cause first; a link command can be megabytes long. */
const headLimit = 8192;
/** And how much of its end, because `go` appends the tool's own words to a command line. */
const tailLimit = 1024;

export interface LineSplitter {
  feed(text: string): void;
  /** Gives the last line where it had no line end. */
  end(): void;
}

/**
 * Cuts a stream into lines at LF, whatever the pieces. A line longer than 9 KiB is given as its head, `…` and its tail,
 * and is never held in memory whole. Lines count from 1. A CR before the LF is left to the receiver.
 */
export function createLineSplitter(receive: (line: string, lineNumber: number) => void): LineSplitter {
  let lineNumber = 1;
  let head = '';
  let tail = '';
  let dropped = false;

  function append(text: string, from: number, to: number): void {
    const room = headLimit - head.length;
    if (room > 0) head += text.slice(from, Math.min(to, from + room));
    const restFrom = room > 0 ? Math.min(to, from + room) : from;
    const rest = to - restFrom;
    if (rest <= 0) return;
    if (tail.length + rest > tailLimit) dropped = true;
    tail =
      rest >= tailLimit
        ? text.slice(to - tailLimit, to)
        : (tail + text.slice(restFrom, to)).slice(-tailLimit);
  }

  function give(): void {
    receive(dropped ? `${head} … ${tail}` : head + tail, lineNumber);
    lineNumber++;
    head = '';
    tail = '';
    dropped = false;
  }

  return {
    feed(text) {
      let from = 0;
      for (;;) {
        const end = text.indexOf('\n', from);
        if (end < 0) break;
        if (head === '' && end - from <= headLimit) {
          receive(text.slice(from, end), lineNumber);
          lineNumber++;
        } else {
          append(text, from, end);
          give();
        }
        from = end + 1;
      }
      if (from < text.length) append(text, from, text.length);
    },
    end() {
      if (head !== '') give();
    },
  };
}
