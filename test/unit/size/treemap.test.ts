import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squarify } from '../../../src/core/insight/size/treemap.js';

const area = { x: 3, y: 5, width: 600, height: 400 };

describe('a treemap', () => {
  it('gives every item its share, inside the area and beside the others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 }),
        (weights) => {
          const total = weights.reduce((sum, it) => sum + it, 0);
          const tiles = squarify([...weights.keys()], (at) => weights[at] ?? 0, area);
          expect(tiles).toHaveLength(weights.filter((it) => it > 0).length);
          for (const { item, x, y, width, height } of tiles) {
            expect(width * height).toBeCloseTo((240_000 * weights[item]!) / total, 3);
            expect(x).toBeGreaterThan(area.x - 1e-6);
            expect(y).toBeGreaterThan(area.y - 1e-6);
            expect(x + width).toBeLessThan(area.x + area.width + 1e-6);
            expect(y + height).toBeLessThan(area.y + area.height + 1e-6);
          }
          for (const [at, a] of tiles.entries())
            for (const b of tiles.slice(at + 1)) {
              const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
              const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
              expect(Math.min(wide, high)).toBeLessThan(1e-6);
            }
        },
      ),
    );
  });

  it('keeps tiles near to squares', () => {
    const tiles = squarify([6, 6, 4, 3, 2, 2, 1], (it) => it, area);
    expect(Math.max(...tiles.map((it) => Math.max(it.width / it.height, it.height / it.width)))).toBeLessThan(
      3,
    );
  });
});
