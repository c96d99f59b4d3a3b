import { element } from '../element.js';

/** A column: how its cells read and how it sorts. */
export interface Column<Row> {
  readonly title: string;
  readonly number?: true;
  readonly text: (row: Row) => string;
  /** What it is sorted by; absent: the text. */
  readonly value?: (row: Row) => number | string;
  readonly className?: string;
}

export interface TableSorting {
  readonly column: number;
  readonly descending: boolean;
}

export interface VirtualTable<Row> {
  readonly element: HTMLElement;
  /** Shows these rows and no others, sorted as it is. */
  set(rows: readonly Row[]): void;
  /** Marks the row of this key and scrolls to it, where it is there. */
  select(key: number | string | undefined): void;
}

interface Options<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => number | string;
  readonly sorting?: TableSorting | undefined;
  readonly onSort?: (sorting: TableSorting) => void;
  readonly onSelect?: (row: Row) => void;
  /** How deep a row lies in a tree, from 1; absent: the rows are a flat list. */
  readonly levelOf?: (row: Row) => number;
}

const rowHeight = 22;
/** Rows beyond the edge that are kept ready, so that a scroll shows no gap. */
const margin = 8;

/**
 * A table of any length: only the rows in sight are elements. The keys are those of a list: arrows, pages, Home, End;
 * Enter and a click choose. Heads that sort are buttons.
 */
export function createVirtualTable<Row>(options: Options<Row>): VirtualTable<Row> {
  const { columns, keyOf, levelOf } = options;
  const id = `table-${String(++tables)}`;
  let sorting = options.sorting;
  let given: readonly Row[] = [];
  let rows: readonly Row[] = [];
  let active = -1;

  const heads = columns.map((column, index) => head(column, () => sortBy(index), levelOf === undefined));
  const header = element(
    'div',
    { role: 'rowgroup', class: 'heads' },
    element('div', { role: 'row', class: 'row', 'aria-rowindex': 1 }, ...heads),
  );
  const body = element('div', { role: 'rowgroup', class: 'rows' });
  const table = element(
    'div',
    {
      class: 'virtual',
      role: levelOf === undefined ? 'grid' : 'treegrid',
      'aria-label': options.label,
      'aria-readonly': 'true',
      tabindex: 0,
    },
    header,
    body,
  );
  table.style.setProperty('--columns', String(columns.length));

  /** Elements of rows in sight, by index: a scroll makes those that come, and leaves the others as they are. */
  const made = new Map<number, HTMLElement>();
  const paint = (): void => {
    const first = Math.max(0, Math.floor(table.scrollTop / rowHeight) - margin);
    const count = Math.ceil(table.clientHeight / rowHeight) + 2 * margin;
    const end = Math.min(rows.length, first + count);
    for (const [index, it] of made) {
      if (index >= first && index < end) continue;
      it.remove();
      made.delete(index);
    }
    // From the last on, each before the one that follows it: screen readers go by the order of elements.
    let next: HTMLElement | null = null;
    for (let index = end - 1; index >= first; index--) {
      const row = rows[index];
      if (row === undefined) continue;
      const known = made.get(index);
      const line: HTMLElement = known ?? rowElement(row, index);
      if (known === undefined) body.insertBefore(line, next);
      made.set(index, line);
      next = line;
    }
  };
  const repaint = (): void => {
    made.clear();
    body.replaceChildren();
    body.style.height = `${String(rows.length * rowHeight)}px`;
    table.setAttribute('aria-rowcount', String(rows.length + 1));
    paint();
  };
  const mark = (): void => {
    for (const [index, it] of made) it.setAttribute('aria-selected', String(index === active));
    if (made.has(active)) table.setAttribute('aria-activedescendant', `${id}-${String(active)}`);
    else table.removeAttribute('aria-activedescendant');
  };
  const rowElement = (row: Row, index: number): HTMLElement => {
    const line = element(
      'div',
      {
        id: `${id}-${String(index)}`,
        role: 'row',
        class: 'row',
        'aria-rowindex': index + 2,
        'aria-selected': index === active ? 'true' : 'false',
        ...(levelOf === undefined ? {} : { 'aria-level': levelOf(row) }),
      },
      ...columns.map((column, at) => {
        const text = column.text(row);
        const cell = element('div', { role: 'gridcell', class: cellClass(column), title: text }, text);
        if (at === 0 && levelOf !== undefined)
          cell.style.paddingLeft = `${String((levelOf(row) - 1) * 16)}px`;
        return cell;
      }),
    );
    line.style.top = `${String(index * rowHeight)}px`;
    line.addEventListener('click', () => {
      activate(index);
      choose();
    });
    return line;
  };
  const activate = (index: number): void => {
    active = Math.max(0, Math.min(index, rows.length - 1));
    const top = active * rowHeight;
    const room = table.clientHeight - header.offsetHeight;
    if (top < table.scrollTop) table.scrollTop = top;
    else if (top + rowHeight > table.scrollTop + room) table.scrollTop = top + rowHeight - room;
    paint();
    mark();
  };
  const choose = (): void => {
    const row = rows[active];
    if (row !== undefined) options.onSelect?.(row);
  };
  const arrange = (): void => {
    const current = rows[active];
    const key = current === undefined ? undefined : keyOf(current);
    rows =
      sorting === undefined
        ? given
        : [...given].sort(comparison(columns[sorting.column], sorting.descending));
    active = key === undefined ? -1 : rows.findIndex((it) => keyOf(it) === key);
    heads.forEach((it, column) => {
      const isSorted = sorting?.column === column;
      if (levelOf === undefined)
        it.setAttribute('aria-sort', !isSorted ? 'none' : sorting?.descending ? 'descending' : 'ascending');
    });
    repaint();
    mark();
  };
  const sortBy = (column: number): void => {
    // Numbers are asked for largest first, names from A on.
    const descending = sorting?.column === column ? !sorting.descending : columns[column]?.number === true;
    sorting = { column, descending };
    options.onSort?.(sorting);
    arrange();
  };

  const look = (): void => {
    paint();
    mark();
  };
  table.addEventListener('scroll', look, { passive: true });
  table.addEventListener('keydown', (event) => {
    if (event.target !== table) return;
    const page = Math.max(1, Math.floor(table.clientHeight / rowHeight) - 2);
    const next = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (next !== undefined && rows.length > 0) {
      event.preventDefault();
      activate(next);
    } else if (event.key === 'Enter') {
      choose();
    }
  });
  new ResizeObserver(look).observe(table);

  return {
    element: table,
    set(next) {
      given = next;
      arrange();
    },
    select(key) {
      const at = rows.findIndex((it) => keyOf(it) === key);
      if (at === active) return;
      if (at < 0) {
        active = -1;
        mark();
      } else {
        activate(at);
      }
    },
  };
}

let tables = 0;

function head<Row>(column: Column<Row>, onClick: () => void, sorts: boolean): HTMLElement {
  const made = element('div', { role: 'columnheader', class: cellClass(column) });
  if (!sorts) {
    made.append(column.title);
    return made;
  }
  const button = element('button', { type: 'button', class: 'sort' }, column.title);
  button.addEventListener('click', onClick);
  made.append(button);
  return made;
}

function cellClass<Row>({ number, className }: Column<Row>): string {
  return ['cell', number === true ? 'number' : '', className ?? ''].filter((it) => it !== '').join(' ');
}

function comparison<Row>(column: Column<Row> | undefined, descending: boolean): (a: Row, b: Row) => number {
  if (column === undefined) return () => 0;
  const value = column.value ?? column.text;
  const direction = descending ? -1 : 1;
  return (a, b) => {
    const [left, right] = [value(a), value(b)];
    return (
      direction *
      (typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left).localeCompare(String(right)))
    );
  };
}
