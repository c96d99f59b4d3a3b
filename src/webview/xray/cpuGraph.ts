import { cpuUse } from '../../core/insight/xray/cpuUse.js';
import type { TimeWindow } from '../../core/insight/xray/timeline.js';
import type { ViewAction } from '../../core/insight/xray/xraySubject.js';
import type { Colours } from './colours.js';

/** Paints how many processors the commands kept busy, on the same axis as the timeline. */
export function paintCpu(
  context: CanvasRenderingContext2D,
  actions: readonly ViewAction[],
  { from, to, width }: TimeWindow,
  { height, lanes, colours }: { readonly height: number; readonly lanes: number; readonly colours: Colours },
): void {
  context.clearRect(0, 0, width, height);
  const columns = 2;
  const busy = cpuUse(actions, { from, to, parts: Math.max(1, Math.floor(width / columns)) });
  const most = Math.max(lanes, 1, ...busy);
  context.globalAlpha = 0.55;
  context.fillStyle = colours.kinds.compile;
  busy.forEach((value, at) => {
    const tall = (value / most) * (height - 1);
    context.fillRect(at * columns, height - tall, columns, tall);
  });
  context.globalAlpha = 1;
  context.strokeStyle = colours.line;
  context.beginPath();
  const limit = Math.round(height - (lanes / most) * (height - 1)) + 0.5;
  context.moveTo(0, limit);
  context.lineTo(width, limit);
  context.stroke();
  context.font = colours.font;
  context.fillStyle = colours.quiet;
  context.textBaseline = 'top';
  context.fillText(`CPU of the commands, up to ${String(lanes)} at once`, 4, 3);
}
