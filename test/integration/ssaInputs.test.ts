import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { onEverySave } from '../../src/cli/ssaInputs.js';
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
