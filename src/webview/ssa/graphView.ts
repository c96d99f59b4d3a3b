import type { FlowPicture, PictureBlock } from '../../core/ssa/view/flowPicture.js';
import { element } from '../element.js';
import { drawEdges } from './graphEdges.js';
import { createMinimap } from './minimap.js';

/** What a graph shows, in the picture's own coordinates. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface GraphView {
  readonly element: HTMLElement;
  /** Draws another picture; the block that was in the middle, or is selected, stays where it is. */
  show(picture: FlowPicture, pass: string): void;
  /** Marks the selected block, what dominates it, and blocks that hold lit values. */
  select(block: number | undefined, lit: ReadonlySet<number>): void;
  /** Moves so that a block is in sight. */
  reveal(block: number): void;
}

interface GraphOptions {
  readonly onBlock: (id: number) => void;
}

const zooms = { least: 0.08, most: 2, step: 1.25 };

/** Control flow that can be panned and zoomed; blocks out of sight are not in the document. */
export function createGraphView({ onBlock }: GraphOptions): GraphView {
  const layer = element('div', { class: 'layer' });
  const lines = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  lines.setAttribute('aria-hidden', 'true');
  const field = element('div', { class: 'field', role: 'group', 'aria-label': 'Control flow' });
  let picture: FlowPicture = { width: 0, height: 0, blocks: [], edges: [] };
  let camera: Camera = { x: 0, y: 0, zoom: 1 };
  let selected: number | undefined;
  let lit: ReadonlySet<number> = new Set();
  let isFresh = true;
  let frame = 0;

  const minimap = createMinimap((x, y) => {
    look({
      ...camera,
      x: x - field.clientWidth / camera.zoom / 2,
      y: y - field.clientHeight / camera.zoom / 2,
    });
  });

  const look = (next: Camera): void => {
    camera = { ...next, zoom: Math.min(zooms.most, Math.max(zooms.least, next.zoom)) };
    if (frame === 0) frame = requestAnimationFrame(paint);
  };
  const zoomAt = (factor: number, px: number, py: number): void => {
    const zoom = Math.min(zooms.most, Math.max(zooms.least, camera.zoom * factor));
    look({
      x: camera.x + px / camera.zoom - px / zoom,
      y: camera.y + py / camera.zoom - py / zoom,
      zoom,
    });
  };
  const byId = (id: number | undefined): PictureBlock | undefined =>
    id === undefined ? undefined : picture.blocks.find((it) => it.id === id);
  const dominators = (): ReadonlySet<number> => {
    const found = new Set<number>();
    for (let at = byId(selected)?.idom ?? -1; at >= 0; at = picture.blocks[at]?.idom ?? -1) found.add(at);
    return found;
  };

  function paint(): void {
    frame = 0;
    const { x, y, zoom } = camera;
    const [right, bottom] = [x + field.clientWidth / zoom, y + field.clientHeight / zoom];
    const inSight = ({ box }: PictureBlock): boolean =>
      box.x < right && box.x + box.width > x && box.y < bottom && box.y + box.height > y;
    const dominating = dominators();
    const focused =
      document.activeElement instanceof HTMLElement && field.contains(document.activeElement)
        ? document.activeElement.dataset['block']
        : undefined;
    layer.style.transform = `scale(${String(zoom)}) translate(${String(-x)}px, ${String(-y)}px)`;
    field.classList.toggle('far', zoom < 0.45);
    drawEdges(lines, picture, { x, y, right, bottom }, selected);
    layer.replaceChildren(
      lines,
      ...picture.blocks.flatMap((it, number) =>
        inSight(it) ? [blockNode(it, it.id === selected, lit.has(it.id), dominating.has(number))] : [],
      ),
    );
    if (focused !== undefined) layer.querySelector<HTMLElement>(`[data-block="${focused}"]`)?.focus();
    minimap.paint(picture, { x, y, right, bottom }, selected);
  }

  function blockNode(
    block: PictureBlock,
    isSelected: boolean,
    isLit: boolean,
    dominates: boolean,
  ): HTMLElement {
    const { id, box, end, values, depth, isHead, isReached } = block;
    const words = [
      `b${id}`,
      end,
      `${values} values`,
      ...(isHead ? ['head of a loop'] : []),
      ...(depth > 0 ? [`in ${depth} ${depth === 1 ? 'loop' : 'loops'}`] : []),
      ...(isReached ? [] : ['not reached']),
      ...(dominates ? ['dominates the selected block'] : []),
    ];
    const node = element(
      'button',
      {
        type: 'button',
        class: [
          'flow-block',
          `depth-${Math.min(depth, 3)}`,
          isSelected ? 'selected' : '',
          isLit ? 'lit' : '',
          dominates ? 'dominates' : '',
          isReached ? '' : 'unreached',
        ].join(' '),
        'aria-pressed': isSelected ? 'true' : 'false',
        title: words.join(' · '),
        tabindex: isSelected || (selected === undefined && block === picture.blocks[0]) ? 0 : -1,
        'data-block': id,
      },
      element('span', { class: 'flow-name' }, `b${id}`, ...(isHead ? [' ↻'] : [])),
      ' ',
      element('span', { class: 'flow-count' }, String(values)),
      ' ',
      element('span', { class: 'flow-end' }, end),
    );
    node.style.left = `${box.x.toFixed(1)}px`;
    node.style.top = `${box.y.toFixed(1)}px`;
    node.style.width = `${box.width.toFixed(1)}px`;
    node.style.height = `${box.height.toFixed(1)}px`;
    return node;
  }

  const fit = (): void => {
    const zoom = Math.min(1, field.clientWidth / picture.width, field.clientHeight / picture.height);
    look({ x: (picture.width - field.clientWidth / Math.max(zoom, zooms.least)) / 2, y: 0, zoom });
  };
  function reveal(id: number): void {
    const box = byId(id)?.box;
    if (box === undefined) return;
    const [width, height] = [field.clientWidth / camera.zoom, field.clientHeight / camera.zoom];
    const inside =
      box.x >= camera.x &&
      box.x + box.width <= camera.x + width &&
      box.y >= camera.y &&
      box.y + box.height <= camera.y + height;
    if (!inside)
      look({ ...camera, x: box.x + box.width / 2 - width / 2, y: box.y + box.height / 2 - height / 2 });
  }
  const walk = (key: string): number | undefined => {
    const block = byId(selected) ?? picture.blocks[0];
    if (block === undefined) return undefined;
    const middle = (it: PictureBlock): number => it.box.x + it.box.width / 2;
    const beside = picture.blocks
      .filter((it) => it !== block && it.box.y === block.box.y)
      .filter((it) => (key === 'ArrowLeft' ? middle(it) < middle(block) : middle(it) > middle(block)))
      .sort((a, b) => Math.abs(middle(a) - middle(block)) - Math.abs(middle(b) - middle(block)))[0];
    switch (key) {
      case 'ArrowDown':
        return block.succs[0];
      case 'ArrowUp':
        return block.preds[0];
      case 'ArrowLeft':
      case 'ArrowRight':
        return beside === undefined ? undefined : picture.blocks.indexOf(beside);
      case 'Home':
        return 0;
      default:
        return undefined;
    }
  };

  field.append(layer);
  field.addEventListener('click', ({ target }) => {
    const id = (target as Element).closest<HTMLElement>('[data-block]')?.dataset['block'];
    if (id !== undefined) onBlock(Number(id));
  });
  field.addEventListener('keydown', (event) => {
    const zoom = { '+': zooms.step, '=': zooms.step, '-': 1 / zooms.step }[event.key];
    if (zoom !== undefined) zoomAt(zoom, field.clientWidth / 2, field.clientHeight / 2);
    else if (event.key === '0') fit();
    else {
      const to = picture.blocks[walk(event.key) ?? -1];
      if (to === undefined) return;
      onBlock(to.id);
      paint();
      layer.querySelector<HTMLElement>(`[data-block="${String(to.id)}"]`)?.focus();
    }
    event.preventDefault();
  });
  field.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const bounds = field.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey)
        zoomAt(Math.exp(-event.deltaY / 300), event.clientX - bounds.left, event.clientY - bounds.top);
      else
        look({
          ...camera,
          x: camera.x + event.deltaX / camera.zoom,
          y: camera.y + event.deltaY / camera.zoom,
        });
    },
    { passive: false },
  );
  let dragged = false;
  field.addEventListener('pointerdown', ({ target, pointerId }) => {
    dragged = !(target instanceof Element && target.closest('[data-block]') !== null);
    if (dragged) field.setPointerCapture(pointerId);
  });
  field.addEventListener('pointermove', ({ buttons, movementX, movementY }) => {
    if (!dragged || buttons === 0) return;
    look({ ...camera, x: camera.x - movementX / camera.zoom, y: camera.y - movementY / camera.zoom });
  });
  new ResizeObserver(() => {
    look(camera);
  }).observe(field);

  const tool = (text: string, label: string, act: () => void): HTMLElement => {
    const button = element(
      'button',
      { type: 'button', class: 'toggle', 'aria-label': label, title: label },
      text,
    );
    button.addEventListener('click', act);
    return button;
  };
  const name = element('h2', {}, 'Control flow');
  const zoomBy = (factor: number) => (): void => {
    zoomAt(factor, field.clientWidth / 2, field.clientHeight / 2);
  };
  return {
    element: element(
      'section',
      { class: 'column graph', 'aria-label': 'Control flow' },
      element(
        'header',
        {},
        name,
        tool('−', 'Zoom out', zoomBy(1 / zooms.step)),
        tool('+', 'Zoom in', zoomBy(zooms.step)),
        tool('Fit', 'Fit the whole function', fit),
      ),
      field,
      minimap.element,
    ),
    show(next, pass) {
      const before = byId(selected) ?? nearestToMiddle();
      picture = next;
      name.textContent = `Control flow after ${pass}`;
      const after = before === undefined ? undefined : byId(before.id);
      if (isFresh) {
        isFresh = false;
        const first = picture.blocks[0]?.box;
        look({ x: (first?.x ?? 0) + (first?.width ?? 0) / 2 - field.clientWidth / 2, y: 0, zoom: 1 });
      } else if (before !== undefined && after !== undefined) {
        look({
          ...camera,
          x: camera.x + after.box.x - before.box.x,
          y: camera.y + after.box.y - before.box.y,
        });
      } else look(camera);
    },
    select(block, values) {
      selected = block;
      lit = values;
      look(camera);
    },
    reveal,
  };

  function nearestToMiddle(): PictureBlock | undefined {
    const x = camera.x + field.clientWidth / camera.zoom / 2;
    const y = camera.y + field.clientHeight / camera.zoom / 2;
    const distance = ({ box }: PictureBlock): number => Math.hypot(box.x - x, box.y - y);
    return picture.blocks.reduce<PictureBlock | undefined>(
      (best, it) => (best === undefined || distance(it) < distance(best) ? it : best),
      undefined,
    );
  }
}
