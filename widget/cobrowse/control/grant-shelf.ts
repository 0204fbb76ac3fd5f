import type { Grant } from '../../../shared/model/grant.ts';

/**
 * The visitor's own copy of a grant, kept over page loads and for the other tabs of this browser: what the server says
 * is held counts only when it is here as well. Where the browser keeps nothing, a grant ends with its page.
 */
export interface KeptGrant {
  sessionId: string;
  grant: Grant;
  /** What the server's clock is ahead of this one's; the grant is dated by the server's. */
  aheadMs: number;
}

const key = 'rapport:grant';

export function createGrantShelf() {
  let inMemory: KeptGrant | null = null;
  return {
    get(sessionId: string): KeptGrant | null {
      let kept = inMemory;
      try {
        kept = JSON.parse(localStorage.getItem(key) ?? 'null') as KeptGrant | null;
      } catch {
        // A browser that keeps nothing: what this page knows counts.
      }
      return kept?.sessionId === sessionId ? kept : null;
    },
    put(kept: KeptGrant): void {
      inMemory = kept;
      try {
        localStorage.setItem(key, JSON.stringify(kept));
      } catch {
        // As above.
      }
    },
    remove(): void {
      inMemory = null;
      try {
        localStorage.removeItem(key);
      } catch {
        // As above.
      }
    },
  };
}
