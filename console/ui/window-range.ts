/** Rows drawn beyond the visible ones, so that quick scrolling shows no holes. */
const spareRows = 8;

export interface WindowRange {
  from: number;
  /** Exclusive. */
  to: number;
}

/** Rows to draw for a scroll position. */
export function windowRange(scrollPx: number, viewPx: number, rowPx: number, count: number): WindowRange {
  const from = Math.max(0, Math.floor(scrollPx / rowPx) - spareRows);
  const to = Math.min(count, Math.ceil((scrollPx + viewPx) / rowPx) + spareRows);
  return { from: Math.min(from, to), to };
}
