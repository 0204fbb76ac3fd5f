import type { FilterInside, NodeRegister } from '../privacy-filter.ts';
import { mutation, type RecordedEvent } from '../recorded-event.ts';
import type { PageRoot, PageRoots } from './page-roots.ts';
import type { Tell } from './page-states.ts';
import type { StateReader } from './state-reader.ts';

type SheetElement = HTMLStyleElement | HTMLLinkElement;

/** A shorthand that browsers cannot write out again once a variable is in it. */
const lostValue = /:\s*;/;
const maxSourceChars = 1_500_000;

/** Style sheets that rrweb reads wrongly, late or not at all. */
export function createSheetReader(parts: {
  nodes: NodeRegister;
  inside: FilterInside;
  roots: PageRoots;
  tell: Tell;
  onStyle(element: Element, css: string): void;
  pass(event: RecordedEvent): void;
  restart(isNewDocument: boolean): void;
}): StateReader {
  const { nodes, inside, roots, tell, onStyle } = parts;
  /** By element: the text of its sheet that is in the mirror as its author wrote it. */
  let repaired = new WeakMap<Element, string>();
  let adopted = new WeakMap<PageRoot, CSSStyleSheet[]>();
  const sources = new Map<string, Promise<string | null>>();
  /** The snapshot has just told all lists. */
  let isFirstLook = false;

  const queries = [
    '(prefers-color-scheme:dark)',
    '(prefers-reduced-motion:reduce)',
    '(prefers-contrast:more)',
    '(hover:hover)',
    '(pointer:coarse)',
  ].map((query) => matchMedia(query));
  const onSurroundings = () => parts.restart(false);
  for (const query of queries) query.addEventListener('change', onSurroundings);

  function written(sheet: CSSStyleSheet): string | null {
    try {
      return [...sheet.cssRules].map(({ cssText }) => cssText).join('\n');
    } catch {
      return null;
    }
  }

  /** The author's text, where it still says what the sheet's rules say. */
  function repair(element: SheetElement): void {
    const { sheet } = element;
    const rules = sheet && written(sheet);
    if (!sheet || !rules || repaired.get(element) === rules || !lostValue.test(rules)) return;
    repaired.set(element, rules);
    const source = 'href' in element ? sourceOf(element.href) : Promise.resolve(element.textContent);
    source.then(
      (text) => {
        if (!text || text.length > maxSourceChars || /@import/i.test(text) || !element.isConnected) return;
        const copy = new CSSStyleSheet();
        copy.replaceSync(text);
        if (written(copy) === rules && element.sheet && written(element.sheet) === rules)
          tellText(element, text);
      },
      () => {},
    );
  }

  function tellText(element: SheetElement, css: string): void {
    if ('href' in element) {
      onStyle(element, css);
      return;
    }
    const texts = [...element.childNodes].map((node) => ({ id: nodes.idOf(node), value: node.nodeValue }));
    parts.pass({ type: 3, timestamp: Date.now(), data: mutation({ texts }) });
  }

  function sourceOf(href: string): Promise<string | null> {
    const known = sources.get(href);
    if (known) return known;
    const reading = fetch(href, { credentials: 'same-origin', cache: 'force-cache' }).then(
      async (response) => (response.ok ? absolute(await response.text(), href) : null),
      () => null,
    );
    sources.set(href, reading);
    return reading;
  }

  /** `push` on the list goes unnoticed; to set the list again does not, and changes nothing else. */
  function lookAtAdopted(): void {
    for (const root of roots.all()) {
      const now = [...root.adoptedStyleSheets];
      const before = adopted.get(root);
      adopted.set(root, now);
      const isSame = before
        ? before.length === now.length && before.every((each, at) => each === now[at])
        : isFirstLook;
      if (!isSame && (before || now.length > 0)) root.adoptedStyleSheets = now;
    }
    isFirstLook = false;
  }

  return {
    look() {
      lookAtAdopted();
      const disabled: number[] = [];
      for (const element of roots.select<SheetElement>('style,link[rel~=stylesheet]')) {
        const id = nodes.idOf(element);
        if (!inside.isTold(id)) continue;
        repair(element);
        if (element.sheet?.disabled) disabled.push(id);
      }
      tell('sheet-disabled', { kind: 'mark', mark: 'sheet-disabled', ids: disabled });
      const schemes = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content ?? '';
      if (/^[a-z ]{1,40}$/.test(schemes)) tell('schemes', { kind: 'schemes', schemes });
    },
    onEvent({ type, target }) {
      if (type !== 'load' || !(target instanceof HTMLLinkElement) || !target.sheet) return;
      // A sheet that came in the place of another one. The first of a link is recorded by rrweb.
      const rules = written(target.sheet);
      if (rules !== null && inside.isTold(nodes.idOf(target))) onStyle(target, absolute(rules, target.href));
    },
    startEpoch() {
      repaired = new WeakMap();
      adopted = new WeakMap();
      isFirstLook = true;
    },
    close() {
      for (const query of queries) query.removeEventListener('change', onSurroundings);
    },
  };
}

/** Addresses as the sheet's own place makes them: it stands in the page from here on. */
function absolute(css: string, base: string): string {
  return css.replace(/url\(\s*(['"]?)([^'")]+)\1\s*\)/gi, (all, _quote, url: string) => {
    if (/^(?:[a-z]+:|#)/i.test(url)) return all;
    try {
      return `url("${new URL(url, base).href}")`;
    } catch {
      return 'none';
    }
  });
}
