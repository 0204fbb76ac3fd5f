import type { Box } from './pointer-place.ts';

/** An element's box in the shown page's own viewport: frames in it are offset. */
export function boxOnPage(element: Element, page: Document): Box | null {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width === 0 && height === 0) return null;
  const box = { left, top, width, height };
  for (let inner = element.ownerDocument; inner !== page; ) {
    const frame = inner.defaultView?.frameElement;
    if (!frame) break;
    const outer = frame.getBoundingClientRect();
    box.left += outer.left + frame.clientLeft;
    box.top += outer.top + frame.clientTop;
    inner = frame.ownerDocument;
  }
  return box;
}
