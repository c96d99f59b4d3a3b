import { ownerLabel, sizeGroups, type SizeGroup } from '../../core/insight/size/sizeGroups.js';
import type { SizeEntry, SizeReport } from '../../core/insight/size/sizeReport.js';
import { squarify, type Tile } from '../../core/insight/size/treemap.js';
import { formatSize } from '../../core/text/formatText.js';
import { element } from '../element.js';

/** Room for a group's name above its tiles, and the least tile that is drawn, in CSS pixels. */
const headHeight = 18;
const leastSide = 3;
const leastLabel = { width: 44, height: 18 };

/**
 * Where the bytes go as a picture: groups, and in each its packages, by size. Arrow keys walk through the tiles from the
 * largest on; the table below has the same figures.
 */
export function treemap(report: SizeReport): HTMLElement {
  const picture = element('div', { class: 'picture', role: 'group', 'aria-label': 'Size by package' });
  const details = element(
    'p',
    { class: 'details', 'aria-live': 'polite' },
    'Choose a part to see what it is made of.',
  );
  let width = 0;
  let chosen: string | undefined;

  const choose = (entry: SizeEntry): void => {
    chosen = ownerLabel(entry.owner);
    const parts = entry.sections.slice(0, 6).map((it) => `${it.name} ${formatSize(it.bytes)}`);
    const more = entry.sections.length - parts.length;
    const tail = more > 0 ? `, and ${String(more)} more` : '';
    details.textContent = `${chosen}: ${share(entry.bytes, report)}; ${parts.join(', ')}${tail}`;
  };
  const paint = (): void => {
    const area = { x: 0, y: 0, width, height: Math.round(Math.min(420, Math.max(220, width * 0.45))) };
    picture.style.height = `${String(area.height)}px`;
    picture.replaceChildren(
      ...squarify(sizeGroups(report), (it) => it.bytes, area).flatMap((tile) =>
        groupTiles(tile, report, choose),
      ),
    );
    const buttons = tilesOf(picture);
    const current = buttons.find((it) => it.dataset['owner'] === chosen) ?? buttons[0];
    if (current !== undefined) current.tabIndex = 0;
  };
  picture.addEventListener('keydown', (event) => {
    walk(picture, event);
  });
  picture.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    for (const it of tilesOf(picture)) it.tabIndex = it === target ? 0 : -1;
  });
  new ResizeObserver(([entry]) => {
    const found = Math.floor(entry?.contentRect.width ?? 0);
    if (found === width || found === 0) return;
    width = found;
    paint();
  }).observe(picture);
  return element('div', { class: 'treemap' }, picture, details);
}

function tilesOf(picture: HTMLElement): readonly HTMLButtonElement[] {
  return [...picture.querySelectorAll('button')];
}

/** Moves the focus: arrows to the next and previous tile, Home and End to the ends. */
function walk(picture: HTMLElement, event: KeyboardEvent): void {
  const tiles = tilesOf(picture);
  const at = tiles.findIndex((it) => it === document.activeElement);
  const next = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: tiles.length - 1,
  }[event.key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  tiles[Math.max(0, Math.min(next, tiles.length - 1))]?.focus();
}

function groupTiles(
  { item: group, ...box }: Tile<SizeGroup>,
  report: SizeReport,
  choose: (entry: SizeEntry) => void,
): readonly HTMLElement[] {
  if (box.width < leastSide || box.height < leastSide) return [];
  const single = group.entries.length === 1;
  const hasHead = !single && box.height > 3 * headHeight && box.width > leastLabel.width;
  const head = hasHead ? headHeight : 0;
  const inside = { x: box.x, y: box.y + head, width: box.width, height: box.height - head };
  const label = element('div', { class: `head ${group.kind}`, 'aria-hidden': 'true' }, group.label);
  place(label, { ...box, height: head });
  return [
    ...(hasHead ? [label] : []),
    ...squarify(group.entries, (it) => it.bytes, inside)
      .filter((tile) => tile.width >= leastSide && tile.height >= leastSide)
      .map((tile) => entryTile(tile, group, report, choose)),
  ];
}

function entryTile(
  { item: entry, ...box }: Tile<SizeEntry>,
  group: SizeGroup,
  report: SizeReport,
  choose: (entry: SizeEntry) => void,
): HTMLButtonElement {
  const label = ownerLabel(entry.owner);
  const name = `${label}, ${share(entry.bytes, report)}`;
  const isLabelled = box.width >= leastLabel.width && box.height >= leastLabel.height;
  const button = element('button', {
    type: 'button',
    class: `tile ${group.kind}`,
    tabindex: -1,
    title: name,
    'aria-label': name,
    'data-owner': label,
  });
  if (isLabelled) button.append(element('span', {}, shortLabel(label, group)));
  place(button, box);
  button.addEventListener('click', () => {
    choose(entry);
  });
  button.addEventListener('focus', () => {
    choose(entry);
  });
  return button;
}

/** Below a module's name its packages need only the rest of their paths. */
function shortLabel(label: string, group: SizeGroup): string {
  return label.startsWith(`${group.label}/`) ? label.slice(group.label.length + 1) : label;
}

function share(bytes: number, { facts }: SizeReport): string {
  return `${formatSize(bytes)} (${((bytes / facts.size) * 100).toFixed(1)} %)`;
}

function place(
  { style }: HTMLElement,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  style.left = `${box.x.toFixed(1)}px`;
  style.top = `${box.y.toFixed(1)}px`;
  style.width = `${box.width.toFixed(1)}px`;
  style.height = `${box.height.toFixed(1)}px`;
}
