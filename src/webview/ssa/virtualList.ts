import { element } from '../element.js';

/** A list of lines of which only those in sight are in the document. */
export interface VirtualList {
  readonly element: HTMLElement;
  /** Draws again, with other lines or the same ones lit otherwise. */
  refresh(): void;
  /** Scrolls so that a line is in sight: `nearest` as little as possible, and not at all where it already is. */
  reveal(index: number, where: 'nearest' | 'center'): void;
  /** The line that the keyboard is on. */
  cursor: number;
  /** First line in sight, and how much of it is above the edge. */
  position: { readonly index: number; readonly offset: number };
}

interface ListOptions {
  /** Begins the ids of its lines. */
  readonly id: string;
  readonly label: string;
  count(): number;
  /** All that a line's look depends on: a line in sight is only drawn again when this has become another. */
  key(index: number): string;
  /** The content of a line; classes go to the line itself. */
  draw(index: number): { readonly content: readonly (Node | string)[]; readonly classes: string };
  /** A line was clicked, or the keyboard went there: draws the list again. `target` is what the pointer hit. */
  onChoose(index: number, target: Element | undefined): void;
  /** A line was double-clicked, or Enter pressed on it. */
  onOpen(index: number): void;
}

/** Lines drawn beyond each edge, so that slow scrolling shows no gap. */
const spare = 8;

/** Height of every line in CSS pixels, by the editor's font. */
function rowHeight(): number {
  const size = parseFloat(getComputedStyle(document.body).getPropertyValue('--vscode-editor-font-size'));
  return Math.round((Number.isFinite(size) ? size : 13) * 1.5);
}

export function createVirtualList(options: ListOptions): VirtualList {
  const height = rowHeight();
  const space = element('div', { class: 'space', role: 'presentation' });
  const box = element(
    'div',
    { class: 'lines', role: 'listbox', tabindex: 0, 'aria-label': options.label },
    space,
  );
  let cursor = 0;
  let frame = 0;
  let drawn: { from: number; to: number } = { from: 0, to: 0 };
  const lines = new Map<number, { readonly key: string; readonly element: HTMLElement }>();
  // Kept here: to read them from the document would lay it out once for each list.
  let [scrolled, seen] = [0, 0];

  const idOf = (index: number): string => `${options.id}-${String(index)}`;
  const range = (): { from: number; to: number } => {
    const first = Math.floor(scrolled / height);
    const last = Math.ceil((scrolled + seen) / height);
    return { from: Math.max(0, first - spare), to: Math.min(options.count(), last + spare) };
  };
  const drawLine = (index: number): HTMLElement => {
    const { content, classes } = options.draw(index);
    const line = element(
      'div',
      {
        id: idOf(index),
        role: 'option',
        class: `line ${classes}`,
        'aria-posinset': index + 1,
        'aria-setsize': options.count(),
        'data-index': index,
      },
      ...content,
    );
    line.style.top = `${String(index * height)}px`;
    line.style.height = `${String(height)}px`;
    line.style.lineHeight = `${String(height)}px`;
    return line;
  };
  const paint = (): void => {
    frame = 0;
    const { from, to } = range();
    const count = options.count();
    space.style.height = `${String(count * height)}px`;
    for (const [index, line] of lines) {
      if (index >= from && index < to) continue;
      line.element.remove();
      lines.delete(index);
    }
    let below: HTMLElement | null = null;
    for (let index = to - 1; index >= from; index--) {
      const key = `${String(count)} ${options.key(index)}`;
      let line = lines.get(index);
      if (line?.key !== key) {
        const made = drawLine(index);
        if (line === undefined) space.insertBefore(made, below);
        else line.element.replaceWith(made);
        lines.set(index, (line = { key, element: made }));
      }
      const isCursor = index === cursor;
      line.element.classList.toggle('cursor', isCursor);
      line.element.setAttribute('aria-selected', isCursor ? 'true' : 'false');
      below = line.element;
    }
    drawn = { from, to };
    if (cursor >= from && cursor < to) box.setAttribute('aria-activedescendant', idOf(cursor));
    else box.removeAttribute('aria-activedescendant');
  };
  const paintSoon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(paint);
  };
  const move = (to: number): void => {
    const index = Math.max(0, Math.min(to, options.count() - 1));
    cursor = index;
    reveal(index, 'nearest');
    options.onChoose(index, undefined);
  };

  function reveal(index: number, where: 'nearest' | 'center'): void {
    const [top, bottom] = [index * height, (index + 1) * height];
    if (top >= scrolled && bottom <= scrolled + seen) return;
    if (where === 'center') scrollTo(top - Math.floor((seen - height) / 2));
    else if (top < scrolled) scrollTo(top);
    else scrollTo(bottom - seen);
  }

  function scrollTo(top: number): void {
    box.scrollTop = Math.max(0, top);
    scrolled = box.scrollTop;
  }

  box.addEventListener('scroll', () => {
    scrolled = box.scrollTop;
    const { from, to } = range();
    if (from + spare / 2 < drawn.from || to - spare / 2 > drawn.to || drawn.to === 0) paintSoon();
  });
  box.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(seen / height) - 1);
    const to = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      PageDown: cursor + page,
      PageUp: cursor - page,
      Home: 0,
      End: options.count() - 1,
    }[event.key];
    if (event.key === 'Enter') options.onOpen(cursor);
    else if (event.key === ' ') options.onChoose(cursor, undefined);
    else if (to === undefined) return;
    else move(to);
    event.preventDefault();
  });
  const indexOf = (target: Element): number | undefined => {
    const index = target.closest<HTMLElement>('.line')?.dataset['index'];
    return index === undefined ? undefined : Number(index);
  };
  box.addEventListener('click', ({ target }) => {
    const index = target instanceof Element ? indexOf(target) : undefined;
    if (index === undefined || !(target instanceof Element)) return;
    cursor = index;
    options.onChoose(index, target);
  });
  box.addEventListener('dblclick', ({ target }) => {
    const index = target instanceof Element ? indexOf(target) : undefined;
    if (index !== undefined) options.onOpen(index);
  });
  new ResizeObserver(() => {
    seen = box.clientHeight;
    scrolled = box.scrollTop;
    paintSoon();
  }).observe(box);

  return {
    element: box,
    refresh: paint,
    reveal,
    get cursor() {
      return cursor;
    },
    set cursor(index) {
      cursor = index;
    },
    get position() {
      const index = Math.floor(scrolled / height);
      return { index, offset: scrolled - index * height };
    },
    set position({ index, offset }) {
      space.style.height = `${String(options.count() * height)}px`;
      scrollTo(index * height + offset);
    },
  };
}
