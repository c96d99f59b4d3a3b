import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFlowGraph, type FlowGraph } from '../../../../src/core/ssa/flow/flowGraph.js';
import { findFlowFacts, layoutFlow } from '../../../../src/core/ssa/flow/layoutFlow.js';
import { recordedDump, recordedTexts } from '../fixtures.js';
import { anyGraph, graphOf, reached } from './graphs.js';

/** Boxes of different sizes, the same for the same block. */
const sizesOf = ({ ids }: FlowGraph) =>
  ids.map((id) => ({ width: 60 + ((id * 37) % 90), height: 20 + ((id * 53) % 120) }));
const layout = (graph: FlowGraph) => layoutFlow(graph, findFlowFacts(graph), sizesOf(graph));

function check(graph: FlowGraph): void {
  const { boxes, edges, width, height } = layout(graph);
  const { forest } = findFlowFacts(graph);
  const all = reached(graph);
  boxes.forEach((a, index) => {
    expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
    for (const b of boxes.slice(index + 1))
      expect(
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
      ).toBe(true);
  });
  expect(edges.length).toBe([...all].reduce((sum, it) => sum + graph.succs[it]!.length, 0));
  for (const { from, to, back, points } of edges) {
    const [source, target] = [boxes[from]!, boxes[to]!];
    if (!back) expect(target.y).toBeGreaterThan(source.y + source.height);
    // From the bottom of one to the top of the other, in straight pieces that pass no block.
    expect(points[1]).toBe(source.y + source.height);
    expect(points.at(-1)).toBe(target.y);
    expect(points[0]! > source.x && points[0]! < source.x + source.width).toBe(true);
    expect(points.at(-2)! > target.x && points.at(-2)! < target.x + target.width).toBe(true);
    for (let at = 2; at < points.length; at += 2) {
      const [x1, y1, x2, y2] = points.slice(at - 2, at + 2) as [number, number, number, number];
      expect(x1 === x2 || y1 === y2).toBe(true);
      for (const { x, y, width: w, height: h } of boxes)
        expect(
          Math.max(x1, x2) <= x ||
            Math.min(x1, x2) >= x + w ||
            Math.max(y1, y2) <= y ||
            Math.min(y1, y2) >= y + h,
        ).toBe(true);
    }
  }
  for (const { body, depth } of forest.loops) {
    const lowest = Math.max(...body.map((it) => boxes[it]!.y));
    for (const block of body) {
      expect(boxes[block]!.x).toBeGreaterThanOrEqual(depth * 28);
      for (const to of graph.succs[block]!)
        if (!body.includes(to) && !forest.isBackEdge(block, to)) expect(boxes[to]!.y).toBeGreaterThan(lowest);
    }
  }
}

describe('the picture of control flow', () => {
  it('goes down, with nothing on top of anything, whatever the graph', () => {
    fc.assert(fc.property(anyGraph, check));
  });

  it.each(recordedTexts)('does so for every pass of %s', (name) => {
    const dump = recordedDump(name);
    dump.passes.forEach((_, pass) => {
      check(readFlowGraph(dump, pass));
    });
  });

  it('keeps the order of branches, and brings them together below', () => {
    const { boxes } = layout(graphOf([[1, 2], [3], [3], []]));
    expect(boxes[1]!.x).toBeLessThan(boxes[2]!.x);
    const swapped = layout(graphOf([[2, 1], [3], [3], []])).boxes;
    expect(swapped[2]!.x).toBeLessThan(swapped[1]!.x);
    const middle = (it: (typeof boxes)[number]) => it.x + it.width / 2;
    expect(middle(boxes[3]!)).toBeGreaterThan(middle(boxes[1]!));
    expect(middle(boxes[3]!)).toBeLessThan(middle(boxes[2]!));
  });

  it('leads back on the left of a loop', () => {
    const { boxes, edges } = layout(graphOf([[1], [2, 4], [3], [1], []]));
    const { points } = edges.find((it) => it.back)!;
    const lane = Math.min(...points.filter((_, at) => at % 2 === 0));
    for (const block of [1, 2, 3]) expect(lane).toBeLessThan(boxes[block]!.x);
  });

  it('stays where it was when a pass joins two blocks of many', () => {
    // A ladder of ifs; in the second picture one of the branches, empty now, is gone.
    const ladder = (gone: number) =>
      graphOf(
        Array.from({ length: 30 }, (_, step) => [
          [3 * step + 1, step === gone ? 3 * step + 3 : 3 * step + 2],
          [3 * step + 3],
          [3 * step + 3],
        ])
          .flat()
          .concat([[]]),
      );
    const [before, after] = [layout(ladder(-1)).boxes, layout(ladder(20)).boxes];
    const moves = before.flatMap((box, block) => (block === 62 ? [] : [Math.abs(box.x - after[block]!.x)]));
    expect(Math.max(...moves)).toBeLessThan(40);
    expect(after.slice(0, 60).map((it) => it.y)).toEqual(before.slice(0, 60).map((it) => it.y));
  });

  it('is empty for a function without blocks', () => {
    expect(layout(graphOf([]))).toMatchObject({ boxes: [], edges: [] });
  });
});
