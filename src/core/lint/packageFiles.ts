import type { Target } from '../target/target.js';
import type { GoFile } from './go/goFile.js';
import type { LintFinding, LintScene } from './lint.js';
import { firstSelector, firstUse } from './nameUses.js';
import {
  adviceFor,
  namedWithReasons,
  reachablePackages,
  splitFiles,
  type OwnPackage,
  type PackageFile,
  type SplitFiles,
} from './packageIndex.js';

/** Reads one of the index's files whole; undefined where it is gone. */
export type ReadGo = (path: string) => Promise<GoFile | undefined>;

/**
 * Packages of the workspace that have no file for a target, or whose only declaration of a name is in files for
 * others. Told at the import or the use, in packages that are part of a program for the target.
 */
export async function lintPackageFiles(
  packages: ReadonlyMap<string, OwnPackage>,
  { targets, tags }: Pick<LintScene, 'targets' | 'tags'>,
  read: ReadGo,
): Promise<readonly LintFinding[]> {
  const findings: LintFinding[] = [];
  for (const target of targets) {
    const splits = new Map<OwnPackage, SplitFiles>();
    const split = (item: OwnPackage): SplitFiles => {
      const known = splits.get(item) ?? splitFiles(item.files, target, tags);
      splits.set(item, known);
      return known;
    };
    const reachable = reachablePackages(packages, split);
    const about = { target, tags, split, read };
    for (const item of reachable) {
      findings.push(...(await missingPackages(item, packages, about)));
      findings.push(...(await missingNames(item, packages, about)));
    }
  }
  return findings;
}

interface About {
  readonly target: Target;
  readonly tags: readonly string[];
  readonly split: (item: OwnPackage) => SplitFiles;
  readonly read: ReadGo;
}

/** Imports of packages of our own all of whose files are for other targets. */
async function missingPackages(
  item: OwnPackage,
  packages: ReadonlyMap<string, OwnPackage>,
  { target, tags, split, read }: About,
): Promise<readonly LintFinding[]> {
  const findings: LintFinding[] = [];
  for (const file of split(item).included) {
    for (const { path } of file.imports) {
      const imported = packages.get(path);
      if (imported === undefined) continue;
      const { included, foreign } = split(imported);
      if (included.length > 0 || foreign.length === 0) continue;
      const at = await importSpan(file, path, read);
      if (at === undefined) continue;
      const files = namedWithReasons(foreign, target, tags);
      const message = `Package ${path} has no file for the target: ${files}. ${adviceFor(target)}`;
      findings.push({ check: 'no-file-for-target', severity: 'warning', at, message, target, fixes: [] });
    }
  }
  return findings;
}

/** The import's string in the file as it is now. */
export async function importSpan(
  file: PackageFile,
  path: string,
  read: ReadGo,
): Promise<LintFinding['at'] | undefined> {
  const go = await read(file.path);
  const token = go?.tokens.find((it) => it.text === `"${path}"` || it.text === `\`${path}\``);
  if (go === undefined || token === undefined) return undefined;
  return { file: go.source, start: token.start, end: token.start + token.text.length };
}

/** Names that only files for other targets declare, at their first use here or in a package that imports this one. */
async function missingNames(
  item: OwnPackage,
  packages: ReadonlyMap<string, OwnPackage>,
  about: About,
): Promise<readonly LintFinding[]> {
  const findings: LintFinding[] = [];
  const { split } = about;
  findings.push(...(await usesOf(split(item), split(item).included, about, firstUse)));
  for (const file of split(item).included) {
    for (const { path, alias } of file.imports) {
      const imported = packages.get(path);
      if (imported === undefined || imported === item || alias === '_' || alias === '.') continue;
      const declared = split(imported);
      if (declared.included.length === 0) continue;
      const name = alias ?? declared.included[0]?.packageName ?? '';
      findings.push(
        ...(await usesOf(declared, [file], about, (go, word) => firstSelector(go, name, word), path)),
      );
    }
  }
  return findings;
}

async function usesOf(
  { included, foreign }: SplitFiles,
  users: readonly PackageFile[],
  { target, tags, read }: About,
  find: (file: GoFile, name: string) => { readonly start: number } | undefined,
  importPath?: string,
): Promise<readonly LintFinding[]> {
  if (foreign.length === 0) return [];
  const own = new Set(included.flatMap((it) => it.declared));
  const missing = [...new Set(foreign.flatMap((it) => it.declared))].filter(
    (it) => !own.has(it) && it !== '_' && it !== 'init' && it !== 'main',
  );
  if (missing.length === 0) return [];
  const uses: { readonly name: string; readonly at: LintFinding['at'] }[] = [];
  for (const user of users) {
    const go = await read(user.path);
    if (go === undefined) continue;
    for (const name of missing) {
      if (!go.source.text.includes(name) || uses.some((it) => it.name === name)) continue;
      const token = find(go, name);
      if (token !== undefined)
        uses.push({ name, at: { file: go.source, start: token.start, end: token.start + name.length } });
    }
  }
  // Names that the same files declare are one problem: one file of the target's mends them all.
  const byFiles = new Map<string, typeof uses>();
  for (const use of uses) {
    const files = foreign.filter((it) => it.declared.includes(use.name));
    const key = files.map((it) => it.name).join(' ');
    byFiles.set(key, [...(byFiles.get(key) ?? []), use]);
  }
  return [...byFiles.values()].map((group) => {
    const first = group.reduce((a, b) => (b.at.file === a.at.file && b.at.start < a.at.start ? b : a));
    const names = [first, ...group.filter((it) => it !== first)].map((it) => it.name);
    const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
    const files = foreign.filter((it) => it.declared.includes(first.name));
    const where = importPath === undefined ? '' : ` of ${importPath}`;
    return {
      check: 'no-file-for-target' as const,
      severity: 'warning' as const,
      at: first.at,
      message: `${names.slice(0, 3).join(', ')}${more}: declared only in files${where} for other targets: ${namedWithReasons(files, target, tags)}. ${adviceFor(target)}`,
      target,
      fixes: [],
    };
  });
}
