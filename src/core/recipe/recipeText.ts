import { createTerminalText, diagnosisText, terminalStyles, terminalSafe } from '../build/terminalText.js';
import { targetId } from '../target/target.js';
import { formatCount, formatDuration, formatSize } from '../text/formatText.js';
import type { PlannedStep, RecipeEvent, RecipeResult, StepState } from './recipeRun.js';

const { bold, cyan, dim, green, red, reset, yellow } = terminalStyles;

/** Characters of a step that are held back while another has the terminal. */
const heldBack = 1024 * 1024;

/** A step's part of the terminal. */
interface Block {
  readonly text: ReturnType<typeof createTerminalText>;
  /** What was not shown yet. */
  held: string;
  ended: boolean;
}

/**
 * A recipe's text for a terminal: each step under a heading, with its commands, their output and how it ended. Steps
 * run side by side, but the terminal shows one after the other: what others print is held back until the one that is
 * shown has ended. Lines end in CR LF, as a pseudo-terminal wants them.
 */
export function createRecipeText(): {
  readonly event: (event: RecipeEvent) => string;
  readonly result: (result: RecipeResult) => string;
} {
  let steps: readonly PlannedStep[] = [];
  const blocks = new Map<string, Block>();
  let shown: string | undefined;

  const blockOf = (id: string): Block => {
    const known = blocks.get(id);
    if (known !== undefined) return known;
    const block = { text: createTerminalText(), held: '', ended: false };
    blocks.set(id, block);
    return block;
  };
  const put = (id: string, text: string): void => {
    const block = blockOf(id);
    block.held += text;
    if (block.held.length > heldBack) {
      block.held = `${dim}… the beginning is in the step's output${reset}\r\n${block.held.slice(-heldBack / 2)}`;
    }
  };
  /** What may be shown now: the step that has the terminal, then those that have ended, then the oldest that runs. */
  const take = (): string => {
    let text = '';
    for (;;) {
      const current = shown === undefined ? undefined : blocks.get(shown);
      if (shown !== undefined && current !== undefined) {
        text += current.held;
        current.held = '';
        if (!current.ended) return text;
        blocks.delete(shown);
      }
      const next = [...blocks].find(([, it]) => it.ended) ?? [...blocks][0];
      if (next === undefined) {
        shown = undefined;
        return text;
      }
      [shown] = next;
    }
  };

  return {
    event(event) {
      switch (event.kind) {
        case 'planned':
          steps = event.steps;
          return '';
        case 'waiting':
          return `${yellow}${terminalSafe(event.message)}${reset}\r\n`;
        case 'progress':
          return '';
        case 'command':
          put(event.step, blockOf(event.step).text.event({ kind: 'command', line: event.line }));
          return take();
        case 'output':
          put(event.step, blockOf(event.step).text.event({ kind: 'output', text: event.text }));
          return take();
        case 'step': {
          const step = steps.find((it) => it.id === event.step);
          // A step that only names another recipe does nothing by itself.
          if (step?.kind === 'recipe') return '';
          if (event.state === 'running') {
            put(event.step, heading(event.step, step, event.message));
          } else {
            const block = blockOf(event.step);
            put(event.step, block.text.rest() + ending(event));
            block.ended = true;
          }
          return take();
        }
      }
    },
    result(result) {
      for (const block of blocks.values()) block.ended = true;
      return take() + resultText(result);
    },
  };
}

function heading(id: string, step: PlannedStep | undefined, reason: string | undefined): string {
  const kind = step === undefined ? '' : ` ${dim}${step.kind}${reset}`;
  const why = reason === undefined ? '' : ` ${dim}· ${terminalSafe(reason)}${reset}`;
  return `${cyan}▶${reset} ${bold}${terminalSafe(id)}${reset}${kind}${why}\r\n`;
}

const marks: Readonly<Record<Exclude<StepState, 'waiting' | 'running'>, string>> = {
  done: `${green}✓${reset}`,
  skipped: `${dim}✓${reset}`,
  failed: `${red}✗${reset}`,
  blocked: `${yellow}○${reset}`,
  cancelled: `${yellow}○${reset}`,
};

function ending({ step, state, durationMs, message }: Extract<RecipeEvent, { kind: 'step' }>): string {
  if (state === 'waiting' || state === 'running') return '';
  const time = durationMs === undefined ? '' : formatDuration(durationMs);
  const said = message === undefined ? '' : ` ${terminalSafe(message)}`;
  const words = {
    done: `done in ${time}.${said}`,
    skipped: 'up to date',
    failed: `failed after ${time}.${said}`,
    blocked: `not run.${said}`,
    cancelled: 'cancelled',
  }[state];
  return `${marks[state]} ${bold}${terminalSafe(step)}${reset} ${state === 'failed' ? red : dim}${words}${reset}\r\n`;
}

function resultText(result: RecipeResult): string {
  const id = targetId(result.target);
  const time = `${dim}${formatDuration(result.durationMs)}${reset}`;
  const problems = result.problems.map((it) => `${red}${terminalSafe(it)}${reset}\r\n`).join('');
  switch (result.outcome) {
    case 'cancelled':
      return `${problems}${yellow}Cancelled${reset} after ${time}\r\n`;
    case 'failed':
      return [
        `${problems}${red}The recipe ${result.recipe} for ${id} failed${reset} after ${time}\r\n`,
        ...result.steps.flatMap((it) => it.diagnoses.slice(0, 3).map(diagnosisText)),
      ].join('');
    case 'ok': {
      const files = result.steps.flatMap((it) => it.outputs);
      const done = result.steps.filter((it) => it.state === 'done' && it.kind !== 'recipe').length;
      const work = done === 0 ? 'nothing to do' : formatCount(done, 'step');
      return [
        ...files.map((it) => `  ${terminalSafe(it.path)} ${dim}${formatSize(it.size)}${reset}\r\n`),
        `${green}Ran ${result.recipe} for ${id}${reset} in ${time}${dim}: ${work}${reset}\r\n`,
      ].join('');
    }
  }
}
