import { isGoName, tokenizeGo, type GoToken } from '../diagnosis/resolve/goTokens.js';
import type { CompiledFunction } from './compile/assembly.js';
import { findFunctions, functionAround, type LineRange } from './sourceRanges.js';

/** A function or method of a file, as it is declared. Lines are from 1, both inclusive. */
export interface DeclaredFunction extends LineRange {
  /** For people: `handler`, `(*Server).Serve`. */
  readonly label: string;
  /**
   * The compiler's name for it, where the declaration says so; absent where the compiler makes several of it, or numbers
   * it: of generic functions, methods of generic types, and `init`.
   */
  readonly name?: string;
}

/** The functions of a Go file that are declared with a name, in order. Broken code yields what was readable. */
export function declaredFunctions(text: string): readonly DeclaredFunction[] {
  const tokens = tokenizeGo(text);
  const ranges = new Map(findFunctions(text).map((it) => [it.start, it]));
  const declared: DeclaredFunction[] = [];
  let depth = 0;
  let [line, counted] = [1, 0];
  tokens.forEach(({ text: word, start }, index) => {
    if (word === '(' || word === '[' || word === '{') depth++;
    else if (word === ')' || word === ']' || word === '}') depth--;
    // Where a statement begins: elsewhere it is a type or a literal.
    if (depth !== 0 || word !== 'func' || !/^[\n;]?$/.test(tokens[index - 1]?.text ?? '')) return;
    for (let at = text.indexOf('\n', counted); at >= 0 && at < start; at = text.indexOf('\n', counted)) {
      line++;
      counted = at + 1;
    }
    const range = ranges.get(line);
    const named = readName(tokens, index + 1);
    if (range !== undefined && named !== undefined) declared.push({ ...range, ...named });
  });
  return declared;
}

/** The innermost function that holds a line, literals included; undefined outside of all. */
export function declaredAround(
  text: string,
  line: number,
): { readonly declared: DeclaredFunction; readonly inner: LineRange } | undefined {
  const declared = declaredFunctions(text).find((it) => it.start <= line && line <= it.end);
  if (declared === undefined) return undefined;
  const around = findFunctions(text).filter((it) => it.start <= line && line <= it.end);
  const inner = around.reduce<LineRange>(
    (least, it) => (it.end - it.start < least.end - least.start ? it : least),
    functionAround(around, declared.start, 'begins') ?? declared,
  );
  return { declared, inner };
}

/**
 * What the compiler made of a range of lines: the function itself, its instances and its closures. Files are told by
 * their names alone, since `-trimpath` takes the folders away and a package has no two of one name.
 */
export function compiledWithin(
  functions: readonly CompiledFunction[],
  file: string,
  { start, end }: LineRange,
): readonly CompiledFunction[] {
  const name = baseName(file);
  return functions.filter(
    ({ place, wrapper }) =>
      !wrapper &&
      place !== undefined &&
      baseName(place.file) === name &&
      start <= place.line &&
      place.line <= end,
  );
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** `handler(`, `(s *Server) Serve(`, `(List[T]) Len(`; undefined for a literal or type. */
function readName(
  tokens: readonly GoToken[],
  from: number,
): Pick<DeclaredFunction, 'label' | 'name'> | undefined {
  const word = (index: number): string => tokens[index]?.text ?? '';
  let at = from;
  let receiver = '';
  let isGeneric = false;
  if (word(at) === '(') {
    const close = closing(tokens, at);
    const inside = tokens.slice(at + 1, close).map((it) => it.text);
    const bracket = inside.indexOf('[');
    isGeneric = bracket >= 0;
    const plain = isGeneric ? inside.slice(0, bracket) : inside;
    const type = plain.filter(isGoName).at(-1);
    if (type === undefined || !isGoName(word(close + 1))) return undefined;
    receiver = plain.includes('*') ? `(*${type}).` : `${type}.`;
    at = close + 1;
  }
  const own = word(at);
  if (!isGoName(own) || own === '_') return undefined;
  isGeneric ||= word(at + 1) === '[';
  const label = `${receiver}${own}`;
  return isGeneric || label === 'init' ? { label } : { label, name: label };
}

function closing(tokens: readonly GoToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const text = tokens[index]?.text;
    if (text === '(' || text === '[') depth++;
    else if ((text === ')' || text === ']') && --depth === 0) return index;
  }
  return tokens.length;
}
