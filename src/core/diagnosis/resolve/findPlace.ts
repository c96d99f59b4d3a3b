import type { Target } from '../../target/target.js';
import { type CauseId } from '../causes.js';
import type { Place } from '../diagnosis.js';
import type { Finding, LoggedPlace } from '../finding.js';
import type { GoImport } from './goSource.js';
import type { Inquiry } from './inquiry.js';
import { type GraphPackage, type PackageGraph, shortestChain } from './packageGraph.js';

/** Causes of a program that runs, or of the machine: no line of the workspace is to be looked at. */
const placeless: ReadonlySet<CauseId> = new Set<CauseId>([
  'missing-shared-library',
  'missing-loader',
  'exec-format-error',
  'emulation-crash',
  'qemu-not-found',
  'out-of-memory',
  'disk-full',
  'tmp-noexec',
  'broken-goroot',
]);

/** Causes about the code itself: the line that the compiler named is the place, wherever it lies. */
const aboutCode: ReadonlySet<CauseId> = new Set<CauseId>([
  'int-overflow-32bit',
  'not-on-this-target',
  'unaligned-64bit-atomic',
  'conflicting-c-flags',
  'cgo-flag-not-allowed',
  'go-too-old',
]);

/**
 * Where a person would look: the line of their own that the log names; else the `import "C"` of their package that
 * failed; else the import of theirs that leads to the failing package; else go.mod's line for its module.
 * `undefined` where nothing of that is known.
 */
export async function findPlace(
  inquiry: Inquiry,
  finding: Finding,
  target: Target | undefined,
): Promise<Place | undefined> {
  const logged = await loggedPlace(inquiry, finding.facts.place);
  if (logged?.isOwn === true) return logged.place;
  if (placeless.has(finding.cause)) return logged?.place;

  const graph = target === undefined ? undefined : await inquiry.graph(target);
  const found = graph === undefined ? undefined : await placeInGraph(inquiry, graph, finding);
  if (found !== undefined) return found;
  const direct = aboutCode.has(finding.cause) ? undefined : await placeInFolder(inquiry);
  if (direct !== undefined) return direct;
  return (await placeInModule(inquiry, finding)) ?? logged?.place;
}

/** The place as the log gives it, and whether that file is here and the person's own. */
async function loggedPlace(
  inquiry: Inquiry,
  logged: LoggedPlace | undefined,
): Promise<{ readonly place: Place; readonly isOwn: boolean } | undefined> {
  if (logged === undefined) return undefined;
  const { host } = inquiry.ports;
  const { directory } = inquiry.context;
  const isAbsolute = host.isAbsolute(logged.file);
  const path = isAbsolute || directory === undefined ? logged.file : host.join(directory, logged.file);
  const exists = host.isAbsolute(path) && (await inquiry.exists(path));
  const place: Place = {
    file: exists ? path : logged.file,
    line: logged.line ?? 1,
    ...(logged.column === undefined ? {} : { column: logged.column }),
  };
  const root = (await inquiry.moduleDirectory()) ?? directory;
  const isOwn =
    exists && root !== undefined && isBelow(inquiry, root, path) && !/[\\/]vendor[\\/]/.test(path);
  return { place, isOwn };
}

function isBelow(inquiry: Inquiry, folder: string, path: string): boolean {
  const relative = inquiry.ports.host.relative(folder, path);
  return relative !== '' && !relative.startsWith('..') && !inquiry.ports.host.isAbsolute(relative);
}

async function placeInGraph(
  inquiry: Inquiry,
  graph: PackageGraph,
  finding: Finding,
): Promise<Place | undefined> {
  for (const wanted of blamed(graph, finding)) {
    const chain = shortestChain(graph, wanted);
    const place = chain === undefined ? undefined : await placeInChain(inquiry, chain, finding);
    if (place !== undefined) return place;
  }
  return undefined;
}

/**
 * The packages to look for, likeliest first. What the log blames comes first, unless it is Go's own: runtime/cgo is
 * only the first to need a C compiler, some other package is why it is there.
 */
function blamed(graph: PackageGraph, finding: Finding): readonly ReadonlySet<string>[] {
  const named = finding.facts.importPath ?? finding.package;
  const known = named === undefined ? undefined : packageNamed(graph, named);
  const withC = [...graph.packages.values()].filter((item) => item.cgoFiles.length > 0);
  const own = withC.filter((item) => item.isOwn);
  const others = withC.filter((item) => !item.isOwn && !item.standard);
  // os/user and net use cgo for name lookup only; runtime/cgo and its like are never imported by a person.
  const standard = withC.filter(
    (item) => item.standard && !/^(?:runtime|vendor|internal)\//.test(item.importPath),
  );
  const guesses = aboutCode.has(finding.cause) ? [] : [own, others, standard].map(names);
  const isLead = known !== undefined && !known.standard && (known.cgoFiles.length > 0 || !known.isOwn);
  return [...(isLead ? [new Set([known.importPath])] : []), ...guesses];
}

function names(packages: readonly GraphPackage[]): ReadonlySet<string> {
  return new Set(packages.map((item) => item.importPath));
}

/** By import path, or by the folder that go prints for packages outside of modules (`./sub`, `_/path`). */
function packageNamed(graph: PackageGraph, name: string): GraphPackage | undefined {
  return graph.packages.get(name) ?? [...graph.packages.values()].find((item) => item.directory === name);
}

/** The `import "C"` at the chain's end, or the last import on it that the person wrote. */
async function placeInChain(
  inquiry: Inquiry,
  chain: readonly GraphPackage[],
  finding: Finding,
): Promise<Place | undefined> {
  const end = chain.at(-1);
  if (end === undefined) return undefined;
  if (end.isOwn) {
    if (end.cgoFiles.length === 0) return undefined;
    return (await directiveIn(inquiry, end, finding)) ?? importIn(inquiry, end, end.cgoFiles, 'C');
  }
  const last = chain.findLastIndex((item) => item.isOwn);
  const from = chain[last];
  const to = chain[last + 1];
  if (from === undefined || to === undefined) return undefined;
  return importIn(inquiry, from, [...from.goFiles, ...from.cgoFiles], to.importPath);
}

/** The line that asks for the library: `#include <x.h>`, `#cgo LDFLAGS: -lx`, `#cgo pkg-config: x`. */
async function directiveIn(
  inquiry: Inquiry,
  item: GraphPackage,
  finding: Finding,
): Promise<Place | undefined> {
  const { header, library, pkgConfigName } = finding.facts;
  const patterns = [
    ...(header === undefined ? [] : [new RegExp(`#\\s*include\\s*[<"]${escape(header)}[>"]`)]),
    ...(pkgConfigName === undefined
      ? []
      : [new RegExp(`#cgo.*pkg-config:.*${escape(pkgConfigName)}(?![\\w-])`)]),
    ...(library === undefined ? [] : [new RegExp(`#cgo.*LDFLAGS:.*-l${escape(library)}(?!\\w)`)]),
  ];
  for (const name of item.cgoFiles) {
    const file = inquiry.ports.host.join(item.directory, name);
    const lines = ((await inquiry.text(file)) ?? '').split('\n');
    for (const pattern of patterns) {
      const line = lines.findIndex((text) => pattern.test(text));
      if (line >= 0) return { file, line: line + 1, ...span(lines[line] ?? '') };
    }
  }
  return undefined;
}

function span(line: string): { column: number; endColumn: number } {
  const column = line.search(/#/) + 1;
  return { column, endColumn: line.trimEnd().length + 1 };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function importIn(
  inquiry: Inquiry,
  item: GraphPackage,
  fileNames: readonly string[],
  path: string,
): Promise<Place | undefined> {
  const files = await inquiry.goFiles(item.directory);
  for (const file of files.filter(({ name }) => fileNames.includes(name))) {
    const spec = file.source.imports.find((item) => item.path === path || isVendored(item, path));
    if (spec !== undefined) return placeOf(file.path, spec);
  }
  return undefined;
}

/** The standard library imports its vendored packages under their plain names. */
function isVendored(spec: GoImport, path: string): boolean {
  return path === `vendor/${spec.path}`;
}

function placeOf(file: string, { line, column, endColumn }: GoImport): Place {
  return { file, line, column, endColumn };
}

/** Without go: an `import "C"` in the folder that go ran in. */
async function placeInFolder(inquiry: Inquiry): Promise<Place | undefined> {
  const { directory } = inquiry.context;
  if (directory === undefined) return undefined;
  for (const file of await inquiry.goFiles(directory)) {
    const spec = file.source.imports.find((item) => item.path === 'C');
    if (spec !== undefined) return placeOf(file.path, spec);
  }
  return undefined;
}

/** go.mod's line for the module that the package is of, else its first line. */
async function placeInModule(inquiry: Inquiry, finding: Finding): Promise<Place | undefined> {
  const folder = await inquiry.moduleDirectory();
  if (folder === undefined) return undefined;
  const file = inquiry.ports.host.join(folder, 'go.mod');
  const lines = ((await inquiry.text(file)) ?? '').split('\n');
  const path = finding.facts.importPath ?? finding.package;
  let best: { line: number; module: string } | undefined;
  for (const [index, line] of lines.entries()) {
    const [, module = ''] = /^\s*(?:require\s+)?([^\s()]+\.[^\s()]+)\s+v\d/.exec(line) ?? [];
    if (path === undefined || module === '' || (path !== module && !path.startsWith(`${module}/`))) continue;
    if (best === undefined || module.length > best.module.length) best = { line: index, module };
  }
  if (best === undefined)
    return { file, line: 1, column: 1, endColumn: (lines[0]?.trimEnd().length ?? 0) + 1 };
  const column = (lines[best.line]?.indexOf(best.module) ?? 0) + 1;
  return { file, line: best.line + 1, column, endColumn: column + best.module.length };
}
