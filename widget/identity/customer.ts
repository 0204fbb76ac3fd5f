import { type ErrorCode, retryableErrors } from '../../shared/errors.ts';
import { maxEventsPerRequest } from '../../shared/limits.ts';
import type { Visit } from '../../shared/model/page.ts';
import type { VisitorChange, VisitorEvent } from '../../shared/model/visitor.ts';
import type { Connection, Opened } from '../connection.ts';
import type { Clock } from '../page/clock.ts';
import type { Storage } from '../page/storage.ts';
import { randomId } from '../random-id.ts';
import { readSignedToken, type SignedToken } from './signed-token.ts';
import { merged, readAttributes, readChange } from './told-facts.ts';

/** What a page tells of its customer: who it is, signed or not, and what happened. */
export interface Customer {
  identify(customer: unknown): void;
  set(attributes: unknown): void;
  track(name: unknown, properties: unknown): void;
  /** The token to connect with, fresh; null without one. */
  identity(): Promise<string | null>;
  /** The token that was connected with last; null without one. */
  signed(): string | null;
  /** The server refused the token. */
  onRefused(error: ErrorCode): void;
  onOpened(opened: Pick<Opened, 'visitorId' | 'customer'>): void;
  /** The visitor has a record from now on. */
  onRecord(): void;
  close(): void;
}

export interface CustomerParts {
  connection: Pick<Connection, 'request' | 'isOnline' | 'restart'>;
  /** The tab's own: what is told waits there, over page loads too, until the visitor has a record. */
  storage: Storage;
  name: string;
  clock: Clock;
  /** Names count only in a signed token. */
  isSignatureRequired: boolean;
  visit(): Visit;
  /** This browser keeps a visitor's token. */
  isKept(): boolean;
  /** Something waits that the server must hear. */
  onWaits(waits: boolean): void;
  onKnown(facts: { name?: string | null; email?: string | null }): void;
  onIdentified(customer: { name: string | null; email: string | null; verified: boolean }): void;
  onError(error: string, forDeveloper: string): void;
  /** Somebody else is signed in from now on. */
  onOtherPerson(): void;
  warn(text: string): void;
}

/** A token is renewed this long before it expires. */
const renewBeforeMs = 60_000;
/** Events are sent together. */
const gatherMs = 1_000;
const tryAgainMs = 10_000;
/** How long a connection waits for the page's function; the server waits 5 s for a connection's first words. */
const patienceMs = 4_000;
/** Events that wait for a record; beyond it the oldest go. */
const mostWaiting = 50;

interface Kept {
  change: VisitorChange | null;
  events: VisitorEvent[];
  /** What was last told, so that a page which tells the same at each view costs one request a tab. */
  told: string;
}

export function createCustomer(parts: CustomerParts): Customer {
  const { connection, storage, clock } = parts;
  const storageName = `${parts.name}:customer`;
  let kept = read();
  /** Null until a connection has told. */
  let hasRecord: boolean | null = null;
  let sending = false;
  let source: (() => unknown) | null = null;
  let token: SignedToken | null = null;
  let asking: Promise<SignedToken | null> | null = null;
  /** The same, but not for ever. */
  let waiting: Promise<SignedToken | null> | null = null;
  /** Who the server has been shown last. */
  let shown: SignedToken | null = null;
  let refusals = 0;
  let proving = false;
  let cancelRenewal = () => {};
  let cancelSend = () => {};
  let cancelPatience = () => {};
  const warned = new Set<string>();

  function read(): Kept {
    try {
      const found = JSON.parse(storage.read(storageName) ?? '{}') as Partial<Kept>;
      return { change: found.change ?? null, events: found.events ?? [], told: found.told ?? '' };
    } catch {
      return { change: null, events: [], told: '' };
    }
  }

  function keep(next: Partial<Kept>) {
    kept = { ...kept, ...next };
    storage.write(storageName, JSON.stringify(kept));
    tellWaits();
  }

  const hasFacts = () => kept.change !== null || kept.events.length > 0;

  function tellWaits() {
    parts.onWaits(proving || (hasFacts() && parts.isKept() && hasRecord !== false));
  }

  function fail(error: string, forDeveloper: string) {
    const isNews = !warned.has(error);
    warned.add(error);
    parts.onError(error, isNews ? forDeveloper : '');
  }

  // ── what the page tells without a signature ────────────────────────────────────────────────────────────────

  function change(next: VisitorChange) {
    const { name, email } = next;
    const counts = parts.isSignatureRequired ? { attributes: next.attributes } : next;
    if (parts.isSignatureRequired && (name !== undefined || email !== undefined)) {
      fail(
        'identity_required',
        'this site takes names and addresses only in a token that it has signed, see docs/identity.md.',
      );
      if (!next.attributes) return;
    } else {
      parts.onKnown({ ...(name !== undefined && { name }), ...(email !== undefined && { email }) });
    }
    const all = merged(kept.change ?? {}, counts);
    if (kept.change === null && JSON.stringify(all) === kept.told) return;
    keep({ change: all });
    sendSoon();
  }

  function sendSoon(afterMs = gatherMs) {
    cancelSend();
    cancelSend = clock.after(afterMs, () => void send());
  }

  async function send() {
    if (sending || !hasRecord || !hasFacts() || !connection.isOnline()) return;
    sending = true;
    const isDone = (await sendChange()) && (await sendEvents());
    sending = false;
    tellWaits();
    if (hasFacts()) sendSoon(isDone ? gatherMs : tryAgainMs);
  }

  async function sendChange(): Promise<boolean> {
    const { change: sent } = kept;
    if (sent === null) return true;
    const reply = await connection.request('visitor:update', { change: sent, visit: parts.visit() });
    if (!reply.ok && retryableErrors.includes(reply.error)) return false;
    // What was told meanwhile goes next.
    if (kept.change === sent) keep({ change: null, told: reply.ok ? JSON.stringify(sent) : '' });
    if (!reply.ok) {
      fail(
        reply.error,
        `what the page told of the visitor was refused (${reply.error} ${reply.field ?? ''}).`,
      );
    } else if (sent.name !== undefined || sent.email !== undefined) {
      parts.onIdentified({ name: sent.name ?? null, email: sent.email ?? null, verified: false });
    }
    return true;
  }

  async function sendEvents(): Promise<boolean> {
    while (kept.events.length > 0) {
      const events = kept.events.slice(0, maxEventsPerRequest);
      const reply = await connection.request('event:track', { events });
      if (!reply.ok && retryableErrors.includes(reply.error)) return false;
      if (!reply.ok) fail(reply.error, `events were refused (${reply.error} ${reply.field ?? ''}).`);
      keep({ events: kept.events.filter((event) => !events.includes(event)) });
    }
    return true;
  }

  // ── who it is, signed by the site ──────────────────────────────────────────────────────────────────────────

  function ask(): Promise<SignedToken | null> {
    const asked = source;
    if (!asked) return Promise.resolve(null);
    asking ??= Promise.resolve()
      .then(asked)
      .then(
        (text) => {
          const found = readSignedToken(text);
          if (!found)
            fail('identity_invalid', 'the identity is no JWT with sub and exp, see docs/identity.md.');
          return found;
        },
        (error: unknown) => {
          fail('get_token_failed', `your function that gets the identity token failed: ${String(error)}`);
          return null;
        },
      )
      .then((found) => {
        asking = null;
        if (asked !== source) return null;
        token = found;
        cancelRenewal();
        if (found) {
          const leftMs = found.expiresAtMs - renewBeforeMs - clock.nowMs();
          // Not at once again for a token that hardly lives; the next connection asks then.
          if (leftMs > 0) cancelRenewal = clock.after(Math.min(leftMs, 2 ** 31 - 1), () => void ask());
        }
        return found;
      });
    return asking;
  }

  /** Null when the page's function takes too long: the visitor goes on without a name until it answers. */
  function askInTime(): Promise<SignedToken | null> {
    if (!source) return Promise.resolve(null);
    waiting ??= new Promise((resolve) => {
      let isLate = false;
      cancelPatience = clock.after(patienceMs, () => {
        isLate = true;
        waiting = null;
        fail('get_token_failed', `your function that gets the identity token takes over ${patienceMs} ms.`);
        resolve(null);
      });
      void ask().then((found) => {
        // Whoever waits for the first token connects with it in `prove`.
        if (isLate) return found && !proving && connection.restart();
        cancelPatience();
        waiting = null;
        resolve(found);
      });
    });
    return waiting;
  }

  async function prove(next: () => unknown) {
    source = next;
    token = null;
    asking = null;
    refusals = 0;
    proving = true;
    tellWaits();
    const found = await ask();
    if (source !== next) return;
    if (!found) {
      proving = false;
      return tellWaits();
    }
    const before = shown;
    // Nobody has said that the one before has gone: what is in this browser belongs to that one.
    if (before && before.subject !== found.subject) parts.onOtherPerson();
    if (before?.person === found.person && connection.isOnline()) proving = false;
    else connection.restart();
    tellWaits();
  }

  return {
    identify(customer) {
      if (typeof customer === 'function') return void prove(() => (customer as () => unknown)());
      if (typeof customer === 'string') return void prove(() => customer);
      const told = readChange(customer);
      if (told) change(told);
      else {
        fail(
          'malformed',
          "rapport('identify', …) takes { name, email, attributes }, a signed token, or a function that gets one.",
        );
      }
    },
    set(attributes) {
      const told = readAttributes(attributes, true);
      if (told) change({ attributes: told });
      else parts.warn("rapport('set', …) takes names with texts up to 500 characters, numbers or booleans.");
    },
    track(name, properties = {}) {
      const told = readAttributes(properties, false);
      if (typeof name !== 'string' || !name.trim() || name.length > 80 || !told) {
        return parts.warn(
          "rapport('track', …) takes a name of at most 80 characters and properties that are texts, numbers or booleans.",
        );
      }
      const event: VisitorEvent = { clientId: randomId(), name, properties: told, atMs: clock.nowMs() };
      keep({ events: [...kept.events, event].slice(-mostWaiting) });
      sendSoon();
    },
    async identity() {
      const isFresh = token !== null && token.expiresAtMs - renewBeforeMs / 2 > clock.nowMs();
      const found = isFresh ? token : await askInTime();
      shown = found;
      return found?.text ?? null;
    },
    signed: () => shown?.text ?? null,
    onRefused(error) {
      refusals += 1;
      const asked = source;
      if (refusals === 1 && asked) {
        token = null;
        void ask().then((found) => {
          if (found && source === asked) connection.restart();
        });
        return;
      }
      // A second token was no better: the visitor goes on without a name instead of not at all.
      source = null;
      token = null;
      shown = null;
      proving = false;
      fail(error, `the server does not take the identity token (${error}), see docs/identity.md.`);
      tellWaits();
    },
    onOpened({ visitorId, customer }) {
      hasRecord = visitorId !== null;
      if (shown) {
        refusals = 0;
        if (proving && customer) parts.onIdentified(customer);
        proving = false;
      }
      tellWaits();
      void send();
    },
    onRecord() {
      hasRecord = true;
      tellWaits();
      void send();
    },
    close() {
      cancelRenewal();
      cancelSend();
      cancelPatience();
      source = null;
      token = null;
      shown = null;
      storage.remove(storageName);
    },
  };
}
