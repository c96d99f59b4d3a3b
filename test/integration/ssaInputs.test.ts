import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { onEverySave } from '../../src/cli/ssaInputs.js';
import type { SsaDump } from '../../src/core/ssa/model.js';
import { printValue } from '../../src/core/ssa/valueLine.js';
import { openDocument } from '../../src/core/ssa/view/openDocument.js';
import { recordedPage } from '../unit/ssa/fixtures.js';
import { runCliIn } from './runCliIn.js';
import { createWorkspace, type Workspace } from './workspace.js';

describe('what the ssa command reads beside packages', () => {
  let ws: Workspace;
  beforeAll(() => {
    ws = createWorkspace({ 'ssa.html': recordedPage('sum-arm'), 'other.html': '<h1>Hello</h1>' });
  });
  afterAll(() => {
    ws.remove();
  });

  it('shows a saved page, and says when it is none', async () => {
    const shown = await runCliIn(ws, ['ssa', './ssa.html', '--pass', 'lower']);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain(' v25 = ADDD <float64>');
    const json = (await runCliIn(ws, ['ssa', 'ssa.html', '--json'])).json();
    expect(json).toMatchObject({ method: 'page', func: { name: 'Sum' } });
    expect(await runCliIn(ws, ['ssa', 'other.html'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is no page that the Go compiler wrote'),
    });
    expect(await runCliIn(ws, ['ssa', 'none.html'])).toMatchObject({ code: 2 });
  });

  it('writes the view of it as one page, and prints the syntax tree', async () => {
    const viewsFolder = ws.path('views');
    ws.write(
      Object.fromEntries(
        ['standalone.js', 'main.js', 'worker.js', 'main.css'].map((it) => [`views/ssa/${it}`, `/* ${it} */`]),
      ),
    );
    const written = await runCliIn(ws, ['ssa', 'ssa.html', '--html'], { viewsFolder });
    expect(written).toMatchObject({ code: 0, out: '', err: `Wrote ${ws.path('Sum.html')}\n` });
    const page = readFileSync(ws.path('Sum.html'), 'utf8');
    for (const it of ['standalone.js', 'main.js', 'worker.js', 'main.css'])
      expect(page).toContain(`/* ${it} */`);
    const held = (id: string): string => new RegExp(`id="${id}">(.*?)</script>`, 's').exec(page)![1]!;
    const { dump } = openDocument({
      head: held('document'),
      columns: Buffer.from(held('columns'), 'base64'),
    });
    const { passes, values } = (await runCliIn(ws, ['ssa', 'ssa.html', '--json'])).json() as SsaDump;
    expect(dump.passes).toEqual(passes);
    expect(dump.values.map((it) => printValue(it, dump.strings))).toEqual(
      values.map((it) => printValue(it, dump.strings)),
    );
    const missing = await runCliIn(ws, ['ssa', 'ssa.html', '--html'], { viewsFolder: ws.path('nowhere') });
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('The view is not there') });
    const tree = (await runCliIn(ws, ['ssa', 'ssa.html', '--pass', 'ast'])).out;
    expect(tree).toMatch(/^(?:\. {3})+ADD float64 tc\(1\) # fix\.go:\d+:\d+$/m);
  });

  it('runs again when a Go file is saved, and ends when asked to', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'crossbow-watch-'));
    const ended = new AbortController();
    const work = vi.fn(() => Promise.resolve());
    const watching = onEverySave({ ports: ws.ports, signal: ended.signal }, folder, work);
    let saves = 0;
    // There is no telling when the watch has begun: save until it sees one.
    await vi.waitFor(
      () => {
        writeFileSync(path.join(folder, 'a.go'), `package a // ${'x'.repeat(saves++)}\n`);
        expect(work).toHaveBeenCalled();
      },
      { timeout: 60_000 },
    );
    ended.abort();
    await watching;
    rmSync(folder, { recursive: true });
  });
});
