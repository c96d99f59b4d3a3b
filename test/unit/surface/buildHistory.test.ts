import { describe, expect, it } from 'vitest';
import { buildState, forgetArtifact, markStale, recordBuild } from '../../../src/core/build/buildHistory.js';
import { choice, result } from './sample.js';

const { target } = choice('linux/arm/v7');
const other = choice('linux/arm64').target;

describe('the history of builds', () => {
  it('keeps one record per target and package, the newest', () => {
    const first = recordBuild([], result(target, 'failed', 'no'), 1);
    const second = recordBuild(first, result(target, 'ok'), 2);
    expect(second).toMatchObject([{ outcome: 'ok', endedAt: 2 }]);
    expect(recordBuild(second, result(other, 'ok'), 3)).toHaveLength(2);
  });

  it('leaves what was known before when a build is cancelled', () => {
    const before = recordBuild([], result(target, 'ok'), 1);
    expect(recordBuild(before, result(target, 'cancelled'), 2)).toBe(before);
  });

  it('turns stale when sources change, and fresh again with the next build', () => {
    const stale = markStale(recordBuild([], result(target, 'ok'), 1));
    expect(buildState({ target }, stale, []).kind).toBe('stale');
    expect(markStale(stale)).toBe(stale);
    expect(buildState({ target }, recordBuild(stale, result(target, 'ok'), 2), []).kind).toBe('ok');
  });

  it('shows the failed package of a target before those that passed', () => {
    const ok = recordBuild([], { ...result(target, 'ok'), importPath: 'a' }, 1);
    const both = recordBuild(ok, result(target, 'failed', 'gcc is missing'), 2);
    expect(buildState({ target }, both, [])).toMatchObject({ kind: 'failed', problem: 'gcc is missing' });
  });

  it('survives being stored as JSON', () => {
    const history = recordBuild([], result(target, 'ok'), 1);
    expect(JSON.parse(JSON.stringify(history))).toEqual(history);
  });

  it('forgets an artifact that was deleted, and a record without any', () => {
    const history = recordBuild([], result(target, 'ok'), 1);
    const path = history[0]?.artifacts[0]?.path ?? '';
    expect(forgetArtifact(history, path)).toEqual([]);
    expect(forgetArtifact(history, '/elsewhere')).toEqual(history);
  });
});
