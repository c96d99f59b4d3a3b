import type { FlowEdge } from '../../core/ssa/flow/routeEdges.js';
import type { FlowPicture } from '../../core/ssa/view/flowPicture.js';

/** A part of a picture. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
}

const namespace = 'http://www.w3.org/2000/svg';

/** Draws the edges that touch a region; those of the selected block stand out. */
export function drawEdges(
  svg: SVGSVGElement,
  { width, height, edges, blocks }: FlowPicture,
  region: Region,
  selected: number | undefined,
): void {
  svg.setAttribute('width', String(Math.ceil(width)));
  svg.setAttribute('height', String(Math.ceil(height)));
  svg.replaceChildren(
    ...edges
      .filter((it) => touches(it, region))
      .map((edge) => {
        const near =
          selected !== undefined && (blocks[edge.from]?.id === selected || blocks[edge.to]?.id === selected);
        const path = document.createElementNS(namespace, 'path');
        path.setAttribute('d', pathOf(edge.points));
        path.setAttribute(
          'class',
          `flow-edge${edge.back ? ' back' : ''}${edge.likely ? ' likely' : ''}${near ? ' near' : ''}`,
        );
        return path;
      }),
  );
}

function touches({ points }: FlowEdge, { x, y, right, bottom }: Region): boolean {
  let [left, top, far, low] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [px = 0, py = 0] = [points[at], points[at + 1]];
    left = Math.min(left, px);
    far = Math.max(far, px);
    top = Math.min(top, py);
    low = Math.max(low, py);
  }
  return left <= right && far >= x && top <= bottom && low >= y;
}

/** Straight lines, and a head at the end, which points where the last line goes. */
function pathOf(points: readonly number[]): string {
  let path = '';
  for (let at = 0; at + 1 < points.length; at += 2)
    path += `${at === 0 ? 'M' : 'L'}${String(points[at])} ${String(points[at + 1])}`;
  const [x = 0, y = 0] = points.slice(-2);
  const before = points[points.length - 3] ?? y - 1;
  const up = before > y ? 1 : -1;
  return `${path}M${String(x - 4)} ${String(y + 7 * up)}L${String(x)} ${String(y)}L${String(x + 4)} ${String(y + 7 * up)}`;
}
