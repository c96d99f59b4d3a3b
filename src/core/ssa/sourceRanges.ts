import { tokenizeGo, type GoToken } from '../diagnosis/resolve/goTokens.js';

/** First and last line of a function, both inclusive, from 1. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** Lines of every function in a Go file, literals included, by where they begin. Broken code yields what was readable. */
export function findFunctions(text: string): readonly LineRange[] {
  const tokens = tokenizeGo(text);
  const lineOf = lineCounter(text);
  const ranges: LineRange[] = [];
  tokens.forEach((token, index) => {
    if (token.text !== 'func') return;
    const body = findBody(tokens, index + 1);
    const close = body === undefined ? undefined : findClose(tokens, body);
    if (close !== undefined) ranges.push({ start: lineOf(token.start), end: lineOf(close.start) });
  });
  return ranges;
}

/** The function that a line belongs to: the innermost one for `begins`, the outermost one else. */
export function functionAround(
  ranges: readonly LineRange[],
  line: number,
  where: 'begins' | 'inside',
): LineRange | undefined {
  if (where === 'begins')
    return ranges.find((it) => it.start === line) ?? functionAround(ranges, line, 'inside');
  const around = ranges.filter((it) => it.start <= line && line <= it.end);
  return around.reduce<LineRange | undefined>(
    (widest, it) => (widest === undefined || it.end - it.start > widest.end - widest.start ? it : widest),
    undefined,
  );
}

/** The brace that opens the body; undefined for a type or a declaration without one. */
function findBody(tokens: readonly GoToken[], from: number): number | undefined {
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    const { text } = tokens[index] ?? { text: '' };
    if (depth === 0) {
      if (text === '{') {
        const before = tokens[index - 1]?.text;
        if (before !== 'struct' && before !== 'interface') return index;
      } else if (
        text === '\n' ||
        text === ',' ||
        text === '=' ||
        text === ')' ||
        text === ']' ||
        text === '}'
      ) {
        return undefined;
      }
    }
    if (text === '(' || text === '[' || text === '{') depth++;
    else if (text === ')' || text === ']' || text === '}') depth--;
  }
  return undefined;
}

function findClose(tokens: readonly GoToken[], open: number): GoToken | undefined {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const token = tokens[index];
    if (token?.text === '{') depth++;
    else if (token?.text === '}' && --depth === 0) return token;
  }
  return undefined;
}

/** Line of an offset; offsets must come in any order, lookup is by halves. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
