import { entry } from '../entry.js';
import type { Frame, SsaDump, ValueState } from '../model.js';

/** Where values come from. A value tells its line only; the file is told by the instruction it became, or by what is near. */
export interface Places {
  /** Undefined where a value has no position, or nothing tells its file. */
  of(value: ValueState): Frame | undefined;
  /** The calls that a value was inlined through, outermost first, where its instruction says so. */
  callers(value: ValueState): readonly Frame[];
}

/** A place as a key of maps and sets. */
export function placeKey({ file, line }: Frame): string {
  return `${String(file)}:${String(line)}`;
}

/**
 * Files of values, by rank: that of an instruction of the same id and line; the function's own, for a line within it that
 * no other file has; the only file that has instructions on such a line; else the function's own again.
 */
export function createPlaces(dump: SsaDump): Places {
  const byValue = new Map<string, { readonly file: number; readonly stack: number | undefined }>();
  const filesOfLine = new Map<number, Set<number>>();
  const note = (file: number, line: number | undefined): void => {
    if (file < 0 || line === undefined) return;
    const files = filesOfLine.get(line);
    if (files === undefined) filesOfLine.set(line, new Set([file]));
    else files.add(file);
  };
  for (const { value, file, line, stack } of dump.code) {
    note(file, line);
    if (value !== undefined && line !== undefined && file >= 0)
      byValue.set(`${value} ${line}`, { file, stack });
  }
  for (const stack of dump.stacks) for (const { file, line } of stack) note(file, line);
  const [own] = dump.sources;
  const isOwn = (line: number): boolean =>
    own !== undefined && own.start <= line && line < own.start + own.lines.length;

  return {
    of({ id, line }) {
      if (line === undefined) return undefined;
      const known = byValue.get(`${id} ${line}`);
      if (known !== undefined) return { file: known.file, line };
      const files = filesOfLine.get(line);
      if (own !== undefined && isOwn(line) && (files === undefined || files.has(own.file)))
        return { file: own.file, line };
      const [file] = files ?? [];
      return file === undefined ? undefined : { file, line };
    },
    callers({ id, line }) {
      const stack = line === undefined ? undefined : byValue.get(`${id} ${line}`)?.stack;
      return stack === undefined ? [] : entry(dump.stacks, stack);
    },
  };
}
