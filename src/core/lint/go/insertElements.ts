import type { GoCall, GoLiteral } from './goExpression.js';

/** Text to put into a Go file at an offset, in the place of what is up to `end`. */
interface Insertion {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Adds elements behind the last one, laid out as the others are: a line each where the others have one, one more
 * line where they share lines, on the same line where all is on one.
 */
export function insertElements(text: string, list: GoLiteral | GoCall, added: readonly string[]): Insertion {
  const last = list.kind === 'literal' ? list.elements.at(-1) : list.args.at(-1);
  const close = list.end - 1;
  if (last === undefined) return { start: close, end: close, text: added.join(', ') };
  const behind = text.slice(last.end, close);
  const comma = /^\s*,/.exec(behind)?.[0];
  if (!behind.includes('\n') || comma === undefined) {
    return comma === undefined
      ? { start: last.end, end: last.end, text: `, ${added.join(', ')}` }
      : { start: last.end + comma.length, end: last.end + comma.length, text: ` ${added.join(', ')},` };
  }
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const isAlone = text.slice(lineStart, last.start).trim() === '';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = isAlone ? added.map((it) => `${indent}${it},`) : [`${indent}${added.join(', ')},`];
  const endOfLine = /^[^\r\n]*/.exec(text.slice(last.end))?.[0] ?? '';
  const at = last.end + endOfLine.length;
  return { start: at, end: at, text: lines.map((it) => newline + it).join('') };
}

/** Puts other elements in the place of all of a literal's, in the layout that the first one has. */
export function replaceElements(text: string, list: GoLiteral, wanted: readonly string[]): Insertion {
  const [first] = list.elements;
  const last = list.elements.at(-1);
  if (first === undefined || last === undefined) {
    return { start: list.open + 1, end: list.end - 1, text: wanted.join(', ') };
  }
  const lineStart = text.lastIndexOf('\n', first.start - 1) + 1;
  const indent = text.slice(lineStart, first.start);
  const separator = indent.trim() === '' && lineStart > list.open ? `,\n${indent}` : ', ';
  return { start: first.start, end: last.end, text: wanted.join(separator) };
}
