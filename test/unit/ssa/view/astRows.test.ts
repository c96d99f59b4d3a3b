import { describe, expect, it } from 'vitest';
import { astRows } from '../../../../src/core/ssa/view/astRows.js';
import { recordedDump, recordedTexts } from '../fixtures.js';

describe('the tree', () => {
  it('tells of each node where it was written, and through which calls it came', () => {
    const strings = ['IF', 'main.go:15:14 print.go:314:3', 'NAME-a.b', 'other.go:1:1', ''];
    const files = ['/src/a/main.go', '/go/fmt/print.go', '/src/b/main.go'];
    const ast = [
      [0, 0, 1],
      [1, 2, 3],
      [2, 2, 4],
    ] as const;
    const rows = astRows({ ...recordedDump(recordedTexts[0] ?? ''), ast, strings, files });
    expect(rows).toEqual([
      {
        depth: 0,
        text: 'IF',
        position: 'main.go:15 print.go:314',
        place: { file: 1, line: 314 },
        callers: [{ file: 0, line: 15 }],
      },
      { depth: 1, text: 'NAME-a.b', position: 'other.go:1', callers: [] },
      { depth: 2, text: 'NAME-a.b', position: '', callers: [] },
    ]);
  });

  it.each(recordedTexts)('has a place in the source for most nodes of %s', (name) => {
    const dump = recordedDump(name);
    const rows = astRows(dump);
    expect(rows).toHaveLength(dump.ast.length);
    const placed = rows.filter((it) => it.position !== '');
    const found = placed.filter((it) => it.place !== undefined);
    expect(found.length).toBeGreaterThanOrEqual(placed.length / 2);
  });
});
