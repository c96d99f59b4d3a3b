import type { ValueState } from './model.js';

/** What can be different about a value that is still the same one. */
export type ValueAspect = 'op' | 'type' | 'aux' | 'args' | 'register' | 'names' | 'position' | 'dead';

/** What differs between two states of a value. A line that could not be taken apart differs in its op. */
export function changedAspects(a: ValueState, b: ValueState): readonly ValueAspect[] {
  if (a === b) return [];
  const changed: ValueAspect[] = [];
  if (a.op !== b.op || a.raw !== b.raw) changed.push('op');
  if (a.type !== b.type) changed.push('type');
  if (a.aux !== b.aux) changed.push('aux');
  if (!sameList(a.args, b.args)) changed.push('args');
  if (a.reg !== b.reg || a.tmp !== b.tmp) changed.push('register');
  if (!sameList(a.names, b.names)) changed.push('names');
  if (a.line !== b.line || a.stmt !== b.stmt) changed.push('position');
  if (a.dead !== b.dead) changed.push('dead');
  return changed;
}

/** Whether it computes something else, or elsewhere: names, position and death alone are no rewriting. */
export function isRewriting(aspects: readonly ValueAspect[]): boolean {
  return aspects.some((it) => it !== 'names' && it !== 'position' && it !== 'dead');
}

function sameList(a: readonly number[] = [], b: readonly number[] = []): boolean {
  return a.length === b.length && a.every((it, index) => it === b[index]);
}
