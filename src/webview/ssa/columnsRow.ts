import { element } from '../element.js';
import type { ColumnName, Store } from './viewState.js';

const order: readonly ColumnName[] = ['source', 'ast', 'left', 'right', 'graph', 'code', 'otherCode'];
/** Least share of the width, in per cent, and how far one key press goes. */
const least = 8;
const keyStep = 2;

/** The columns side by side, with edges that can be moved by pointer and by arrow keys. */
export function columnsRow(columns: ReadonlyMap<ColumnName, HTMLElement>, store: Store): HTMLElement {
  const row = element('div', { class: 'columns' });
  const shown = (): readonly ColumnName[] => order.filter((it) => columns.has(it) && store.state.columns[it]);

  const fit = (): void => {
    for (const [name, column] of columns) column.style.flexGrow = String(store.state.widths[name]);
  };
  /** Gives `by` per cent of the width from one side of an edge to the other. */
  const shift = (a: ColumnName, b: ColumnName, by: number): void => {
    const { widths } = store.state;
    const most = widths[a] + widths[b] - least;
    const width = Math.min(Math.max(widths[a] + by, least), most);
    store.update({ widths: { ...widths, [a]: width, [b]: widths[a] + widths[b] - width } });
  };
  const edge = (a: ColumnName, b: ColumnName): HTMLElement => {
    const line = element('div', {
      class: 'edge',
      role: 'separator',
      'aria-orientation': 'vertical',
      'aria-label': `Width of ${columns.get(a)?.getAttribute('aria-label') ?? a}`,
      'aria-valuenow': Math.round(store.state.widths[a]),
      tabindex: 0,
    });
    line.addEventListener('pointerdown', (event) => {
      line.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    line.addEventListener('pointermove', (event) => {
      if (!line.hasPointerCapture(event.pointerId)) return;
      const sum = shown().reduce((all, it) => all + store.state.widths[it], 0);
      shift(a, b, (event.movementX / row.clientWidth) * sum);
    });
    line.addEventListener('keydown', (event) => {
      const by = event.key === 'ArrowRight' ? keyStep : event.key === 'ArrowLeft' ? -keyStep : 0;
      if (by === 0) return;
      shift(a, b, by);
      line.setAttribute('aria-valuenow', String(Math.round(store.state.widths[a])));
      event.preventDefault();
    });
    return line;
  };
  const arrange = (): void => {
    const names = shown();
    row.replaceChildren(
      ...names.flatMap((name, index) => {
        const column = columns.get(name);
        const next = names[index + 1];
        if (column === undefined) return [];
        return next === undefined ? [column] : [column, edge(name, next)];
      }),
    );
    fit();
  };
  store.onChange((state, before) => {
    if (state.columns !== before.columns) arrange();
    else if (state.widths !== before.widths) fit();
  });
  arrange();
  return row;
}
