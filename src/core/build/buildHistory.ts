import { targetId, type Target } from '../target/target.js';
import type { TargetChoice } from '../target/targetChoice.js';
import type { Artifact, BuildResult } from './build.js';

/** A finished build, as it is kept across reloads of the window. Plain data. */
export interface BuildRecord {
  readonly target: Target;
  /** Ids of the devices it was built for; others with the same target don't show it. */
  readonly devices: readonly string[];
  readonly importPath: string;
  readonly outcome: 'ok' | 'failed';
  /** Whether sources changed since. */
  readonly stale: boolean;
  /** Milliseconds since the epoch, when it ended. */
  readonly endedAt: number;
  readonly durationMs: number;
  readonly artifacts: readonly Artifact[];
  /** The root cause's title, where the build failed and one was found. */
  readonly problem?: string;
}

/** A build that is under way. */
export interface RunningBuild {
  readonly target: Target;
  /** Id of the device it is for, where one was picked. */
  readonly device?: string;
  readonly importPath: string;
  readonly done: number;
  /** Absent until Go has said how many packages are to be built. */
  readonly total?: number;
}

/** How many finished builds are kept: enough for a large matrix, little enough for the editor's state store. */
const keptRecords = 200;

/** Keeps one record per target and package, the newest first. A cancelled build leaves what was known before. */
export function recordBuild(
  history: readonly BuildRecord[],
  result: BuildResult,
  endedAt: number,
  device?: string,
): readonly BuildRecord[] {
  if (result.outcome === 'cancelled') {
    return history;
  }
  const isSame = (it: BuildRecord): boolean =>
    it.importPath === result.importPath && targetId(it.target) === targetId(result.target);
  const devices = history.find(isSame)?.devices ?? [];
  const problem = result.outcome === 'failed' ? result.diagnoses[0]?.title : undefined;
  const record: BuildRecord = {
    target: result.target,
    devices: device === undefined || devices.includes(device) ? devices : [...devices, device],
    importPath: result.importPath,
    outcome: result.outcome,
    stale: false,
    endedAt,
    durationMs: result.durationMs,
    artifacts: result.artifacts,
    ...(problem === undefined ? {} : { problem }),
  };
  return [record, ...history.filter((it) => !isSame(it))].slice(0, keptRecords);
}

/** Marks every build as older than the sources; the same array when nothing changes. */
export function markStale(history: readonly BuildRecord[]): readonly BuildRecord[] {
  return history.some((it) => !it.stale) ? history.map((it) => ({ ...it, stale: true })) : history;
}

/** Forgets an artifact that is no longer on the disk, and the record with its last one. */
export function forgetArtifact(history: readonly BuildRecord[], path: string): readonly BuildRecord[] {
  return history.flatMap((record) => {
    if (!record.artifacts.some((it) => it.path === path)) {
      return [record];
    }
    const artifacts = record.artifacts.filter((it) => it.path !== path);
    return artifacts.length === 0 ? [] : [{ ...record, artifacts }];
  });
}

/** The builds that a choice's row stands for: a target's all, a device's only those that were made for it. */
export function recordsOf(choice: TargetChoice, history: readonly BuildRecord[]): readonly BuildRecord[] {
  const id = targetId(choice.target);
  const { device } = choice;
  return history.filter(
    (it) => targetId(it.target) === id && (device === undefined || it.devices.includes(device.id)),
  );
}

/** The state of all builds for a choice, as its row shows it. */
export type BuildState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly done: number; readonly total?: number }
  | { readonly kind: 'ok' | 'stale'; readonly records: readonly BuildRecord[] }
  | { readonly kind: 'failed'; readonly records: readonly BuildRecord[]; readonly problem?: string };

/** One state out of the builds of all packages: running before failed before stale before ok. */
export function buildState(
  choice: TargetChoice,
  history: readonly BuildRecord[],
  running: readonly RunningBuild[],
): BuildState {
  const id = targetId(choice.target);
  const active = running.filter(
    (it) => targetId(it.target) === id && (choice.device === undefined || it.device === choice.device.id),
  );
  if (active.length > 0) {
    const totals = active.flatMap((it) => (it.total === undefined ? [] : [it.total]));
    return {
      kind: 'running',
      done: active.reduce((sum, it) => sum + it.done, 0),
      ...(totals.length === active.length ? { total: totals.reduce((sum, it) => sum + it, 0) } : {}),
    };
  }
  const records = recordsOf(choice, history);
  if (records.length === 0) {
    return { kind: 'none' };
  }
  const failed = records.find((it) => it.outcome === 'failed');
  if (failed !== undefined) {
    return {
      kind: 'failed',
      records,
      ...(failed.problem === undefined ? {} : { problem: failed.problem }),
    };
  }
  return { kind: records.some((it) => it.stale) ? 'stale' : 'ok', records };
}
