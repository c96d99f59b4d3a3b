import { describe, expect, it } from 'vitest';
import { parseActionGraph, type ActionGraph } from '../../../src/core/insight/xray/actionGraph.js';
import { compareXrays } from '../../../src/core/insight/xray/compareXrays.js';
import { createXray } from '../../../src/core/insight/xray/createXray.js';
import { processTree } from '../../../src/core/insight/xray/processTree.js';
import type { XrayReading } from '../../../src/core/insight/xray/xrays.js';
import { graphOf, graphText, recordOf } from './fixtures.js';

function readingOf(graph: ActionGraph): XrayReading {
  const record = recordOf(graph);
  return { record, xray: createXray(record, graph), processes: processTree(graph.actions, record) };
}

const first = readingOf(graphOf('go1.26'));
const second = readingOf(graphOf('go1.26-edited'));

describe('two builds side by side', () => {
  it('tell what was built in which, by how much the time differs', () => {
    const { packages } = compareXrays(first, second);
    const of = (path: string) => packages.find((it) => it.importPath === path);
    expect(of('fmt')).toMatchObject({ before: { state: 'built' }, after: { state: 'cached' } });
    expect(of('example.com/cgo-hello')).toMatchObject({
      before: { state: 'built' },
      after: { state: 'built' },
    });
    const total = packages.reduce((sum, it) => sum + it.difference, 0);
    const spent = ({ xray }: XrayReading): number => xray.packages.reduce((sum, it) => sum + it.time, 0);
    expect(total).toBeCloseTo(spent(second) - spent(first), 3);
    const sizes = packages.map((it) => Math.abs(it.difference));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('have no command that differs where only hashes and folders do', () => {
    expect(compareXrays(first, second).commands).toEqual([]);
  });

  it('show a command with other words beside what it was', () => {
    const changed = readingOf(parseActionGraph(graphText('go1.26').replaceAll('-marm', '-mthumb')));
    const { commands } = compareXrays(first, changed);
    expect(commands.length).toBeGreaterThan(5);
    for (const { before, after } of commands)
      expect(before?.map((it) => it.replace('-marm', '-mthumb'))).toEqual(after);
  });

  it('show what only one of them ran', () => {
    const { processes } = first;
    const extra = {
      words: ['gcc', '-c', 'new.c'],
      kind: 'c',
      action: 5,
      package: 'runtime/cgo',
      children: [],
    } as const;
    const more = { ...first, processes: { ...processes, children: [...processes.children, extra] } };
    expect(compareXrays(first, more).commands).toEqual([{ package: 'runtime/cgo', after: extra.words }]);
    expect(compareXrays(more, first).commands).toEqual([{ package: 'runtime/cgo', before: extra.words }]);
  });

  it('count a package that only one of them has', () => {
    const empty = readingOf(parseActionGraph('[]'));
    const { packages, commands } = compareXrays(empty, second);
    expect(commands).toEqual([]);
    expect(packages.every((it) => it.before === undefined && it.after !== undefined)).toBe(true);
  });
});
