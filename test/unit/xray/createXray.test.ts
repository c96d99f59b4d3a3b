import { describe, expect, it } from 'vitest';
import { parseActionGraph, parseBuiltActions } from '../../../src/core/insight/xray/actionGraph.js';
import { commandKind } from '../../../src/core/insight/xray/commandKind.js';
import { createXray } from '../../../src/core/insight/xray/createXray.js';
import { processTree } from '../../../src/core/insight/xray/processTree.js';
import type { Xray } from '../../../src/core/insight/xray/xray.js';
import type { XrayRecord } from '../../../src/core/insight/xray/xrayRecord.js';
import { graphOf, graphText, recordOf } from './fixtures.js';

function look(name: string, more: Partial<XrayRecord> = {}, before?: string): Xray {
  const graph = graphOf(name);
  return createXray(
    recordOf(graph, more),
    graph,
    before === undefined ? undefined : parseBuiltActions(graphText(before)),
  );
}

describe.each(['go1.26', 'go1.22', 'go1.26-failed', 'go1.26-edited'])('the X-ray of %s', (name) => {
  const xray = look(
    name,
    name.endsWith('failed') ? { outcome: 'failed', failedPackages: ['example.com/cgo-hello'] } : {},
  );

  it('adds up to what the graph says', () => {
    const raw = JSON.parse(graphText(name)) as {
      TimeStart: string;
      TimeDone: string;
      CmdUser?: number;
      CmdSys?: number;
    }[];
    const spent = raw.reduce((sum, it) => sum + (Date.parse(it.TimeDone) - Date.parse(it.TimeStart)), 0);
    // Date.parse knows milliseconds alone.
    expect(Math.abs(xray.total.time - spent)).toBeLessThan(raw.length);
    const cpu = raw.reduce((sum, it) => sum + (it.CmdUser ?? 0) + (it.CmdSys ?? 0), 0) / 1e6;
    expect(xray.total.user + xray.total.system).toBeCloseTo(cpu, 3);
    expect(xray.packages.reduce((sum, it) => sum + it.time, 0)).toBeLessThanOrEqual(xray.total.time + 0.1);
  });

  it('has a critical path no longer than the wall time, each step needed by the next', () => {
    expect(xray.critical.time).toBeGreaterThan(0);
    expect(xray.critical.time).toBeLessThanOrEqual(xray.wall);
    const byId = new Map(xray.actions.map((it) => [it.id, it]));
    xray.critical.actions.slice(1).forEach((id, at) => {
      expect(byId.get(id)?.deps).toContain(xray.critical.actions[at]);
    });
    const steps = xray.critical.actions.map((id) => byId.get(id));
    const sum = steps.reduce((total, it) => total + (it?.end ?? 0) - (it?.start ?? 0), 0);
    expect(sum).toBeCloseTo(xray.critical.time, 1);
  });

  it('has lanes in which no two actions overlap', () => {
    const drawn = xray.actions.filter((it) => it.state !== 'skipped' && (it.end ?? 0) > (it.start ?? 0));
    for (const lane of new Set(drawn.map((it) => it.lane))) {
      const of = drawn.filter((it) => it.lane === lane).sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
      of.slice(1).forEach((it, at) => expect(it.start).toBeGreaterThanOrEqual(of[at]?.end ?? 0));
    }
    expect(Math.max(...drawn.map((it) => it.lane))).toBeLessThan(xray.lanes);
  });

  it('has phases that follow one another from start to end', () => {
    expect(xray.phases[0]?.start).toBe(0);
    expect(xray.phases.at(-1)?.end).toBe(xray.wall);
    xray.phases.slice(1).forEach((it, at) => expect(it.start).toBe(xray.phases[at]?.end));
  });
});

describe('kinds', () => {
  it('are told action by action where Go runs each C file as one (1.25 and newer)', () => {
    const kinds = new Map(look('go1.26').actions.map((it) => [it.label, it.kind]));
    expect(kinds.get('fmt')).toBe('compile');
    expect(kinds.get('example.com/cgo-hello')).toBe('compile');
    expect(kinds.get('cgo run (runtime/cgo)')).toBe('cgo');
    expect(kinds.get('gcc_util.c (runtime/cgo)')).toBe('c');
    expect(kinds.get('gcc_arm.S (runtime/cgo)')).toBe('assemble');
    expect(kinds.get('link (example.com/cgo-hello)')).toBe('link');
    expect(kinds.get('build check cache (fmt)')).toBe('cached');
  });

  it('of an older Go: a package with C is told by cgo', () => {
    const kinds = new Map(look('go1.22').actions.map((it) => [it.label, it.kind]));
    expect(kinds.get('fmt')).toBe('compile');
    expect(kinds.get('runtime/cgo')).toBe('cgo');
    expect(kinds.get('link (example.com/cgo-hello)')).toBe('link');
  });

  it.each([
    [['/usr/lib/go/pkg/tool/linux_amd64/compile', '-o', 'x'], 'compile'],
    [['C:\\Go\\pkg\\tool\\windows_amd64\\link.exe', '-o', 'x'], 'link'],
    [['/opt/link', '-o', 'x'], 'other'],
    [['arm-linux-gnueabihf-gcc', '-c', 'a.c'], 'c'],
    [['x86_64-w64-mingw32-g++', '-c', 'a.cpp'], 'c'],
    [['clang', '--target=arm-linux', '-c', 'x.S'], 'assemble'],
    [['zig', 'cc', '-target', 'arm-linux-musleabihf', '-c', 'a.c'], 'c'],
    [['zig', 'ar', 'rc', 'x.a'], 'other'],
    [['/usr/lib/gcc-cross/arm-linux-gnueabihf/12/cc1', '-quiet'], 'c'],
    [['/usr/lib/gcc-cross/arm-linux-gnueabihf/12/collect2'], 'link'],
    [['arm-linux-gnueabihf-as', '-o', 'x.o'], 'assemble'],
    [['pkg-config', '--cflags', 'x'], 'other'],
    [['/home/u/my wrapper', '-c', 'a.c'], 'other'],
    [[], 'other'],
  ])('%j', (words, kind) => {
    expect(commandKind(words)).toBe(kind);
  });

  it('knows whatever CC names as a C compiler', () => {
    expect(commandKind(['/home/u/my wrapper', '-c', 'a.c'], '/home/u/my wrapper')).toBe('c');
  });
});

describe('a build that changed one file', () => {
  it('finds the rest in the cache', () => {
    const { packages, actions } = look('go1.26-edited');
    const state = new Map(packages.map((it) => [it.importPath, it.state]));
    expect(state.get('example.com/cgo-hello')).toBe('built');
    expect(state.get('fmt')).toBe('cached');
    expect(state.get('runtime/cgo')).toBe('cached');
    expect(actions.filter((it) => it.state === 'failed' || it.state === 'skipped')).toEqual([]);
  });

  it('says why only where the build before tells', () => {
    const reason = (before?: string) =>
      look('go1.26-edited', {}, before).packages.find((it) => it.importPath === 'example.com/cgo-hello')
        ?.reason;
    expect(reason()).toEqual({ kind: 'unknown' });
    expect(reason('go1.26')).toEqual({ kind: 'own' });
    expect(reason('go1.26-edited')).toEqual({ kind: 'lost' });
  });

  it('names the imports that came out differently', () => {
    const before = graphText('go1.26');
    const text = graphText('go1.26-edited');
    const fmt = graphOf('go1.26').actions.find((it) => it.package === 'fmt' && it.mode === 'build');
    const now = parseActionGraph(text.replaceAll(fmt?.buildId ?? '?', 'newAction/newContent'));
    const { packages } = createXray(recordOf(now), now, parseBuiltActions(before));
    expect(packages.find((it) => it.importPath === 'example.com/cgo-hello')?.reason).toEqual({
      kind: 'imports',
      packages: ['fmt'],
    });
  });
});

describe('a failed build', () => {
  const failed = { outcome: 'failed', failedPackages: ['example.com/cgo-hello'] } as const;
  const labelsOf = (xray: Xray): readonly string[] =>
    xray.actions.filter((it) => it.state === 'failed').map((it) => it.label);

  it('names every action that may have failed where nothing tells them apart', () => {
    expect(labelsOf(look('go1.26-failed', failed))).toEqual([
      '_cgo_export.c (example.com/cgo-hello)',
      'main.cgo2.c (example.com/cgo-hello)',
      'fingerprint.c (example.com/cgo-hello)',
    ]);
  });

  it('names the one that the compiler’s words point at, and nothing behind it ran', () => {
    const said = [
      {
        package: 'example.com/cgo-hello',
        lines: ["fingerprint.c:52:27: error: 'x' undeclared", '   52 | int x'],
      },
    ];
    const xray = look('go1.26-failed', { ...failed, said });
    expect(labelsOf(xray)).toEqual(['fingerprint.c (example.com/cgo-hello)']);
    expect(xray.failures[0]?.said).toEqual(said[0]?.lines);
    const state = new Map(xray.actions.map((it) => [it.label, it.state]));
    expect(state.get('cgo run (example.com/cgo-hello)')).toBe('ran');
    expect(state.get('main.cgo2.c (example.com/cgo-hello)')).toBe('ran');
    expect(state.get('example.com/cgo-hello')).toBe('skipped');
    expect(state.get('link (example.com/cgo-hello)')).toBe('skipped');
    expect(state.get('runtime/cgo')).toBe('cached');
    expect(state.get('gcc_util.c (runtime/cgo)')).toBe('cached');
  });

  it('names the compilation of a package alone, where its C files were done before', () => {
    const { actions } = graphOf('go1.26');
    const unlinked = actions.map((it) => (it.mode === 'link' ? { ...it, commands: [] } : it));
    const graph = { actions: unlinked, gaps: [] };
    expect(labelsOf(createXray(recordOf(graph, failed), graph))).toEqual(['example.com/cgo-hello']);
  });

  it('takes Go’s word where it marks the action', () => {
    const graph = graphOf('go1.26-failed');
    const actions = graph.actions.map((it) =>
      it.mode.endsWith('main.cgo2.c') ? { ...it, failed: true } : it,
    );
    const xray = createXray(recordOf(graph, failed), { actions, gaps: [] });
    expect(labelsOf(xray)).toEqual(['main.cgo2.c (example.com/cgo-hello)']);
  });

  it('blames no action for a program that was built and is not what the target asks for', () => {
    const xray = look('go1.26', { outcome: 'rejected' });
    expect(labelsOf(xray)).toEqual([]);
    expect(xray.actions.filter((it) => it.state === 'skipped')).toEqual([]);
  });
});

describe('damage', () => {
  it('a graph without times, as Go leaves it when it is killed, shows what there was', () => {
    const text = graphText('go1.26').replace(
      /"Time(Ready|Start|Done)": "[^"]*"/g,
      '"Time$1": "0001-01-01T00:00:00Z"',
    );
    const graph = parseActionGraph(text);
    const xray = createXray({ ...recordOf(graphOf('go1.26')), outcome: 'failed', wallMs: 500 }, graph);
    expect(xray.actions).toHaveLength(graph.actions.length);
    expect(new Set(xray.actions.map((it) => it.state))).toEqual(new Set(['skipped']));
    expect(xray.wall).toBe(500);
    expect(xray.gaps.join()).toContain('no times');
  });

  it('a graph that was cut anywhere is a picture of what is left, with the cut said', () => {
    const text = graphText('go1.26');
    const record = recordOf(graphOf('go1.26'));
    for (let length = 0; length < text.length - 2; length += 4999) {
      const graph = parseActionGraph(text.slice(0, length));
      const xray = createXray(record, graph, parseBuiltActions(text.slice(0, length)));
      expect(xray.gaps.join()).toContain('not read whole');
      expect(xray.actions).toHaveLength(graph.actions.length);
      const times = xray.actions.flatMap((it) => [it.start ?? 0, it.end ?? 0, it.waited ?? 0]);
      expect([...times, xray.wall, xray.total.time].every((it) => Number.isFinite(it) && it >= 0)).toBe(true);
      expect(xray.critical.time).toBeLessThanOrEqual(xray.wall);
      expect(processTree(graph.actions, record).children).toHaveLength(
        graph.actions.reduce((sum, it) => sum + it.commands.length, 0),
      );
    }
  });

  it('modes of a Go to come are told by what they ran, and nothing is made up for those that ran nothing', () => {
    const at = (second: number): string => `2026-11-25T14:30:0${String(second)}Z`;
    const action = (id: number, from: number, more: object): object => ({
      ...{ ID: id, Mode: 'teleport', Package: 'example.com/a', TimeStart: at(from), TimeDone: at(from + 1) },
      ...more,
    });
    const graph = parseActionGraph(
      JSON.stringify([
        action(0, 0, { Cmd: ['arm-linux-gnueabihf-gcc -c a.c'], CmdReal: 9e8, CmdUser: 8e8, CmdSys: 1e8 }),
        action(1, 1, { Deps: [0, 77] }),
        // A clock that was set back in between.
        action(2, 2, { TimeDone: at(1) }),
      ]),
    );
    const record = { ...recordOf(graphOf('go1.26')), startedAt: Date.parse(at(0)), wallMs: 4000 };
    const { actions, packages, total, gaps } = createXray(record, graph);
    expect(actions.map((it) => [it.kind, it.state, it.cpu?.user])).toEqual([
      ['c', 'ran', 800],
      ['other', 'ran', undefined],
      ['other', 'ran', undefined],
    ]);
    expect(total).toEqual({ time: 2000, user: 800, system: 100 });
    expect(packages).toMatchObject([{ importPath: 'example.com/a', reason: { kind: 'unknown' } }]);
    expect(gaps).toEqual([]);
  });

  it('a cycle ends', () => {
    const graph = parseActionGraph(
      '[{"ID":0,"Mode":"build","Deps":[1,9]},{"ID":1,"Mode":"build","Deps":[0]},{"ID":2,"Mode":"build","Deps":[2]}]',
    );
    expect(createXray(recordOf(graphOf('go1.26')), graph).actions).toHaveLength(3);
  });

  it('no action at all is an empty picture', () => {
    const xray = createXray({ ...recordOf(graphOf('go1.26')), wallMs: 300 }, parseActionGraph(''));
    expect(xray).toMatchObject({ wall: 300, actions: [], lanes: 0, critical: { actions: [], time: 0 } });
    expect(xray.gaps).toHaveLength(1);
  });
});

describe('who ran what', () => {
  it.each(['go1.26', 'go1.22'])('has every command of %s once, in the order actions began', (name) => {
    const graph = graphOf(name);
    const tree = processTree(graph.actions, recordOf(graph));
    expect(tree.children).toHaveLength(graph.actions.reduce((sum, it) => sum + it.commands.length, 0));
    const starts = tree.children.map(
      (it) => graph.actions.find((action) => action.id === it.action)?.start ?? 0,
    );
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('gives a command its time only where Go measured it alone', () => {
    const graph = graphOf('go1.22');
    for (const child of processTree(graph.actions, recordOf(graph)).children) {
      const action = graph.actions.find((it) => it.id === child.action);
      expect(child.time).toEqual(action?.commands.length === 1 ? action.commandMs : undefined);
    }
  });
});
