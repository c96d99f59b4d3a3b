import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGraphFlag } from '../../../src/core/insight/xray/graphFlag.js';
import { createXrayBook } from '../../../src/core/insight/xray/xrayBook.js';
import { createPorts } from '../../../src/node/ports.js';
import { graphOf, recordOf } from './fixtures.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crossbow-xrays-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const { id: testId, ...record } = recordOf(graphOf('go1.26'));

/** A book whose clock goes on by a second with each build. */
function createBook(name: string) {
  let now = Date.UTC(2026, 10, 25);
  return createXrayBook({ ...createPorts(), clock: { now: () => (now += 1000) } }, path.join(folder, name));
}

describe('the kept builds', () => {
  it('come back newest first, with their graphs', async () => {
    const book = createBook('order');
    const ids: (string | undefined)[] = [];
    for (const text of ['[]', '[{}]']) {
      const recording = await book.begin();
      await writeFile(recording!.graphFile, text);
      ids.unshift(await recording!.keep(record));
    }
    expect((await book.list()).map((it) => it.id)).toEqual(ids);
    expect(await book.read(ids[1]!)).toEqual({ record: { id: ids[1], ...record }, graph: '[]' });
  });

  it('are so many, and no more', async () => {
    const book = createBook('many');
    for (let build = 0; build < 63; build++) {
      const recording = await book.begin();
      await writeFile(recording!.graphFile, '[]');
      await recording!.keep(record);
    }
    expect(await book.list()).toHaveLength(60);
  });

  it('are so large together, and no larger; the newest stays whatever its size', async () => {
    const book = createBook('large');
    for (let build = 0; build < 3; build++) {
      const recording = await book.begin();
      await writeFile(recording!.graphFile, Buffer.alloc(40 * 1024 * 1024, 32));
      await recording!.keep(record);
      expect(await book.list()).toHaveLength(1);
    }
  });

  it('leave out a build that Go wrote no graph for, and one whose record is damaged', async () => {
    const book = createBook('damaged');
    const empty = await book.begin();
    expect(await empty!.keep(record)).toBeUndefined();
    await expect(stat(path.dirname(empty!.graphFile))).rejects.toThrow();
    const cut = await book.begin();
    await writeFile(cut!.graphFile, '[]');
    await cut!.keep(record);
    await writeFile(path.join(path.dirname(cut!.graphFile), 'build.json'), '{"version":1,"record":');
    expect(await book.list()).toEqual([]);
  });

  it('are read by id alone, never by path', async () => {
    const book = createBook('paths');
    expect(await book.read('../order')).toBeUndefined();
    expect(await book.read('')).toBeUndefined();
    expect(await book.read(testId)).toBeUndefined();
  });

  it('hinder no build where the folder can’t be made', async () => {
    await writeFile(path.join(folder, 'in-the-way'), '');
    expect(await createBook('in-the-way').begin()).toBeUndefined();
  });
});

describe('the flag for the graph', () => {
  function feed(...texts: string[]) {
    let passed = '';
    const flag = createGraphFlag('/x/graph.json', (text) => (passed += text));
    for (const text of texts) flag.onStderr(text);
    return { end: flag.end(), passed };
  }

  it('is taken back where go refuses it, without a word to anyone', () => {
    expect(
      feed('flag provided but not ', 'defined: -debug-actiongraph\nusage: go build', ' [-o output]\n'),
    ).toEqual({
      end: 'refused',
      passed: '',
    });
  });

  it.each([[['# x\n', 'x.go:1: error\n']], [['flag provided but not defined: -other\n']], [['flag']], [[]]])(
    'passes everything else on: %j',
    (texts) => {
      expect(feed(...texts)).toEqual({ end: 'kept', passed: texts.join('') });
    },
  );
});
