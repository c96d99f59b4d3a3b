import { entry } from '../entry.js';
import type { BlockState, SsaDump, ValueState } from '../model.js';
import { printId, printPosition } from '../valueLine.js';
import type { PassRow } from './passRows.js';

/** A piece of a line, by what it is. Only values, blocks and positions have an id: a number to go to. */
export interface Token {
  readonly text: string;
  readonly kind: 'plain' | 'value' | 'block' | 'op' | 'type' | 'aux' | 'register' | 'name' | 'position';
  readonly id?: number;
}

const plain = (text: string): Token => ({ text, kind: 'plain' });

/** A line of a pass in pieces; together they read as the compiler prints it, but for the position, which comes last. */
export function rowTokens(dump: SsaDump, row: PassRow): readonly Token[] {
  switch (row.kind) {
    case 'block':
      return blockStart(entry(dump.blocks, row.block));
    case 'value':
      return valueTokens(entry(dump.values, row.value), dump.strings);
    case 'end':
      return blockEnd(entry(dump.blocks, row.block), dump.strings);
    case 'name': {
      const { name, values } = entry(dump.slots, row.slot);
      const label: Token = { text: dump.strings[name] ?? '', kind: 'name' };
      return [plain('name '), label, plain(':'), ...values.flatMap((id) => [plain(' '), valueRef(id)])];
    }
  }
}

function valueTokens(value: ValueState, strings: readonly string[]): readonly Token[] {
  const text = (index: number | undefined): string => (index === undefined ? '' : (strings[index] ?? ''));
  if (value.raw !== undefined) return [valueRef(value.id), plain(` ${text(value.raw)}`)];
  const tokens: Token[] = [
    valueRef(value.id),
    plain(' = '),
    { text: text(value.op), kind: 'op' },
    { text: ` <${text(value.type)}>`, kind: 'type' },
  ];
  if (value.aux !== undefined) tokens.push({ text: text(value.aux), kind: 'aux' });
  for (const id of value.args ?? []) tokens.push(plain(' '), valueRef(id));
  if (value.reg !== undefined) tokens.push(plain(' : '), { text: text(value.reg), kind: 'register' });
  if (value.tmp !== undefined) tokens.push(plain(' tmp='), { text: text(value.tmp), kind: 'register' });
  if (value.names !== undefined)
    tokens.push({ text: ` (${value.names.map(text).join(', ')})`, kind: 'name' });
  if (value.line !== undefined)
    tokens.push({ text: ` ${printPosition(value)}`, kind: 'position', id: value.line });
  return tokens;
}

function blockStart({ id, preds }: BlockState): readonly Token[] {
  const from = (preds ?? []).flatMap((it) => [plain(' '), blockRef(it)]);
  return [blockRef(id), plain(':'), ...(from.length === 0 ? [] : [plain(' ←'), ...from])];
}

function blockEnd(block: BlockState, strings: readonly string[]): readonly Token[] {
  const { kind, aux, controls, succs, likely, line } = block;
  return [
    { text: strings[kind] ?? '', kind: 'op' },
    ...(aux === undefined ? [] : [{ text: strings[aux] ?? '', kind: 'aux' } as const]),
    ...(controls ?? []).flatMap((id) => [plain(' '), valueRef(id)]),
    ...(succs === undefined ? [] : [plain(' →'), ...succs.flatMap((id) => [plain(' '), blockRef(id)])]),
    ...(likely === undefined ? [] : [plain(likely === 1 ? ' (likely)' : ' (unlikely)')]),
    ...(line === undefined
      ? []
      : [{ text: ` ${printPosition(block)}`, kind: 'position', id: line } as const]),
  ];
}

function valueRef(id: number): Token {
  return id < 0 ? plain(printId(id)) : { text: printId(id), kind: 'value', id };
}

function blockRef(id: number): Token {
  return { text: `b${id}`, kind: 'block', id };
}
