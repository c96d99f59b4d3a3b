import { closeOf, findOutside, splitNames } from './brackets.js';
import type { ValueState } from './model.js';

/** Index of a text in the dump's `strings`, added where it is new. */
export type Intern = (text: string) => number;

const head = /^\(([+-]?)(\d+|\?)\) v(\d+) = (\S+) </;

/**
 * Takes a value apart as the compiler prints it (cmd/compile/internal/ssa, Value.LongString): position, id, op, type,
 * aux, arguments, register, names. A line that is written otherwise is kept whole as `raw`.
 */
export function parseValueLine(line: string, intern: Intern): ValueState {
  const known = head.exec(line);
  const parsed = known === null ? undefined : parseRest(line, known, intern);
  return parsed ?? { id: valueId(line), op: intern(''), type: intern(''), raw: intern(line) };
}

/** A value as the compiler prints it, without indentation; the inverse of {@link parseValueLine}. */
export function printValue(value: ValueState, strings: readonly string[]): string {
  const text = (index: number | undefined): string => (index === undefined ? '' : (strings[index] ?? ''));
  if (value.raw !== undefined) return text(value.raw);
  let line = `${printPosition(value)} v${value.id} = ${text(value.op)} <${text(value.type)}>${text(value.aux)}`;
  for (const id of value.args ?? []) line += ` ${printId(id)}`;
  if (value.reg !== undefined) line += ` : ${text(value.reg)}`;
  if (value.tmp !== undefined) line += ` tmp=${text(value.tmp)}`;
  if (value.names !== undefined) line += ` (${value.names.map(text).join(', ')})`;
  return value.dead === 1 ? `${line} DEAD` : line;
}

/** `(+14)`, `(?)` */
export function printPosition({ line, stmt }: Pick<ValueState, 'line' | 'stmt'>): string {
  if (line === undefined) return '(?)';
  return `(${stmt === undefined ? '' : stmt === 1 ? '+' : '-'}${line})`;
}

/** `v7`; a value that is missing prints as the compiler's `nil`. */
export function printId(id: number): string {
  return id < 0 ? 'nil' : `v${id}`;
}

/** The ids of a list like ` v3 v9`. */
export function parseIds(text: string): readonly number[] {
  return text.match(/\b(?:v\d+|nil)\b/g)?.map((it) => (it === 'nil' ? -1 : Number(it.slice(1)))) ?? [];
}

/** Line and statement mark of `+14`, `14`, `?`. */
export function parsePosition(sign: string, digits: string): Pick<ValueState, 'line' | 'stmt'> {
  if (digits === '?') return {};
  const line = Number(digits);
  return sign === '' ? { line } : { line, stmt: sign === '+' ? 1 : -1 };
}

function parseRest(line: string, known: RegExpExecArray, intern: Intern): ValueState | undefined {
  const [all, sign = '', digits = '', id = '', op = ''] = known;
  const typeEnd = findTypeEnd(line, all.length);
  if (typeEnd < 0) return undefined;
  const auxEnd = findAuxEnd(line, typeEnd + 1);
  if (auxEnd < 0) return undefined;
  const operands = /(?: (?:v\d+|nil))*/y;
  operands.lastIndex = auxEnd;
  const argText = operands.exec(line)?.[0] ?? '';
  const tail = parseTail(line.slice(auxEnd + argText.length), intern);
  if (tail === undefined) return undefined;
  return {
    id: Number(id),
    op: intern(op),
    type: intern(line.slice(all.length, typeEnd)),
    ...(auxEnd === typeEnd + 1 ? {} : { aux: intern(line.slice(typeEnd + 1, auxEnd)) }),
    ...(argText === '' ? {} : { args: parseIds(argText) }),
    ...tail,
    ...parsePosition(sign, digits),
  };
}

/** A type holds `>` only in struct tags, which are quoted; the arrows of channels point left. */
function findTypeEnd(line: string, at: number): number {
  return findOutside(line, '>', at);
}

/** Aux is a symbol in braces, a constant in brackets, or both; constants of flags have no blank before them. */
function findAuxEnd(line: string, at: number): number {
  let end = at;
  for (;;) {
    const bracket = line[end] === ' ' ? end + 1 : end;
    if (line[bracket] !== '{' && line[bracket] !== '[') return end;
    const closed = closeOf(line, bracket);
    if (closed < 0) return -1;
    end = closed;
  }
}

type Tail = Pick<ValueState, 'reg' | 'tmp' | 'names' | 'dead'>;

function parseTail(text: string, intern: Intern): Tail | undefined {
  let rest = text;
  const dead = rest.endsWith(' DEAD');
  if (dead) rest = rest.slice(0, -5);
  const tail: { -readonly [key in keyof Tail]: Tail[key] } = {};
  if (rest.startsWith(' : ')) {
    const end = registerEnd(rest, 3);
    tail.reg = intern(rest.slice(3, end));
    rest = rest.slice(end);
  }
  if (rest.startsWith(' tmp=')) {
    const end = registerEnd(rest, 5);
    tail.tmp = intern(rest.slice(5, end));
    rest = rest.slice(end);
  }
  if (rest.startsWith(' (') && rest.endsWith(')')) {
    tail.names = splitNames(rest.slice(2, -1)).map(intern);
    rest = '';
  }
  if (dead) tail.dead = 1;
  return rest === '' ? tail : undefined;
}

/** A stack slot's type may hold blanks, but only inside brackets. */
function registerEnd(text: string, at: number): number {
  const blank = findOutside(text, ' ', at);
  return blank < 0 ? text.length : blank;
}

function valueId(line: string): number {
  const id = /\bv(\d+) = /.exec(line)?.[1];
  return id === undefined ? -1 : Number(id);
}
