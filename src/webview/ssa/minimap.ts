import type { FlowPicture } from '../../core/ssa/view/flowPicture.js';
import { element } from '../element.js';
import type { Region } from './graphEdges.js';

/** Longest side in CSS pixels. */
const most = 150;

export interface Minimap {
  readonly element: HTMLElement;
  paint(picture: FlowPicture, region: Region, selected: number | undefined): void;
}

/** The whole picture in the corner, with what is in sight framed; a click or drag goes there. It is for pointers: the keyboard walks from block to block. */
export function createMinimap(onLook: (x: number, y: number) => void): Minimap {
  const canvas = element('canvas', { class: 'minimap', 'aria-hidden': 'true' });
  let scale = 1;
  const go = (event: PointerEvent): void => {
    const bounds = canvas.getBoundingClientRect();
    onLook((event.clientX - bounds.left) / scale, (event.clientY - bounds.top) / scale);
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    go(event);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons !== 0) go(event);
  });
  return {
    element: canvas,
    paint({ width, height, blocks }, { x, y, right, bottom }, selected) {
      scale = Math.min(most / Math.max(width, 1), most / Math.max(height, 1), 0.3);
      canvas.width = Math.max(1, Math.ceil(width * scale));
      canvas.height = Math.max(1, Math.ceil(height * scale));
      const context = canvas.getContext('2d');
      if (context === null) return;
      const colours = getComputedStyle(canvas);
      const colour = (name: string): string => colours.getPropertyValue(name) || colours.color;
      for (const { id, box, depth } of blocks) {
        context.fillStyle = colour(
          id === selected
            ? '--vscode-focusBorder'
            : depth > 0
              ? '--vscode-charts-orange'
              : '--vscode-descriptionForeground',
        );
        context.fillRect(
          box.x * scale,
          box.y * scale,
          Math.max(1, box.width * scale),
          Math.max(1, box.height * scale),
        );
      }
      context.strokeStyle = colour('--vscode-focusBorder');
      context.strokeRect(x * scale + 0.5, y * scale + 0.5, (right - x) * scale - 1, (bottom - y) * scale - 1);
    },
  };
}
