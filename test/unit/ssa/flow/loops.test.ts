import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDominators } from '../../../../src/core/ssa/flow/dominators.js';
import { readFlowGraph, type FlowGraph } from '../../../../src/core/ssa/flow/flowGraph.js';
import { findLoops } from '../../../../src/core/ssa/flow/loops.js';
import { dumpOf, recordedDump } from '../fixtures.js';
import { anyGraph, graphOf, reached } from './graphs.js';

const facts = (graph: FlowGraph) => {
  const dominators = findDominators(graph);
  return { ...dominators, ...findLoops(graph, dominators) };
};

describe('control flow', () => {
  it('is read with branch order, likely branches and dead blocks', () => {
    const dump = dumpOf([
      '  b1:',
      '    If v1 -> b3 b2 (unlikely)',
      '  b2: <- b1',
      '    Ret v1',
      '  b3: <- b1',
      '    Plain -> b2',
      '  b9: DEAD',
      '    Plain -> b77',
    ]);
    expect(readFlowGraph(dump, 0)).toEqual({
      ids: [1, 2, 3, 9],
      succs: [[2, 1], [], [1], []],
      preds: [[], [0, 2], [0], []],
      likely: [1, -1, -1, -1],
      dead: [false, false, false, true],
    });
  });

  it('is dominated by what all ways go through', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { dominates, idom, order } = facts(graph);
        const all = reached(graph);
        expect(new Set(order)).toEqual(all);
        for (const by of graph.ids.keys()) {
          const rest = reached(graph, by);
          for (const block of graph.ids.keys())
            expect(dominates(by, block), `${by} ${block}`).toBe(
              all.has(block) && all.has(by) && !rest.has(block),
            );
        }
        for (const block of all) {
          const strict = [...all].filter((it) => it !== block && dominates(it, block));
          if (block === 0) expect(idom[block]).toBe(-1);
          else expect(strict.every((it) => dominates(it, idom[block]!))).toBe(true);
        }
      }),
    );
  });

  it('loops where a block leads back to one that dominates it', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { loops, loopOf, depth, dominates } = facts(graph);
        const heads = graph.ids
          .map((_, to) => to)
          .filter((to) => graph.succs.some((targets, from) => targets.includes(to) && dominates(to, from)));
        expect(loops.map((it) => it.head).sort((a, b) => a - b)).toEqual(heads);
        for (const [index, { head, body, latches, parent }] of loops.entries()) {
          for (const block of body) {
            expect(dominates(head, block)).toBe(true);
            const isIn = new Set<number>();
            for (let loop = loopOf[block]!; loop >= 0; loop = loops[loop]!.parent) isIn.add(loop);
            expect(isIn.has(index)).toBe(true);
            expect(depth[block]).toBe(isIn.size);
            if (block !== head)
              expect(graph.preds[block]!.every((it) => body.includes(it) || depth[it] === 0)).toBe(true);
          }
          expect(latches.every((it) => body.includes(it))).toBe(true);
          if (parent >= 0) expect(body.every((it) => loops[parent]!.body.includes(it))).toBe(true);
        }
      }),
    );
  });

  it('jumps back into what has several entries, without a loop', () => {
    const { loops, isBackEdge } = facts(graphOf([[1, 2], [2], [1, 3], []]));
    expect(loops).toEqual([]);
    expect([isBackEdge(2, 1), isBackEdge(1, 2)].filter(Boolean)).toHaveLength(1);
  });

  it('of a real function: the loop over its elements', () => {
    const dump = recordedDump('sum-arm');
    const graph = readFlowGraph(dump, dump.passes.length - 1);
    const { loops, depth } = facts(graph);
    expect(loops).toHaveLength(1);
    const inside = loops[0]!.body.flatMap((block) => {
      const state = dump.states[dump.passes.at(-1)!.state]!;
      return dump.blocks[state.blocks[block]!]!.values.map((it) => dump.strings[dump.values[it]!.op]);
    });
    expect(inside).toContain('ADDD');
    expect(depth[0]).toBe(0);
  });
});
