import { closeOf } from './brackets.js';
import type { BlockState } from './model.js';
import { parseIds, printId, type Intern } from './valueLine.js';

/** What the line that opens a block says: `b3: <- b1 b2 DEAD`. */
export type BlockStart = Pick<BlockState, 'id' | 'preds' | 'dead'>;
/** What the line that ends a block says: `If v57 -> b6 b7 (likely)`. */
export type BlockEnd = Pick<BlockState, 'kind' | 'aux' | 'controls' | 'succs' | 'likely'>;

/** `b3: <- b1 b2 DEAD`; undefined for a line that opens no block. */
export function parseBlockStart(line: string): BlockStart | undefined {
  const found = /^b(\d+):(?: <-((?: b\d+)+))?( DEAD)?$/.exec(line);
  if (found === null) return undefined;
  const [, id, preds, dead] = found;
  return {
    id: Number(id),
    ...(preds === undefined ? {} : { preds: blockIds(preds) }),
    ...(dead === undefined ? {} : { dead: 1 }),
  };
}

/** `If v57 -> b6 b7 (likely)`: kind, aux, controls, successors (cmd/compile/internal/ssa, Block.LongString). */
export function parseBlockEnd(line: string, intern: Intern): BlockEnd {
  const kindEnd = line.indexOf(' ');
  if (kindEnd < 0) return { kind: intern(line) };
  const auxEnd = findAuxEnd(line, kindEnd);
  const rest = line.slice(auxEnd);
  const found = /^((?: (?:v\d+|nil))*)(?: ->((?: b\d+)+))?(?: \((likely|unlikely)\))?$/.exec(rest);
  // Nothing is lost of a line that is written otherwise: all of it is then the kind.
  if (found === null) return { kind: intern(line) };
  const [, controls = '', succs, likely] = found;
  return {
    kind: intern(line.slice(0, kindEnd)),
    ...(auxEnd === kindEnd ? {} : { aux: intern(line.slice(kindEnd, auxEnd)) }),
    ...(controls === '' ? {} : { controls: parseIds(controls) }),
    ...(succs === undefined ? {} : { succs: blockIds(succs) }),
    ...(likely === undefined ? {} : { likely: likely === 'likely' ? 1 : -1 }),
  };
}

export function printBlockStart({ id, preds, dead }: BlockStart): string {
  const from = preds === undefined ? '' : ` <- ${preds.map((it) => `b${it}`).join(' ')}`;
  return `b${id}:${from}${dead === 1 ? ' DEAD' : ''}`;
}

export function printBlockEnd(block: BlockEnd, strings: readonly string[]): string {
  let line = `${strings[block.kind] ?? ''}${block.aux === undefined ? '' : (strings[block.aux] ?? '')}`;
  for (const id of block.controls ?? []) line += ` ${printId(id)}`;
  if (block.succs !== undefined) line += ` -> ${block.succs.map((it) => `b${it}`).join(' ')}`;
  if (block.likely !== undefined) line += block.likely === 1 ? ' (likely)' : ' (unlikely)';
  return line;
}

function findAuxEnd(line: string, at: number): number {
  let end = at;
  while (line.startsWith(' {', end) || line.startsWith(' [', end)) {
    const closed = closeOf(line, end + 1);
    if (closed < 0) return end;
    end = closed;
  }
  return end;
}

function blockIds(text: string): readonly number[] {
  return text
    .trim()
    .split(' ')
    .map((it) => Number(it.slice(1)));
}
