import { describe, expect, it } from 'vitest';
import { parseActionGraph } from '../../../src/core/insight/xray/actionGraph.js';
import { goTime } from '../../../src/core/insight/xray/goTime.js';
import { firstGoWord, splitGoWords } from '../../../src/core/insight/xray/goWords.js';
import { graphOf, graphText } from './fixtures.js';

describe('the action graph', () => {
  it.each(['go1.26', 'go1.22'])('%s is read whole', (version) => {
    const { actions, gaps } = graphOf(version);
    const raw = JSON.parse(graphText(version)) as { Mode: string; CmdReal?: number; Cmd: string[] | null }[];
    expect(gaps).toEqual([]);
    expect(actions.map((it) => it.mode)).toEqual(raw.map((it) => it.Mode));
    const real = actions.reduce((sum, it) => sum + (it.commandMs?.real ?? 0), 0);
    expect(real).toBeCloseTo(raw.reduce((sum, it) => sum + (it.CmdReal ?? 0), 0) / 1e6, 3);
    expect(actions.flatMap((it) => it.commands)).toEqual(raw.flatMap((it) => it.Cmd ?? []));
  });

  it('that was cut off gives every whole action, wherever the cut is', () => {
    const text = graphText('go1.26');
    const { actions } = graphOf('go1.26');
    for (let length = 0; length < text.length - 2; length += 97) {
      const cut = parseActionGraph(text.slice(0, length));
      expect(cut.actions).toEqual(actions.slice(0, cut.actions.length));
      expect(cut.gaps).toHaveLength(1);
    }
    expect(parseActionGraph(text.slice(0, -4)).actions.length).toBeGreaterThanOrEqual(actions.length - 1);
  });

  it('of another Go: unknown modes and fields are taken, what is missing is absent', () => {
    const { actions, gaps } = parseActionGraph(
      JSON.stringify([
        { ID: 0, Mode: 'teleport', Package: 'x', Deps: [1], Novel: { deep: [1] } },
        { ID: 1, Mode: 'build', TimeStart: '0001-01-01T00:00:00Z', Cmd: ['gcc {'], CmdReal: 'soon' },
      ]),
    );
    expect(gaps).toEqual([]);
    expect(actions).toEqual([
      { id: 0, mode: 'teleport', package: 'x', deps: [1], commands: [], failed: false },
      { id: 1, mode: 'build', deps: [], commands: ['gcc {'], failed: false },
    ]);
  });

  it.each([
    ['', 'empty'],
    ['null', 'no list'],
    ['{"ID": 1}', 'no list'],
    ['[1, "x", null, {"ID": "1", "Mode": "build"}, {"Mode": "build"}, {"ID": 1}]', '6 of its 6'],
    ['garbage }}{{ "', 'empty'],
  ])('%s is no graph, and that is said', (text, gap) => {
    const graph = parseActionGraph(text);
    expect(graph.actions).toEqual([]);
    expect(graph.gaps.join()).toContain(gap);
  });

  it('with an id twice keeps the first', () => {
    const { actions, gaps } = parseActionGraph('[{"ID":1,"Mode":"a"},{"ID":1,"Mode":"b"}]');
    expect(actions.map((it) => it.mode)).toEqual(['a']);
    expect(gaps).toHaveLength(1);
  });
});

describe('times as Go writes them', () => {
  it.each([
    ['2026-11-25T14:29:09.079147621Z', Date.UTC(2026, 10, 25, 14, 29, 9) + 79.147621],
    ['2026-11-25T15:29:09.5+01:00', Date.UTC(2026, 10, 25, 14, 29, 9) + 500],
    ['2026-11-25T14:29:09Z', Date.UTC(2026, 10, 25, 14, 29, 9)],
    ['0001-01-01T00:00:00Z', undefined],
    ['yesterday', undefined],
    [7, undefined],
  ])('%s', (text, ms) => {
    const read = goTime(text);
    if (ms === undefined) expect(read).toBeUndefined();
    else expect(read).toBeCloseTo(ms, 2);
  });
});

describe('commands as Go joins them', () => {
  it.each([
    ['gcc -c a.c', ['gcc', '-c', 'a.c']],
    [
      '/usr/bin/cgo "-ldflags=\\"-O2\\" \\"-g\\"" -- "/a b/x.go"',
      ['/usr/bin/cgo', '-ldflags="-O2" "-g"', '--', '/a b/x.go'],
    ],
    ['compile -trimpath "/tmp/b001=>" ""', ['compile', '-trimpath', '/tmp/b001=>', '']],
    ['"C:\\\\Program Files\\\\gcc.exe" "caf\\u00e9\\t\\x41"', ['C:\\Program Files\\gcc.exe', 'café\tA']],
    ['', []],
  ])('%s', (line, words) => {
    expect(splitGoWords(line)).toEqual(words);
    expect(firstGoWord(line)).toBe(words[0] ?? '');
  });
});
