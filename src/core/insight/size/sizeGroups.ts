import type { SizeEntry, SizeOwner, SizeReport } from './sizeReport.js';

/** Owners that belong together: the packages of a module or of the standard library, or one owner of another kind. */
export interface SizeGroup {
  readonly kind: SizeOwner['kind'] | 'standard';
  readonly label: string;
  readonly bytes: number;
  /** Largest first. */
  readonly entries: readonly SizeEntry[];
}

/** The entries of a report by what brought them, largest first. */
export function sizeGroups({ entries }: Pick<SizeReport, 'entries'>): readonly SizeGroup[] {
  const groups = new Map<string, { kind: SizeGroup['kind']; entries: SizeEntry[] }>();
  for (const entry of entries) {
    const { owner } = entry;
    const kind = owner.kind === 'package' && owner.standard ? 'standard' : owner.kind;
    const label =
      kind === 'standard'
        ? 'Standard library'
        : owner.kind === 'package'
          ? (owner.module ?? owner.importPath)
          : ownerLabel(owner);
    const group = groups.get(label) ?? { kind, entries: [] };
    group.entries.push(entry);
    groups.set(label, group);
  }
  return [...groups]
    .map(([label, group]) => ({
      label,
      ...group,
      bytes: group.entries.reduce((sum, it) => sum + it.bytes, 0),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** An owner in words; different owners have different words. */
export function ownerLabel(owner: SizeOwner): string {
  switch (owner.kind) {
    case 'package':
      return owner.importPath;
    case 'c':
      return 'C code and data';
    case 'go-shared':
      return 'Go’s tables of functions and types';
    case 'debug':
      return 'Debug information';
    case 'symbols':
      return 'Symbol tables';
    case 'unattributed':
      return 'Unattributed';
  }
}

/** What an owner's bytes are, where the name alone does not say. */
export function ownerNote(owner: SizeOwner): string | undefined {
  switch (owner.kind) {
    case 'package':
      return undefined;
    case 'c':
      return 'What C compilers made: C files of packages, static libraries, the C library’s start-up code.';
    case 'go-shared':
      return 'Made by Go’s linker for the whole program; every package has its part in it.';
    case 'debug':
      return 'DWARF, for debuggers; -ldflags=-w leaves it out.';
    case 'symbols':
      return 'Names of functions and variables; -ldflags=-s leaves them out.';
    case 'unattributed':
      return 'Nothing in the file says whose it is: headers, padding, and data without a symbol.';
  }
}
