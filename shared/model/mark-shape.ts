import type { MarkDraft } from './annotation.ts';

/** Geometry of marks, the same on both sides. */

export interface Point {
  x: number;
  y: number;
}
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Length of the arrow's head, and half of its width, in px. */
const headPx = 14;
const headHalfPx = 7;
/** A highlight and a rectangle keep this much air. */
const airPx = 4;

const place = (box: Box, x = 0, y = 0): Point => ({
  x: box.left + box.width * x,
  y: box.top + box.height * y,
});
const at = ({ x, y }: Point) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

/** Points of a mark in px, in a box where its element stands now. */
export function pointsIn(mark: Pick<MarkDraft, 'points'>, box: Box): Point[] {
  const points: Point[] = [];
  for (let i = 0; i + 1 < mark.points.length; i += 2)
    points.push(place(box, mark.points[i], mark.points[i + 1]));
  return points;
}

const frame = (from: Point, to: Point): string => {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return `M${at({ x: left, y: top })}H${right}V${bottom}H${left}Z`;
};

/** The path of a mark, for `d` of an SVG path. A callout has none. */
export function pathOf(mark: Pick<MarkDraft, 'kind' | 'points'>, box: Box): string {
  const points = pointsIn(mark, box);
  const [from, to] = points;
  switch (mark.kind) {
    case 'highlight':
      return frame(
        { x: box.left - airPx, y: box.top - airPx },
        { x: box.left + box.width + airPx, y: box.top + box.height + airPx },
      );
    case 'rectangle':
      return from && to ? frame(from, to) : '';
    case 'arrow': {
      if (!from || !to) return '';
      const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
      const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
      const wing = (side: 1 | -1): Point => ({
        x: to.x - ux * headPx - uy * headHalfPx * side,
        y: to.y - uy * headPx + ux * headHalfPx * side,
      });
      return `M${at(from)}L${at(to)}M${at(wing(1))}L${at(to)}L${at(wing(-1))}`;
    }
    case 'pen':
      return points.map((point, index) => `${index === 0 ? 'M' : 'L'}${at(point)}`).join('');
    case 'callout':
      return '';
  }
}

/** The part of a stroke that its look needs (Ramer, Douglas, Peucker), with at most so many points. */
export function simplified(points: readonly Point[], maxPoints: number): Point[] {
  for (let tolerancePx = 0.7; ; tolerancePx *= 1.6) {
    const kept = thinned(points, tolerancePx);
    if (kept.length <= maxPoints) return kept;
  }
}

function thinned(points: readonly Point[], tolerancePx: number): Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 3) return [...points];
  let farthest = 0;
  let index = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const distance = distanceTo(points[i] ?? first, first, last);
    if (distance > farthest) [farthest, index] = [distance, i];
  }
  if (farthest <= tolerancePx) return [first, last];
  return [
    ...thinned(points.slice(0, index + 1), tolerancePx).slice(0, -1),
    ...thinned(points.slice(index), tolerancePx),
  ];
}

function distanceTo(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const lengthSquared = dx * dx + dy * dy;
  const along = lengthSquared === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / lengthSquared;
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - part * dx, point.y - from.y - part * dy);
}

/** A stroke measured in its element's box. Four decimals are a tenth of a pixel on a page of 1,000. */
export function measured(points: readonly Point[], box: Box): number[] {
  const part = (value: number, start: number, extent: number) =>
    Math.round(Math.min(20, Math.max(-20, extent > 0 ? (value - start) / extent : 0.5)) * 1e4) / 1e4;
  return points.flatMap(({ x, y }) => [part(x, box.left, box.width), part(y, box.top, box.height)]);
}
