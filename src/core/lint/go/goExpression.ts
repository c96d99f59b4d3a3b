import { isGoName, isGoString, type GoToken } from '../../diagnosis/resolve/goTokens.js';

interface Placed {
  /** Offsets in the text; the end is behind the last character. */
  readonly start: number;
  readonly end: number;
}

/** `T{…}`, or `{…}` where Go lets the type be left out; then `type` is empty. */
export interface GoLiteral extends Placed {
  readonly kind: 'literal';
  /** As written, without white space: `[]specs.Arch`, `&` left out. */
  readonly type: string;
  readonly elements: readonly GoElement[];
  /** Offset of the opening brace. */
  readonly open: number;
}

export interface GoElement extends Placed {
  readonly key?: GoExpression;
  readonly value: GoExpression;
}

/** `f(a, b)`; a conversion looks the same. */
export interface GoCall extends Placed {
  readonly kind: 'call';
  /** As written: `append`, `specs.Arch`, `[]string`. */
  readonly callee: string;
  readonly args: readonly GoExpression[];
}

/** As much of Go's expressions as composite literals are made of; operators only hold their operands together. */
export type GoExpression =
  | GoLiteral
  | GoCall
  | (Placed & { readonly kind: 'string'; readonly value: string })
  | (Placed & { readonly kind: 'name'; readonly name: string })
  | (Placed & { readonly kind: 'other'; readonly parts: readonly GoExpression[] });

export interface Parsed {
  readonly expression: GoExpression;
  /** Index of the first token behind it. */
  readonly next: number;
}

/** Brackets nest by recursion; deeper than this is no code a person wrote, and would exhaust the stack. */
const deepest = 200;

/**
 * Reads the expression that begins at a token. Tolerant: code that is broken, or being typed, yields what could be
 * read. Undefined where none begins there.
 */
export function parseGoExpression(
  tokens: readonly GoToken[],
  at: number,
  /** In the head of `for`, `if` or `switch`, where a brace behind a name begins the body (Go specification, "Composite literals"). */
  inHead = false,
): Parsed | undefined {
  return parseOperands(tokens, at, { depth: 0, nested: false, inHead });
}

interface Where {
  readonly depth: number;
  /** Inside brackets, where a newline ends nothing. */
  readonly nested: boolean;
  readonly inHead: boolean;
}

const unary = new Set(['&', '*', '+', '-', '!', '^', '~', 'range']);
const binary = new Set('+ - * / % & | ^ && || == != <= >= < > << >>'.split(' '));

function parseOperands(tokens: readonly GoToken[], start: number, where: Where): Parsed | undefined {
  const first = parseOperand(tokens, start, where);
  if (first === undefined) return undefined;
  const parts = [first.expression];
  let { next } = first;
  for (;;) {
    const at = where.nested ? skipNewlines(tokens, next) : next;
    if (!binary.has(tokens[at]?.text ?? '')) break;
    // An operator at the end of a line goes on with the next one.
    const operand = parseOperand(tokens, skipNewlines(tokens, at + 1), where);
    if (operand === undefined) break;
    parts.push(operand.expression);
    next = operand.next;
  }
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return { expression: only, next };
  const last = parts.at(-1) ?? first.expression;
  return { expression: { kind: 'other', parts, start: first.expression.start, end: last.end }, next };
}

function parseOperand(tokens: readonly GoToken[], start: number, where: Where): Parsed | undefined {
  let at = start;
  while (unary.has(tokens[at]?.text ?? '')) at++;
  const token = tokens[at];
  if (token === undefined || where.depth > deepest) return undefined;
  const { text } = token;
  const end = token.start + text.length;
  if (isGoString(text)) {
    return { expression: { kind: 'string', value: unquote(text), start: token.start, end }, next: at + 1 };
  }
  if (text === '{' && !where.inHead) return parseBraces(tokens, at, { type: '', start: token.start, where });
  if (text === '(') {
    const list = parseList(tokens, at, ')', where);
    return {
      expression: { kind: 'other', parts: values(list), start: token.start, end: list.end },
      next: list.next,
    };
  }
  if (text === 'func') return skipFunction(tokens, at);
  if (text === '[' || isGoName(text)) return parseTypeOrName(tokens, at, where);
  if (/^[\d']/.test(text)) {
    return { expression: { kind: 'other', parts: [], start: token.start, end }, next: at + 1 };
  }
  return undefined;
}

/** A name, what it is called with, or the literal of the type that it is. */
function parseTypeOrName(tokens: readonly GoToken[], start: number, where: Where): Parsed | undefined {
  const begin = tokens[start];
  if (begin === undefined) return undefined;
  let name = '';
  let at = start;
  // `[]T`, `[...]T`, `[3]T`, `map[K]V`, `*T` within; then `a.b.c`.
  for (;;) {
    const text = tokens[at]?.text ?? '';
    if (text === '[' && (name === '' || name.endsWith(']') || name.endsWith('map'))) {
      const close = closing(tokens, at);
      name += tokens
        .slice(at, close + 1)
        .map((it) => it.text)
        .join('');
      at = close + 1;
    } else if (text === '*' && name.endsWith(']')) {
      name += text;
      at++;
    } else if (isGoName(text) && (name === '' || /[\].*]$/.test(name))) {
      name += text;
      at++;
    } else if (text === '.' && name !== '' && isGoName(tokens[at + 1]?.text ?? '')) {
      name += text;
      at++;
    } else break;
  }
  const last = tokens[at - 1];
  if (last === undefined || at === start) return undefined;
  const end = last.start + last.text.length;
  const text = tokens[at]?.text;
  if (text === '{' && !(where.inHead && isGoName(last.text)))
    return parseBraces(tokens, at, { type: name, start: begin.start, where });
  const named: GoExpression = { kind: 'name', name, start: begin.start, end };
  return text === '(' || text === '[' || text === '.'
    ? parsePostfix(tokens, at, named, where)
    : { expression: named, next: at };
}

/** Calls, indexes and selectors behind an operand. */
function parsePostfix(
  tokens: readonly GoToken[],
  start: number,
  operand: GoExpression,
  where: Where,
): Parsed {
  let expression = operand;
  let at = start;
  for (;;) {
    const text = tokens[at]?.text;
    if (text === '(') {
      const list = parseList(tokens, at, ')', where);
      const callee = expression.kind === 'name' ? expression.name : '';
      const args = expression.kind === 'name' ? values(list) : [expression, ...values(list)];
      expression = { kind: 'call', callee, args, start: expression.start, end: list.end };
      at = list.next;
    } else if (text === '[') {
      const close = closing(tokens, at);
      const end = (tokens[close]?.start ?? expression.end) + 1;
      expression = { kind: 'other', parts: [expression], start: expression.start, end };
      at = close + 1;
    } else if (text === '.' && tokens[at + 1] !== undefined) {
      at += 2;
    } else return { expression, next: at };
  }
}

function parseBraces(
  tokens: readonly GoToken[],
  at: number,
  { type, start, where }: { readonly type: string; readonly start: number; readonly where: Where },
): Parsed {
  const list = parseList(tokens, at, '}', where);
  const open = tokens[at]?.start ?? start;
  return {
    expression: { kind: 'literal', type, elements: list.elements, open, start, end: list.end },
    next: list.next,
  };
}

interface List {
  readonly elements: readonly GoElement[];
  readonly end: number;
  readonly next: number;
}

function values(list: List): readonly GoExpression[] {
  return list.elements.map((it) => it.value);
}

/** What stands between brackets, separated by commas; what can't be read is skipped up to the next comma. */
function parseList(tokens: readonly GoToken[], open: number, close: ')' | '}', where: Where): List {
  const inside: Where = { depth: where.depth + 1, nested: true, inHead: false };
  const elements: GoElement[] = [];
  let at = open + 1;
  let end = (tokens[open]?.start ?? 0) + 1;
  while (at < tokens.length) {
    at = skipNewlines(tokens, at);
    const token = tokens[at];
    if (token === undefined) break;
    end = token.start + token.text.length;
    if (token.text === close) return { elements, end, next: at + 1 };
    if (token.text === ',') {
      at++;
      continue;
    }
    const element = parseElement(tokens, at, inside);
    if (element === undefined) {
      // A bracket that closes something else: the code is broken, and the list ends here.
      if (/^[)}\]]$/.test(token.text)) return { elements, end: token.start, next: at };
      at = /^[({[]$/.test(token.text) ? closing(tokens, at) + 1 : at + 1;
      continue;
    }
    elements.push(element.element);
    at = element.next;
  }
  return { elements, end, next: at };
}

function parseElement(
  tokens: readonly GoToken[],
  at: number,
  where: Where,
): { readonly element: GoElement; readonly next: number } | undefined {
  const first = parseOperands(tokens, at, where);
  if (first === undefined) return undefined;
  const start = tokens[at]?.start ?? first.expression.start;
  const colon = skipNewlines(tokens, first.next);
  if (tokens[colon]?.text === ':') {
    const valueAt = skipNewlines(tokens, colon + 1);
    const value = parseOperands(tokens, valueAt, where);
    if (value !== undefined) {
      return {
        element: { key: first.expression, value: value.expression, start, end: value.expression.end },
        next: value.next,
      };
    }
  }
  return { element: { value: first.expression, start, end: first.expression.end }, next: first.next };
}

/** A function literal is code, not data. */
function skipFunction(tokens: readonly GoToken[], at: number): Parsed {
  let open = at + 1;
  while (open < tokens.length && tokens[open]?.text !== '{' && tokens[open]?.text !== '\n') {
    open = tokens[open]?.text === '(' ? closing(tokens, open) + 1 : open + 1;
  }
  const close = tokens[open]?.text === '{' ? closing(tokens, open) : open;
  const start = tokens[at]?.start ?? 0;
  return {
    expression: { kind: 'other', parts: [], start, end: (tokens[close]?.start ?? start) + 1 },
    next: close + 1,
  };
}

/** Index of the bracket that closes the one at an index; of the last token where none does. */
export function closing(tokens: readonly GoToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const text = tokens[at]?.text ?? '';
    if (/^[([{]$/.test(text)) depth++;
    else if (/^[)\]}]$/.test(text) && --depth === 0) return at;
  }
  return tokens.length - 1;
}

function skipNewlines(tokens: readonly GoToken[], at: number): number {
  let next = at;
  while (tokens[next]?.text === '\n') next++;
  return next;
}

/** A string's value; escapes are left as they are, for no name that matters has one. */
function unquote(text: string): string {
  return text.slice(1, -1);
}
