import { source } from './validator.ts';

/**
 * What the visitor's hand does: mouse pointer and touches, hover, focus and scroll. The Replayer's own handling is not
 * used: its hover stops at shadow roots and is lost when the page rewrites a class, its focus takes the keyboard away
 * from the agent, and its smooth scrolling lags behind.
 */

export interface PresencePage {
  nodeById(id: number): Node | null;
  document(): Document | null;
}

interface Position {
  x: number;
  y: number;
  id: number;
  timeOffset: number;
}

export interface PointerMoves {
  source: typeof source.mouseMove | typeof source.touchMove | typeof source.drag;
  positions: Position[];
}
export interface PointerAction {
  source: typeof source.mouseInteraction;
  type: number;
  id: number;
  x?: number;
  y?: number;
}
export interface Scrolled {
  source: typeof source.scroll;
  id: number;
  x: number;
  y: number;
}

/** rrweb's numbers of interactions. */
const action = {
  mouseUp: 0,
  mouseDown: 1,
  click: 2,
  focus: 5,
  blur: 6,
  touchStart: 7,
  touchEnd: 9,
  touchCancel: 10,
};

/** The recorder tells scrolls and moves at about this interval; moving for as long makes them continuous. */
const glideMs = 90;
/** Farther than this the visitor jumped, and so does the view. */
const maxGlidePx = 2_000;

/** Where a node's document stands in the shown page: frames are offset. */
function offsetOf(node: Node, page: Document): { x: number; y: number } {
  let x = 0;
  let y = 0;
  let inner = node.nodeType === 9 ? (node as Document) : node.ownerDocument;
  while (inner && inner !== page) {
    const frame = inner.defaultView?.frameElement;
    if (!frame) break;
    const box = frame.getBoundingClientRect();
    x += box.left + frame.clientLeft;
    y += box.top + frame.clientTop;
    inner = frame.ownerDocument;
  }
  return { x, y };
}

/** Marks an element and all around it, through shadow roots and frames; returns what it marked. */
function markUpwards(start: Node | null, attribute: string): Element[] {
  const marked: Element[] = [];
  let node: Node | null = start;
  while (node) {
    if (node.nodeType === 1) {
      (node as Element).setAttribute(attribute, '');
      marked.push(node as Element);
    }
    const parent: Node | null = node.parentNode;
    if (parent && 'host' in parent) node = (parent as ShadowRoot).host;
    else if (parent?.nodeType === 9) node = (parent as Document).defaultView?.frameElement ?? null;
    else node = parent;
    if (node?.ownerDocument === document) break;
  }
  return marked;
}

export function createVisitorPresence(page: PresencePage, cursor: HTMLElement, calm: () => boolean) {
  let hovered: Element[] = [];
  let hoveredAt: Node | null = null;
  let focused: Element[] = [];
  let queue: { position: Position; atMs: number }[] = [];
  const glides = new Map<Node, { fromX: number; fromY: number; toX: number; toY: number; startMs: number }>();
  /** Where the page itself is scrolled to: asked for again when late images make room. */
  let wanted: Scrolled | null = null;
  let frame = 0;

  const unmark = (elements: Element[], attribute: string) => {
    for (const element of elements) element.removeAttribute(attribute);
  };

  function hover(node: Node | null) {
    if (node === hoveredAt && (hovered[0]?.hasAttribute('data-rapport-hover') ?? true)) return;
    unmark(hovered, 'data-rapport-hover');
    hovered = markUpwards(node, 'data-rapport-hover');
    hoveredAt = node;
  }

  function focus(node: Node | null) {
    unmark(focused, 'data-rapport-focus');
    unmark(focused, 'data-rapport-focus-within');
    focused = markUpwards(node, 'data-rapport-focus-within');
    focused[0]?.setAttribute('data-rapport-focus', '');
  }

  function moveTo({ x, y, id }: { x: number; y: number; id: number }) {
    const node = page.nodeById(id);
    const shown = page.document();
    if (!shown) return;
    const offset = node ? offsetOf(node, shown) : { x: 0, y: 0 };
    cursor.style.transform = `translate(${x + offset.x}px, ${y + offset.y}px)`;
    cursor.dataset.shown = '';
    hover(node);
  }

  function scroller(node: Node): Element | Window | null {
    return node.nodeType === 9 ? (node as Document).defaultView : (node as Element);
  }

  function scrollTo(node: Node, x: number, y: number) {
    scroller(node)?.scrollTo({ left: x, top: y, behavior: 'instant' });
  }

  function step(nowMs: number) {
    frame = 0;
    while (queue[0] && queue[0].atMs <= nowMs) {
      const [due] = queue.splice(0, 1);
      if (due) moveTo(due.position);
    }
    for (const [node, glide] of glides) {
      const part = Math.min(1, (nowMs - glide.startMs) / glideMs);
      scrollTo(
        node,
        glide.fromX + (glide.toX - glide.fromX) * part,
        glide.fromY + (glide.toY - glide.fromY) * part,
      );
      if (part === 1) glides.delete(node);
    }
    if (queue.length > 0 || glides.size > 0) run();
  }

  function run() {
    frame ||= requestAnimationFrame(step);
  }

  return {
    hover,
    moved({ positions }: PointerMoves) {
      const nowMs = performance.now();
      const [first] = positions;
      if (!first) return;
      /** Offsets count back from the flush; the first position is shown now, the others as they came. */
      queue = positions.map((position) => ({
        position,
        atMs: nowMs + Math.min(glideMs, Math.max(0, position.timeOffset - first.timeOffset)),
      }));
      run();
    },
    acted({ type, id, x, y }: PointerAction) {
      const node = page.nodeById(id);
      if (type === action.focus) return focus(node);
      if (type === action.blur) return focus(null);
      const isTouch = type >= action.touchStart;
      if (x !== undefined && y !== undefined) {
        queue = [];
        moveTo({ x, y, id });
        cursor.dataset.kind = isTouch ? 'touch' : 'mouse';
      }
      if (type === action.mouseDown || type === action.touchStart) cursor.dataset.pressed = '';
      if (type === action.mouseUp || type === action.touchEnd || type === action.touchCancel) {
        delete cursor.dataset.pressed;
      }
      if (type === action.click && !calm()) {
        cursor.firstElementChild?.animate(
          [
            { opacity: 0.5, transform: 'translate(-50%, -50%) scale(0.3)' },
            { opacity: 0, transform: 'translate(-50%, -50%) scale(1.6)' },
          ],
          { duration: 350 },
        );
      }
    },
    scrolled(scroll: Scrolled, atOnce: boolean) {
      const node = page.nodeById(scroll.id);
      const target = node && scroller(node);
      if (!node || !target) return;
      if (node === page.document()) wanted = scroll;
      const fromX = 'scrollX' in target ? target.scrollX : target.scrollLeft;
      const fromY = 'scrollY' in target ? target.scrollY : target.scrollTop;
      const far = Math.abs(scroll.y - fromY) > maxGlidePx || Math.abs(scroll.x - fromX) > maxGlidePx;
      if (atOnce || far || calm()) {
        glides.delete(node);
        scrollTo(node, scroll.x, scroll.y);
        return;
      }
      glides.set(node, { fromX, fromY, toX: scroll.x, toY: scroll.y, startMs: performance.now() });
      run();
    },
    /** The page grew or shrank: a scroll that had no room before may have it now. */
    resized() {
      const shown = page.document();
      if (wanted && shown && !glides.has(shown)) scrollTo(shown, wanted.x, wanted.y);
    },
    startsAt(x: number, y: number) {
      wanted = { source: source.scroll, id: 0, x, y };
    },
    close() {
      cancelAnimationFrame(frame);
      frame = 0;
      queue = [];
      glides.clear();
      hovered = [];
      focused = [];
      hoveredAt = null;
      wanted = null;
    },
  };
}
