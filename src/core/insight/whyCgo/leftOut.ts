import { isIncluded } from '../../diagnosis/resolve/goConstraint.js';
import type { Host } from '../../ports.js';
import type { Target } from '../../target/target.js';
import type { CgoListed } from './cgoListing.js';
import { writtenPath, type PackageSources, type SourceFile } from './packageSources.js';
import type { CgoRoute, SourcePlace } from './whyCgo.js';

/** A program as it is with cgo, and what else decides which files are left without. */
export interface Program {
  readonly packages: ReadonlyMap<string, CgoListed>;
  readonly target: Target;
  readonly tags: readonly string[];
}

/** Tells which files and packages of a program are left when cgo is off, as far as its sources tell. */
export interface Remains {
  /** Files that take part without cgo: those that stay, and those that the constraint `!cgo` brings in. */
  files(
    item: CgoListed,
  ): Promise<{ readonly staying: readonly SourceFile[]; readonly taking: readonly SourceFile[] }>;
  /** The import by which the program has a package with cgo alone; undefined where it has it without, too. */
  leftOutAt(item: CgoListed, routes: readonly CgoRoute[]): Promise<SourcePlace | undefined>;
}

export function createRemains(
  sources: PackageSources,
  host: Pick<Host, 'basename'>,
  { packages, target, tags }: Program,
): Remains {
  const setting = { target, cgo: false, tags };
  const isLeft = (source: SourceFile): boolean =>
    isIncluded(
      {
        name: host.basename(source.path),
        // Taking a file apart costs more than all else here, and most have no constraint.
        head: /\/\/(?:go:build|[ \t]*\+build)/.test(source.text) ? source.scan().head : '',
        usesC: source.importOf('C') !== undefined,
      },
      setting,
    );

  const files: Remains['files'] = async (item) => {
    const candidates = item.ignoredGoFiles.filter((name) => !name.endsWith('_test.go'));
    const [others, own] = await Promise.all([
      sources.read(item, candidates),
      sources.read(item, item.goFiles),
    ]);
    return {
      // A file for `!cgo` of another package clause (`documentation`, `ignore`) is none of it.
      taking: others.filter((it) => it.scan().packageName === item.name && isLeft(it)),
      staying: own.filter(isLeft),
    };
  };

  const imports = async (item: CgoListed, wanted: string): Promise<boolean> => {
    const { staying, taking } = await files(item);
    const written = writtenPath(item, wanted);
    return [...staying, ...taking].some((it) => it.importOf(written) !== undefined);
  };

  /** Every package that is reached without cgo. All their files are read, so it is asked only where it matters. */
  const reach = async (): Promise<ReadonlySet<string>> => {
    const queue = [...packages.values()].filter((it) => it.isRoot);
    const reached = new Set(queue.map((it) => it.importPath));
    for (const item of queue) {
      for (const path of item.imports) {
        const next = packages.get(path);
        // Go's own packages import none but Go's own.
        if (next === undefined || next.standard || reached.has(path) || !(await imports(item, path)))
          continue;
        reached.add(path);
        queue.push(next);
      }
    }
    return reached;
  };
  let reached: Promise<ReadonlySet<string>> | undefined;

  return {
    files,
    async leftOutAt({ importPath }, routes) {
      let first: SourcePlace | undefined;
      for (const { steps } of routes) {
        const gap = await firstGap(steps);
        if (gap === undefined) return undefined;
        first ??= gap;
      }
      if (first === undefined) return undefined;
      // There may be a longer way round.
      reached ??= reach();
      return (await reached).has(importPath) ? undefined : first;
    },
  };

  /** The first import of a route that is gone without cgo. */
  async function firstGap(steps: CgoRoute['steps']): Promise<SourcePlace | undefined> {
    for (const [at, { importPath, place }] of steps.entries()) {
      const item = packages.get(importPath);
      const next = steps[at + 1];
      if (item === undefined || next === undefined || place === undefined) continue;
      if (!(await imports(item, next.importPath))) return place;
    }
    return undefined;
  }
}
