import type { Storage } from './page/storage.ts';
import { randomId } from './random-id.ts';

/** The one storage entry, `rapport:KEY`; it exists once the visitor has written or offered to share. */
interface Kept {
  token: string;
  /** Until when a page connects by itself to hear of this visitor's conversations. */
  followUntilMs: number;
  /** Shown on the launcher before the connection stands. */
  unread: number;
  /** Co-browse sessions the visitor has stopped and the server does not know of yet: they must not resume. */
  stopped: string[];
}

export interface VisitorRecord {
  token(): string;
  /** The visitor has acted: from now on the token stays in this browser. Takes over another tab's token. */
  keep(): void;
  isKept(): boolean;
  followUntilMs(): number;
  unread(): number;
  stopped(): readonly string[];
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

function parse(text: string | null): Kept | null {
  if (!text) return null;
  try {
    const kept = JSON.parse(text) as Partial<Kept> | null;
    if (typeof kept?.token !== 'string' || !/^vt_[A-Za-z0-9_-]{43}$/.test(kept.token)) return null;
    return {
      token: kept.token,
      followUntilMs: Number(kept.followUntilMs) || 0,
      unread: Number(kept.unread) || 0,
      stopped: Array.isArray(kept.stopped) ? kept.stopped.map(String) : [],
    };
  } catch {
    // The page's own scripts can write here too: a broken entry counts as none.
    return null;
  }
}

export function createVisitorRecord(parts: { storage: Storage; siteKey: string }): VisitorRecord {
  const { storage } = parts;
  const name = recordName(parts.siteKey);
  const fresh = (): Kept => ({ token: newToken(), followUntilMs: 0, unread: 0, stopped: [] });
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
