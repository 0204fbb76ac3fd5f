/** Presses and drags as a browser tells them to a page. */

export interface ViewPoint {
  x: number;
  y: number;
}
type View = Window & typeof globalThis;

/** A place in an element's box, in the viewport of its own document. */
export function pointIn(element: Element, place: { x: number; y: number }): ViewPoint {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width * place.x, y: top + height * place.y };
}

/** Where the visitor can see it, too. */
export function bringIntoView(element: Element): void {
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const view = element.ownerDocument.defaultView ?? window;
  const isOutside = bottom < 0 || right < 0 || top > view.innerHeight || left > view.innerWidth;
  if (isOutside) element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
}

function pointerAt(element: Element, at: ViewPoint) {
  const view = (element.ownerDocument.defaultView ?? window) as View;
  const common = {
    bubbles: true,
    cancelable: true,
    composed: true,
    view,
    clientX: at.x,
    clientY: at.y,
    screenX: at.x,
    screenY: at.y,
  };
  return {
    pointer: (name: string, buttons: number) =>
      element.dispatchEvent(
        new view.PointerEvent(name, {
          ...common,
          pointerId: 1,
          pointerType: 'mouse',
          isPrimary: true,
          button: buttons === 0 && name === 'pointermove' ? -1 : 0,
          buttons,
        }),
      ),
    mouse: (name: string, buttons: number, detail = 0) =>
      element.dispatchEvent(new view.MouseEvent(name, { ...common, button: 0, buttons, detail })),
  };
}

const focusable =
  'a[href],area[href],button,input,select,textarea,summary,iframe,[tabindex],[contenteditable]';

/** The focus as a press moves it: to the nearest element that takes it, or away. */
function moveFocus(element: Element): void {
  for (let near = element.closest(focusable); near; near = near.parentElement?.closest(focusable) ?? null) {
    (near as HTMLElement).focus({ preventScroll: true });
    if (near.matches(':focus')) return;
  }
}

function press(element: Element, at: ViewPoint, detail: number): void {
  const { pointer, mouse } = pointerAt(element, at);
  const isWanted = pointer('pointerdown', 1);
  if (isWanted && mouse('mousedown', 1, detail)) moveFocus(element);
  pointer('pointerup', 0);
  if (isWanted) mouse('mouseup', 0, detail);
  // What the page drew anew meanwhile is no longer there to be clicked.
  if (element.isConnected) mouse('click', 0, detail);
}

/** The whole sequence: over, down, focus, up, click; the browser's own default action follows the click. */
export function click(element: Element, at: ViewPoint, count: 1 | 2): void {
  const { pointer, mouse } = pointerAt(element, at);
  pointer('pointerover', 0);
  mouse('mouseover', 0);
  pointer('pointermove', 0);
  mouse('mousemove', 0);
  press(element, at, 1);
  if (count === 1 || !element.isConnected) return;
  press(element, at, 2);
  if (element.isConnected) mouse('dblclick', 0, 2);
}

/** Steps between the ends: sliders and boards follow the way, not only its end. */
const dragSteps = 8;

/** Moves go to where the drag began, as a page that captures the pointer gets them. */
export function drag(element: Element, from: ViewPoint, to: ViewPoint): void {
  const start = pointerAt(element, from);
  start.pointer('pointerover', 0);
  start.mouse('mouseover', 0);
  const isWanted = start.pointer('pointerdown', 1);
  if (isWanted && start.mouse('mousedown', 1, 1)) moveFocus(element);
  for (let step = 1; step <= dragSteps; step++) {
    const part = step / dragSteps;
    const { pointer, mouse } = pointerAt(element, {
      x: from.x + (to.x - from.x) * part,
      y: from.y + (to.y - from.y) * part,
    });
    pointer('pointermove', 1);
    if (isWanted) mouse('mousemove', 1);
  }
  const end = pointerAt(element, to);
  end.pointer('pointerup', 0);
  if (isWanted) end.mouse('mouseup', 0, 1);
}
