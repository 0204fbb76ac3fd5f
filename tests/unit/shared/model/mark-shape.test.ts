import { describe, expect, it } from 'vitest';
import { measured, pathOf, pointsIn, simplified } from '../../../../shared/model/mark-shape.ts';

const box = { left: 100, top: 50, width: 200, height: 100 };

describe('a mark in its element’s box', () => {
  it('comes back from what was measured, wherever and however large the box is by then', () => {
    const drawn = [
      { x: 120, y: 60 },
      { x: 300, y: 150 },
    ];
    const points = measured(drawn, box);
    expect(points).toEqual([0.1, 0.1, 1, 1]);
    expect(pointsIn({ points }, box)).toEqual(drawn);
    expect(pointsIn({ points }, { left: 0, top: 0, width: 100, height: 10 })).toEqual([
      { x: 10, y: 1 },
      { x: 100, y: 10 },
    ]);
  });

  it('is bounded far outside of it, and in the middle of a box without extent', () => {
    expect(measured([{ x: 1e9, y: -1e9 }], box)).toEqual([20, -20]);
    expect(measured([{ x: 5, y: 5 }], { left: 0, top: 0, width: 0, height: 0 })).toEqual([0.5, 0.5]);
  });

  it.each([
    ['highlight', [], 'M96 46H304V154H96Z'],
    ['rectangle', [1, 1, 0, 0], 'M100 50H300V150H100Z'],
    ['pen', [0, 0, 0.5, 0.5, 1, 0], 'M100 50L200 100L300 50'],
    ['arrow', [0, 0, 1, 0], 'M100 50L300 50M286 57L300 50L286 43'],
    ['callout', [0.5, 0.5], ''],
  ] as const)('draws a %s', (kind, points, path) => {
    expect(pathOf({ kind, points: [...points] }, box)).toBe(path);
  });
});

describe('a stroke made simple', () => {
  it('keeps its ends and corners and loses what lies on its way', () => {
    const way = Array.from({ length: 50 }, (_, at) => ({ x: at, y: 0 }));
    const corner = Array.from({ length: 50 }, (_, at) => ({ x: 50, y: at }));
    expect(simplified([...way, ...corner], 120)).toEqual(
      [
        { x: 0, y: 0 },
        { x: 49, y: 0 },
        { x: 50, y: 0 },
        { x: 50, y: 49 },
      ].filter(({ x, y }) => !(x === 49 && y === 0)),
    );
  });

  it('never has more points than may be sent', () => {
    const wild = Array.from({ length: 3_000 }, (_, at) => ({ x: at, y: (at % 7) * 40 * Math.sin(at) }));
    const kept = simplified(wild, 120);
    expect(kept.length).toBeLessThanOrEqual(120);
    expect([kept[0], kept.at(-1)]).toEqual([wild[0], wild.at(-1)]);
  });
});
