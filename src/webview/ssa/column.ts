import { element } from '../element.js';
import type { VirtualList } from './virtualList.js';

/** A column of the view: a head and lines below it. */
export interface Column {
  readonly element: HTMLElement;
  readonly list: VirtualList;
}

export function columnFrame(
  name: string,
  label: string,
  head: readonly (Node | string)[],
  list: VirtualList,
): Column {
  return {
    element: element(
      'section',
      { class: `column ${name}`, 'aria-label': label },
      element('header', {}, ...head),
      list.element,
    ),
    list,
  };
}
