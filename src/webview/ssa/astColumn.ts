import { entry } from '../../core/ssa/entry.js';
import { astRows, type AstRow } from '../../core/ssa/view/astRows.js';
import type { SsaModel } from '../../core/ssa/view/createSsaModel.js';
import { placeKey } from '../../core/ssa/view/places.js';
import type { Role } from '../../core/ssa/view/selection.js';
import { element } from '../element.js';
import { columnFrame } from './column.js';
import { gutter } from './lineContent.js';
import type { TextColumn, TextColumnOptions } from './textColumns.js';
import { createVirtualList } from './virtualList.js';

/** The tree that the values of `start` were built from. */
export function createAstColumn(model: SsaModel, options: TextColumnOptions): TextColumn {
  const { dump } = model;
  // Read when the column is opened for the first time: most people never do.
  let read: readonly AstRow[] | undefined;
  const rows = (): readonly AstRow[] => (read ??= astRows(dump));
  const roleOf = ({ place, callers }: AstRow): Role | undefined => {
    const { places } = options.lit();
    if (places.size === 0) return undefined;
    const own = place === undefined ? undefined : places.get(placeKey(place));
    return own ?? (callers.some((it) => places.has(placeKey(it))) ? 'use' : undefined);
  };
  const list = createVirtualList({
    id: 'ast',
    label: 'AST',
    count: () => dump.ast.length,
    key: (index) => roleOf(entry(rows(), index)) ?? '',
    draw(index) {
      const row = entry(rows(), index);
      const role = roleOf(row);
      const [node = '', ...attributes] = row.text.split(' ');
      return {
        content: [
          gutter(undefined, role),
          '  '.repeat(row.depth),
          element('span', { class: 'op' }, node),
          ...(attributes.length === 0 ? [] : [element('span', {}, ` ${attributes.join(' ')}`)]),
          element('span', { class: 'position' }, ` ${row.position}`),
        ],
        classes: role === undefined ? '' : `role-${role}`,
      };
    },
    onChoose: (index) => {
      const { place } = entry(rows(), index);
      options.onSelect(place === undefined ? { kind: 'none' } : { kind: 'place', place });
    },
    onOpen: (index) => {
      const { place } = entry(rows(), index);
      if (place !== undefined) options.onOpen({ kind: 'place', place });
    },
  });
  return {
    ...columnFrame('ast', 'AST', [element('h2', {}, 'AST')], list),
    reveal(where) {
      const at = rows().findIndex((row) => roleOf(row) === 'main');
      if (at < 0) return;
      list.cursor = at;
      list.reveal(at, where);
    },
  };
}
