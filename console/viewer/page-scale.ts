/** How large the visitor's viewport is shown. */

export interface Size {
  widthPx: number;
  heightPx: number;
}

export type Zoom = 'fit' | 'actual' | 'device';
/** What is drawn around the page in the zoom `device`. */
export type Device = 'phone' | 'tablet' | 'window';

/** Edges of a drawn device, in pixels of the visitor's screen: they shrink with the page. */
export interface Edges {
  topPx: number;
  bottomPx: number;
  sidePx: number;
  radiusPx: number;
}

const noEdges: Edges = { topPx: 0, bottomPx: 0, sidePx: 0, radiusPx: 0 };
const deviceEdges: Record<Device, Edges> = {
  phone: { topPx: 44, bottomPx: 36, sidePx: 12, radiusPx: 44 },
  tablet: { topPx: 36, bottomPx: 36, sidePx: 28, radiusPx: 32 },
  window: { topPx: 40, bottomPx: 1, sidePx: 1, radiusPx: 10 },
};

export function edgesOf(zoom: Zoom, device: Device): Edges {
  return zoom === 'device' ? deviceEdges[device] : noEdges;
}

/**
 * Fit shows the whole viewport, never larger than it is: enlarged text would look soft and say something untrue about
 * the visitor's screen. So does a device, whose edges must fit, too. Actual size may be larger than the room; the stage
 * then scrolls.
 */
export function pageScale(zoom: Zoom, page: Size, room: Size, edges = noEdges): number {
  if (zoom === 'actual' || page.widthPx <= 0 || page.heightPx <= 0) return 1;
  const scale = Math.min(
    room.widthPx / (page.widthPx + 2 * edges.sidePx),
    room.heightPx / (page.heightPx + edges.topPx + edges.bottomPx),
    1,
  );
  return Math.max(scale, 0.05);
}
