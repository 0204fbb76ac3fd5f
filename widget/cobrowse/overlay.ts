import { adoptStyles } from '../ui/adopt-styles.ts';
import { overlayStyles } from './cobrowse-styles.ts';

/**
 * A layer above the whole page for what must be seen while it is shared. It has a host of its own, because it has to
 * follow the page: while a modal dialog is open everything outside it is inert, so the layer moves into the dialog,
 * and comes back.
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

export function createOverlay(styles: ShadowRoot): Overlay {
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

  function make(name: string): HTMLElement {
    const element = document.createElement('div');
    element.className = `cb-${name}`;
    return element;
  }

  function home(): Element {
    const open = [...document.querySelectorAll('dialog:modal')];
    modals = [
      ...modals.filter((each) => open.includes(each)),
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

  function isCovered(): boolean {
    const content = banner.firstElementChild;
    if (!content) return false;
    const { left, top, width, height } = content.getBoundingClientRect();
    if (width === 0) return true;
    return document.elementFromPoint(left + width / 2, top + height / 2) !== host;
  }

  function check(): void {
    const parent = home();
    if (host.parentNode !== parent) {
      // Moving an element closes its popover and takes the focus from what is in it.
      const focused = root.activeElement;
      parent.append(host);
      raise();
      if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    } else if (isPopover && (!layer.matches(':popover-open') || isCovered())) raise();
  }

  const observer = new MutationObserver(check);

  return {
    host,
    banner,
    edge,
    pointers,
    show() {
      if (timer !== undefined) return;
      check();
      observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['open'] });
      observer.observe(document.documentElement, { childList: true });
      timer = setInterval(check, checkEveryMs);
    },
    hide() {
      clearInterval(timer);
      timer = undefined;
      observer.disconnect();
      host.remove();
    },
    close() {
      this.hide();
    },
  };
}
