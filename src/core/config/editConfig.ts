import { type Document, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';

import type { ConfigChange } from './config.js';
import { addPair, removePair, replaceValue } from './spliceYaml.js';
import { sameTargetKey } from './targetKey.js';

/** The changed text, or why the file is better left alone. */
export type ConfigEdit =
  | { readonly kind: 'changed'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

/** What a new crossbow.yaml starts with. */
export const configHeader = `# Crossbow's choices for this project: pinned targets, C toolchains, defaults of builds.
# Every key is optional. Commit this file, so that others build the same way.
`;

/**
 * Makes the changes in the text of crossbow.yaml and touches nothing else: comments, order, blank lines, quotes and
 * line ends stay. An empty text becomes a new file with a header. A target that is there in another spelling
 * (`linux/armv7`) is changed under that spelling. What is set and then removed leaves no trace.
 */
export function applyConfigChanges(text: string, changes: readonly ConfigChange[]): ConfigEdit {
  const isNew = text.trim() === '' && changes.some(({ value }) => value !== null);
  let current = isNew ? configHeader : text;
  for (const change of changes) {
    const edit = applyChange(current, change);
    if (edit.kind === 'refused') return edit;
    current = edit.text;
  }
  return { kind: 'changed', text: current === configHeader ? '' : current };
}

function applyChange(text: string, change: ConfigChange): ConfigEdit {
  const document = parseForEdit(text);
  if ('kind' in document) return document;

  try {
    return changeDocument(text, document, change);
  } catch {
    // Aliases that multiply or contain themselves can't be read as plain values.
    return refused('The aliases of crossbow.yaml are too entangled to change it safely: change it by hand.');
  }
}

/** The text as a document that can be changed: a map, or nothing yet. */
export function parseForEdit(text: string): Document | Extract<ConfigEdit, { kind: 'refused' }> {
  const document = parse(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    return refused(`crossbow.yaml is not valid YAML (line ${String(line)}): mend it first.`);
  }
  const contents: unknown = document.contents;
  if (contents !== null && !isMap(contents) && !(isScalar(contents) && contents.value === null))
    return refused('crossbow.yaml does not hold `key: value` lines at its top: mend it first.');
  return document;
}

function changeDocument(text: string, document: Document, change: ConfigChange): ConfigEdit {
  const before = toPlain(document);
  const path = spellAs(document, change.path);
  const wanted = changed(before, path, change.value);
  const attempt =
    change.value === null ? removeAt(text, document, path) : setAt(text, document, path, change.value);
  if (attempt !== undefined && reads(attempt, wanted)) return { kind: 'changed', text: attempt };
  return rewrite(text, document, path, change.value, wanted);
}

/**
 * The careful way failed: an alias, a merge, a flow map across lines. The library writes the document anew, which keeps
 * comments and order but may change white space.
 */
function rewrite(
  text: string,
  document: Document,
  path: readonly string[],
  value: ConfigChange['value'],
  wanted: unknown,
): ConfigEdit {
  try {
    if (value === null) document.deleteIn(path);
    else document.setIn(path, value);
    const written = document.toString({ lineWidth: 0 });
    const result = text.includes('\r\n') ? written.replace(/\r?\n/g, '\r\n') : written;
    if (reads(result, wanted)) return { kind: 'changed', text: result };
  } catch {
    // An alias that lost its anchor, a scalar where a map has to be: told below.
  }
  return refused(
    `\`${path.join(' → ')}\` shares its value with other keys of crossbow.yaml: change it by hand.`,
  );
}

function setAt(
  text: string,
  document: Document,
  path: readonly string[],
  value: string | boolean | readonly string[],
): string | undefined {
  let map: unknown = document.contents;
  if (!isMap(map)) return addPair(text, undefined, path, value);
  for (const [index, key] of path.entries()) {
    const rest = path.slice(index);
    if (!isMap(map)) return undefined;
    const pair: Pair | undefined = findPair(map, key);
    if (pair === undefined) return addPair(text, map, rest, value);
    const below: unknown = pair.value;
    const isNull = below === null || (isScalar(below) && below.value === null);
    if (rest.length === 1 || isNull) return replaceValue(text, map, pair, rest.slice(1), value);
    map = below;
  }
  return undefined;
}

/** Takes the key out, and the maps above that it leaves empty. */
function removeAt(text: string, document: Document, path: readonly string[]): string | undefined {
  const steps: { map: YAMLMap; pair: Pair }[] = [];
  let map: unknown = document.contents;
  for (const key of path) {
    const pair: Pair | undefined = isMap(map) ? findPair(map, key) : undefined;
    if (!isMap(map) || pair === undefined) return text;
    steps.push({ map, pair });
    map = pair.value;
  }
  let last = steps.length - 1;
  while (last > 0 && steps[last]?.map.items.length === 1) last--;
  const step = steps[last];
  return step === undefined ? text : removePair(text, step.map, step.pair);
}

function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyText(pair) === key);
}

function keyText(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined;
}

/** The path with the target's key spelt as the file already spells it. */
function spellAs(document: Document, path: readonly string[]): readonly string[] {
  const [top, target, ...rest] = path;
  if (top !== 'toolchains' || target === undefined) return path;
  const toolchains: unknown = document.get('toolchains');
  if (!isMap(toolchains)) return path;
  const keys = toolchains.items.map(keyText).filter((key) => key !== undefined);
  const same = keys.find((key) => key === target) ?? keys.find((key) => sameTargetKey(key, target));
  return same === undefined ? path : [top, same, ...rest];
}

/** The plain value with the change made; empty maps above a removed key go too. */
function changed(before: unknown, path: readonly string[], value: ConfigChange['value']): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const map = isPlainMap(before) ? { ...before } : {};
  const below = changed(map[key], rest, value);
  const isGone = below === null || (value === null && isPlainMap(below) && Object.keys(below).length === 0);
  if (value === null && !Object.hasOwn(map, key)) return before;
  if (!isGone) return { ...map, [key]: below };
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
}

function isPlainMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the text is valid and means what is wanted. */
export function reads(text: string, wanted: unknown): boolean {
  const document = parse(text);
  return document.errors.length === 0 && canonical(toPlain(document)) === canonical(wanted);
}

/** Keys in the order of the alphabet, and an empty file like one without keys: only meaning is compared. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? {}, (_key, part: unknown) =>
    isPlainMap(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

export function toPlain(document: Document): unknown {
  return document.toJS({ maxAliasCount: 1000 });
}

function parse(text: string): Document {
  return parseDocument(text, { prettyErrors: false, merge: true });
}

function refused(message: string): Extract<ConfigEdit, { kind: 'refused' }> {
  return { kind: 'refused', message };
}
