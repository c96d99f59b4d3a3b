import type { BinaryLayout, LayoutSection, LayoutSymbol } from './binaryLayout.js';
import type { GoFunctions } from './goFunctions.js';
import type { BuildRecord, SizeEntry, SizeOwner, SizeReport, SizeSource } from './sizeReport.js';
import { outsideSections } from './sizeReport.js';
import { symbolPackage } from './symbolPackage.js';

/**
 * Adds up who owns which bytes of a file. Every byte is counted once, so that the totals are the file's size. `hasC`
 * says whether a C compiler can have made any of it.
 */
export function attribute(
  layout: BinaryLayout,
  go: GoFunctions | undefined,
  build: BuildRecord,
  { fileSize, hasC }: { readonly fileSize: number; readonly hasC: boolean },
): Pick<SizeReport, 'source' | 'entries' | 'sections'> {
  const named = layout.symbols.length > 0 ? layout.symbols : (go?.functions ?? []);
  const source: SizeSource =
    layout.symbols.length > 0 ? 'symbols' : go !== undefined ? 'functions' : 'sections';
  const ownerOf = createOwnership(go, build, hasC);
  const symbols = withSizes(named, layout.sections);
  const ledger = new Map<string, { readonly owner: SizeOwner; readonly sections: Map<string, number> }>();
  const charge = (owner: SizeOwner, section: string, bytes: number): void => {
    if (bytes <= 0) return;
    const key = owner.kind === 'package' ? `package ${owner.importPath}` : owner.kind;
    const account = ledger.get(key) ?? { owner, sections: new Map<string, number>() };
    account.sections.set(section, (account.sections.get(section) ?? 0) + bytes);
    ledger.set(key, account);
  };

  const sections: { readonly name: string; readonly bytes: number }[] = [];
  let end = 0;
  let inSections = 0;
  for (const section of [...layout.sections].sort((a, b) => a.offset - b.offset)) {
    // Sections may overlap in files that other tools changed: a byte is the first one's.
    const from = Math.max(section.offset, end);
    const until = Math.min(section.offset + section.size, fileSize);
    const bytes = until - from;
    if (bytes <= 0) continue;
    end = until;
    inSections += bytes;
    sections.push({ name: section.name, bytes });
    const taken =
      section.role === 'loaded' ? chargeSymbols(section, from, until, symbols, ownerOf, charge) : 0;
    charge(restOwner(section), section.name, bytes - taken);
  }
  const outside = fileSize - inSections;
  if (outside > 0) {
    sections.push({ name: outsideSections, bytes: outside });
    charge({ kind: 'unattributed' }, outsideSections, outside);
  }
  return { source, sections, entries: [...ledger.values()].map(asEntry).sort((a, b) => b.bytes - a.bytes) };
}

/** Charges a section's bytes to the symbols in it, and returns how many those were. */
function chargeSymbols(
  section: LayoutSection,
  from: number,
  until: number,
  symbols: readonly Required<LayoutSymbol>[],
  ownerOf: (symbol: LayoutSymbol) => SizeOwner,
  charge: (owner: SizeOwner, section: string, bytes: number) => void,
): number {
  if (section.address === undefined) return 0;
  const shift = section.offset - section.address;
  const limit = until - shift;
  let cursor = from - shift;
  let taken = 0;
  for (let i = firstFrom(symbols, section.address); i < symbols.length; i++) {
    const symbol = symbols[i];
    if (symbol === undefined || symbol.address >= limit) break;
    // Aliases and symbols within others: the first at an address, the largest, has the bytes.
    const start = Math.max(symbol.address, cursor);
    const stop = Math.min(symbol.address + symbol.size, limit);
    if (stop <= start) continue;
    charge(ownerOf(symbol), section.name, stop - start);
    taken += stop - start;
    cursor = stop;
  }
  return taken;
}

/** Whose the bytes are that no symbol covers. */
function restOwner({ role }: LayoutSection): SizeOwner {
  switch (role) {
    case 'go-table':
      return { kind: 'go-shared' };
    case 'debug':
    case 'symbols':
      return { kind: role };
    case 'loaded':
      return { kind: 'unattributed' };
  }
}

/** Symbols by address, the largest first at each, every one with a size: up to the next one where the format has none. */
function withSizes(
  symbols: readonly LayoutSymbol[],
  sections: readonly LayoutSection[],
): readonly Required<LayoutSymbol>[] {
  const sorted = [...symbols].sort((a, b) => a.address - b.address || (b.size ?? 0) - (a.size ?? 0));
  const ends = sections
    .flatMap((it) => (it.address === undefined ? [] : [it.address + it.size]))
    .sort((a, b) => a - b);
  let next = Infinity;
  let after = Infinity;
  const sized: Required<LayoutSymbol>[] = [];
  for (let i = sorted.length - 1; i >= 0; i--) {
    const symbol = sorted[i];
    if (symbol === undefined) continue;
    // Several names at one address share one end.
    if (symbol.address !== after) {
      next = after;
      after = symbol.address;
    }
    const size =
      symbol.size ?? Math.min(next, ends.find((it) => it > symbol.address) ?? next) - symbol.address;
    sized.push({ name: symbol.name, address: symbol.address, size: Number.isFinite(size) ? size : 0 });
  }
  return sized.reverse();
}

function firstFrom(symbols: readonly LayoutSymbol[], address: number): number {
  let low = 0;
  let high = symbols.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((symbols[middle]?.address ?? 0) < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Whose a symbol is. In Go's code the function table decides what is Go's; elsewhere a name that begins like a known
 * package's does, because a C compiler writes dots as well (`memo.0`, `parse.part.1`).
 */
function createOwnership(
  go: GoFunctions | undefined,
  build: BuildRecord,
  hasC: boolean,
): (symbol: LayoutSymbol) => SizeOwner {
  const known = new Set(go?.functions.flatMap(({ name }) => symbolPackage(name) ?? []));
  const owners = new Map<string, SizeOwner>();
  return ({ name, address }) => {
    const inGoCode = go !== undefined && address >= go.start && address < go.end;
    const importPath = symbolPackage(name);
    if (importPath === undefined || (!known.has(importPath) && !importPath.includes('/') && !inGoCode)) {
      if (go !== undefined && (inGoCode || /^(?:go|type)[:.]|^gclocals·/.test(name)))
        return { kind: 'go-shared' };
      // Go's assembly names tables without a package (`K256<>`), as C does.
      return { kind: hasC ? 'c' : 'unattributed' };
    }
    if (sharedNames.has(name)) return { kind: 'go-shared' };
    const owner = owners.get(importPath) ?? packageOwner(importPath, build);
    owners.set(importPath, owner);
    return owner;
  };
}

/** Symbols by which the linker marks whole tables: named after the runtime, made of every package. */
const sharedNames: ReadonlySet<string> = new Set(
  'pclntab findfunctab typelink itablink types rodata gcbits.* textsectionmap firstmoduledata'
    .split(' ')
    .map((name) => `runtime.${name}`),
);

function packageOwner(symbolPath: string, build: BuildRecord): SizeOwner {
  // The linker calls the program's package main, whatever its path.
  const importPath = symbolPath === 'main' ? (build.path ?? 'main') : symbolPath;
  const module = build.modules
    .filter((it) => importPath === it.path || importPath.startsWith(`${it.path}/`))
    .reduce<string | undefined>(
      (best, it) => (it.path.length > (best?.length ?? -1) ? it.path : best),
      undefined,
    );
  const [first = ''] = importPath.split('/');
  // As the go command tells them apart: the standard library's paths begin with no domain (search.IsStandardImportPath).
  const standard = module === undefined && !first.includes('.') && symbolPath !== 'main';
  return { kind: 'package', importPath, ...(module === undefined ? {} : { module }), standard };
}

function asEntry({
  owner,
  sections,
}: {
  readonly owner: SizeOwner;
  readonly sections: ReadonlyMap<string, number>;
}): SizeEntry {
  const parts = [...sections].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
  return { owner, bytes: parts.reduce((sum, it) => sum + it.bytes, 0), sections: parts };
}
