import type { FilterInside, NodeRegister } from '../privacy-filter.ts';
import type { PageRoots } from './page-roots.ts';
import type { Tell } from './page-states.ts';
import type { StateReader } from './state-reader.ts';

/** Looking at layout costs: not with every look. */
const everyMs = 1_500;
const maxCandidates = 2_000;

/**
 * Components that draw in a closed shadow root. Nothing tells that there is one; but an element that is as high as its
 * content, shows none of its children and no style of its own, and still has a size, has content that cannot be read.
 */
export function createClosedReader(parts: {
  nodes: NodeRegister;
  inside: FilterInside;
  roots: PageRoots;
  tell: Tell;
}): StateReader {
  const { nodes, inside, roots, tell } = parts;
  let dueMs = 0;

  function isClosed(element: HTMLElement): boolean {
    if (element.shadowRoot || !element.matches(':defined') || element.offsetHeight === 0) return false;
    if (!('computedStyleMap' in element)) return false;
    const style = element.computedStyleMap();
    const isNone = (name: string, none: string) => String(style.get(name)) === none;
    const isByContent =
      (isNone('height', 'auto') || isNone('display', 'inline')) &&
      isNone('min-height', 'auto') &&
      isNone('padding-top', '0px') &&
      isNone('padding-bottom', '0px') &&
      isNone('border-top-style', 'none') &&
      isNone('border-bottom-style', 'none') &&
      isNone('background-image', 'none');
    if (!isByContent || element.offsetWidth === 0) return false;
    const generated = (name: string) => !/^(?:none|normal)$/.test(getComputedStyle(element, name).content);
    if (generated('::before') || generated('::after')) return false;
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getClientRects().length === 0;
  }

  return {
    look() {
      const nowMs = performance.now();
      if (nowMs < dueMs) return;
      dueMs = nowMs + everyMs;
      const candidates = roots
        .select<HTMLElement>('*')
        .filter((element) => element.localName.includes('-') && !element.hasAttribute('data-rapport-own'));
      for (const element of candidates.slice(0, maxCandidates)) {
        const id = nodes.idOf(element);
        if (!inside.isTold(id) || !isClosed(element)) continue;
        const { offsetWidth: widthPx, offsetHeight: heightPx } = element;
        tell(`closed ${id}`, { kind: 'closed', id, widthPx, heightPx });
      }
    },
    startEpoch() {
      dueMs = 0;
    },
  };
}
