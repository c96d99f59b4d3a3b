import { entry } from '../../core/ssa/entry.js';
import type { SsaModel } from '../../core/ssa/view/createSsaModel.js';
import { placeKey } from '../../core/ssa/view/places.js';
import type { Lit, Selection } from '../../core/ssa/view/selection.js';
import { element } from '../element.js';
import { columnFrame, type Column } from './column.js';
import { gutter } from './lineContent.js';
import type { LineNote } from './lineNotes.js';
import { createVirtualList } from './virtualList.js';

export interface TextColumnOptions {
  lit(): Lit;
  onSelect(selection: Selection): void;
  onOpen(selection: Selection): void;
}

export interface TextColumn extends Column {
  reveal(where: 'nearest' | 'center'): void;
}

/** The source: the function's, then that of what was inlined into it. */
export function createSourceColumn(
  model: SsaModel,
  notes: ReadonlyMap<string, readonly LineNote[]>,
  options: TextColumnOptions,
): TextColumn {
  const rows = model.source();
  const selectionOf = (index: number): Selection => {
    const row = rows[index];
    return row?.kind === 'line' ? { kind: 'place', place: row.place } : { kind: 'none' };
  };
  const list = createVirtualList({
    id: 'source',
    label: 'Source',
    count: () => rows.length,
    key(index) {
      const row = entry(rows, index);
      return row.kind === 'head' ? '' : (options.lit().places.get(placeKey(row.place)) ?? '');
    },
    draw(index) {
      const row = entry(rows, index);
      if (row.kind === 'head') {
        const path = entry(model.dump.files, row.file);
        const name = element('span', { class: 'path', title: path }, baseName(path));
        return { content: row.inlined ? ['inlined from ', name] : [name], classes: 'row-head' };
      }
      const key = placeKey(row.place);
      const role = options.lit().places.get(key);
      const told = notes.get(key) ?? [];
      return {
        content: [
          element('span', { class: 'number' }, String(row.place.line)),
          gutter(undefined, role),
          row.text.replaceAll('\t', '    '),
          ...told.map(({ text, title }) => element('span', { class: 'note', title }, text)),
        ],
        classes: role === undefined ? '' : `role-${role}`,
      };
    },
    onChoose: (index) => {
      options.onSelect(selectionOf(index));
    },
    onOpen: (index) => {
      options.onOpen(selectionOf(index));
    },
  });
  const column = columnFrame('source', 'Source', [element('h2', {}, 'Source')], list);
  return {
    ...column,
    reveal(where) {
      const { places } = options.lit();
      const at = rows.findIndex((row) => row.kind === 'line' && places.get(placeKey(row.place)) === 'main');
      if (at < 0) return;
      list.cursor = at;
      list.reveal(at, where);
    },
  };
}

/** The machine code, with addresses where the assembler's listing is there. */
export function createCodeColumn(model: SsaModel, of: string, options: TextColumnOptions): TextColumn {
  // What tells the runtime about pointers is no instruction.
  const rows = model.code().filter((it) => !/^(?:FUNC|PC)DATA\b/.test(it.text));
  const { dump } = model;
  const last = dump.passes.length - 1;
  const selectionOf = (index: number): Selection => {
    const row = rows[index];
    const made = row?.instruction === undefined ? undefined : entry(dump.code, row.instruction);
    if (made?.value !== undefined) return { kind: 'value', id: made.value, pass: last };
    if (made?.block !== undefined) return { kind: 'block', id: made.block, pass: last };
    return row?.place === undefined ? { kind: 'none' } : { kind: 'place', place: row.place };
  };
  const title = of === '' ? 'Machine code' : `Machine code for ${of}`;
  const list = createVirtualList({
    id: `code-${of}`,
    label: title,
    count: () => rows.length,
    key(index) {
      const { instruction } = entry(rows, index);
      return instruction === undefined ? '' : (options.lit().code.get(instruction) ?? '');
    },
    draw(index) {
      const { address, text, link, instruction } = entry(rows, index);
      const made = instruction === undefined ? undefined : entry(dump.code, instruction);
      const role = instruction === undefined ? undefined : options.lit().code.get(instruction);
      const maker =
        made?.value !== undefined ? `v${made.value}` : made?.block !== undefined ? `b${made.block}` : '';
      const [mnemonic = '', ...operands] = text.split('\t');
      const number = address === undefined ? String(made?.pc ?? '') : address.toString(16).padStart(4, '0');
      return {
        content: [
          element('span', { class: 'number' }, number),
          gutter(undefined, role),
          element('span', { class: `of ${made?.value === undefined ? 'block' : 'value'}` }, maker),
          element('span', { class: 'op' }, mnemonic.padEnd(7)),
          ` ${operands.join(' ')}`,
          ...(link === undefined ? [] : [element('span', { class: 'type' }, `  ${link}`)]),
        ],
        classes: role === undefined ? '' : `role-${role}`,
      };
    },
    onChoose: (index) => {
      options.onSelect(selectionOf(index));
    },
    onOpen: (index) => {
      const { place } = entry(rows, index);
      if (place !== undefined) options.onOpen({ kind: 'place', place });
    },
  });
  const column = columnFrame('code', title, [element('h2', {}, title)], list);
  return {
    ...column,
    reveal(where) {
      const { code } = options.lit();
      const at = rows.findIndex(
        (row) => row.instruction !== undefined && code.get(row.instruction) === 'main',
      );
      if (at < 0) return;
      list.cursor = at;
      list.reveal(at, where);
    },
  };
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
