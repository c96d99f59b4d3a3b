import type { Timeline } from '../../core/insight/xray/timeline.js';
import type { ViewAction } from '../../core/insight/xray/xraySubject.js';

/**
 * The action that an arrow key leads to: left and right along the lane, up and down to the one of the next lane that is
 * nearest in time, Home and End to a lane's ends. Only what is shown counts.
 */
export function stepTo(
  key: string,
  timeline: Timeline<ViewAction>,
  from: ViewAction | undefined,
  isShown: (action: ViewAction) => boolean,
): ViewAction | undefined {
  if (!/^(?:Arrow(?:Left|Right|Up|Down)|Home|End)$/.test(key)) return undefined;
  const lanes = timeline.map((lane) => lane.map((it) => it.action).filter(isShown));
  if (from === undefined) return lanes.find((it) => it.length > 0)?.[0];
  const own = lanes[from.lane] ?? [];
  const at = own.findIndex((it) => it.id === from.id);
  switch (key) {
    case 'ArrowLeft':
      return own[at - 1];
    case 'ArrowRight':
      return own[at + 1];
    case 'Home':
      return own[0];
    case 'End':
      return own.at(-1);
    default: {
      const by = key === 'ArrowUp' ? -1 : 1;
      for (let lane = from.lane + by; lane >= 0 && lane < lanes.length; lane += by) {
        const nearest = nearestTo(lanes[lane] ?? [], from);
        if (nearest !== undefined) return nearest;
      }
      return undefined;
    }
  }
}

function nearestTo(lane: readonly ViewAction[], { start = 0, end = 0 }: ViewAction): ViewAction | undefined {
  const gap = (it: ViewAction): number => Math.max((it.start ?? 0) - end, start - (it.end ?? 0));
  let nearest: ViewAction | undefined;
  for (const it of lane) if (nearest === undefined || gap(it) < gap(nearest)) nearest = it;
  return nearest;
}
