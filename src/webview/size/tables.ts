import { compareSizes } from '../../core/insight/size/compareSizes.js';
import { ownerLabel, ownerNote } from '../../core/insight/size/sizeGroups.js';
import type { SizeOwner, SizeReport } from '../../core/insight/size/sizeReport.js';
import { formatSize } from '../../core/text/formatText.js';
import type { SizeSubject } from '../../protocol/size.js';
import { element } from '../element.js';

/** Which column a table is sorted by. */
export interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

type Cell = string | number | Node;

interface Column {
  readonly title: string;
  readonly number?: true;
  /** How a number is written. */
  readonly format?: (value: number) => string;
}

const bytes = (value: number): string => value.toLocaleString('en');
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const signed = (value: number): string =>
  value === 0 ? '0' : `${value > 0 ? '+' : '−'}${formatSize(Math.abs(value))}`;

/** Every owner with its size; columns sort on a click. */
export function ownerTable(
  report: SizeReport,
  sorting: Sorting | undefined,
  onSort: (sorting: Sorting) => void,
): HTMLElement {
  const rows = report.entries.map((it) => [
    ownerText(it.owner),
    it.owner.kind === 'package' ? (it.owner.module ?? (it.owner.standard ? 'standard library' : '')) : '',
    it.bytes,
    it.bytes / report.facts.size,
  ]);
  const columns: readonly Column[] = [
    { title: 'Package' },
    { title: 'Module' },
    { title: 'Bytes', number: true, format: bytes },
    { title: 'Share', number: true, format: percent },
  ];
  return sortable('Size by package; the sum is the size of the file', columns, rows, sorting, onSort);
}

export function sectionTable(report: SizeReport): HTMLElement {
  const rows = report.sections.map((it) => [it.name, it.bytes, it.bytes / report.facts.size]);
  const columns: readonly Column[] = [
    { title: 'Section' },
    { title: 'Bytes', number: true, format: bytes },
    { title: 'Share', number: true, format: percent },
  ];
  return sortable('Size by section, in the order of the file', columns, rows);
}

export function differenceTable(before: SizeSubject, after: SizeSubject): HTMLElement {
  const rows = compareSizes(before.report, after.report).map((it) => [
    ownerText(it.owner),
    it.before,
    it.after,
    it.after - it.before,
  ]);
  const columns: readonly Column[] = [
    { title: 'Package' },
    { title: before.title, number: true, format: bytes },
    { title: after.title, number: true, format: bytes },
    { title: 'Difference', number: true, format: signed },
  ];
  return sortable('Size by package in both, the largest difference first', columns, rows);
}

function ownerText(owner: SizeOwner): Cell {
  const note = ownerNote(owner);
  return note === undefined ? ownerLabel(owner) : element('span', { title: note }, ownerLabel(owner));
}

function sortable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  sorting?: Sorting,
  onSort?: (sorting: Sorting) => void,
): HTMLElement {
  const body = element('tbody');
  const headers = columns.map((it) => element('th', { scope: 'col', class: it.number && 'number' }));
  let current = sorting;
  const fill = (): void => {
    const sorted = current === undefined ? rows : [...rows].sort(byColumn(current));
    body.replaceChildren(...sorted.map((cells) => row(columns, cells)));
    headers.forEach((header, column) => {
      const isSorted = current?.column === column;
      header.setAttribute('aria-sort', !isSorted ? 'none' : current?.descending ? 'descending' : 'ascending');
    });
  };
  columns.forEach((column, index) => {
    const button = element('button', { type: 'button', class: 'sort' }, column.title);
    button.addEventListener('click', () => {
      // Numbers are asked for largest first, names from A on.
      const descending = current?.column === index ? !current.descending : column.number === true;
      current = { column: index, descending };
      onSort?.(current);
      fill();
    });
    headers[index]?.append(button);
  });
  fill();
  const head = element('thead', {}, element('tr', {}, ...headers));
  return element('table', {}, element('caption', { class: 'quiet' }, caption), head, body);
}

function row(columns: readonly Column[], cells: readonly Cell[]): HTMLElement {
  const made = cells.map((cell, index) => {
    const { number, format = String } = columns[index] ?? {};
    const content = typeof cell === 'number' ? format(cell) : cell;
    const attributes = { class: number && 'number' };
    return index === 0
      ? element('th', { ...attributes, scope: 'row', class: 'name' }, content)
      : element('td', attributes, content);
  });
  return element('tr', {}, ...made);
}

function byColumn({ column, descending }: Sorting): (a: readonly Cell[], b: readonly Cell[]) => number {
  const direction = descending ? -1 : 1;
  return (a, b) => {
    const [left = '', right = ''] = [a[column], b[column]];
    return typeof left === 'number' && typeof right === 'number'
      ? (left - right) * direction
      : text(left).localeCompare(text(right)) * direction;
  };
}

function text(cell: Cell): string {
  return typeof cell === 'object' ? (cell.textContent ?? '') : String(cell);
}
