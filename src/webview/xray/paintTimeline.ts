import { axisTicks, drawVisible, type Timeline, type TimeWindow } from '../../core/insight/xray/timeline.js';
import { formatTime, phaseNames } from '../../core/insight/xray/kindTexts.js';
import type { Phase } from '../../core/insight/xray/xray.js';
import type { ViewAction } from '../../core/insight/xray/xraySubject.js';
import { textOn, type Colours } from './colours.js';

/** Rows above the lanes, in CSS pixels: the axis with its times, and the phases. */
export const headHeight = 34;
const axisHeight = 16;

export interface TimelinePicture {
  readonly timeline: Timeline<ViewAction>;
  readonly phases: readonly Phase[];
  readonly window: TimeWindow;
  readonly rowHeight: number;
  readonly colours: Colours;
  readonly isShown: (action: ViewAction) => boolean;
  readonly selected: number | undefined;
}

/** Paints axis, phases and bars. */
export function paintTimeline(
  context: CanvasRenderingContext2D,
  picture: TimelinePicture,
  height: number,
): void {
  const { colours, window } = picture;
  context.clearRect(0, 0, window.width, height);
  context.font = colours.font;
  context.textBaseline = 'middle';
  paintAxis(context, picture, height);
  paintPhases(context, picture);
  paintBars(context, picture);
}

function paintAxis(
  context: CanvasRenderingContext2D,
  { window, colours }: TimelinePicture,
  height: number,
): void {
  const scale = window.width / (window.to - window.from);
  for (const tick of axisTicks(window, Math.max(2, window.width / 110))) {
    const x = Math.round((tick - window.from) * scale) + 0.5;
    context.globalAlpha = 0.5;
    context.strokeStyle = colours.line;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, height);
    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = colours.quiet;
    context.fillText(tick === 0 ? '0' : formatTime(tick), x + 4, axisHeight / 2);
  }
}

function paintPhases(context: CanvasRenderingContext2D, { phases, window, colours }: TimelinePicture): void {
  const scale = window.width / (window.to - window.from);
  phases.forEach((phase, index) => {
    const left = Math.max(0, (phase.start - window.from) * scale);
    const right = Math.min(window.width, (phase.end - window.from) * scale);
    if (right <= left) return;
    context.fillStyle = colours.text;
    context.globalAlpha = index % 2 === 0 ? 0.1 : 0.18;
    context.fillRect(left, axisHeight, right - left, headHeight - axisHeight - 3);
    context.globalAlpha = 1;
    const name = `${phaseNames[phase.name]} ${formatTime(phase.end - phase.start)}`;
    label(context, name, left, axisHeight + 8, right - left, colours.text);
  });
}

function paintBars(context: CanvasRenderingContext2D, picture: TimelinePicture): void {
  const { timeline, window, rowHeight, colours, isShown, selected } = picture;
  const barHeight = rowHeight - (rowHeight > 6 ? 2 : 1);
  const inks = new Map<string, string>();
  const inkOn = (fill: string): string => {
    const ink = inks.get(fill) ?? textOn(context, fill);
    inks.set(fill, ink);
    return ink;
  };
  let chosen: { readonly x: number; readonly y: number; readonly width: number } | undefined;
  drawVisible(timeline, window, (action, x, width) => {
    const y = headHeight + action.lane * rowHeight;
    const shown = isShown(action);
    context.globalAlpha = shown ? 1 : 0.15;
    const fill = action.state === 'failed' ? colours.failed : colours.kinds[action.kind];
    context.fillStyle = fill;
    // Neighbours of one kind are told apart by a gap.
    context.fillRect(x, y, width > 3 ? width - 1 : width, barHeight);
    if (colours.edge !== undefined && width > 4) {
      context.strokeStyle = colours.edge;
      context.strokeRect(x + 0.5, y + 0.5, width - 2, barHeight - 1);
    }
    if (action.critical) {
      context.fillStyle = colours.text;
      context.fillRect(x, y + barHeight - 3, width > 3 ? width - 1 : width, 3);
    }
    if (shown && width > 40 && rowHeight >= 14)
      label(context, action.label, x, y + barHeight / 2 - (action.critical ? 1 : 0), width, inkOn(fill));
    if (action.id === selected) chosen = { x, y, width };
  });
  context.globalAlpha = 1;
  if (chosen === undefined) return;
  context.strokeStyle = colours.focus;
  context.lineWidth = 2;
  context.strokeRect(chosen.x - 1, chosen.y - 1, Math.max(3, chosen.width + 1), barHeight + 2);
  context.lineWidth = 1;
}

/** Width of a letter on average, in the widest of usual fonts: measuring ten thousand labels would cost more than painting them. */
const letterWidth = 6.2;

function label(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  width: number,
  colour: string,
): void {
  const letters = Math.floor((width - 8) / letterWidth);
  if (letters < 3) return;
  context.fillStyle = colour;
  context.fillText(text.length > letters ? `${text.slice(0, letters - 1)}…` : text, x + 4, y);
}
