import { entry } from '../entry.js';
import type { SsaDump } from '../model.js';
import type { SearchHits } from '../search.js';

/** One line of a pass as it is shown. Numbers are indices into the dump's lists. */
export type PassRow =
  | { readonly kind: 'block'; readonly block: number }
  | { readonly kind: 'value'; readonly value: number; readonly block: number }
  | { readonly kind: 'end'; readonly block: number }
  | { readonly kind: 'name'; readonly slot: number };

/** The lines of a pass, and where things are among them. */
export interface PassRows {
  readonly rows: readonly PassRow[];
  /** Row by id of a value. */
  readonly ofValue: ReadonlyMap<number, number>;
  /** Row of the line that opens a block, by id of the block. */
  readonly ofBlock: ReadonlyMap<number, number>;
}

/** The lines of a pass in the compiler's order: of each block its head, values and end; then the variables. */
export function passRows(dump: SsaDump, pass: number): PassRows {
  const state = entry(dump.states, entry(dump.passes, pass).state);
  const rows: PassRow[] = [];
  for (const index of state.blocks) {
    rows.push({ kind: 'block', block: index });
    for (const value of entry(dump.blocks, index).values) rows.push({ kind: 'value', value, block: index });
    rows.push({ kind: 'end', block: index });
  }
  for (const slot of state.slots) rows.push({ kind: 'name', slot });
  return indexRows(dump, rows);
}

/** Those lines whose values were found, each below the head of its block. */
export function foundRows(dump: SsaDump, { rows }: PassRows, hits: SearchHits): PassRows {
  const kept: PassRow[] = [];
  let head: PassRow | undefined;
  for (const row of rows) {
    if (row.kind === 'block') head = row;
    if (row.kind !== 'value' || !isHit(dump, row, hits)) continue;
    if (head !== undefined) kept.push(head);
    head = undefined;
    kept.push(row);
  }
  return indexRows(dump, kept);
}

/** Whether a line is a value that was found. */
export function isHit(dump: SsaDump, row: PassRow, { values, blocks }: SearchHits): boolean {
  return (
    row.kind === 'value' && values[row.value] === 1 && blocks?.has(entry(dump.blocks, row.block).id) !== false
  );
}

function indexRows(dump: SsaDump, rows: readonly PassRow[]): PassRows {
  const ofValue = new Map<number, number>();
  const ofBlock = new Map<number, number>();
  rows.forEach((row, at) => {
    if (row.kind === 'value') ofValue.set(entry(dump.values, row.value).id, at);
    else if (row.kind === 'block') ofBlock.set(entry(dump.blocks, row.block).id, at);
  });
  return { rows, ofValue, ofBlock };
}
