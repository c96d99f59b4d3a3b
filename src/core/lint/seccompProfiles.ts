import type { GoElement, GoExpression, GoLiteral } from './go/goExpression.js';
import { parseGoExpression } from './go/goExpression.js';
import type { GoFile } from './go/goFile.js';
import { assignedTo, fieldAssignments, walkValues, type GoScope, type ScopedValue } from './go/goValues.js';
import { constantOf } from './seccompTables.js';

/** A seccomp profile written in Go, with what it is made of. */
export interface SeccompProfile {
  readonly scope: GoScope;
  readonly literal: GoLiteral;
  readonly architectures: ArchitectureList | undefined;
  readonly allowed: AllowedCalls | undefined;
}

export interface ArchitectureList {
  /** What a problem points at. */
  readonly at: { readonly file: GoFile; readonly start: number; readonly end: number };
  readonly constants: readonly string[];
  /** The one place to edit; undefined where there are several. */
  readonly literal: { readonly file: GoFile; readonly literal: GoLiteral } | undefined;
}

export interface AllowedCalls {
  readonly at: ArchitectureList['at'];
  readonly names: ReadonlySet<string>;
  /** Everything that was reached, for whoever looks for a place to add to. */
  readonly reached: readonly ScopedValue[];
}

/** The packages that define the types: runtime-spec, and packages that hand it on under their own path. */
const specsPath = /(?:^|\/)(?:specs-go|specs)$/;
/** `Seccomp` before runtime-spec 1.0.0-rc6. */
const typeNames = ['LinuxSeccomp', 'Seccomp'];

/** Every profile of a file; `files` are those of its package that take part for the target. */
export function seccompProfiles(file: GoFile, files: readonly GoFile[]): readonly SeccompProfile[] {
  const prefixes = file.imports
    .filter((it) => specsPath.test(it.path) && it.alias !== '_')
    .map((it) => (it.alias === '.' ? '' : `${it.alias ?? 'specs'}.`));
  const types = prefixes.flatMap((prefix) => typeNames.map((name) => prefix + name));
  if (types.length === 0) return [];
  return findLiterals(file, types).map((literal) => {
    const inside = file.functions.find((it) => it.start < literal.start && literal.start < it.end)?.name;
    return readProfile(literal, { file, ...(inside === undefined ? {} : { inside }) }, files);
  });
}

/** Literals of the types, also as elements of slices and maps of them, where the type may be left out. */
function findLiterals(file: GoFile, types: readonly string[]): readonly GoLiteral[] {
  const found = new Map<number, GoLiteral>();
  const isProfile = (type: string): boolean => types.includes(type);
  for (const [at, token] of file.tokens.entries()) {
    const isBegin =
      token.text === '[' || token.text === 'map' || types.some((it) => it.split('.')[0] === token.text);
    if (!isBegin || file.tokens[at - 1]?.text === '.') continue;
    const expression = parseGoExpression(file.tokens, at)?.expression;
    if (expression?.kind !== 'literal') continue;
    if (isProfile(expression.type)) {
      found.set(expression.open, expression);
      continue;
    }
    const elementType = /^(?:\[[^\]]*\]|map\[[^\]]*\])\*?(.*)$/.exec(expression.type)?.[1];
    if (elementType === undefined || !isProfile(elementType)) continue;
    for (const { value } of expression.elements) {
      if (value.kind === 'literal') found.set(value.open, value);
    }
  }
  return [...found.values()];
}

function readProfile(literal: GoLiteral, scope: GoScope, files: readonly GoFile[]): SeccompProfile {
  return {
    scope,
    literal,
    architectures: readArchitectures(literal, scope, files),
    allowed: isAllowList(literal, scope, files) ? readAllowed(literal, scope, files) : undefined,
  };
}

function field(literal: GoLiteral, name: string): GoElement | undefined {
  return literal.elements.find((it) => it.key?.kind === 'name' && it.key.name === name);
}

function valuesOf(literal: GoLiteral, name: string, scope: GoScope, files: readonly GoFile[]): ScopedValue[] {
  const own = field(literal, name);
  return [
    ...(own === undefined ? [] : [{ value: own.value, scope }]),
    ...fieldAssignments(files, name, scope),
  ];
}

function placeOf(literal: GoLiteral, name: string, scope: GoScope): ArchitectureList['at'] {
  const { start, end } = field(literal, name)?.key ?? {
    start: literal.start,
    end: Math.max(literal.open, literal.start + 1),
  };
  return { file: scope.file, start, end };
}

/** Undefined where nothing is said, which means the machine's own, or where code decides. */
function readArchitectures(
  literal: GoLiteral,
  scope: GoScope,
  files: readonly GoFile[],
): ArchitectureList | undefined {
  const values = valuesOf(literal, 'Architectures', scope, files);
  const constants = new Set<string>();
  const lists: { file: GoFile; literal: GoLiteral }[] = [];
  let isKnown = values.length > 0;
  walkValues(files, values, {
    enter({ value, scope: { file, inside } }) {
      if (value.kind === 'name') {
        const last = value.name.split('.').at(-1) ?? '';
        if (/^Arch[A-Z0-9]/.test(last)) constants.add(last);
        if (last === 'GOARCH') isKnown = false;
      }
      const constant = value.kind === 'string' ? constantOf(value.value) : undefined;
      if (constant !== undefined) constants.add(constant);
      if (value.kind === 'literal') lists.push({ file, literal: value });
      if (inside !== undefined && file.functions.some((it) => it.name === inside && it.asksForCpu))
        isKnown = false;
      return true;
    },
    lost: () => (isKnown = false),
  });
  if (!isKnown || constants.size === 0) return undefined;
  const filled = lists.filter((it) => it.literal.elements.length > 0);
  return {
    at: placeOf(literal, 'Architectures', scope),
    constants: [...constants],
    literal: filled.length === 1 ? filled[0] : undefined,
  };
}

const refusing =
  /^(?:Act(?:Errno|Kill|KillProcess|KillThread|Trap)|SCMP_ACT_(?:ERRNO|KILL|KILL_PROCESS|KILL_THREAD|TRAP))$/;

/** What is not named is refused. */
function isAllowList(literal: GoLiteral, scope: GoScope, files: readonly GoFile[]): boolean {
  const words: string[] = [];
  walkValues(files, valuesOf(literal, 'DefaultAction', scope, files), {
    enter: ({ value }) => {
      words.push(wordOf(value) ?? '');
      return true;
    },
    lost: () => words.push('?'),
  });
  return (
    words.some((it) => refusing.test(it)) && !words.some((it) => /^(?:ActAllow|SCMP_ACT_ALLOW|\?)$/.test(it))
  );
}

function wordOf(value: GoExpression): string | undefined {
  if (value.kind === 'string') return value.value;
  return value.kind === 'name' ? value.name.split('.').at(-1) : undefined;
}

function readAllowed(literal: GoLiteral, scope: GoScope, files: readonly GoFile[]): AllowedCalls | undefined {
  const names = new Set<string>();
  const reached: ScopedValue[] = [];
  walkValues(files, valuesOf(literal, 'Syscalls', scope, files), {
    enter(item) {
      const { value } = item;
      if (value.kind === 'literal' && isRefused(value, item.scope, files)) return false;
      reached.push(item);
      if (value.kind === 'string' && /^[a-z_][a-z0-9_]*$/.test(value.value)) names.add(value.value);
      return true;
    },
    // A parameter is one name of many, of which the others were seen.
    lost: () => undefined,
  });
  const isMadeElsewhere = reached.some(
    ({ value }) => value.kind === 'call' && /profile|load|unmarshal/i.test(value.callee),
  );
  return !isMadeElsewhere && names.size > 0
    ? { at: placeOf(literal, 'Syscalls', scope), names, reached }
    : undefined;
}

/** An entry of the list that does not allow: `{Names: …, Action: specs.ActErrno}`. */
function isRefused(value: GoLiteral, scope: GoScope, files: readonly GoFile[]): boolean {
  const action = field(value, 'Action');
  if (action === undefined) return false;
  const words = new Set<string>();
  const start = { value: action.value, scope };
  const further = action.value.kind === 'name' ? assignedTo(files, action.value.name, scope) : [];
  for (const it of [start, ...further]) words.add(wordOf(it.value) ?? '');
  return [...words].some((it) => /^(?:Act(?!Allow|Log)[A-Z]|SCMP_ACT_(?!ALLOW|LOG))/.test(it));
}
