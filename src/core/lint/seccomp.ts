import type { Target } from '../target/target.js';
import type { GoCall, GoElement, GoExpression, GoLiteral } from './go/goExpression.js';
import { isFor, type GoFile } from './go/goFile.js';
import { insertElements, replaceElements } from './go/insertElements.js';
import type { LintFinding, LintScene, Splice } from './lint.js';
import { seccompProfiles, type AllowedCalls, type ArchitectureList } from './seccompProfiles.js';
import { isBigEndian, missingSyscalls, seccompNeeds } from './seccompTables.js';

/** Whether a file could hold a profile; every other one need not be read as Go. */
export function mentionsSeccomp(text: string): boolean {
  return /\b(?:Linux)?Seccomp\s*\{/.test(text) && /"[^"\n]*specs(?:-go)?"/.test(text);
}

/**
 * Seccomp profiles of a package that say nothing of a target's CPU, or refuse what its C library starts with.
 * `files` are all of the package, tests left out.
 */
export function lintSeccomp(
  files: readonly GoFile[],
  scene: Pick<LintScene, 'targets' | 'tags'>,
): readonly LintFinding[] {
  return scene.targets.flatMap((target) => {
    if (seccompNeeds(target) === undefined) return [];
    const included = files.filter((it) => isFor(it, target, scene.tags));
    return included
      .flatMap((file) => seccompProfiles(file, included))
      .flatMap((profile) => [
        ...(profile.architectures === undefined ? [] : lintArchitectures(profile.architectures, target)),
        ...(profile.allowed === undefined ? [] : lintAllowed(profile.allowed, target)),
      ]);
  });
}

function lintArchitectures(list: ArchitectureList, target: Target): readonly LintFinding[] {
  const needs = seccompNeeds(target);
  if (needs === undefined) return [];
  const missing = needs.architectures.filter((it) => !list.constants.includes(it));
  const foreign = list.constants.filter((it) => isBigEndian(it) !== needs.bigEndian);
  if (missing.length === 0 && foreign.length === 0) return [];
  const wanted = [...needs.architectures, ...needs.companions];
  const isReplaced = foreign.length > 0;
  const added = wanted.filter((it) => !list.constants.includes(it));
  const message = isReplaced
    ? `This seccomp filter is for ${list.constants.join(', ')}. The target needs ${sentence(wanted)}, and libseccomp refuses little- and big-endian architectures in one filter: the list must be another one there, such as in a file of its own.`
    : `This seccomp filter lacks ${sentence(missing)}: programs of the target are not covered by it.`;
  const title = isReplaced
    ? `Replace the list by ${sentence(wanted)}`
    : `Add ${sentence(added)} to the filter`;
  const splices = editArchitectures(list, isReplaced ? wanted : added, isReplaced);
  return [
    {
      check: 'seccomp-architecture',
      severity: 'warning',
      at: { file: list.at.file.source, start: list.at.start, end: list.at.end },
      message,
      target,
      fixes: splices.length === 0 ? [] : [{ title, splices }],
    },
  ];
}

function editArchitectures(
  { literal }: ArchitectureList,
  names: readonly string[],
  isReplaced: boolean,
): readonly Splice[] {
  if (literal === undefined) return [];
  const { source } = literal.file;
  const written = names.map((name) => architectureLike(literal.literal.elements.at(-1)?.value, name));
  const edit = isReplaced
    ? replaceElements(source.text, literal.literal, written)
    : insertElements(source.text, literal.literal, written);
  return [{ file: source, ...edit }];
}

/** A constant written as its neighbour is: qualified, bare behind a dot import, or as its text. */
function architectureLike(neighbour: GoExpression | undefined, name: string): string {
  const value = `"SCMP_ARCH_${name.slice('Arch'.length)}"`;
  if (neighbour?.kind === 'string') return value;
  if (neighbour?.kind === 'call') return `${neighbour.callee}(${value})`;
  if (neighbour?.kind !== 'name') return name;
  const dot = neighbour.name.lastIndexOf('.');
  return neighbour.name.slice(0, dot + 1) + name;
}

function lintAllowed(allowed: AllowedCalls, target: Target): readonly LintFinding[] {
  const missing = missingSyscalls(target, allowed.names);
  if (missing.length === 0) return [];
  const splice = addCalls(allowed, missing);
  return [
    {
      check: 'seccomp-syscalls',
      severity: 'warning',
      at: { file: allowed.at.file.source, start: allowed.at.start, end: allowed.at.end },
      message: `This seccomp filter refuses system calls that programs of the target make: ${missing.join(', ')}.`,
      target,
      fixes: splice === undefined ? [] : [{ title: `Allow ${shortList(missing)}`, splices: [splice] }],
    },
  ];
}

/** A place where names are listed, how many are there, and how to add some. */
interface Place {
  readonly count: number;
  readonly add: () => Splice;
}

/** Adds to the list that holds most of the names, in its own style. */
function addCalls({ reached }: AllowedCalls, names: readonly string[]): Splice | undefined {
  const conditional = new Set<GoExpression>();
  const places: Place[] = [];
  for (const { value, scope } of reached) {
    const { source } = scope.file;
    const place = (count: number, list: GoLiteral | GoCall, written: readonly string[]): void => {
      places.push({ count, add: () => ({ file: source, ...insertElements(source.text, list, written) }) });
    };
    const quoted = names.map((it) => `"${it}"`);
    if (value.kind === 'literal') {
      // What is allowed with certain arguments only must not be widened, or take in others.
      if (isConditional(value)) for (const { value: inner } of value.elements) conditional.add(inner);
      const strings = value.elements.filter((it) => it.value.kind === 'string').length;
      if (strings > 0 && strings === value.elements.length && !conditional.has(value))
        place(strings, value, quoted);
      const single = value.elements.filter((it) => singleName(it) !== undefined);
      const pattern = single.at(-1);
      // One more than its names: a list of entries goes before the list inside one of them.
      if (pattern !== undefined)
        place(
          single.length + 0.5,
          value,
          names.map((it) => likeEntry(source.text, pattern, it)),
        );
    } else if (
      value.kind === 'call' &&
      value.args.length > 1 &&
      value.args.every((it) => it.kind === 'string')
    ) {
      place(value.args.length, value, quoted);
    }
  }
  const best = places.reduce<Place | undefined>(
    (most, it) => (most === undefined || it.count > most.count ? it : most),
    undefined,
  );
  return best?.add();
}

function fieldOf(value: GoLiteral, ...names: readonly string[]): GoExpression | undefined {
  return value.elements.find((it) => it.key?.kind === 'name' && names.includes(it.key.name))?.value;
}

function isConditional(value: GoLiteral): boolean {
  const args = fieldOf(value, 'Args', 'Includes', 'Excludes');
  return (
    args !== undefined &&
    !(args.kind === 'literal' && args.elements.length === 0) &&
    !(args.kind === 'name' && args.name === 'nil')
  );
}

/** The name in an entry for one call without conditions: `allow("x")`, `{Name: "x"}`, `{Names: []string{"x"}}`. */
function singleName({ value }: GoElement): (GoExpression & { readonly kind: 'string' }) | undefined {
  if (value.kind === 'call') {
    const [only] = value.args;
    return value.args.length === 1 && only?.kind === 'string' ? only : undefined;
  }
  if (value.kind !== 'literal' || isConditional(value)) return undefined;
  const names = fieldOf(value, 'Names', 'Name');
  if (names?.kind === 'string') return names;
  if (names?.kind !== 'literal' || names.elements.length !== 1) return undefined;
  const only = names.elements[0]?.value;
  return only?.kind === 'string' ? only : undefined;
}

/** The entry's own text with another name in it. */
function likeEntry(text: string, pattern: GoElement, name: string): string {
  const old = singleName(pattern);
  if (old === undefined) return `"${name}"`;
  return `${text.slice(pattern.start, old.start)}"${name}"${text.slice(old.end, pattern.end)}`;
}

function sentence(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  return names.length <= 4 ? sentence(names) : `${shown.join(', ')} and ${names.length - shown.length} more`;
}
