export type PageRoot = Document | ShadowRoot;

/** The page's document, those of its frames of the same origin, and all open shadow roots. */
export interface PageRoots {
  all(): Iterable<PageRoot>;
  /** Elements of all roots. */
  select<E extends Element>(selector: string): E[];
  /** Looks for roots in this part of the page. */
  find(within: Document | Element): void;
  /** Forgets what has left the page. */
  prune(): void;
  startOver(): void;
}

/** More roots than these are not looked into: a page of 3,000 components stays as fast as it is. */
const maxRoots = 3_000;

export function createPageRoots(onFound: (root: PageRoot) => void): PageRoots {
  let roots = new Set<PageRoot>();
  const known = new WeakSet<PageRoot>();
  let isComplete = false;

  function add(root: PageRoot): void {
    if (roots.has(root) || roots.size >= maxRoots) return;
    roots.add(root);
    if (!known.has(root)) onFound(root);
    known.add(root);
    for (const element of root.querySelectorAll('*')) addOf(element);
  }

  function addOf(element: Element): void {
    if (element.shadowRoot && !element.hasAttribute('data-rapport-own')) add(element.shadowRoot);
    if (element.localName !== 'iframe') return;
    const inner = (element as HTMLIFrameElement).contentDocument;
    if (inner) add(inner);
  }

  function all(): Set<PageRoot> {
    if (!isComplete) {
      isComplete = true;
      add(document);
    }
    return roots;
  }

  return {
    all,
    select<E extends Element>(selector: string) {
      return [...all()].flatMap((root) => [...root.querySelectorAll<E>(selector)]);
    },
    find(within) {
      if (!isComplete) return;
      if (within.nodeType === 9) return add(within as Document);
      addOf(within as Element);
      for (const element of within.querySelectorAll('*')) addOf(element);
    },
    prune() {
      for (const root of all()) {
        if ('host' in root ? !root.host.isConnected : !root.defaultView) roots.delete(root);
      }
    },
    startOver() {
      roots = new Set();
      isComplete = false;
    },
  };
}
