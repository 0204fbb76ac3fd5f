/** Where on the visitor's page the agent points: an element of the mirror, and where in its box. */

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Six decimals place a point on a page of 100,000 px to a tenth of a pixel. */
const rounded = (ratio: number) => Math.round(Math.min(2, Math.max(-1, ratio)) * 1e6) / 1e6;

/** `point` as a ratio of `box`: 0 to 1 inside it. A box without an extent gives its middle. */
export function ratioIn(box: Box, point: Point): Point {
  return {
    x: box.width > 0 ? rounded((point.x - box.left) / box.width) : 0.5,
    y: box.height > 0 ? rounded((point.y - box.top) / box.height) : 0.5,
  };
}

/** A point on the screen as a point of the page's viewport. `shown` is the scaled page's box on the screen. */
export function pointOnPage(shown: Box, scale: number, screen: Point): Point {
  return { x: (screen.x - shown.left) / scale, y: (screen.y - shown.top) / scale };
}

export interface ElementPlace extends Point {
  node: number;
}

interface Found {
  element: Element;
  /** The point in the viewport of the element's own document. */
  at: Point;
}

function isIn(element: Element, { x, y }: Point): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}

/**
 * The deepest element at a point, through open shadow roots and frames of the same origin. A link whose `::after` covers
 * a whole card is met far outside its own box, where a ratio says little: there it is what lies below.
 */
function elementAt(root: Document | ShadowRoot, point: Point): Found | null {
  const met = root.elementsFromPoint(point.x, point.y);
  const element = met.find((each) => isIn(each, point)) ?? met[0];
  if (!element) return null;
  const shadow = element.shadowRoot;
  if (shadow && shadow !== root) {
    const inside = elementAt(shadow, point);
    if (inside && inside.element !== element) return inside;
  }
  if (element.localName === 'iframe') {
    const inner = (element as HTMLIFrameElement).contentDocument;
    const box = element.getBoundingClientRect();
    const left = box.left + element.clientLeft;
    const top = box.top + element.clientTop;
    const inside = inner && elementAt(inner, { x: point.x - left, y: point.y - top });
    if (inside) return inside;
  }
  return { element, at: point };
}

/** The element known to the mirror that is at `point`, or the nearest one around it. */
export function placeAt(page: Document, point: Point, idOf: (node: Node) => number): ElementPlace | null {
  const found = elementAt(page, point);
  let node: Node | null = found?.element ?? null;
  while (node && idOf(node) <= 0) {
    const root: Node = node.getRootNode();
    node = node.parentElement ?? ('host' in root ? (root as ShadowRoot).host : null);
  }
  if (!found || !node) return null;
  const { x, y } = ratioIn((node as Element).getBoundingClientRect(), found.at);
  return { node: idOf(node), x, y };
}
