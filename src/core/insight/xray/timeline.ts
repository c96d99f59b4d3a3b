import type { XrayAction } from './xray.js';

/** An action as the timeline shows it. */
export type TimelineAction = Pick<XrayAction, 'id' | 'lane' | 'start' | 'end' | 'state' | 'critical'>;

/** The part of a build that is in sight: times in milliseconds, `width` in pixels. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** Something with a place in time. */
export interface Bar<Action> {
  readonly action: Action;
  readonly start: number;
  readonly end: number;
}

/** Actions by lane, in each from the first on. */
export type Timeline<Action> = readonly (readonly Bar<Action>[])[];

/** Sorts the actions that took time into lanes. */
export function createTimeline<Action extends TimelineAction>(actions: readonly Action[]): Timeline<Action> {
  const lanes = new Map<number, Bar<Action>[]>();
  for (const action of actions) {
    const { start, end, lane, state } = action;
    if (start === undefined || end === undefined || end <= start || state === 'skipped') continue;
    const bars = lanes.get(lane);
    if (bars === undefined) lanes.set(lane, [{ action, start, end }]);
    else bars.push({ action, start, end });
  }
  return Array.from({ length: Math.max(-1, ...lanes.keys()) + 1 }, (_, lane) =>
    (lanes.get(lane) ?? []).sort((a, b) => a.start - b.start),
  );
}

/**
 * Calls `draw` for every bar in sight with its left edge and width in pixels. Bars that fall into a pixel that is drawn
 * already are left out, so that ten thousand of them cost no more than the screen has columns; those of the critical
 * path and those that failed are always drawn.
 */
export function drawVisible<Action extends TimelineAction>(
  timeline: Timeline<Action>,
  { from, to, width }: TimeWindow,
  draw: (action: Action, x: number, barWidth: number) => void,
): void {
  const scale = width / (to - from);
  for (const lane of timeline) {
    let drawnTo = -1;
    for (let at = firstEndingAfter(lane, from); at < lane.length; at++) {
      const bar = lane[at];
      if (bar === undefined || bar.start > to) break;
      const left = Math.max(0, (bar.start - from) * scale);
      const right = Math.min(width, (bar.end - from) * scale);
      const stands = bar.action.critical || bar.action.state === 'failed';
      if (right <= drawnTo && !stands) continue;
      const x = Math.min(left, width - 1);
      const barWidth = Math.max(1, right - x);
      drawnTo = Math.max(drawnTo, Math.floor(x + barWidth));
      draw(bar.action, x, barWidth);
    }
  }
}

/** The action at a pixel of a lane; one that is narrow counts a few pixels around. */
export function actionAt<Action>(
  timeline: Timeline<Action>,
  lane: number,
  x: number,
  { from, to, width }: TimeWindow,
): Action | undefined {
  const bars = timeline[lane] ?? [];
  const pixel = (to - from) / width;
  const time = from + x * pixel;
  const next = firstEndingAfter(bars, time);
  const near = [bars[next], bars[next - 1]].filter((it) => it !== undefined);
  const distance = (bar: Bar<Action>): number => Math.max(bar.start - time, time - bar.end, 0);
  const [closest] = near.sort((a, b) => distance(a) - distance(b));
  return closest !== undefined && distance(closest) <= 3 * pixel ? closest.action : undefined;
}

/** Index of the first bar that ends after a time: bars of a lane don't overlap, so their ends are in order, too. */
function firstEndingAfter<Action>(lane: readonly Bar<Action>[], time: number): number {
  let [low, high] = [0, lane.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lane[middle]?.end ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Round times to label an axis with, at most `most` of them, in milliseconds. */
export function axisTicks({ from, to }: Pick<TimeWindow, 'from' | 'to'>, most: number): readonly number[] {
  const least = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((it) => it * power).find((it) => it >= least) ?? 10 * power;
  const ticks: number[] = [];
  for (let count = Math.ceil(from / step); count * step <= to; count++) ticks.push(count * step);
  return ticks;
}

/** Zooms by a factor (below 1: in) around a time that stays where it is, within the whole from 0 to `end`. */
export function zoomed<Window extends Pick<TimeWindow, 'from' | 'to'>>(
  window: Window,
  factor: number,
  around: number,
  end: number,
): Window {
  const span = Math.min(end, Math.max(0.05, (window.to - window.from) * factor));
  const share = (around - window.from) / (window.to - window.from);
  return shifted({ ...window, from: around - share * span, to: around + (1 - share) * span }, 0, end);
}

/** Moves the window by a time, and not beyond the whole from 0 to `end`. */
export function shifted<Window extends Pick<TimeWindow, 'from' | 'to'>>(
  window: Window,
  by: number,
  end: number,
): Window {
  const span = Math.min(end, window.to - window.from);
  const from = Math.min(Math.max(0, window.from + by), end - span);
  return { ...window, from, to: from + span };
}
