import { describe, expect, it } from 'vitest';
import { createXray } from '../../../src/core/insight/xray/createXray.js';
import { parseGoTrace } from '../../../src/core/insight/xray/goTrace.js';
import { graphOf, recordOf } from './fixtures.js';

const graph = graphOf('go1.26');

/** A trace as go writes it (cmd/go/internal/trace): the actions of the graph, every third by another worker. */
const lines = graph.actions.flatMap(({ mode, package: path, start = 0, done = 0 }, at) => {
  // Actions without work of their own have no span.
  if (mode === 'nop' || mode === 'built-in package') return [];
  const about = {
    name: `Executing action (${mode}${path === undefined ? '' : ` ${path}`})`,
    pid: 0,
    tid: 7 + (at % 3),
  };
  return [
    JSON.stringify({ ...about, ph: 'B', ts: start * 1000 + 3 }),
    JSON.stringify({ ...about, ph: 'E', ts: done * 1000 - 3 }),
  ];
});
const load = JSON.stringify({ name: 'load.PackagesAndErrors', ph: 'B', ts: 1, pid: 0, tid: 0 });
const trace = `[\n${[load, ...lines].join('\n,')}\n]`;

const look = (text: string) => createXray(recordOf(graph), graph, undefined, parseGoTrace(text));

describe('lanes', () => {
  it('are go’s workers where it traced them', () => {
    const xray = look(trace);
    expect(xray).toMatchObject({ lanesAre: 'workers', lanes: 3 });
    const told = new Map(graph.actions.map((it, at) => [it.id, at % 3]));
    for (const it of xray.actions.filter(({ start = 0, end = 0 }) => end - start > 0.05))
      expect(it.lane, it.label).toBe(told.get(it.id));
  });

  it.each([
    ['is cut off', trace.slice(0, trace.length / 2)],
    ['is empty', ''],
    ['is no trace', '{"name":"Executing action (build fmt)","ph":"B","ts":"soon"}\n[[['],
  ])('are as few as hold all where the trace %s', (_, text) => {
    const xray = look(text);
    expect(xray).toMatchObject({ lanesAre: 'packed', lanes: createXray(recordOf(graph), graph).lanes });
  });
});
