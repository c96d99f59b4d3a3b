import type { GoExpression } from './goExpression.js';
import type { GoFile, GoFunction } from './goFile.js';

/** Where an expression stands, which decides what its names mean. */
export interface GoScope {
  readonly file: GoFile;
  /** The function around it; absent at the top level. */
  readonly inside?: string;
}

export interface ScopedValue {
  readonly value: GoExpression;
  readonly scope: GoScope;
}

/**
 * What is assigned to a name, in the function around it or else at the top level of the package; empty for a parameter or
 * a name of another package. All assignments count, for which of them runs is not for a reader to decide.
 */
export function assignedTo(files: readonly GoFile[], name: string, scope: GoScope): readonly ScopedValue[] {
  const local = scope.file.assignments.filter((it) => it.name === name && it.inside === scope.inside);
  if (scope.inside !== undefined && local.length > 0) return local.map(({ value }) => ({ value, scope }));
  return files.flatMap((file) =>
    file.assignments
      .filter((it) => it.name === name && it.inside === undefined)
      .map(({ value }) => ({ value, scope: { file } })),
  );
}

/** A function of the package with the file it is in. */
function functionOf(
  files: readonly GoFile[],
  name: string,
): { readonly found: GoFunction; readonly file: GoFile } | undefined {
  for (const file of files) {
    const found = file.functions.find((it) => it.name === name);
    if (found !== undefined) return { found, file };
  }
  return undefined;
}

/** Values that are set on a field after the literal was made: `profile.Syscalls = append(profile.Syscalls, …)`. */
export function fieldAssignments(
  files: readonly GoFile[],
  field: string,
  scope: GoScope,
): readonly ScopedValue[] {
  const among = scope.inside === undefined ? files : [scope.file];
  return among.flatMap((file) =>
    file.assignments
      .filter((it) => it.name.endsWith(`.${field}`))
      .filter((it) => scope.inside === undefined || it.inside === scope.inside)
      .map(({ value, inside }) => ({ value, scope: { file, ...(inside === undefined ? {} : { inside }) } })),
  );
}

/** What a walk over values reports. */
interface Visitor {
  /** Each expression that is reached, before what it is made of; false leaves that out. */
  readonly enter: (value: ScopedValue) => boolean;
  /** Something that can't be followed: a parameter, another package's function. */
  readonly lost: () => void;
}

/** Functions of other packages that hand on what they are given. */
const passesOn =
  /^(?:append|slices\.(?:Clone|Concat|Insert|Compact|Sorted|Values)|maps\.\w+|\[\][\w.]+|\w+\.Arch|\w+\.LinuxSyscall)$/;

/** Walks everything that a value is made of, through variables and functions of its package. */
export function walkValues(files: readonly GoFile[], start: readonly ScopedValue[], visitor: Visitor): void {
  const seen = new Set<string>();
  const pending = [...start].reverse();
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { value, scope } = item;
    const key = `${scope.file.source.path}:${value.start}:${value.end}:${value.kind}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (!visitor.enter(item)) continue;
    pending.push(...madeOf(files, item, visitor.lost).reverse());
  }
}

function madeOf(files: readonly GoFile[], { value, scope }: ScopedValue, lost: () => void): ScopedValue[] {
  const here = (values: readonly GoExpression[]): ScopedValue[] => values.map((it) => ({ value: it, scope }));
  switch (value.kind) {
    case 'literal':
      return here(value.elements.map((it) => it.value));
    case 'other':
      return here(value.parts);
    case 'string':
      return [];
    case 'name': {
      const found = assignedTo(files, value.name, scope);
      const isConstant = /^(?:nil|true|false|.*\.[A-Z]\w*|Arch[A-Z]\w*|Act[A-Z]\w*)$/.test(value.name);
      const isOwnField = /\.(?:Syscalls|Architectures)$/.test(value.name);
      if (found.length === 0 && !isConstant && !isOwnField) lost();
      return [...found];
    }
    case 'call': {
      const called = functionOf(files, value.callee);
      if (called === undefined && !passesOn.test(value.callee)) lost();
      const inside = called === undefined ? {} : { inside: called.found.name };
      const returns = (called?.found.returns ?? []).map((it) => ({
        value: it,
        scope: { file: called?.file ?? scope.file, ...inside },
      }));
      return [...here(value.args), ...returns];
    }
  }
}
