import { targetId } from '../target/target.js';
import { code, escapeMarkdown, markdownTable } from '../text/markdown.js';
import { formatCount, formatDuration, formatSize } from '../text/formatText.js';
import type { OutputNode, RecipeNode, StepNode } from './recipeTree.js';

/** The grey text after a recipe's name: how it stands, then what it is. */
export function recipeDescription({ state, title }: RecipeNode): string {
  const words = recipeWords(state);
  return [...(state.kind === 'none' ? [] : [words]), ...(title === undefined ? [] : [title])].join(' · ');
}

/** A recipe's row as a screen reader says it. */
export function recipeSpeech({ name, title, state, target }: RecipeNode): string {
  const what = title === undefined ? [] : [title];
  return [`${name}, recipe`, ...what, targetId(target), recipeWords(state)].join(', ');
}

function recipeWords(state: RecipeNode['state']): string {
  switch (state.kind) {
    case 'none':
      return 'not run yet';
    case 'wrong':
      return 'can’t be run';
    case 'running':
      return `running ${String(state.ended)}/${String(state.total)}`;
    case 'failed':
      return `failed at ${state.step}`;
    case 'partly':
      return `${String(state.done)} of ${formatCount(state.total, 'step')} done`;
    case 'done':
      return 'done';
    case 'stale':
      return 'stale';
  }
}

/** The grey text after a step's name: what the icon can't say. */
export function stepDescription({ step, after }: StepNode): string {
  switch (step.state) {
    case 'waiting':
      return after.length === 0 ? '' : `after ${after.join(', ')}`;
    case 'running': {
      const { progress } = step;
      if (progress === undefined) return 'running';
      return progress.total === undefined
        ? `running ${String(progress.done)}`
        : `running ${String(progress.done)}/${String(progress.total)}`;
    }
    case 'done':
      return step.durationMs === undefined || step.kind === 'recipe' ? '' : formatDuration(step.durationMs);
    case 'skipped':
      return 'up to date';
    case 'failed':
      return step.message ?? 'failed';
    case 'cancelled':
      return 'cancelled';
    case 'blocked':
      return step.message ?? 'not run';
  }
}

/** A step's row as a screen reader says it: everything that icons tell the eye. */
export function stepSpeech(node: StepNode): string {
  const { step, label, after } = node;
  const state = step.state === 'waiting' ? 'not done' : step.state;
  const said = stepDescription(node);
  return [
    `${label}, step`,
    state,
    ...(step.state === 'waiting' || said === '' || said === state ? [] : [said]),
    ...(after.length === 0 ? [] : [`after ${after.join(', ')}`]),
  ].join(', ');
}

/** A file's row as a screen reader says it. */
export function outputSpeech({ label, size, content }: OutputNode): string {
  return `${label}, ${content}, ${formatSize(size)}`;
}

/** A recipe's tooltip as Markdown: what it is, where it comes from, and what it is waiting for or failed at. */
export function recipeTooltip({ name, title, origin, target, state, children }: RecipeNode): string {
  const head = `**${escapeMarkdown(name)}**${title === undefined ? '' : ` — ${escapeMarkdown(title)}`}`;
  const from =
    origin.kind === 'config'
      ? `${origin.file}${origin.line === undefined ? '' : `:${String(origin.line)}`}`
      : origin.kind === 'built-in'
        ? `comes with Crossbow (${origin.id})`
        : 'found in the sources';
  const rows = [
    ['Target', targetId(target)],
    ['From', from],
    ['State', recipeWords(state)],
    ['Steps', children.map((it) => it.label).join(', ')],
  ] as const;
  const problem = state.kind === 'wrong' ? [`$(warning) ${escapeMarkdown(state.problem)}`] : [];
  return [head, markdownTable(rows.filter(([, value]) => value !== '')), ...problem].join('\n\n');
}

/** A step's tooltip as Markdown. */
export function stepTooltip(node: StepNode): string {
  const { step, after, children } = node;
  const files = children.filter((it) => it.kind === 'output');
  const time = step.durationMs === undefined || step.kind === 'recipe' ? '' : formatDuration(step.durationMs);
  const rows = [
    ['Kind', step.kind],
    ['State', step.state === 'waiting' ? 'not done' : step.state === 'skipped' ? 'up to date' : step.state],
    ['Time', time],
    ['After', after.join(', ')],
  ] as const;
  return [
    `**${escapeMarkdown(step.id)}**`,
    markdownTable(rows.filter(([, value]) => value !== '')),
    ...(step.message === undefined ? [] : [escapeMarkdown(step.message)]),
    ...files.map((it) => `$(file) ${code(it.path)} ${formatSize(it.size)}`),
  ].join('\n\n');
}
