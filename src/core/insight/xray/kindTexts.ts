import type { ActionKind, ActionState, Phase } from './xray.js';

/** Kinds in the order in which a legend lists them, with what they are called. */
export const kindNames: Readonly<Record<ActionKind, string>> = {
  compile: 'Go compiler',
  cgo: 'cgo',
  c: 'C compiler',
  assemble: 'Assembler',
  link: 'Linker',
  cached: 'Build cache',
  other: 'Go itself',
};

export const phaseNames: Readonly<Record<Phase['name'], string>> = {
  load: 'Reading packages',
  build: 'Compiling',
  link: 'Linking',
  finish: 'Finishing',
};

export const stateNames: Readonly<Record<ActionState, string>> = {
  ran: 'ran',
  cached: 'found in the build cache',
  failed: 'failed',
  skipped: 'not begun: what it needs had failed',
  unfinished: 'not finished',
};

/** A time as the view shows it: whole seconds with two places, below one in milliseconds. */
export function formatTime(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms >= 10 ? ms.toFixed(0) : ms.toFixed(ms >= 1 ? 1 : 2)} ms`;
}
