import { applyEdits, type JSONPath, modify, parse } from 'jsonc-parser';
import type { ConfigEdit } from './editConfig.js';

/**
 * Sets variables of one task in the text of tasks.json, under `options.env` as VS Code reads it; comments, order and
 * indentation stay. The task is found by its label; two with one label are left alone.
 */
export function editTaskEnvironment(
  text: string,
  label: string,
  env: Readonly<Record<string, string>>,
): ConfigEdit {
  const root: unknown = parse(text, [], { allowTrailingComma: true });
  const tasks = isMap(root) && Array.isArray(root['tasks']) ? (root['tasks'] as readonly unknown[]) : [];
  const named = tasks.flatMap((it, index) =>
    isMap(it) && (it['label'] ?? it['taskName']) === label ? [{ task: it, index }] : [],
  );
  const [only] = named;
  if (only === undefined || named.length > 1)
    return { kind: 'refused', message: `tasks.json has no single task with the label "${label}".` };
  const base: JSONPath = ['tasks', only.index, 'options', 'env'];
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  let current = text;
  for (const [name, value] of Object.entries(env))
    current = applyEdits(current, modify(current, [...base, name], value, { formattingOptions }));
  return { kind: 'changed', text: current };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
