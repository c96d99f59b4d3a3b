import type { SsaDump } from '../../core/ssa/model.js';
import type { PassChanges } from '../../core/ssa/passChanges.js';
import { element } from '../element.js';

export interface PassStrip {
  readonly element: HTMLElement;
  /** Draws which passes are compared. */
  show(left: number, right: number): void;
  /** Draws how much each pass changed. */
  measure(changes: readonly PassChanges[]): void;
  /** Marks the passes that have hits of a search; none where the list is empty. */
  found(counts: readonly number[]): void;
  /** The next pass in a direction that changed something; with `every` the next one at all. */
  step(from: number, by: 1 | -1, every: boolean): number;
}

/** Heights in CSS pixels: of a pass that changed everything, and of the one that took longest. */
const most = { changes: 32, time: 12 };

/**
 * All passes as bars: upwards how much each changed, downwards how long it took. Both by their logarithm, for the largest
 * is a thousand times the smallest. Passes that changed nothing are folded to a tick.
 */
export function createPassStrip(dump: SsaDump, onPass: (pass: number) => void): PassStrip {
  const longest = Math.max(1, ...dump.passes.map((it) => it.ns ?? 0));
  const bars = dump.passes.map((pass, index) => {
    const up = element('span', { class: 'up' });
    const down = element('span', { class: 'down' });
    down.style.height = `${(most.time * scale(pass.ns ?? 0, longest, 1000)).toFixed(1)}px`;
    const bar = element(
      'div',
      {
        id: `pass-${String(index)}`,
        role: 'option',
        class: `pass${pass.changed ? '' : ' idle'}`,
        'aria-selected': 'false',
        'aria-label': pass.name,
        title: passTitle(dump, index, undefined),
        'data-pass': index,
      },
      element('span', { class: 'room' }, up),
      down,
    );
    return { bar, up };
  });
  const box = element(
    'div',
    {
      class: 'strip',
      role: 'listbox',
      'aria-label': 'Passes',
      'aria-orientation': 'horizontal',
      tabindex: 0,
    },
    ...bars.map((it) => it.bar),
  );
  let current = 0;

  const step = (from: number, by: 1 | -1, every: boolean): number => {
    for (let at = from + by; at >= 0 && at < dump.passes.length; at += by) {
      if (every || dump.passes[at]?.changed === true) return at;
    }
    return from;
  };
  box.addEventListener('click', ({ target }) => {
    const index = (target as Element).closest<HTMLElement>('.pass')?.dataset['pass'];
    if (index !== undefined) onPass(Number(index));
  });
  box.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = {
      ArrowRight: step(current, 1, event.shiftKey),
      ArrowLeft: step(current, -1, event.shiftKey),
      Home: 0,
      End: dump.passes.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onPass(to);
  });

  return {
    element: box,
    step,
    show(left, right) {
      current = right;
      bars.forEach(({ bar }, index) => {
        bar.classList.toggle('left', index === left);
        bar.classList.toggle('right', index === right);
        bar.setAttribute('aria-selected', index === right ? 'true' : 'false');
      });
      box.setAttribute('aria-activedescendant', `pass-${String(right)}`);
    },
    found(counts) {
      bars.forEach(({ bar }, index) => {
        bar.classList.toggle('found', (counts[index] ?? 0) > 0);
      });
    },
    measure(changes) {
      const largest = Math.max(1, ...changes.map(countAll));
      bars.forEach(({ bar, up }, index) => {
        const done = changes[index];
        if (done === undefined) return;
        up.style.height = `${(most.changes * scale(countAll(done), largest, 1)).toFixed(1)}px`;
        const title = passTitle(dump, index, done);
        bar.title = title;
        bar.setAttribute('aria-label', title);
      });
    },
  };
}

/** What a pass did, in words. */
export function passTitle(dump: SsaDump, index: number, done: PassChanges | undefined): string {
  const pass = dump.passes[index];
  if (pass === undefined) return '';
  const time = pass.ns === undefined ? '' : ` · ${formatTime(pass.ns)}`;
  if (index === 0) return `${pass.name}: as the compiler built it`;
  if (!pass.changed) return `${pass.name}: changed nothing${time}`;
  return `${pass.name}: ${done === undefined ? 'changed' : changesText(done)}${time}`;
}

function changesText({ added, removed, rewritten, moved, blocksChanged }: PassChanges): string {
  const parts = [
    [added, 'added'],
    [removed, 'removed'],
    [rewritten, 'rewritten'],
    [moved, 'moved'],
    [blocksChanged, blocksChanged === 1 ? 'block changed' : 'blocks changed'],
  ] as const;
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString('en')} ${word}`);
  return told.length === 0 ? 'only the order or names changed' : told.join(', ');
}

function countAll({ added, removed, rewritten, moved, blocksChanged }: PassChanges): number {
  return added + removed + rewritten + moved + blocksChanged;
}

/** From 0 to 1 by the logarithm; what is at most `least` counts as next to nothing. */
function scale(value: number, largest: number, least: number): number {
  if (value <= 0) return 0;
  const range = Math.log((largest + least) / least);
  return Math.max(0.06, Math.log((value + least) / least) / Math.max(range, 1e-9));
}

function formatTime(ns: number): string {
  if (ns >= 1e6) return `${(ns / 1e6).toFixed(1)} ms`;
  return `${(ns / 1e3).toFixed(ns >= 1e5 ? 0 : 1)} µs`;
}
