import { Document, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';

import { spliceList } from './spliceList.js';

/**
 * Edits of YAML as text, at the places the parser found. Writing a document anew would change white space,
 * quotes and folded lines all over the file; these change the one place. Each returns undefined where it can't be sure,
 * and callers read the result back before they trust it.
 */

/** A map is written in braces. */
type Value = string | boolean | readonly string[] | Readonly<Record<string, string>>;

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

/** Adds `path: value` at the end of the map; without a map, at the end of the file. */
export function addPair(
  text: string,
  map: YAMLMap | undefined,
  path: readonly string[],
  value: Value,
): string | undefined {
  const newline = newlineOf(text);
  if (map === undefined) return insertLine(text, text.length, block(path, value, '', newline), newline);
  if (map.flow === true) return addToFlow(text, map, path, value);
  const last = map.items.at(-1);
  if (last === undefined) return undefined;
  const indent = indentOf(text, map);
  if (indent === undefined) return undefined;
  return insertLine(text, lineEnd(text, contentEnd(last)), block(path, value, indent, newline), newline);
}

/** Adds lines that are written without indentation at the end of the map; without a map, at the end of the file. */
export function addLines(text: string, map: YAMLMap | undefined, lines: string): string | undefined {
  const newline = newlineOf(text);
  const last = map?.items.at(-1);
  const indent = map === undefined ? '' : map.flow === true ? undefined : indentOf(text, map);
  if (indent === undefined) return undefined;
  const written = lines.replace(/^(?=.)/gm, indent).replaceAll('\n', newline);
  return insertLine(
    text,
    last === undefined ? text.length : lineEnd(text, contentEnd(last)),
    written,
    newline,
  );
}

/** Puts `rest: value` in the place of the pair's value; `rest` is empty for a plain value. */
export function replaceValue(
  text: string,
  map: YAMLMap,
  pair: Pair,
  rest: readonly string[],
  value: Value,
): string | undefined {
  const newline = newlineOf(text);
  const keyEnd = contentEnd({ key: pair.key, value: null });
  const colon = text.indexOf(':', keyEnd);
  if (colon < 0) return undefined;
  if (rest.length > 0) {
    const indent = indentOf(text, map);
    if (map.flow === true || indent === undefined) return undefined;
    const step = `${indent}  `;
    return insertLine(text, lineEnd(text, colon), block(rest, value, step, newline), newline);
  }
  if (isSeq(pair.value) && isList(value)) {
    const spliced = spliceList(text, pair.value, value, (item) => scalar(item, false));
    if (spliced !== undefined) return spliced;
  }
  const written = scalar(value, map.flow === true);
  const range = rangeOf(pair.value);
  if (pair.value === null || range === undefined || range[1] <= range[0])
    return `${text.slice(0, colon + 1)} ${written}${text.slice(colon + 1)}`;
  const end = contentEnd(pair);
  // A block (`|`, a nested map) ends with its newline; the one value that replaces it must leave that in place.
  const kept = text.slice(range[0], end).match(/\s*$/)?.[0].length ?? 0;
  const start = text.slice(colon + 1, range[0]).includes('\n') ? colon + 1 : range[0];
  const space = start === colon + 1 ? ' ' : '';
  return `${text.slice(0, start)}${space}${written}${text.slice(end - kept)}`;
}

/** Takes the pair's lines out. */
export function removePair(text: string, map: YAMLMap, pair: Pair): string | undefined {
  const start = startOf(pair);
  if (start === undefined) return undefined;
  if (map.flow === true) return removeFromFlow(text, map, pair);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  // `- cc: x` or `? key`: something else stands on this line.
  if (text.slice(lineStart, start).trim() !== '') return undefined;
  const end = lineEnd(text, contentEnd(pair));
  // A file whose last line has no end keeps it that way.
  const before =
    end === text.length && !text.endsWith('\n')
      ? text.slice(0, lineStart).replace(/\r?\n$/, '')
      : text.slice(0, lineStart);
  return before + text.slice(end);
}

function addToFlow(text: string, map: YAMLMap, path: readonly string[], value: Value): string | undefined {
  const written = flowBlock(path, value);
  const last = map.items.at(-1);
  if (last !== undefined) {
    const end = contentEnd(last);
    return `${text.slice(0, end)}, ${written}${text.slice(end)}`;
  }
  const range = rangeOf(map);
  return range === undefined ? undefined : `${text.slice(0, range[0])}{ ${written} }${text.slice(range[1])}`;
}

function removeFromFlow(text: string, map: YAMLMap, pair: Pair): string | undefined {
  const index = map.items.indexOf(pair);
  const before = map.items[index - 1];
  const after = map.items[index + 1];
  const start = startOf(pair);
  if (start === undefined) return undefined;
  if (before !== undefined) return text.slice(0, contentEnd(before)) + text.slice(contentEnd(pair));
  const next = after === undefined ? undefined : startOf(after);
  return next === undefined ? undefined : text.slice(0, start) + text.slice(next);
}

/** `a:\n  b:\n    c: value`, each line with its end. */
function block(path: readonly string[], value: Value, indent: string, newline: string): string {
  return path
    .map((key, depth) => {
      const isLast = depth === path.length - 1;
      return `${indent}${'  '.repeat(depth)}${scalar(key, false)}:${isLast ? ` ${scalar(value, false)}` : ''}${newline}`;
    })
    .join('');
}

function flowBlock(path: readonly string[], value: Value): string {
  const [key, ...rest] = path;
  if (key === undefined) return scalar(value, true);
  return `${scalar(key, true)}: ${rest.length === 0 ? scalar(value, true) : `{ ${flowBlock(rest, value)} }`}`;
}

/** One value on one line, quoted only where it has to be. */
function scalar(value: Value, inFlow: boolean): string {
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map((item) => scalar(item, true)).join(', ')}]`;
  if (typeof value !== 'string') {
    const pairs = Object.entries(value).map(([key, item]) => `${scalar(key, true)}: ${scalar(item, true)}`);
    return `{ ${pairs.join(', ')} }`;
  }
  if (/[\r\n]/.test(value) || (inFlow && /[,[\]{}]/.test(value))) return JSON.stringify(value);
  return new Document(value).toString({ lineWidth: 0 }).trimEnd();
}

/** Inserts whole lines at the start of a line, or behind a last line that has no end. */
function insertLine(text: string, at: number, lines: string, newline: string): string {
  if (at > 0 && text[at - 1] !== '\n') {
    // The file's last line has no end; it shall have none afterwards either.
    return `${text.slice(0, at)}${newline}${lines.slice(0, lines.length - newline.length)}${text.slice(at)}`;
  }
  return text.slice(0, at) + lines + text.slice(at);
}

/** White space before the map's first key; undefined where something else stands before it. */
function indentOf(text: string, map: YAMLMap): string | undefined {
  const first = map.items[0];
  const start = first === undefined ? undefined : startOf(first);
  if (start === undefined) return undefined;
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).replace(/^\uFEFF/, '');
  return before.trim() === '' ? before : undefined;
}

function startOf(pair: Pair): number | undefined {
  return rangeOf(pair.key)?.[0];
}

/** Where the written content ends, comments and blank lines behind it left out. */
function contentEnd(pair: { readonly key: unknown; readonly value: unknown }): number {
  return nodeEnd(pair.value) ?? nodeEnd(pair.key) ?? 0;
}

function nodeEnd(node: unknown): number | undefined {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    return last === undefined ? rangeOf(node)?.[1] : contentEnd(last);
  }
  if (isSeq(node) && node.flow !== true) return nodeEnd(node.items.at(-1)) ?? rangeOf(node)?.[1];
  // A missing value (`cc:`) has an empty range behind the colon.
  if (isScalar(node) && node.value === null && node.range?.[0] === node.range?.[1]) return node.range?.[0];
  return rangeOf(node)?.[1];
}

function lineEnd(text: string, from: number): number {
  // A block scalar's range ends behind its newline.
  if (from > 0 && text[from - 1] === '\n') return from;
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const { range } = node as { readonly range?: readonly [number, number, number] | null };
  return range === null || range === undefined ? undefined : [range[0], range[1]];
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
