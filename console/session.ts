import { type ReadonlySignal, signal } from '@preact/signals';
import { errorTable, type Refusal } from '../shared/errors.ts';
import type { Agent } from '../shared/model/agent.ts';

/** A token is renewed this long before it expires: several tries fit in between. */
const renewEarlyMs = 60_000;
/** Pause between tries to renew when the server cannot be reached. */
const retryMs = 3_000;

export type SessionState =
  /** Right after a load: the cookie is being exchanged. `unreachable` when the server does not answer. */
  | { phase: 'starting'; unreachable: boolean }
  | { phase: 'signed_out' }
  | { phase: 'signed_in'; agent: Agent };

interface Token {
  text: string;
  expiresAtMs: number;
}

type Done = { ok: true };
type SignedIn = { ok: true; accessToken: string; expiresAtMs: number; agent: Agent };

export interface Session {
  state: ReadonlySignal<SessionState>;
  /** Exchanges the cookie of an earlier sign-in; tries again until the server answers. */
  start(): void;
  signIn(email: string, password: string): Promise<{ ok: true } | Refusal>;
  /** Ends the sign-in on the server too. When it cannot be reached, nothing changes. */
  signOut(): Promise<Refusal | null>;
  /** A token that is good for a while. Rejects when signed out or when the server cannot be reached. */
  accessToken(): Promise<string>;
  /** The server refused the token: forget it, so that the next call renews. */
  dropToken(): void;
  close(): void;
}

export interface SessionParts {
  /** Sends a JSON request to the console's own server. */
  fetch: (path: string, init: RequestInit) => Promise<Response>;
}

/**
 * Who is signed in. The access token lives in memory only; an HttpOnly cookie that this code never sees renews it
 * before it expires and after a reload.
 */
export function createSession({ fetch }: SessionParts): Session {
  const state = signal<SessionState>({ phase: 'starting', unreachable: false });
  let token: Token | null = null;
  let renewing: Promise<string> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function ask(path: string, method: string, body?: unknown): Promise<SignedIn | Done | Refusal> {
    try {
      const response = await fetch(path, {
        method,
        credentials: 'same-origin',
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token ? { authorization: `Bearer ${token.text}` } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const reply: unknown = await response.json().catch(() => null);
      return isReply(reply)
        ? reply
        : { ok: false, error: response.status >= 500 ? 'unavailable' : 'internal' };
    } catch {
      // fetch rejects when there is no network or no server.
      return { ok: false, error: 'unavailable' };
    }
  }

  function enter(reply: SignedIn) {
    token = { text: reply.accessToken, expiresAtMs: reply.expiresAtMs };
    state.value = { phase: 'signed_in', agent: reply.agent };
    plan(Math.max(retryMs, reply.expiresAtMs - Date.now() - renewEarlyMs));
  }

  function leave() {
    token = null;
    clearTimeout(timer);
    state.value = { phase: 'signed_out' };
  }

  function plan(inMs: number) {
    clearTimeout(timer);
    if (closed) return;
    // A failed try plans the next one by itself.
    timer = setTimeout(() => void renew().catch(() => undefined), inMs);
  }

  /** One exchange at a time, however many callers wait for it. */
  function renew(): Promise<string> {
    renewing ??= ask('/api/session/renew', 'POST')
      .then((answer) => {
        const reply = tokenReply(answer);
        if (reply.ok) {
          enter(reply);
          return reply.accessToken;
        }
        if (errorTable[reply.error].retryable) {
          if (state.value.phase === 'starting') state.value = { phase: 'starting', unreachable: true };
          if (state.value.phase !== 'signed_out') plan(reply.retryAfterMs ?? retryMs);
        } else {
          leave();
        }
        throw new Error(`the session could not be renewed: ${reply.error}`);
      })
      .finally(() => {
        renewing = null;
      });
    return renewing;
  }

  return {
    state,
    start: () => plan(0),
    async signIn(email, password) {
      const reply = tokenReply(await ask('/api/session', 'POST', { email, password }));
      if (!reply.ok) return reply;
      enter(reply);
      return { ok: true };
    },
    async signOut() {
      const reply = await ask('/api/session', 'DELETE');
      if (!reply.ok && errorTable[reply.error].retryable) return reply;
      leave();
      return null;
    },
    async accessToken() {
      if (state.value.phase === 'signed_out') throw new Error('signed out');
      if (token && token.expiresAtMs - Date.now() > renewEarlyMs / 2) return token.text;
      return renew();
    },
    dropToken() {
      token = null;
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

function isReply(value: unknown): value is SignedIn | Done | Refusal {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  return (
    value.ok === true || ('error' in value && typeof value.error === 'string' && value.error in errorTable)
  );
}

/** The server says yes to an exchange only together with a token. */
function tokenReply(reply: SignedIn | Done | Refusal): SignedIn | Refusal {
  return !reply.ok || 'accessToken' in reply ? reply : { ok: false, error: 'internal' };
}
