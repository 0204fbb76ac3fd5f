import { assetScheme } from '../../shared/model/cobrowse-assets.ts';
import { maskedValue } from '../../shared/model/page-privacy.ts';
import type { ElementRecord, IncrementalData, NodeRecord } from './recorded-event.ts';

/**
 * Builds filtered records into a document that can do nothing: no scripts (sandbox), no focus, no clicks (inert), no
 * address that the records do not name as an asset. Styles are constructed sheets, which no Content-Security-Policy of
 * the page, whose policy the frame inherits, keeps away.
 */
export interface PreviewFrame {
  /** Returns how many parts are hidden in it. */
  build(page: NodeRecord, offset: { left: number; top: number }): number;
  /** Frames and sheets that belong to the page built last. */
  add(data: IncrementalData): void;
  /** Puts dots where a control shows nothing of a value that it has. */
  dot(isUnreadable: (id: number) => boolean): void;
  /** From now on the name stands for this address. */
  setAsset(name: string, url: string): void;
  close(): void;
}

type Root = Document | ShadowRoot;

/** What agents see of hidden parts, here without the lock of their viewer. */
const hiddenStyles =
  '[data-rapport-hidden]{background:repeating-linear-gradient(-45deg,#e2e8f0 0 6px,#edf2f7 6px 12px)!important;' +
  'outline:1px solid #cbd5e0;outline-offset:-1px;border-radius:4px}' +
  ':where([data-rapport-masked]){background-image:repeating-linear-gradient(-45deg,#94a3b838 0 3px,#94a3b800 3px 6px);border-radius:3px}';
const svg = 'http://www.w3.org/2000/svg';
/** A frame without scripts says so to the page's styles, and the page has them. */
const scripting = /\(\s*scripting\s*(?::\s*([\w-]+)\s*)?\)/gi;
const assetNames = new RegExp(`${assetScheme}\\d+`, 'g');

export function createPreviewFrame(parts: { place: HTMLElement; onReady(): void }): PreviewFrame {
  const frame = document.createElement('iframe');
  const assets = new Map<string, string>();
  let nodes = new Map<number, Node>();
  /** What is written again when an asset becomes known. */
  let waiting: Array<{ text: string; write(): void }> = [];
  let sheets = new Map<Root, CSSStyleSheet[]>();
  /** What needs the element to stand in the document. */
  let later: Array<() => void> = [];
  let hiddenParts = 0;

  frame.setAttribute('sandbox', 'allow-same-origin');
  frame.tabIndex = -1;
  frame.inert = true;
  frame.ariaHidden = 'true';
  frame.addEventListener('load', () => parts.onReady(), { once: true });
  if (document.compatMode === 'CSS1Compat') {
    // Empty, and in standards mode, which an empty frame without it is not.
    const { trustedTypes } = window as { trustedTypes?: { emptyHTML: string } };
    frame.srcdoc = trustedTypes?.emptyHTML ?? '';
  }
  parts.place.prepend(frame);

  /** With the assets that are known; others stay away, without a request. */
  const withAssets = (text: string) => text.replace(assetNames, (name) => assets.get(name) ?? '');

  function write(text: string, into: (text: string) => void): void {
    const apply = () => into(withAssets(text));
    apply();
    if (text.includes(assetScheme)) waiting.push({ text, write: apply });
  }

  function addSheet(root: Root, css: string, media = ''): void {
    const { CSSStyleSheet: Sheet } = (root.ownerDocument ?? (root as Document)).defaultView as Window &
      typeof globalThis;
    const sheet = new Sheet({ media });
    const scripted = css.replace(scripting, (_, value = 'enabled') =>
      value === 'enabled' ? '(min-width:0)' : '(max-width:0)',
    );
    write(scripted, (text) => sheet.replaceSync(text));
    sheets.set(root, [...(sheets.get(root) ?? []), sheet]);
  }

  function adoptSheets(): void {
    for (const [root, own] of sheets) root.adoptedStyleSheets = own;
  }

  function made(record: NodeRecord, root: Root): Node | null {
    const document = root.ownerDocument ?? (root as Document);
    let node: Node | null = null;
    if (record.type === 3) node = document.createTextNode(record.textContent);
    else if (record.type === 2) node = madeElement(record, document, root);
    if (node) nodes.set(record.id, node);
    return node;
  }

  function madeElement(record: ElementRecord, document: Document, root: Root): Element {
    const { tagName, attributes } = record;
    const element = record.isSVG
      ? document.createElementNS(svg, tagName)
      : document.createElement(/^[a-z][-\w.]*$/i.test(tagName) ? tagName : 'div');
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && typeof value !== 'object') setAttribute(element, name, value);
    }
    const isStyle = tagName === 'style' || tagName === 'link';
    const css =
      attributes._cssText ??
      (isStyle ? record.childNodes.map((child) => (child.type === 3 ? child.textContent : '')).join('') : '');
    if (isStyle) addSheet(root, String(css), String(attributes.media ?? ''));
    else append(record.childNodes, element, root);
    return element;
  }

  function append(records: readonly NodeRecord[], parent: Element, root: Root): void {
    for (const record of records) {
      const shadow = record.isShadow ? (parent.shadowRoot ?? parent.attachShadow({ mode: 'open' })) : null;
      const child = made(record, shadow ?? root);
      if (child) (shadow ?? parent).appendChild(child);
    }
  }

  function setAttribute(element: Element, name: string, value: string | number | boolean): void {
    const { style } = element as HTMLElement;
    const text = value === true ? '' : String(value);
    if (name === 'style') {
      write(text, (css) => {
        style.cssText = css;
      });
    } else if (name === 'rr_width' || name === 'rr_height') {
      later.push(() => style.setProperty(name.slice(3), text));
      if (name === 'rr_width') hide(element, 'hidden');
    } else if (name === 'rr_src') hide(element, 'hidden');
    else if (name === 'data-rapport-masked') hide(element, 'masked');
    else if (name === 'rr_scrollTop' || name === 'rr_scrollLeft') {
      const side = name === 'rr_scrollTop' ? 'scrollTop' : 'scrollLeft';
      later.push(() => {
        element[side] = Number(value);
      });
    } else if (name === 'rr_open_mode') {
      if (value === 'modal') later.push(() => openModal(element));
    } else if (!/^(?:on|rr_|_|srcdoc$)/i.test(name)) {
      write(text, (known) => {
        if (known !== '' || text === '') element.setAttribute(name, known);
      });
      if (/^(?:value|checked|selected)$/.test(name)) later.push(() => setState(element, name, value));
    }
  }

  function hide(element: Element, how: 'hidden' | 'masked'): void {
    hiddenParts += 1;
    element.setAttribute(`data-rapport-${how}`, '');
  }

  function fill(document: Document, page: NodeRecord): void {
    nodes.set(page.id, document);
    sheets.set(document, []);
    addSheet(document, hiddenStyles);
    const html = (page.type === 0 ? page.childNodes : []).find((child) => child.type === 2);
    const root = html && made(html, document);
    if (!root) return;
    document.documentElement?.remove();
    document.append(root);
    adoptSheets();
    for (const finish of later.splice(0)) finish();
  }

  return {
    build(page, { left, top }) {
      nodes = new Map();
      waiting = [];
      sheets = new Map();
      later = [];
      hiddenParts = 0;
      const { contentDocument, contentWindow } = frame;
      if (!contentDocument) return 0;
      frame.width = `${innerWidth}`;
      frame.height = `${innerHeight}`;
      fill(contentDocument, page);
      contentWindow?.scrollTo(left, top);
      return hiddenParts;
    },
    add(data) {
      if (data.source === 15) {
        const target = nodes.get(data.id);
        const root = (target as Element | undefined)?.shadowRoot ?? target;
        if (!root || !('adoptedStyleSheets' in root)) return;
        for (const { rules } of data.styles ?? []) {
          addSheet(root as Root, rules.map(({ rule }) => rule).join('\n'));
        }
        adoptSheets();
      } else if (data.source === 0) {
        for (const { parentId, node } of data.adds) {
          const document = (nodes.get(parentId) as HTMLIFrameElement | undefined)?.contentDocument;
          if (document && node.type === 0) fill(document, node);
        }
        for (const { id, attributes } of data.attributes) {
          const root = nodes.get(id)?.getRootNode();
          if (root && attributes._cssText) addSheet(root as Root, String(attributes._cssText));
        }
        adoptSheets();
      }
    },
    dot(isUnreadable) {
      for (const [id, node] of nodes) {
        if (node.nodeName !== 'INPUT' || !isUnreadable(id)) continue;
        const input = node as HTMLInputElement;
        const { offsetWidth, offsetHeight } = input;
        input.type = 'text';
        input.value = maskedValue;
        // As large as the control whose place it takes.
        input.style.cssText += `;box-sizing:border-box;width:${offsetWidth}px;height:${offsetHeight}px`;
      }
    },
    setAsset(name, url) {
      if (assets.get(name) === url) return;
      assets.set(name, url);
      for (const each of waiting) if (each.text.includes(name)) each.write();
    },
    close() {
      frame.remove();
    },
  };
}

function setState(element: Element, name: string, value: string | number | boolean): void {
  const isFile = element.localName === 'input' && (element as HTMLInputElement).type === 'file';
  if (name in element && !isFile) Reflect.set(element, name, value);
}

function openModal(element: Element): void {
  if (element.localName !== 'dialog') return;
  element.removeAttribute('open');
  (element as HTMLDialogElement).showModal();
}
