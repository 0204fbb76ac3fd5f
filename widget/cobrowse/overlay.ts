import { adoptStyles } from '../ui/adopt-styles.ts';
import { overlayStyles } from './cobrowse-styles.ts';

/**
 * A layer above the whole page for what must be seen while it is shared. It has a host of its own, because it has to
 * follow the page: while a modal dialog is open everything outside it is inert, so the layer moves into the dialog,
 * and comes back. A dialog in a closed shadow root lets nobody in: the owner then hears that Stop cannot be pressed.
 */
export interface Overlay {
  readonly host: HTMLElement;
  /** Drawn in by the banner. */
  readonly banner: HTMLElement;
  readonly edge: HTMLElement;
  /** Drawn in by pointers. */
  readonly pointers: HTMLElement;
  show(): void;
  hide(): void;
  close(): void;
}

/** A page that covers or removes the layer gets it back within this. */
const checkEveryMs = 700;

export interface OverlayParts {
  /** The widget's root. */
  styles: ShadowRoot;
  /** The page keeps the visitor from the banner, or does so no longer. */
  onBlocked(isBlocked: boolean): void;
}

export function createOverlay({ styles, onBlocked }: OverlayParts): Overlay {
  const host = document.createElement('div');
  host.setAttribute('data-rapport-own', '');
  const root = host.attachShadow({ mode: 'open' });
  // The widget's tokens are among them.
  root.adoptedStyleSheets = styles.adoptedStyleSheets;
  adoptStyles(root, overlayStyles);
  const layer = make('layer');
  const [edge, pointers, banner] = [make('edge'), make('pointers'), make('place')];
  edge.hidden = true;
  layer.append(edge, pointers, banner);
  root.append(layer);
  const isPopover = 'popover' in layer;
  if (isPopover) layer.popover = 'manual';
  let timer: ReturnType<typeof setInterval> | undefined;
  /** Modal dialogs in the order in which they were opened: the last one makes the others inert. */
  let modals: Element[] = [];
  let isBlocked = false;

  function make(name: string): HTMLElement {
    const element = document.createElement('div');
    element.className = `cb-${name}`;
    return element;
  }

  function home(): Element {
    const open = [...document.querySelectorAll('dialog:modal')];
    modals = [
      ...modals.filter((each) => each.isConnected && each.matches(':modal')),
      ...open.filter((each) => !modals.includes(each)),
    ];
    return modals.at(-1) ?? document.documentElement;
  }

  /** Last in the top layer is uppermost: shown again, it is last. */
  function raise(): void {
    if (!isPopover || !host.isConnected) return;
    if (layer.matches(':popover-open')) layer.hidePopover();
    layer.showPopover();
  }

  /** What lies in the banner's middle, in the innermost open shadow root; null: nothing, or there is no banner. */
  function atBanner(): Element | null {
    const box = banner.firstElementChild?.getBoundingClientRect();
    if (!box?.width) return null;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    return innermost(document, (within) => within.elementFromPoint(x, y));
  }

  function isCovered(): boolean {
    const found = atBanner();
    return found !== host && found?.getRootNode() !== root;
  }

  function moveHome(): void {
    const parent = home();
    if (host.parentNode === parent) return;
    // Moving an element closes its popover and takes the focus from what is in it.
    const focused = root.activeElement;
    parent.append(host);
    raise();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }

  function check(): void {
    moveHome();
    if (!isPopover) return;
    if (!layer.matches(':popover-open') || isCovered()) raise();
    // Uppermost and still not to be pressed: a modal that `home` does not see, because it stands in a shadow root.
    if (isCovered()) {
      const modal =
        modalAround(atBanner()) ?? modalAround(innermost(document, (within) => within.activeElement));
      if (modal && !modals.includes(modal)) {
        modals.push(modal);
        moveHome();
      }
    }
    const wasBlocked = isBlocked;
    isBlocked = banner.firstElementChild !== null && isCovered();
    if (isBlocked !== wasBlocked) onBlocked(isBlocked);
  }

  const observer = new MutationObserver(check);

  return {
    host,
    banner,
    edge,
    pointers,
    show() {
      if (timer !== undefined) return;
      observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['open'] });
      observer.observe(document.documentElement, { childList: true });
      timer = setInterval(check, checkEveryMs);
      check();
    },
    hide() {
      clearInterval(timer);
      timer = undefined;
      observer.disconnect();
      host.remove();
      if (!isBlocked) return;
      isBlocked = false;
      onBlocked(false);
    },
    close() {
      this.hide();
    },
  };
}

/** Follows an answer of the document into the open shadow roots that it hides. */
function innermost(
  document: Document,
  ask: (within: DocumentOrShadowRoot) => Element | null,
): Element | null {
  let found = ask(document);
  while (found?.shadowRoot) {
    const inner = ask(found.shadowRoot);
    if (!inner || inner === found) break;
    found = inner;
  }
  return found;
}

function modalAround(element: Element | null): Element | null {
  for (let node: Node | null = element; node; ) {
    if (node instanceof Element && node.matches('dialog:modal')) return node;
    node =
      node instanceof Element && node.assignedSlot ? node.assignedSlot : (node.parentNode ?? hostOf(node));
  }
  return null;
}

function hostOf(node: Node): Node | null {
  return node instanceof ShadowRoot ? node.host : null;
}
