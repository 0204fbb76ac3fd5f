import type { Page } from 'playwright';

/** One page of the suite: what a visitor's site may be made of, and what happens on it while an agent looks. */
export interface FidelityPage {
  /** Also its path. */
  name: string;
  head?: string;
  body: string;
  /** In the place of `<!doctype html>`. */
  doctype?: string;
  /** Attributes of `<html>` beside its class. */
  root?: string;
  /** Files beside it, by path. */
  files?: Record<string, PageFile>;
  /** What the visitor and the page do once the agent sees the page. */
  act?(page: Page): Promise<unknown>;
  browser?: VisitorBrowser;
  /** Made before there were phones: a phone shows it as a small desktop. */
  hasNoViewport?: true;
  /** Values and words are masked: only that there are some is compared. */
  isMasked?: true;
  /** Parts that look otherwise on purpose, such as the box in the place of another site's frame: no picture of them. */
  unlike?: string;
}

export interface PageFile {
  type: string;
  body: string | Buffer;
  /** Refused without this cookie. */
  cookie?: string;
}

/** Browsers that a visitor may have; the agent's is a light desktop with a mouse. */
export type VisitorBrowser = 'desktop' | 'dark' | 'calm' | 'phone' | 'dense';

const baseStyle = `html{caret-color:transparent} body{margin:16px;font:16px/1.4 sans-serif;color:#1a202c}
.card{padding:16px;margin:0 0 12px;border-radius:8px;background:#edf2f7} .tall{height:220px} .row{display:flex;gap:12px}`;

/** Set on `<html>` once the page's script has run to its end. */
export const actedClass = 'acted';
export const classOf = (page: FidelityPage) => `page-${page.name}`;

export function htmlOf(page: FidelityPage, tag: string): string {
  const viewport = page.hasNoViewport
    ? ''
    : '<meta name="viewport" content="width=device-width, initial-scale=1">';
  return `${page.doctype ?? '<!doctype html>'}
<html lang="en" class="${classOf(page)}" ${page.root ?? ''}><head><meta charset="utf-8"><title>${page.name}</title>${viewport}
<style>${baseStyle}</style>${page.head ?? ''}${tag}</head><body data-rapport-unmask>${page.body}</body></html>`;
}
