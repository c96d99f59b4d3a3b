import { entry } from '../../core/ssa/entry.js';
import type { SsaDump } from '../../core/ssa/model.js';
import type { SearchHits } from '../../core/ssa/search.js';
import type { SsaModel } from '../../core/ssa/view/createSsaModel.js';
import type { Mark } from '../../core/ssa/view/diffMarks.js';
import { foundRows, isHit, type PassRow, type PassRows } from '../../core/ssa/view/passRows.js';
import { rowTokens } from '../../core/ssa/view/rowTokens.js';
import type { Lit, Role, Selection } from '../../core/ssa/view/selection.js';
import { element } from '../element.js';
import { columnFrame, type Column } from './column.js';
import { gutter, hitToken, tokenNode } from './lineContent.js';
import { createVirtualList } from './virtualList.js';

/** What a column of a pass needs to know at any moment. */
interface PassColumnOptions {
  readonly name: 'left' | 'right';
  readonly label: string;
  pass(): number;
  lit(): Lit;
  /** Marks by id of the value, once the comparison is done. */
  marks(): ReadonlyMap<number, Mark>;
  /** Blocks that came, went or end otherwise, by id. */
  blockMarks(): ReadonlyMap<number, Mark>;
  /** What is searched for, and whether nothing else is shown. */
  found(): { readonly hits: SearchHits | undefined; readonly only: boolean };
  onSelect(selection: Selection): void;
  onOpen(selection: Selection): void;
  onPass(pass: number): void;
}

export interface PassColumn extends Column {
  /** Draws the pass that it shows now; what was in sight stays where it was. */
  show(): void;
  refresh(): void;
  /** Selects the next line that was found, in a direction; false where the pass has none. */
  step(by: 1 | -1): boolean;
  /** Scrolls to what is selected, where the pass has it. */
  reveal(selection: Selection, where: 'nearest' | 'center'): void;
}

export function createPassColumn(model: SsaModel, options: PassColumnOptions): PassColumn {
  const { dump } = model;
  const currentRows = (): PassRows => {
    const all = model.rows(options.pass());
    const { hits, only } = options.found();
    return only && hits !== undefined ? foundRows(dump, all, hits) : all;
  };
  let rows = currentRows();

  const roleOf = (id: number): Role | undefined => options.lit().values(options.pass()).get(id);
  const selectionOf = (index: number, target: Element | undefined): Selection => {
    const pass = options.pass();
    const hit = hitToken(target);
    if (hit?.kind === 'value' || hit?.kind === 'block') return { kind: hit.kind, id: hit.id, pass };
    const row = rows.rows[index];
    switch (row?.kind) {
      case undefined:
        return { kind: 'none' };
      case 'block':
      case 'end':
        return { kind: 'block', id: entry(dump.blocks, row.block).id, pass };
      case 'value': {
        const value = entry(dump.values, row.value);
        const place = hit?.kind === 'position' ? model.places().of(value) : undefined;
        return place === undefined ? { kind: 'value', id: value.id, pass } : { kind: 'place', place };
      }
      case 'name': {
        const [first] = entry(dump.slots, row.slot).values;
        return first === undefined ? { kind: 'none' } : { kind: 'value', id: first, pass };
      }
    }
  };

  const lookOf = (row: PassRow) => {
    const block = row.kind === 'name' ? undefined : entry(dump.blocks, row.block);
    const value = row.kind === 'value' ? entry(dump.values, row.value) : undefined;
    const { hits } = options.found();
    return {
      mark:
        value !== undefined
          ? options.marks().get(value.id)
          : block === undefined
            ? undefined
            : options.blockMarks().get(block.id),
      role: value === undefined ? undefined : roleOf(value.id),
      inBlock: block !== undefined && options.lit().block(options.pass()) === block.id,
      isFound: hits !== undefined && isHit(dump, row, hits),
      isDead: value?.dead === 1 || block?.dead === 1,
    };
  };

  const list = createVirtualList({
    id: options.name,
    label: options.label,
    count: () => rows.rows.length,
    key(index) {
      const row = entry(rows.rows, index);
      const { mark, role, inBlock, isFound } = lookOf(row);
      const roles = idsIn(dump, row).map((id) => roleOf(id) ?? '');
      return [row.kind, numberOf(row), mark, role, inBlock, isFound, ...roles].join(' ');
    },
    draw(index) {
      const row = entry(rows.rows, index);
      const { mark, role, inBlock, isFound, isDead } = lookOf(row);
      const tokens = rowTokens(dump, row).map((token) =>
        tokenNode(token, token.kind === 'value' && token.id !== undefined ? roleOf(token.id) : undefined),
      );
      return {
        content: [gutter(mark, role), ...tokens],
        classes: [
          `row-${row.kind}`,
          mark === undefined ? '' : `mark-${mark}`,
          role === undefined ? '' : `role-${role}`,
          inBlock ? 'in-block' : '',
          isFound ? 'hit' : '',
          isDead ? 'dead' : '',
        ].join(' '),
      };
    },
    onChoose: (index, target) => {
      options.onSelect(selectionOf(index, target));
    },
    onOpen: (index) => {
      options.onOpen(selectionOf(index, undefined));
    },
  });

  const choice = element(
    'select',
    { 'aria-label': options.label },
    ...dump.passes.map((it, index) => element('option', { value: index }, it.name)),
  );
  choice.addEventListener('change', () => {
    options.onPass(Number(choice.value));
  });

  const rowOf = (selection: Selection): number | undefined => {
    switch (selection.kind) {
      case 'none':
        return undefined;
      case 'value':
        return options.lit().values(options.pass()).get(selection.id) === 'main'
          ? rows.ofValue.get(selection.id)
          : undefined;
      case 'block':
        return rows.ofBlock.get(selection.id);
      case 'place': {
        const lit = [...options.lit().values(options.pass())];
        const at = lit.flatMap(([id]) => rows.ofValue.get(id) ?? []);
        return at.length === 0 ? undefined : Math.min(...at);
      }
    }
  };

  /** The first line in sight that the other pass has too, so that it can stay where it is. */
  const anchor = (): { readonly id: number; readonly ahead: number; readonly offset: number } | undefined => {
    const { index, offset } = list.position;
    for (let at = index; at < Math.min(index + 60, rows.rows.length); at++) {
      const row = rows.rows[at];
      if (row?.kind === 'block') return { id: entry(dump.blocks, row.block).id, ahead: at - index, offset };
    }
    return undefined;
  };

  const column = columnFrame(options.name, options.label, [choice], list);
  choice.value = String(options.pass());
  return {
    ...column,
    show() {
      const before = anchor();
      rows = currentRows();
      choice.value = String(options.pass());
      const at = before === undefined ? undefined : rows.ofBlock.get(before.id);
      if (before !== undefined && at !== undefined)
        list.position = { index: Math.max(0, at - before.ahead), offset: before.offset };
      list.refresh();
    },
    refresh: () => {
      list.refresh();
    },
    step(by) {
      const { hits } = options.found();
      if (hits === undefined) return false;
      const count = rows.rows.length;
      for (let ahead = 1; ahead <= count; ahead++) {
        const at = (list.cursor + by * ahead + count * ahead) % count;
        const row = rows.rows[at];
        if (row === undefined || !isHit(dump, row, hits)) continue;
        list.cursor = at;
        list.reveal(at, 'center');
        options.onSelect(selectionOf(at, undefined));
        return true;
      }
      return false;
    },
    reveal(selection, where) {
      const at = rowOf(selection);
      if (at === undefined) return;
      list.cursor = at;
      list.reveal(at, where);
    },
  };
}

/** What a line is about: an index into the dump's list of its kind. */
function numberOf(row: PassRow): number {
  return row.kind === 'value' ? row.value : row.kind === 'name' ? row.slot : row.block;
}

/** Values that a line names beside its own. */
function idsIn({ values, blocks, slots }: SsaDump, row: PassRow): readonly number[] {
  switch (row.kind) {
    case 'value':
      return entry(values, row.value).args ?? [];
    case 'end':
      return entry(blocks, row.block).controls ?? [];
    case 'name':
      return entry(slots, row.slot).values;
    case 'block':
      return [];
  }
}
