import type { Host } from '../../ports.js';
import type { CgoListed } from './cgoListing.js';
import type { Remains } from './leftOut.js';
import { placeAt, writtenPath, type PackageSources, type SourceFile } from './packageSources.js';
import type { CgoRoute, SourcePlace, WithoutCgo } from './whyCgo.js';

interface Question {
  readonly item: CgoListed;
  readonly routes: readonly CgoRoute[];
  readonly packages: ReadonlyMap<string, CgoListed>;
}

/** A text that says what is wrong: "requires cgo", "compiled with CGO_ENABLED=0". */
const confession = /"((?:[^"\\\n]|\\.)*(?:\bcgo\b|CGO_ENABLED)(?:[^"\\\n]|\\.)*)"/i;

/**
 * What becomes of a package without cgo, by its sources: files that the constraint `!cgo` brings in, and names that
 * only files with `import "C"` declare. Asking go a second time would cost as much as the first listing.
 */
export async function withoutCgo(
  sources: PackageSources,
  host: Pick<Host, 'basename'>,
  remains: Remains,
  question: Question,
): Promise<WithoutCgo> {
  const { item, routes } = question;
  const gap = await remains.leftOutAt(item, routes);
  if (gap !== undefined) return { kind: 'left-out', place: gap };
  const { staying, taking } = await remains.files(item);
  const left = [...staying, ...taking];
  if (left.length === 0) return { kind: 'empty' };

  const declared = new Set(left.flatMap((it) => it.scan().declared));
  const gone = (await sources.read(item, item.cgoFiles))
    .flatMap((it) => it.scan().declared)
    .filter((name) => !declared.has(name) && name !== 'init' && name !== '_');
  const missing = await missedNames(remains, question, left, new Set(gone));
  if (missing !== undefined) return missing;
  if (item.name === 'main' && !declared.has('main')) return { kind: 'empty' };
  for (const { path, text } of taking) {
    const found = confession.exec(text);
    if (found?.[1] !== undefined)
      return { kind: 'stub', message: found[1], place: placeAt(path, text, found.index) };
  }
  return { kind: 'builds', files: taking.map((it) => host.basename(it.path)) };
}

/** Names that are gone and still used: by the files that are left, or from the packages that import this one. */
async function missedNames(
  remains: Remains,
  { item, packages }: Question,
  left: readonly SourceFile[],
  gone: ReadonlySet<string>,
): Promise<Extract<WithoutCgo, { kind: 'breaks' }> | undefined> {
  if (gone.size === 0) return undefined;
  const uses: { readonly name: string; readonly place: SourcePlace }[] = [];
  for (const source of left) uses.push(...usesOf(source, gone, undefined));
  const exported = new Set([...gone].filter((it) => /^\p{Lu}/u.test(it)));
  if (exported.size > 0) {
    for (const importer of packages.values()) {
      if (importer.standard || !importer.imports.includes(item.importPath)) continue;
      const { staying, taking } = await remains.files(importer);
      for (const source of [...staying, ...taking]) {
        const found = source.importOf(writtenPath(importer, item.importPath));
        if (found === undefined || found.alias === '_') continue;
        uses.push(...usesOf(source, exported, found.alias === '.' ? undefined : (found.alias ?? item.name)));
      }
    }
  }
  const [first] = uses;
  if (first === undefined) return undefined;
  return { kind: 'breaks', names: [...new Set(uses.map((it) => it.name))], place: first.place };
}

/** Comments and texts, in which a name is no use of it. */
const silent = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/**
 * Where a file uses one of the names: bare, or behind `qualifier.`. A field, a method, a key of a literal and a variable
 * that the file itself makes are none.
 */
function usesOf(
  { path, text }: SourceFile,
  names: ReadonlySet<string>,
  qualifier: string | undefined,
): readonly { readonly name: string; readonly place: SourcePlace }[] {
  const plain = text.replace(silent, (it) => it.replace(/[^\n]/g, ' '));
  const pattern =
    qualifier === undefined
      ? /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)(?![\p{L}\p{N}_])(?!\s*:)/gu
      : new RegExp(`(?<![\\p{L}\\p{N}_.])${qualifier}\\.([\\p{L}_][\\p{L}\\p{N}_]*)`, 'gu');
  return [...plain.matchAll(pattern)].flatMap((match) => {
    const name = match[1] ?? '';
    if (!names.has(name) || (qualifier === undefined && isMadeHere(plain, name))) return [];
    return [{ name, place: placeAt(path, text, match.index) }];
  });
}

/** `name :=`, `var name`, a parameter or a result of that name. */
function isMadeHere(plain: string, name: string): boolean {
  return new RegExp(
    `\\b${name}\\b[^\\n;{}()]*:=|\\bvar\\s+${name}\\b|[(,]\\s*${name}\\s+[\\p{L}*\\[]`,
    'u',
  ).test(plain);
}
