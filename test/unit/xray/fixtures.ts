import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseActionGraph, type ActionGraph } from '../../../src/core/insight/xray/actionGraph.js';
import type { XrayRecord } from '../../../src/core/insight/xray/xrayRecord.js';

/** What Go wrote for examples/cgo-hello, cut down to some of its packages. */
export function graphText(name: string): string {
  return readFileSync(resolve(import.meta.dirname, `../../fixtures/xray/${name}.json`), 'utf8');
}

/** The record of a build whose graph this is: from its first action to its last. */
export function recordOf(graph: ActionGraph, more: Partial<XrayRecord> = {}): XrayRecord {
  const starts = graph.actions.flatMap((it) => it.ready ?? []);
  const ends = graph.actions.flatMap((it) => it.done ?? []);
  const startedAt = Math.floor(Math.min(...starts)) - 100;
  return {
    id: '20261125T143000000-test',
    target: { goos: 'linux', goarch: 'arm', level: 'v7' },
    importPath: 'example.com/cgo-hello',
    outcome: 'ok',
    startedAt,
    wallMs: Math.ceil(Math.max(...ends)) - startedAt + 20,
    goVersion: 'go1.26.8',
    directory: '/home/gopher/cgo-hello',
    shellCommand: 'go build .',
    compiler: 'arm-linux-gnueabihf-gcc',
    failedPackages: [],
    diagnoses: [],
    said: [],
    ...more,
  };
}

export const graphOf = (name: string): ActionGraph => parseActionGraph(graphText(name));
