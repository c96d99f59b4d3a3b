import * as v from 'valibot';
import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';

import { nearestName } from './nearestName.js';
import { type Shape, shapeOf } from './shape.js';

/** Where something was written, in characters from the start of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Reader {
  readonly document: Document;
  problem(span: Span, message: string, severity: 'error' | 'warning'): void;
}

/** What stands under a key: the plain value and where key and value are written. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: unknown;
  readonly valueSpan: Span;
}

/** Aliases can make a tree endless; crossbow.yaml itself is four levels deep. */
const deepest = 12;

/**
 * Reads a node by the schema. Whatever does not fit is reported at its place and left out, so that the rest stays of
 * use. `undefined`: nothing usable.
 */
export function readNode(reader: Reader, node: unknown, schema: v.GenericSchema, depth = 0): unknown {
  const target = resolve(reader, node);
  if (target === undefined || depth > deepest) return undefined;
  // `toolchains:` with nothing after it, as one is about to write.
  if (isScalar(target) && target.value === null) return undefined;
  const shape = shapeOf(schema);
  const span = spanOf(target);
  switch (shape.kind) {
    case 'object':
    case 'record': {
      if (!isMap(target)) {
        reader.problem(span, 'must be a block of `key: value` lines', 'error');
        return undefined;
      }
      return readMap(reader, target, shape, depth);
    }
    case 'array': {
      if (!isSeq(target)) {
        reader.problem(span, 'must be a list', 'error');
        return undefined;
      }
      return target.items
        .map((item) => readNode(reader, item, shape.item, depth + 1))
        .filter((item) => item !== undefined);
    }
    case 'either':
      return readNode(reader, target, isMap(target) ? shape.block : shape.short, depth + 1);
    case 'leaf': {
      const result = v.safeParse(schema, shape.asWritten ? written(target) : plain(reader, target, depth));
      if (result.success) return result.output;
      const hint = choiceHint(target, shape.choices);
      reader.problem(span, `${result.issues[0].message}${hint}`, 'error');
      return undefined;
    }
  }
}

/** A scalar's own spelling; what is none fails the check. */
function written(node: Node): unknown {
  if (!isScalar(node)) return {};
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

function choiceHint(node: Node, choices: readonly string[]): string {
  if (!isScalar(node)) return '';
  const near = nearestName(String(node.value), choices);
  return near === undefined ? '' : `; did you mean \`${near}\`?`;
}

function readMap(
  reader: Reader,
  map: YAMLMap,
  shape: Extract<Shape, { kind: 'object' | 'record' }>,
  depth: number,
): Record<string, unknown> {
  const found: [string, unknown][] = [];
  for (const { key, keySpan, value } of pairsOf(reader, map, 0)) {
    const schema = shape.kind === 'record' ? shape.value : shape.entries[key];
    if (schema === undefined || (shape.kind === 'object' && !Object.hasOwn(shape.entries, key))) {
      const near = shape.kind === 'object' ? nearestName(key, Object.keys(shape.entries)) : undefined;
      const hint = near === undefined ? '' : `; did you mean \`${near}\`?`;
      reader.problem(keySpan, `unknown key \`${key}\`${hint}`, 'warning');
      continue;
    }
    const read = readNode(reader, value, schema, depth + 1);
    if (read !== undefined) found.push([key, read]);
  }
  return Object.fromEntries(found);
}

/** Keys of a map in order, those that `<<: *base` brings in first, so that the map's own win. */
function pairsOf(
  reader: Pick<Reader, 'document'>,
  map: YAMLMap,
  depth: number,
): { readonly key: string; readonly keySpan: Span; readonly value: unknown }[] {
  const own: { key: string; keySpan: Span; value: unknown }[] = [];
  const merged: typeof own = [];
  for (const pair of map.items) {
    const keyNode = resolve(reader, pair.key);
    if (keyNode === undefined || !isScalar(keyNode)) continue;
    // The source is what the person wrote: `386` and `0x10` are names here, not numbers.
    const key = String(keyNode.source ?? keyNode.value);
    if (key === '<<' && depth < deepest) {
      const value = resolve(reader, pair.value);
      const bases = isSeq(value) ? value.items.map((item) => resolve(reader, item)) : [value];
      for (const base of bases) if (isMap(base)) merged.push(...pairsOf(reader, base, depth + 1));
      continue;
    }
    own.push({ key, keySpan: spanOf(keyNode), value: pair.value });
  }
  const names = new Set(own.map(({ key }) => key));
  return [...merged.filter(({ key }) => !names.has(key)), ...own];
}

/** Keys and plain values of the map or list at `path`, with their places; empty where there is none. */
export function entriesAt(reader: Reader, path: readonly string[]): readonly Entry[] {
  const at = nodeAt(reader, path);
  if (isSeq(at))
    return at.items.map((item, index) => {
      const node = resolve(reader, item);
      const span = node === undefined ? spanOf(at) : spanOf(node);
      return { key: String(index), keySpan: span, value: plain(reader, node, 0), valueSpan: span };
    });
  if (!isMap(at)) return [];
  return pairsOf(reader, at, 0).map(({ key, keySpan, value }) => {
    const node = resolve(reader, value);
    return {
      key,
      keySpan,
      value: plain(reader, node, 0),
      valueSpan: node === undefined ? keySpan : spanOf(node),
    };
  });
}

/** Every key and text at or below `path`, as written, with its place. */
export function textsAt(
  reader: Reader,
  path: readonly string[],
): readonly { readonly text: string; readonly span: Span }[] {
  const found: { text: string; span: Span }[] = [];
  const visit = (node: unknown, depth: number): void => {
    const at = resolve(reader, node);
    if (at === undefined || depth > deepest) return;
    if (isScalar(at)) found.push({ text: String(written(at)), span: spanOf(at) });
    if (isSeq(at)) for (const item of at.items) visit(item, depth + 1);
    if (isMap(at))
      for (const { key, keySpan, value } of pairsOf(reader, at, 0)) {
        found.push({ text: key, span: keySpan });
        visit(value, depth + 1);
      }
  };
  visit(nodeAt(reader, path), 0);
  return found;
}

/** A list's items are at '0', '1', … */
function nodeAt(reader: Reader, path: readonly string[]): Node | undefined {
  let at = resolve(reader, reader.document.contents);
  for (const key of path) {
    if (isMap(at)) at = resolve(reader, pairsOf(reader, at, 0).find((pair) => pair.key === key)?.value);
    else if (isSeq(at)) at = resolve(reader, at.items[Number(key)]);
    else return undefined;
  }
  return at;
}

function plain(reader: Pick<Reader, 'document'>, node: unknown, depth: number): unknown {
  const target = resolve(reader, node);
  if (target === undefined || depth > deepest) return undefined;
  if (isScalar(target)) return target.value;
  if (isSeq(target)) return target.items.map((item) => plain(reader, item, depth + 1));
  return {};
}

function resolve(reader: Pick<Reader, 'document'>, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(reader.document);
  return isScalar(node) || isCollection(node) ? node : undefined;
}

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end: Math.max(start, end) };
}
