import { isReadable } from './sheet-access.ts';

/**
 * Reads style sheets that the page may use but its scripts may not look into (another origin, no `crossorigin`): a
 * sheet that its host lets anyone fetch can still be shown to agents.
 */
export interface StyleReader {
  /** Looks for such sheets; each is read once, and its text given again on later calls. */
  readUnreadable(): void;
  close(): void;
}

const maxStyleChars = 1_500_000;

export function createStyleReader(parts: { onStyle(link: HTMLLinkElement, css: string): void }): StyleReader {
  const texts = new Map<string, Promise<string | null>>();
  const abort = new AbortController();

  function text(href: string): Promise<string | null> {
    const known = texts.get(href);
    if (known) return known;
    const reading = fetch(href, { credentials: 'omit', cache: 'force-cache', signal: abort.signal }).then(
      async (response) => {
        if (!response.ok || !/^text\/css\b/i.test(response.headers.get('content-type') ?? '')) return null;
        const css = await response.text();
        return css.length <= maxStyleChars ? withAbsoluteUrls(css, href) : null;
      },
      () => null,
    );
    texts.set(href, reading);
    return reading;
  }

  return {
    readUnreadable() {
      for (const sheet of document.styleSheets) {
        const link = sheet.ownerNode;
        if (!(link instanceof HTMLLinkElement) || !sheet.href || isReadable(sheet)) continue;
        text(sheet.href).then((css) => {
          if (css !== null && !abort.signal.aborted && link.isConnected) parts.onStyle(link, css);
        });
      }
    },
    close() {
      abort.abort();
      texts.clear();
    },
  };
}

function withAbsoluteUrls(css: string, base: string): string {
  return css.replace(/url\(\s*(['"]?)([^'")]+)\1\s*\)/gi, (all, _quote, url: string) => {
    if (/^(?:[a-z]+:|#)/i.test(url)) return all;
    try {
      return `url("${new URL(url, base).href}")`;
    } catch {
      return 'none';
    }
  });
}
