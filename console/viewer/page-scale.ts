/** How large the visitor's viewport is shown. */

export interface Size {
  widthPx: number;
  heightPx: number;
}

/**
 * Fit shows the whole viewport, never larger than it is: enlarged text would look soft and say something untrue about
 * the visitor's screen. Actual size may be larger than the room; the stage then scrolls.
 */
export function pageScale(zoom: 'fit' | 'actual', page: Size, room: Size): number {
  if (zoom === 'actual' || page.widthPx <= 0 || page.heightPx <= 0) return 1;
  const scale = Math.min(room.widthPx / page.widthPx, room.heightPx / page.heightPx, 1);
  return Math.max(scale, 0.05);
}
