import { isGoName, isGoString, tokenizeGo, type GoToken } from './goTokens.js';

/** Where an import spec stands; lines and columns count from 1, columns in UTF-16 units, the end is behind the last. */
export interface GoImport {
  readonly path: string;
  /** `.`, `_` or the name it is given. */
  readonly alias?: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** What a Go file says about itself before any compiler reads it. */
export interface GoSource {
  readonly packageName: string | undefined;
  readonly imports: readonly GoImport[];
  /** The comments before the package clause, where build constraints stand. */
  readonly head: string;
  /** Names declared at the top level: functions, types, variables, constants. Methods are left out. */
  readonly declared: readonly string[];
}

/** Reads package clause, imports and top-level names. Broken code yields what was readable; it never throws. */
export function scanGoSource(source: string): GoSource {
  const tokens = tokenizeGo(source);
  const clause = tokens.findIndex((token) => token.text === 'package');
  const lines = createLineIndex(source);
  return {
    packageName: clause < 0 ? undefined : tokens[clause + 1]?.text,
    imports: readImports(tokens, clause, lines),
    head: source.slice(0, tokens[clause]?.start ?? source.length),
    declared: readDeclarations(tokens),
  };
}

type LineIndex = (offset: number) => { readonly line: number; readonly column: number };

function createLineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Import declarations stand between the package clause and the first other declaration. */
function readImports(tokens: readonly GoToken[], clause: number, lines: LineIndex): readonly GoImport[] {
  const imports: GoImport[] = [];
  let grouped = false;
  let inside = false;
  let alias: GoToken | undefined;
  for (const token of tokens.slice(clause + 2)) {
    const { text } = token;
    if (text === 'import') inside = true;
    else if (text === '(' && inside) grouped = true;
    else if (text === ')') {
      grouped = false;
      inside = false;
    } else if (text === '\n' || text === ';') {
      if (!grouped) inside = false;
      alias = undefined;
    } else if (inside && isGoString(text)) {
      const from = alias ?? token;
      const start = lines(from.start);
      imports.push({
        path: text.slice(1, -1),
        ...(alias === undefined ? {} : { alias: alias.text }),
        ...start,
        endColumn: start.column + (token.start + text.length - from.start),
      });
      alias = undefined;
      if (!grouped) inside = false;
    } else if (inside) alias = token;
    else break;
  }
  return imports;
}

function readDeclarations(tokens: readonly GoToken[]): readonly string[] {
  const names = new Set<string>();
  let depth = 0;
  for (let index = 0; index < tokens.length; index++) {
    const text = tokens[index]?.text ?? '';
    if (depth === 0 && (index === 0 || isBreak(tokens[index - 1]?.text))) {
      if (text === 'func') {
        const name = tokens[index + 1]?.text ?? '';
        if (isGoName(name)) names.add(name);
      } else if (text === 'type' || text === 'var' || text === 'const') {
        index = readSpecs(tokens, index + 1, names);
        continue;
      }
    }
    depth += nesting(text);
  }
  return [...names];
}

/** Names of one spec or a group of them; the index of the last token that was read. */
function readSpecs(tokens: readonly GoToken[], start: number, names: Set<string>): number {
  const isGroup = tokens[start]?.text === '(';
  let depth = 0;
  let expectsName = true;
  for (let index = isGroup ? start + 1 : start; index < tokens.length; index++) {
    const text = tokens[index]?.text ?? '';
    if (depth === 0) {
      if (isGroup && text === ')') return index;
      if (isBreak(text)) {
        if (!isGroup) return index;
        expectsName = true;
        continue;
      }
      if (expectsName && isGoName(text)) {
        names.add(text);
        // `A, B = 1, 2`: a comma behind a name announces another name.
        expectsName = tokens[index + 1]?.text === ',';
        if (expectsName) index++;
        continue;
      }
      expectsName = false;
    }
    depth += nesting(text);
    if (depth < 0) return index;
  }
  return tokens.length;
}

function nesting(text: string): number {
  if (text === '(' || text === '{' || text === '[') return 1;
  return text === ')' || text === '}' || text === ']' ? -1 : 0;
}

function isBreak(text: string | undefined): boolean {
  return text === '\n' || text === ';';
}
