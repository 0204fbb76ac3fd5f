import { describe, expect, it } from 'vitest';
import { edgesOf, pageScale } from '../../../../console/viewer/page-scale.ts';
import { pointOnPage, ratioIn } from '../../../../console/viewer/pointer-place.ts';

describe('a pointer', () => {
  const button = { left: 100, top: 50, width: 200, height: 40 };

  it('is a ratio of the box it is in', () => {
    expect(ratioIn(button, { x: 100, y: 50 })).toEqual({ x: 0, y: 0 });
    expect(ratioIn(button, { x: 300, y: 90 })).toEqual({ x: 1, y: 1 });
    expect(ratioIn(button, { x: 150, y: 80 })).toEqual({ x: 0.25, y: 0.75 });
  });

  it('stays within what the relay takes, far outside the box too', () => {
    expect(ratioIn(button, { x: -10_000, y: 10_000 })).toEqual({ x: -1, y: 2 });
  });

  it('is in the middle of a box without an extent', () => {
    expect(ratioIn({ left: 5, top: 5, width: 0, height: 10 }, { x: 5, y: 10 })).toEqual({ x: 0.5, y: 0.5 });
  });

  it('is found at the same place whatever the scale', () => {
    const onPage = { x: 150, y: 80 };
    for (const scale of [0.25, 0.62, 1]) {
      const shown = { left: 37, top: 11, width: 1_000 * scale, height: 700 * scale };
      const screen = { x: shown.left + onPage.x * scale, y: shown.top + onPage.y * scale };
      expect(ratioIn(button, pointOnPage(shown, scale, screen))).toEqual({ x: 0.25, y: 0.75 });
    }
  });
});

describe('the scale', () => {
  const page = { widthPx: 1_000, heightPx: 800 };

  it('fits the whole viewport, by the tighter side', () => {
    expect(pageScale('fit', page, { widthPx: 500, heightPx: 800 })).toBe(0.5);
    expect(pageScale('fit', page, { widthPx: 1_000, heightPx: 200 })).toBe(0.25);
  });

  it('leaves room for the edges of a device, and for none without one', () => {
    const phone = { widthPx: 376, heightPx: 720 };
    const edges = edgesOf('device', 'phone');
    expect(pageScale('device', phone, { widthPx: 1_000, heightPx: 400 }, edges)).toBe(0.5);
    expect(pageScale('device', phone, { widthPx: 200, heightPx: 1_000 }, edges)).toBe(0.5);
    expect(edgesOf('fit', 'phone')).toEqual({ topPx: 0, bottomPx: 0, sidePx: 0, radiusPx: 0 });
  });

  it('never enlarges', () => {
    expect(pageScale('fit', { widthPx: 390, heightPx: 700 }, { widthPx: 1_400, heightPx: 900 })).toBe(1);
  });

  it('is 1 at actual size and without a page', () => {
    expect(pageScale('actual', page, { widthPx: 100, heightPx: 100 })).toBe(1);
    expect(pageScale('fit', { widthPx: 0, heightPx: 0 }, { widthPx: 100, heightPx: 100 })).toBe(1);
  });

  it('stays above nothing in a room that has not been laid out', () => {
    expect(pageScale('fit', page, { widthPx: 0, heightPx: 0 })).toBeGreaterThan(0);
  });
});
