import type { Page } from './page.ts';

/** A visitor as agents see them. A record exists only after the visitor acted. */
export interface Visitor {
  id: string;
  siteId: string;
  /** Given by the visitor or the host, else null: shown as "Visitor". */
  name: string | null;
  email: string | null;
  page: Page;
  referrer: string;
  /** e.g. "Chrome 156 on Windows". */
  browser: string;
  language: string;
  timeZone: string;
  firstSeenMs: number;
  lastSeenMs: number;
  /** At least one tab is connected now. */
  online: boolean;
}

/** Name to show for a visitor. */
export function visitorName(visitor: { name: string | null; email: string | null }): string {
  return visitor.name || visitor.email || 'Visitor';
}
