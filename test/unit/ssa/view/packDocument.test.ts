import { describe, expect, it } from 'vitest';
import type { SsaDump } from '../../../../src/core/ssa/model.js';
import { printDump } from '../../../../src/core/ssa/printDump.js';
import { openDocument } from '../../../../src/core/ssa/view/openDocument.js';
import { packDocument } from '../../../../src/core/ssa/view/packDocument.js';
import { dumpOf, recordedDump, recordedTexts } from '../fixtures.js';

/** An opened record as the plain object that it stands for. */
function plain(record: object): object {
  const names = Object.keys(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(record) as object));
  const pairs = names
    .filter((it) => it !== 'constructor')
    .map((it): [string, unknown] => [it, (record as Record<string, unknown>)[it]])
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs);
}

function packed(dump: SsaDump): SsaDump {
  const { head, columns } = packDocument({ dump, boundsChecks: [], notes: [] });
  return openDocument({ head, columns }).dump;
}

describe('a packed document', () => {
  it.each(recordedTexts)('is what it was made of: %s', (name) => {
    const dump = recordedDump(name);
    const { values, blocks, code, ...rest } = packed(dump);
    expect(values.map(plain)).toEqual(dump.values);
    expect(blocks.map(plain)).toEqual(dump.blocks);
    expect(code.map(plain)).toEqual(dump.code);
    expect({ ...rest, values: [], blocks: [], code: [] }).toEqual({
      ...dump,
      values: [],
      blocks: [],
      code: [],
    });
    expect(printDump(packed(dump))).toBe(printDump(dump));
  });

  it('keeps numbers of every size', () => {
    const dump = dumpOf(['  b70000: (+8)', '    v300 = Const64 <int> [-1] (70001)', '  Ret v300 (9)']);
    expect(packed(dump).values.map(plain)).toEqual(dump.values);
    expect(packed(dump).blocks.map(plain)).toEqual(dump.blocks);
  });

  it('keeps the listing, its texts once', () => {
    const instruction = { address: 4, file: '/a.go', line: 7, text: 'CALL\truntime.panicIndex(SB)' };
    const assembly = {
      symbol: 'm.f',
      name: 'f',
      size: 16,
      locals: 0,
      wrapper: false,
      frame: 8,
      args: 0,
      instructions: [instruction, { ...instruction, address: 9 }],
      relocations: [{ address: 5, size: 4, type: 'R_CALL', symbol: 'runtime.panicIndex+0' }],
    };
    const notes = ['a note'];
    const document = { dump: dumpOf(['  b1:', '  Ret']), boundsChecks: [], notes, assembly };
    const { head, columns } = packDocument(document);
    // As a message between processes brings it: anywhere in a larger buffer.
    const moved = new Uint8Array(columns.length + 1).subarray(1);
    moved.set(columns);
    const opened = openDocument({ head, columns: moved });
    expect(opened.assembly).toEqual(assembly);
    expect(opened.notes).toEqual(notes);
    expect(head.match(/panicIndex\(SB\)/g)).toHaveLength(1);
  });

  it('is smaller than its JSON, and refuses columns that are cut short', () => {
    const dump = recordedDump(recordedTexts[0] ?? '');
    const { head, columns } = packDocument({ dump, boundsChecks: [], notes: [] });
    expect(head.length + columns.length).toBeLessThan(JSON.stringify(dump).length / 2);
    expect(() => openDocument({ head, columns: columns.slice(0, 100) })).toThrow(RangeError);
  });
});
