import { describe, expect, it } from 'vitest';
import { cpuUse } from '../../../src/core/insight/xray/cpuUse.js';
import { assignLanes } from '../../../src/core/insight/xray/lanes.js';
import {
  actionAt,
  axisTicks,
  createTimeline,
  drawVisible,
  shifted,
  zoomed,
  type TimelineAction,
} from '../../../src/core/insight/xray/timeline.js';

const action = (
  id: number,
  lane: number,
  start: number,
  end: number,
  more: Partial<TimelineAction> = {},
) => ({
  ...{ id, lane, start, end, state: 'ran' as const, critical: false },
  ...more,
});

function drawn(
  actions: readonly TimelineAction[],
  from: number,
  to: number,
  width: number,
): readonly number[] {
  const ids: number[] = [];
  drawVisible(createTimeline(actions), { from, to, width }, ({ id }) => ids.push(id));
  return ids;
}

describe('what of a timeline is drawn', () => {
  it('is what is in sight, cut to it', () => {
    const bars: (readonly number[])[] = [];
    const timeline = createTimeline([
      action(1, 0, 0, 10),
      action(2, 0, 10, 30),
      action(3, 1, 5, 6),
      action(4, 0, 40, 50),
    ]);
    drawVisible(timeline, { from: 5, to: 25, width: 200 }, ({ id }, x, width) => bars.push([id, x, width]));
    expect(bars).toEqual([
      [1, 0, 50],
      [2, 50, 150],
      [3, 0, 10],
    ]);
  });

  it('is one bar for each pixel, not one for each action', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => action(at, 0, at, at + 0.9));
    expect(drawn(many, 0, 10_000, 500).length).toBeLessThanOrEqual(501);
    expect(drawn(many, 0, 10, 500)).toHaveLength(11);
  });

  it('never leaves out what failed or is critical', () => {
    const many = Array.from({ length: 1000 }, (_, at) =>
      action(at, 0, at, at + 0.9, { critical: at === 777 }),
    );
    many[333] = action(333, 0, 333, 333.9, { state: 'failed' });
    expect(drawn(many, 0, 1000, 10)).toEqual(expect.arrayContaining([333, 777]));
  });

  it('leaves out what was never begun, or took no time', () => {
    expect(drawn([action(1, 0, 5, 5), action(2, 0, 5, 9, { state: 'skipped' })], 0, 10, 100)).toEqual([]);
  });

  it('finds what lies under a pixel, and what is too narrow to hit', () => {
    const timeline = createTimeline([action(1, 0, 0, 10), action(2, 0, 50, 50.01), action(3, 2, 0, 100)]);
    const window = { from: 0, to: 100, width: 1000 };
    expect(actionAt(timeline, 0, 55, window)?.id).toBe(1);
    expect(actionAt(timeline, 0, 502, window)?.id).toBe(2);
    expect(actionAt(timeline, 0, 300, window)).toBeUndefined();
    expect(actionAt(timeline, 1, 300, window)).toBeUndefined();
    expect(actionAt(timeline, 2, 300, window)?.id).toBe(3);
    expect(actionAt(timeline, 9, 300, window)).toBeUndefined();
  });
});

describe('the part in sight', () => {
  it('zooms around a time that stays, and not beyond the whole', () => {
    expect(zoomed({ from: 0, to: 100 }, 0.5, 20, 100)).toEqual({ from: 10, to: 60 });
    expect(zoomed({ from: 10, to: 60 }, 10, 20, 100)).toEqual({ from: 0, to: 100 });
    expect(shifted({ from: 10, to: 60 }, 90, 100)).toEqual({ from: 50, to: 100 });
    expect(shifted({ from: 10, to: 60 }, -90, 100)).toEqual({ from: 0, to: 50 });
  });

  it('has round labels', () => {
    expect(axisTicks({ from: 0, to: 1000 }, 5)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(axisTicks({ from: 37, to: 41 }, 4)).toEqual([37, 38, 39, 40, 41]);
  });
});

describe('lanes', () => {
  it('are as many as were at work at once', () => {
    const spans = [
      { start: 0, end: 10 },
      { start: 2, end: 4 },
      { start: 4, end: 8 },
      { start: 9, end: 20 },
      { start: 10, end: 12 },
    ];
    expect(assignLanes(spans)).toEqual({ lanes: [0, 1, 1, 1, 0], count: 2 });
  });
});

describe('CPU use', () => {
  it('spreads an action’s time over it, and loses none', () => {
    const workers = [
      { start: 0, end: 10, cpu: { user: 8, system: 2 } },
      { start: 5, end: 10, cpu: { user: 5, system: 5 } },
      { start: 3, end: 3, cpu: { user: 1, system: 1 } },
      { start: 3 },
    ];
    expect(cpuUse(workers, { from: 0, to: 10, parts: 2 })).toEqual([1, 3]);
    const fine = cpuUse(workers, { from: 0, to: 10, parts: 37 });
    expect(fine.reduce((sum, it) => sum + it, 0) * (10 / 37)).toBeCloseTo(20, 6);
    expect(cpuUse(workers, { from: 5, to: 5, parts: 3 })).toEqual([0, 0, 0]);
  });
});
