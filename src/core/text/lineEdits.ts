/** A line of a file as it is, and what stands in its place; several lines are parted by `\n`, and null takes the line out. */
export interface LineEdit {
  /** Absolute. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly before: string;
  readonly after: string | null;
}

/** A file that is not there yet. */
export interface NewFile {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** The text with the lines replaced, their ends kept; undefined where a line is not any more what it was. */
export function applyLineEdits(text: string, edits: readonly LineEdit[]): string | undefined {
  const lines: (string | null)[] = text.split('\n');
  for (const { line, before, after } of edits) {
    const now = lines[line - 1];
    const end = now?.endsWith('\r') ? '\r' : '';
    if (now?.slice(0, now.length - end.length) !== before) return undefined;
    lines[line - 1] = after === null ? null : after.replaceAll('\n', `${end}\n`) + end;
  }
  return lines.filter((it) => it !== null).join('\n');
}
