import { applyEdits, type JSONPath, modify, parse } from 'jsonc-parser';
import { changeTask, type TaskChange, type TaskText } from '../build/yieldingTask.js';
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
  const named = tasksIn(text).filter(({ task }) => (task['label'] ?? task['taskName']) === label);
  const [only] = named;
  if (only === undefined || named.length > 1)
    return { kind: 'refused', message: `tasks.json has no single task with the label "${label}".` };
  const base: JSONPath = ['tasks', only.index, 'options', 'env'];
  return edited(
    text,
    Object.entries(env).map(([name, value]) => [[...base, name], value]),
  );
}

/**
 * Changes the `crossbow` tasks of tasks.json that have this definition: labels are no part of what VS Code hands over,
 * and what is wrong with one of two tasks that are the same is wrong with both.
 */
export function editCrossbowTask(text: string, definition: TaskText, change: TaskChange): ConfigEdit {
  const after = changeTask(definition, change);
  const found = tasksIn(text).filter(({ task }) =>
    Object.entries(definition).every(([key, value]) => isSame(task[key], value)),
  );
  if (found.length === 0) return { kind: 'refused', message: 'tasks.json does not have this task.' };
  const steps = Object.entries(definition).flatMap(([key, value]): Step[] => {
    const kept = after[key];
    if (key !== 'env' || !isMap(kept) || !isMap(value)) return isSame(value, kept) ? [] : [[[key], kept]];
    return Object.keys(value).flatMap((name): Step[] => (name in kept ? [] : [[['env', name], undefined]]));
  });
  const added: Step[] =
    change.target === undefined || 'target' in definition ? [] : [[['target'], change.target]];
  return edited(
    text,
    found.flatMap(({ index }) =>
      [...steps, ...added].map(([path, value]): Step => [['tasks', index, ...path], value]),
    ),
  );
}

/** A path in tasks.json and its new value; undefined takes it out. */
type Step = readonly [path: JSONPath, value: unknown];

function edited(text: string, steps: readonly Step[]): ConfigEdit {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const after = steps.reduce(
    (current, [path, value]) => applyEdits(current, modify(current, [...path], value, { formattingOptions })),
    text,
  );
  return { kind: 'changed', text: after };
}

function tasksIn(
  text: string,
): readonly { readonly task: Readonly<Record<string, unknown>>; readonly index: number }[] {
  const root: unknown = parse(text, [], { allowTrailingComma: true });
  const tasks = isMap(root) && Array.isArray(root['tasks']) ? (root['tasks'] as readonly unknown[]) : [];
  return tasks.flatMap((task, index) => (isMap(task) ? [{ task, index }] : []));
}

/** JSON of one text, so its maps come in one order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
