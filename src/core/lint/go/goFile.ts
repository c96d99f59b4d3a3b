import { isIncluded } from '../../diagnosis/resolve/goConstraint.js';
import { scanGoSource, type GoImport } from '../../diagnosis/resolve/goSource.js';
import { isGoName, tokenizeGo, type GoToken } from '../../diagnosis/resolve/goTokens.js';
import type { Target } from '../../target/target.js';
import type { SourceText } from '../lint.js';
import { closing, parseGoExpression, type GoExpression } from './goExpression.js';

/** `name = value`, `name := value`, `var name = value`, also with a selector on the left: `profile.Syscalls = …`. */
interface GoAssignment {
  /** As written on the left: `archs`, `profile.Syscalls`. */
  readonly name: string;
  readonly value: GoExpression;
  /** Name of the function it stands in; absent at the top level. */
  readonly inside?: string;
}

/** What a Go file says in values: enough to follow a list from where it is used to where it is written. */
export interface GoFile {
  readonly source: SourceText;
  readonly tokens: readonly GoToken[];
  readonly imports: readonly GoImport[];
  /** Comments before the package clause. */
  readonly head: string;
  readonly usesC: boolean;
  readonly assignments: readonly GoAssignment[];
  readonly functions: readonly GoFunction[];
}

export interface GoFunction {
  readonly name: string;
  readonly returns: readonly GoExpression[];
  /** Offsets of the body's braces. */
  readonly start: number;
  readonly end: number;
  /** It asks for the CPU it runs on, so what it gives differs by target. */
  readonly asksForCpu: boolean;
}

/** Reads a file. Never throws. */
export function readGoFile(source: SourceText): GoFile {
  const { imports, head } = scanGoSource(source.text);
  const tokens = tokenizeGo(source.text);
  const functions = readFunctions(source.text, tokens);
  return {
    source,
    tokens,
    imports,
    head,
    usesC: imports.some((it) => it.path === 'C'),
    functions,
    assignments: readAssignments(tokens, functions),
  };
}

/** Whether the file takes part in a build for the target, with cgo on. */
export function isFor(
  file: Pick<GoFile, 'source' | 'head' | 'usesC'>,
  target: Target,
  tags: readonly string[],
): boolean {
  const { name } = file.source;
  return isIncluded({ name, head: file.head, usesC: file.usesC }, { target, cgo: true, tags });
}

function readFunctions(text: string, tokens: readonly GoToken[]): readonly GoFunction[] {
  const functions: GoFunction[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const isTop = at === 0 || tokens[at - 1]?.text === '\n' || tokens[at - 1]?.text === ';';
    if (!isTop || tokens[at]?.text !== 'func') continue;
    // A method's receiver stands before its name.
    const nameAt = tokens[at + 1]?.text === '(' ? closing(tokens, at + 1) + 1 : at + 1;
    let open = nameAt + 1;
    while (open < tokens.length && tokens[open]?.text !== '{' && tokens[open]?.text !== '\n') {
      const isBracket = tokens[open]?.text === '(' || tokens[open]?.text === '[';
      open = isBracket ? closing(tokens, open) + 1 : open + 1;
    }
    if (tokens[open]?.text !== '{') continue;
    const close = closing(tokens, open);
    const start = tokens[open]?.start ?? 0;
    const end = tokens[close]?.start ?? text.length;
    functions.push({
      name: tokens[nameAt]?.text ?? '',
      returns: readReturns(tokens, open, close),
      start,
      end,
      asksForCpu: /\bGOARCH\b/.test(text.slice(start, end)),
    });
    at = close;
  }
  return functions;
}

function readReturns(tokens: readonly GoToken[], open: number, close: number): readonly GoExpression[] {
  const returns: GoExpression[] = [];
  for (let at = open; at < close; at++) {
    if (tokens[at]?.text !== 'return') continue;
    for (let next = at + 1; ;) {
      const parsed = parseGoExpression(tokens, next);
      if (parsed === undefined) break;
      returns.push(parsed.expression);
      if (tokens[parsed.next]?.text !== ',') break;
      next = parsed.next + 1;
    }
  }
  return returns;
}

function readAssignments(
  tokens: readonly GoToken[],
  functions: readonly GoFunction[],
): readonly GoAssignment[] {
  const assignments: GoAssignment[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.text !== '=' && token.text !== ':=') continue;
    const begin = statementStart(tokens, at);
    const names = namesBetween(tokens, begin, at);
    const inHead = /^(?:for|if|switch)$/.test(tokens[begin - 1]?.text ?? '');
    const inside = functions.find((it) => it.start < token.start && token.start < it.end)?.name;
    let next = at + 1;
    for (const [index, name] of names.entries()) {
      const parsed = parseGoExpression(tokens, next, inHead);
      if (parsed === undefined) break;
      assignments.push({ name, value: parsed.expression, ...(inside === undefined ? {} : { inside }) });
      if (tokens[parsed.next]?.text === ',') next = parsed.next + 1;
      // `for _, name := range list` and `a, b := f()`: the one value is of all names.
      else if (index === 0 && names.length > 1) continue;
      else break;
    }
  }
  return assignments;
}

const statementEnd = /^(?:\n|;|\{|\}|\(|var|const|if|for|switch|case|:)$/;

function statementStart(tokens: readonly GoToken[], equals: number): number {
  let start = equals;
  while (start > 0 && !statementEnd.test(tokens[start - 1]?.text ?? '\n')) start--;
  return start;
}

/** The names on the left of an assignment, a declared type left out: `var archs []specs.Arch =` is of `archs`. */
function namesBetween(tokens: readonly GoToken[], start: number, equals: number): readonly string[] {
  const names: string[] = [];
  let name = '';
  for (let at = start; at < equals; at++) {
    const text = tokens[at]?.text ?? '';
    if (text === ',') {
      names.push(name);
      name = '';
    } else if (text === '.') name += text;
    else if (isGoName(text) && (name === '' || name.endsWith('.'))) name += text;
    // A type, an index or a pointer follows: the name is complete.
    else if (name !== '') break;
  }
  return [...names, name].filter((it) => it !== '');
}
