import type { BuildCommand } from './parseBuildCommand.js';

/** A build that was typed or run as a task, as far as its command line tells. */
export interface TypedBuild {
  readonly command: BuildCommand;
  /** Absolute folder that it ran in. */
  readonly directory: string;
  /** Target id; undefined where the command does not say. */
  readonly target: string | undefined;
}

const compiling = new Set(['build', 'install', 'test', 'run']);

/** Whether `later` passing means that what failed in `earlier` is mended: same folder, same target, the same work. */
export function passedSince(earlier: TypedBuild, later: TypedBuild): boolean {
  if (earlier.directory !== later.directory || earlier.target !== later.target) return false;
  const a = earlier.command;
  const b = later.command;
  if (a.tool !== 'go' || b.tool !== 'go') return a.what === b.what;
  // vet and generate compile C but link nothing: that they pass says little about a build.
  if (a.verb !== b.verb && !compiling.has(b.verb ?? '')) return false;
  return b.packages.some((it) => it === './...' || it === 'all') || packagesOf(a) === packagesOf(b);
}

function packagesOf({ packages }: BuildCommand): string {
  return packages.length === 0 ? '.' : [...packages].sort().join(' ');
}
