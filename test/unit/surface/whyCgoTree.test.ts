import { describe, expect, it } from 'vitest';
import type { CgoReason, WhyCgo } from '../../../src/core/insight/whyCgo/whyCgo.js';
import { whyCgoTree, type WhyCgoNode } from '../../../src/core/insight/whyCgo/whyCgoTree.js';

const target = { goos: 'linux', goarch: 'arm', level: 'v7' } as const;
const place = (path: string, line: number) => ({ path, line, column: 2 });
const reason = (mains: readonly string[]): CgoReason => ({
  importPath: 'github.com/mattn/go-sqlite3',
  label: 'go-sqlite3',
  directory: '/m/go-sqlite3',
  routes: mains.map((main) => ({
    main,
    steps: [
      { importPath: main, label: main.slice(-1), place: place(`/${main}/main.go`, 3) },
      {
        importPath: 'github.com/mattn/go-sqlite3',
        label: 'go-sqlite3',
        place: place('/m/go-sqlite3/a.go', 9),
      },
    ],
  })),
  needs: {
    directives: [{ text: '#cgo LDFLAGS: -ldl', place: place('/m/go-sqlite3/a.go', 4) }],
    pkgConfig: ['sqlite3'],
    libraries: ['dl'],
    files: [{ language: 'C', files: ['sqlite3.c'] }],
  },
  without: { kind: 'stub', message: 'needs cgo', place: place('/m/go-sqlite3/stub.go', 5) },
});
const answer = (mains: readonly string[]): WhyCgo => ({
  kind: 'known',
  target,
  mains,
  packages: [reason(mains)],
  standard: [{ importPath: 'net', label: 'net', routes: [] }],
  links: [],
  problems: [{ importPath: 'example.com/gone', message: 'no required module provides it' }],
});
const all = (nodes: readonly WhyCgoNode[]): readonly WhyCgoNode[] =>
  nodes.flatMap((it) => [it, ...all(it.children)]);

describe('the tree of reasons', () => {
  it('shows the chains of a single program at once, and where each step is', () => {
    const [chain, standard, problem] = whyCgoTree(answer(['x/a']));
    expect(chain).toMatchObject({ kind: 'chain', label: 'go-sqlite3', description: 'a → go-sqlite3 → C' });
    expect(chain?.place).toEqual(place('/m/go-sqlite3/a.go', 9));
    expect(chain?.children.map((it) => [it.label, it.place?.line])).toEqual([
      ['a', 3],
      ['go-sqlite3', 9],
      ['C: sqlite3.c', undefined],
      ['libraries: dl', undefined],
      ['pkg-config: sqlite3', undefined],
      ['#cgo lines', undefined],
      ['builds without cgo, and then fails when it runs: "needs cgo"', 5],
    ]);
    const [line] = chain?.children.find((it) => it.label === '#cgo lines')?.children ?? [];
    expect(line).toMatchObject({ label: '#cgo LDFLAGS: -ldl', place: { line: 4 } });
    expect(standard).toMatchObject({ kind: 'standard', children: [{ label: 'net' }] });
    expect(problem).toMatchObject({ kind: 'problem', label: 'example.com/gone' });
  });

  it('stands several programs side by side, every row under a name of its own', () => {
    const nodes = whyCgoTree(answer(['x/a', 'x/b']));
    expect(nodes.filter((it) => it.kind === 'program').map((it) => it.label)).toEqual(['x/a', 'x/b']);
    const ids = all(nodes).map((it) => it.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no rows where nothing is known', () => {
    expect(whyCgoTree({ kind: 'unknown', target, message: 'broken' })).toEqual([]);
    expect(whyCgoTree({ kind: 'unsupported', target })).toEqual([]);
  });
});
