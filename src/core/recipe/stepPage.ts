import { targetId } from '../target/target.js';
import { formatDuration, formatSize } from '../text/formatText.js';
import type { RecipeStatus, StepStatus } from './recipeStatus.js';

/** A step as a text of its own: how it ended, what it made, and what it printed. */
export function stepPage(status: RecipeStatus | undefined, id: string, log: string): string {
  const step = status?.steps.find((it) => it.id === id);
  if (status === undefined || step === undefined) {
    return log === '' ? `There is no step ${id} any more.\n` : log;
  }
  const made = step.outputs.map((it) => `  ${it.path}  ${formatSize(it.size)}\n`);
  return [
    `${status.name}: ${id}, for ${targetId(status.target)}\n`,
    `${stateSentence(step)}\n`,
    ...(step.needs.length === 0 ? [] : [`After: ${step.needs.join(', ')}\n`]),
    ...(made.length === 0 ? [] : ['Made:\n', ...made]),
    '\n',
    log === '' ? noLog(step) : withoutColours(log),
  ].join('');
}

function stateSentence({ state, durationMs, message }: StepStatus): string {
  const time = durationMs === undefined ? '' : formatDuration(durationMs);
  const said = message === undefined ? '' : ` ${message}`;
  switch (state) {
    case 'waiting':
      return `Not done yet.${said}`;
    case 'running':
      return `Running.${said}`;
    case 'done':
      return `Done in ${time}.${said}`;
    case 'skipped':
      return `Up to date: nothing that it reads has changed since it was done, in ${time}.`;
    case 'failed':
      return `Failed after ${time}.${said}`;
    case 'cancelled':
      return 'Cancelled.';
    case 'blocked':
      return `Not run.${said}`;
  }
}

function noLog({ state }: StepStatus): string {
  return state === 'done' || state === 'skipped' || state === 'failed' ? 'It printed nothing.\n' : '';
}

/** Tools colour for terminals (ECMA-48, 5.4); a document shows the bytes. */
function withoutColours(text: string): string {
  return text.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '').replace(/\r\n?/g, '\n');
}
