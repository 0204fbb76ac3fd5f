import type { Storage } from './page/storage.ts';
import { randomId } from './random-id.ts';

/**
 * The one storage entry, `rapport:KEY`. It exists once the visitor has written, picked a file, agreed to the site's terms
 * or offered to share, an agent has written to the visitor, or the page has said with a signature who it is.
 */
interface Kept {
  token: string;
  /** Until when a page connects by itself to hear of this visitor's conversations. */
  followUntilMs: number;
  /** Shown on the launcher before the connection stands. */
  unread: number;
  /** Co-browse sessions the visitor has stopped and the server does not know of yet: they must not resume. */
  stopped: string[];
  /** The text that the visitor has agreed to; null for none. */
  consent: string | null;
  /** No sound at new messages. */
  muted: boolean;
}

export interface VisitorRecord {
  token(): string;
  /** The visitor has acted: from now on the token stays in this browser. Takes over another tab's token. */
  keep(): void;
  isKept(): boolean;
  followUntilMs(): number;
  unread(): number;
  stopped(): readonly string[];
  consent(): string | null;
  muted(): boolean;
  /** The whole entry, for the pop-out window. */
  text(): string;
  /** Changes nothing before {@link keep}. */
  note(facts: Partial<Omit<Kept, 'token'>>): void;
  forget(): void;
  /** Another tab has forgotten the visitor, whose token may be the one that this tab made: it is not used again. */
  renew(): void;
}

export const recordName = (siteKey: string) => `rapport:${siteKey}`;

/** `vt_` and 43 characters of base64url: 256 random bits. */
function newToken(): string {
  return `vt_${randomId(43)}`;
}

function whole(token: string, kept: Partial<Kept>): Kept {
  return {
    token,
    followUntilMs: Number(kept.followUntilMs) || 0,
    unread: Number(kept.unread) || 0,
    stopped: Array.isArray(kept.stopped) ? kept.stopped.map(String) : [],
    consent: typeof kept.consent === 'string' ? kept.consent : null,
    muted: kept.muted === true,
  };
}

function parse(text: string | null): Kept | null {
  if (!text) return null;
  try {
    const kept = JSON.parse(text) as Partial<Kept> | null;
    if (typeof kept?.token !== 'string' || !/^vt_[A-Za-z0-9_-]{43}$/.test(kept.token)) return null;
    return whole(kept.token, kept);
  } catch {
    // The page's own scripts can write here too: a broken entry counts as none.
    return null;
  }
}

export function createVisitorRecord(parts: { storage: Storage; siteKey: string }): VisitorRecord {
  const { storage } = parts;
  const name = recordName(parts.siteKey);
  const fresh = () => whole(newToken(), {});
  let unkept = fresh();
  const read = () => parse(storage.read(name));
  const now = () => read() ?? unkept;

  return {
    token: () => now().token,
    keep() {
      if (!read()) storage.write(name, JSON.stringify(unkept));
    },
    isKept: () => read() !== null,
    followUntilMs: () => now().followUntilMs,
    unread: () => now().unread,
    stopped: () => now().stopped,
    consent: () => now().consent,
    muted: () => now().muted,
    text: () => JSON.stringify(now()),
    note(facts) {
      const kept = read();
      if (kept) storage.write(name, JSON.stringify({ ...kept, ...facts }));
      else unkept = { ...unkept, ...facts };
    },
    forget() {
      storage.remove(name);
      unkept = fresh();
    },
    renew() {
      unkept = fresh();
    },
  };
}
