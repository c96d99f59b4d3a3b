import { exclusionReason, isIncluded } from '../diagnosis/resolve/goConstraint.js';
import { scanGoSource, type GoImport } from '../diagnosis/resolve/goSource.js';
import { builtInPorts } from '../target/builtInPorts.js';
import type { Target } from '../target/target.js';

/** What is remembered of each Go file of the workspace: small, for there may be thousands. */
export interface PackageFile {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  readonly packageName: string | undefined;
  readonly imports: readonly GoImport[];
  readonly declared: readonly string[];
  readonly head: string;
  readonly usesC: boolean;
}

export function toPackageFile(path: string, name: string, text: string): PackageFile {
  const { packageName, imports, declared, head } = scanGoSource(text);
  return { path, name, packageName, imports, declared, head, usesC: imports.some((it) => it.path === 'C') };
}

/** A package of the workspace's own modules; tests left out. */
export interface OwnPackage {
  readonly importPath: string;
  /** Absolute. */
  readonly folder: string;
  readonly files: readonly PackageFile[];
}

/** A package's files as a build for a target sees them. */
export interface SplitFiles {
  readonly included: readonly PackageFile[];
  /** Left out for the target by system or CPU, and part of the package for another one. */
  readonly foreign: readonly PackageFile[];
}

export function splitFiles(
  files: readonly PackageFile[],
  target: Target,
  tags: readonly string[],
): SplitFiles {
  const included = files.filter((it) => isIncluded(it, { target, cgo: true, tags }));
  const foreign = files.filter((it) => !included.includes(it) && isForSome(it, tags));
  return { included, foreign };
}

/** A file under `//go:build ignore` or a tag of its own is in no build, whatever the target. */
function isForSome(file: PackageFile, tags: readonly string[]): boolean {
  return builtInPorts.some(({ goos, goarch }) =>
    isIncluded(file, { target: { goos, goarch }, cgo: true, tags }),
  );
}

/** `regs_amd64.go (its name is for amd64), regs_arm64.go (…)`, a few of them. */
export function namedWithReasons(
  files: readonly PackageFile[],
  target: Target,
  tags: readonly string[],
): string {
  const shown = files.slice(0, 4).map((file) => {
    const reason = exclusionReason(file, { target, cgo: true, tags });
    return reason === undefined ? file.name : `${file.name} (${reason})`;
  });
  return files.length > shown.length
    ? `${shown.join(', ')} and ${files.length - shown.length} more`
    : shown.join(', ');
}

/** What would bring a file in. */
export function adviceFor({ goos, goarch }: Target): string {
  return `A file whose name ends in _${goarch}.go, or whose //go:build line holds for ${goos} and ${goarch}, would bring one in.`;
}

/** Own packages that are part of a program for the target; without a program, all that have a file for it. */
export function reachablePackages(
  packages: ReadonlyMap<string, OwnPackage>,
  split: (item: OwnPackage) => SplitFiles,
): ReadonlySet<OwnPackage> {
  const all = [...packages.values()].filter((it) => split(it).included.length > 0);
  const programs = all.filter((it) => split(it).included.some((file) => file.packageName === 'main'));
  const reached = new Set(programs.length === 0 ? all : programs);
  for (const item of reached) {
    for (const file of split(item).included) {
      for (const { path } of file.imports) {
        const next = packages.get(path);
        if (next !== undefined) reached.add(next);
      }
    }
  }
  return reached;
}
