export interface PageBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** An element's box in the page's own viewport: an element of a frame is placed in the frame's window first. */
export function pageBoxOf(element: Element): PageBox | null {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width === 0 && height === 0) return null;
  const box = { left, top, width, height };
  let view = element.ownerDocument.defaultView;
  while (view && view !== window && view.frameElement) {
    const outer = view.frameElement.getBoundingClientRect();
    box.left += outer.left + view.frameElement.clientLeft;
    box.top += outer.top + view.frameElement.clientTop;
    view = view.frameElement.ownerDocument.defaultView;
  }
  return box;
}
