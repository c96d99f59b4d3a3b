import { describe, expect, it } from 'vitest';
import { createBuildProgress } from '../../../src/core/build/buildProgress.js';
import type { BuildEvent } from '../../../src/core/build/build.js';
import type { BuildPlan } from '../../../src/core/build/planBuild.js';
import { emptyConfig } from '../../../src/core/config/config.js';
import type { RunResult } from '../../../src/core/ports.js';

const order = ['unsafe', 'a', 'b', 'c', 'd', 'main'];
const plan: BuildPlan = {
  go: 'go',
  cwd: '/m',
  pattern: '.',
  flags: [],
  environment: { env: {}, added: [], removed: [] },
  cgo: { kind: 'off' },
  output: '/m/dist/x',
  commandLine: '',
  shellCommand: '',
};

function counting(from: BuildPlan, { now = 0, list = '' } = {}) {
  const counts: string[] = [];
  const asked: string[][] = [];
  let time = 0;
  const runner = {
    run: (_: string, args: readonly string[]): Promise<RunResult> => {
      asked.push([...args]);
      return Promise.resolve({
        outcome: { kind: 'exited', code: 0 },
        stdout: list,
        stderr: '',
        durationMs: 1,
      });
    },
  };
  const onEvent = (event: BuildEvent): void => {
    if (event.kind === 'progress') counts.push(`${event.done}/${event.total ?? '?'}`);
  };
  const clock = { now: () => time };
  const options = { config: emptyConfig, trusted: true, onEvent };
  const progress = createBuildProgress({ runner, clock }, from, options);
  time = now;
  return { progress, counts, asked };
}

describe('how far a build is', () => {
  it('knows the total from the start where all is to be compiled', () => {
    const { progress, counts } = counting({ ...plan, order });
    for (const it of ['a', 'b', 'b', 'c', 'd', 'main']) progress.started(it);
    expect(counts).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
  });

  it('takes what was passed by for cached', () => {
    const { progress, counts } = counting({ ...plan, order });
    for (const it of ['c', 'main']) progress.started(it);
    expect(counts).toEqual(['1/3', '2/2']);
  });

  it('counts what go builds out of order, or beside the list', () => {
    const { progress, counts } = counting({ ...plan, order });
    for (const it of ['d', 'a', 'other', 'main']) progress.started(it);
    expect(counts).toEqual(['1/2', '2/3', '3/4', '4/4']);
  });

  it('asks go for the order only where the build is long', async () => {
    const short = counting(plan, { now: 500 });
    for (const it of order) short.progress.started(it);
    expect(short.asked).toEqual([]);
    const long = counting(plan, { now: 2000, list: order.join('\n') });
    for (const it of ['a', 'b', 'c', 'd']) long.progress.started(it);
    expect(long.asked).toEqual([['list', '-deps', '-e', '-f', '{{.ImportPath}}', '.']]);
    await Promise.resolve();
    await Promise.resolve();
    long.progress.started('main');
    expect(long.counts.at(-1)).toBe('5/5');
    await long.progress.end();
  });
});
