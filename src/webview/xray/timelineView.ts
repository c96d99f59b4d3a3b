import {
  actionAt,
  createTimeline,
  shifted,
  zoomed,
  type TimeWindow,
} from '../../core/insight/xray/timeline.js';
import { formatTime, kindNames, stateNames } from '../../core/insight/xray/kindTexts.js';
import type { ViewAction, XraySubject } from '../../core/insight/xray/xraySubject.js';
import { element } from '../element.js';
import { onThemeChange, readColours } from './colours.js';
import { paintCpu } from './cpuGraph.js';
import { headHeight, paintTimeline } from './paintTimeline.js';
import { stepTo } from './stepTo.js';

const cpuHeight = 56;
/** Height of a lane, in CSS pixels: as large as is readable, as small as the lanes' number asks for. */
const rowHeights = { most: 20, least: 5, all: 340 } as const;

/** The picture of a build over time, and what it can be told to show. */
export interface TimelineView {
  readonly element: HTMLElement;
  /** Dims what is not shown. */
  filter(isShown: (action: ViewAction) => boolean): void;
  /** Marks an action, and brings it into sight. */
  select(id: number | undefined): void;
  readonly range: Pick<TimeWindow, 'from' | 'to'>;
}

interface Options {
  readonly range: Pick<TimeWindow, 'from' | 'to'> | undefined;
  onSelect(id: number): void;
  onRange(): void;
}

/**
 * Lanes with a bar for each action, and below them how busy the processors were. A pointer zooms with its wheel and
 * moves by dragging; keys walk from action to action, zoom and move. Whatever it shows stands in the tables as well.
 */
export function createTimelineView({ xray }: XraySubject, options: Options): TimelineView {
  const { wall, lanes, phases, actions } = xray;
  const timeline = createTimeline(actions);
  const byId = new Map(actions.map((it) => [it.id, it]));
  const rowHeight = Math.max(
    rowHeights.least,
    Math.min(rowHeights.most, Math.floor(rowHeights.all / Math.max(1, lanes))),
  );
  const height = headHeight + Math.max(1, lanes) * rowHeight + 4;
  const main = canvas(height);
  const cpu = canvas(cpuHeight);
  const tip = element('div', { class: 'tip', role: 'presentation', hidden: true });
  const box = element(
    'div',
    {
      class: 'timeline',
      tabindex: 0,
      role: 'application',
      'aria-label': 'Timeline of the build',
      'aria-describedby': 'timeline-keys',
    },
    main.element,
    cpu.element,
    tip,
  );
  let view: TimeWindow = { from: 0, to: Math.max(wall, 1), width: 1, ...options.range };
  let isShown: (action: ViewAction) => boolean = () => true;
  let selected: number | undefined;
  let colours = readColours();
  let frame = 0;

  const paint = (): void => {
    frame = 0;
    paintTimeline(
      main.context,
      { timeline, phases, window: view, rowHeight, colours, isShown, selected },
      height,
    );
    paintCpu(cpu.context, actions, view, { height: cpuHeight, lanes, colours });
  };
  const repaint = (): void => {
    if (frame === 0) frame = requestAnimationFrame(paint);
  };
  const show = (next: TimeWindow): void => {
    view = next;
    options.onRange();
    repaint();
  };
  const bringIntoSight = ({ start = 0, end = 0 }: ViewAction): void => {
    const span = view.to - view.from;
    if (end - start > span) view = { ...view, from: start, to: end };
    else if (start < view.from) view = shifted(view, start - view.from - span * 0.05, wall);
    else if (end > view.to) view = shifted(view, end - view.to + span * 0.05, wall);
  };
  const select = (id: number | undefined): void => {
    selected = id;
    const action = id === undefined ? undefined : byId.get(id);
    if (action !== undefined) bringIntoSight(action);
    repaint();
  };
  const at = (event: MouseEvent): ViewAction | undefined => {
    const { left, top } = main.element.getBoundingClientRect();
    const lane = Math.floor((event.clientY - top - headHeight) / rowHeight);
    return lane < 0 ? undefined : actionAt(timeline, lane, event.clientX - left, view);
  };

  box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const centre = (view.from + view.to) / 2;
    const focus = byId.get(selected ?? -1);
    const around = focus?.start === undefined ? centre : (focus.start + (focus.end ?? focus.start)) / 2;
    const quarter = (view.to - view.from) / 4;
    const moves: Readonly<Record<string, () => void>> = {
      '+': () => show(zoomed(view, 0.6, around, wall)),
      '=': () => show(zoomed(view, 0.6, around, wall)),
      '-': () => show(zoomed(view, 1 / 0.6, around, wall)),
      '0': () => show({ ...view, from: 0, to: wall }),
      '[': () => show(shifted(view, -quarter, wall)),
      ']': () => show(shifted(view, quarter, wall)),
    };
    const move = moves[event.key];
    const next = move === undefined ? stepTo(event.key, timeline, focus, isShown) : undefined;
    if (move === undefined && next === undefined) return;
    event.preventDefault();
    move?.();
    if (next !== undefined) options.onSelect(next.id);
  });
  box.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { left } = main.element.getBoundingClientRect();
      const scale = (view.to - view.from) / view.width;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        show(shifted(view, (event.deltaX || event.deltaY) * scale, wall));
      } else {
        const around = view.from + (event.clientX - left) * scale;
        show(zoomed(view, 1.0015 ** Math.max(-400, Math.min(400, event.deltaY)), around, wall));
      }
    },
    { passive: false },
  );
  let drag: { readonly x: number; readonly from: TimeWindow; moved: boolean } | undefined;
  box.addEventListener('pointerdown', (event) => {
    drag = { x: event.clientX, from: view, moved: false };
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener('pointermove', (event) => {
    if (drag === undefined) {
      showTip(tip, box, event, at(event));
      return;
    }
    const by = event.clientX - drag.x;
    drag.moved ||= Math.abs(by) > 3;
    if (drag.moved) show(shifted(drag.from, (-by * (view.to - view.from)) / view.width, wall));
  });
  box.addEventListener('pointerup', (event) => {
    const action = drag?.moved === false ? at(event) : undefined;
    drag = undefined;
    if (action !== undefined) options.onSelect(action.id);
  });
  box.addEventListener('pointerleave', () => {
    tip.hidden = true;
  });
  box.addEventListener('dblclick', (event) => {
    const action = at(event);
    if (action?.start !== undefined && action.end !== undefined) {
      const rim = (action.end - action.start) * 0.1;
      show(zoomed({ ...view, from: action.start - rim, to: action.end + rim }, 1, action.start, wall));
    }
  });
  onThemeChange(() => {
    colours = readColours();
    repaint();
  });
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === 0 || width === view.width) return;
    view = { ...view, width };
    main.resize(width);
    cpu.resize(width);
    // At once: a canvas that was resized is empty.
    paint();
  }).observe(box);

  return {
    element: box,
    select,
    filter(shown) {
      isShown = shown;
      repaint();
    },
    get range() {
      return { from: view.from, to: view.to };
    },
  };
}

function canvas(height: number): {
  readonly element: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  resize(width: number): void;
} {
  const made = element('canvas', { 'aria-hidden': 'true' });
  const context = made.getContext('2d');
  if (context === null) throw new Error('This browser paints no canvas.');
  return {
    element: made,
    context,
    resize(width) {
      const ratio = devicePixelRatio;
      made.width = Math.round(width * ratio);
      made.height = Math.round(height * ratio);
      made.style.width = `${String(width)}px`;
      made.style.height = `${String(height)}px`;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
    },
  };
}

function showTip(
  tip: HTMLElement,
  box: HTMLElement,
  event: MouseEvent,
  action: ViewAction | undefined,
): void {
  tip.hidden = action === undefined;
  if (action === undefined) return;
  tip.textContent = `${action.label}: ${formatTime((action.end ?? 0) - (action.start ?? 0))}, ${kindNames[action.kind]}, ${stateNames[action.state]}`;
  const { left, top, width } = box.getBoundingClientRect();
  const x = Math.min(event.clientX - left + 12, Math.max(0, width - tip.offsetWidth - 4));
  tip.style.left = `${String(x)}px`;
  tip.style.top = `${String(event.clientY - top + 16)}px`;
}
