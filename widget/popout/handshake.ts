import type { Visit } from '../../shared/model/page.ts';
import type { SiteConfig } from '../../shared/model/site.ts';

/**
 * How a page and its pop-out window meet. The window knows the page's origin from its own address (after `#`), the page
 * knows Rapport's: every call names the origin it is for, and is taken only from the other window, of that origin. The
 * visitor's secret goes through a port that came with the call, never as a broadcast.
 */

/** The window calls the page: for its visitor, for a fresh identity token, and every few seconds to say that it is open. */
export interface PopoutCall {
  type: 'rapport:popout';
  siteKey: string;
  wants: 'visitor' | 'identity' | null;
}

/** The page's answer through the port of the call. */
export type PageAnswer =
  | { type: 'visitor'; record: string; config: SiteConfig; visit: Visit }
  | { type: 'identity'; token: string | null };

export const callEveryMs = 2_000;

export function isPopoutCall(data: unknown, siteKey: string): data is PopoutCall {
  const call = data as Partial<PopoutCall> | null;
  return typeof call === 'object' && call?.type === 'rapport:popout' && call.siteKey === siteKey;
}

/** The address of the window for a page of this origin. */
export function popoutAddress(rapportOrigin: string, siteKey: string, pageOrigin: string): string {
  return `${rapportOrigin}/popout/${encodeURIComponent(siteKey)}#${pageOrigin}`;
}

/** Site key and page's origin that an address names; null when it names none. */
export function readPopoutAddress(href: string): { siteKey: string; pageOrigin: string } | null {
  const url = new URL(href);
  const siteKey = /^\/popout\/(pk_[A-Za-z0-9_-]{4,40})\/?$/.exec(url.pathname)?.[1];
  const hash = url.hash.slice(1);
  if (!siteKey || !/^https?:\/\/[^/?#]+$/.test(hash) || !URL.canParse(hash)) return null;
  return new URL(hash).origin === hash ? { siteKey, pageOrigin: hash } : null;
}
