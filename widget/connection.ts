import { io, type Socket } from 'socket.io-client';
import { type ErrorCode, type Refusal, retryableErrors } from '../shared/errors.ts';
import { replyTimeoutMs } from '../shared/limits.ts';
import type { Visit } from '../shared/model/page.ts';
import type {
  EventsOfFacts,
  EventsOfRequests,
  PayloadOf,
  Reply,
  ReplyOf,
  VisitorFacts,
  VisitorRequests,
} from '../shared/protocol.ts';
import type { Clock } from './page/clock.ts';

type Requests = EventsOfRequests<VisitorRequests>;
type Facts = EventsOfFacts<VisitorFacts>;
export type RequestName = keyof VisitorRequests;
export type ReplyTo<E extends RequestName> = Reply<ReplyOf<VisitorRequests, E>>;
export type Opened = ReplyOf<VisitorRequests, 'visit:open'>;

/** `refused`: the server does not want this page or token; trying again would not help. */
export type ConnectionState = 'off' | 'connecting' | 'online' | 'offline' | 'refused';

export type FactHandlers = { [E in keyof Facts]: Facts[E] };

export interface ConnectionParts {
  origin: string;
  siteKey: string;
  token(): string;
  /** A token that the site has signed, with which the visitor is named; null without one. */
  identity(): Promise<string | null> | null;
  /** The server does not take that token; the connection tries again with what `identity` gives then. */
  onIdentityRefused(error: ErrorCode): void;
  visit(): Visit;
  clock: Clock;
  /** Runs what the network started, so that nothing it throws reaches the page. */
  guard(run: () => void): void;
  /** `error` says why, when refused. */
  onState(state: ConnectionState, error: ErrorCode | null): void;
  /** After every connect, before any request goes out. */
  onOpened(opened: Opened): void;
  facts: FactHandlers;
}

export interface Connection {
  /** Connected while anything wants it. */
  want(reason: string, wanted: boolean): void;
  /**
   * Waits for the connection and the reply, together at most {@link replyTimeoutMs}. Never rejects: what did not get an
   * answer is `unavailable`, and may or may not have happened.
   */
  request<E extends RequestName>(name: E, payload: PayloadOf<VisitorRequests, E>): Promise<ReplyTo<E>>;
  isOnline(): boolean;
  /** Whether there is a connection, now or within {@link replyTimeoutMs}. */
  online(): Promise<boolean>;
  /** The page goes into the back/forward cache: an open connection would keep it out. */
  freeze(frozen: boolean): void;
  /** Connects anew, with another token: what waits for the connection is not sent in that one's name. */
  restart(): void;
  /** Asks again for everything: the log has another history. */
  reopen(): void;
  close(): void;
}

const unanswered: Refusal = { ok: false, error: 'unavailable' };
const livePath = '/live';

/** The only door to socket.io-client. */
export function createConnection(parts: ConnectionParts): Connection {
  const { clock, guard, facts } = parts;
  const reasons = new Set<string>();
  let state: ConnectionState = 'off';
  let socket: Socket<Facts, Requests> | null = null;
  /** Those who wait for the connection. */
  const waiting = new Set<(isOnline: boolean) => void>();
  /** Requests whose reply has not come: a lost connection will not bring it. */
  const pending = new Set<() => void>();
  let cancelRetry = () => {};
  let refusals = 0;
  let frozen = false;

  function setState(next: ConnectionState, error: ErrorCode | null = null) {
    if (state === next) return;
    state = next;
    parts.onState(next, error);
  }

  function connect() {
    if (socket || frozen) return;
    const made: Socket<Facts, Requests> = io(`${parts.origin}/visitor`, {
      path: livePath,
      auth: (send) => {
        void Promise.resolve(parts.identity()).then((identity) =>
          send({ site: parts.siteKey, token: parts.token(), ...(identity && { identity }) }),
        );
      },
      transports: ['websocket', 'polling'],
      // A proxy that lets no WebSocket through must not keep the visitor out.
      tryAllTransports: true,
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      timeout: replyTimeoutMs,
    });
    socket = made;
    setState('connecting');
    const mine = (run: () => void) => guard(() => (socket === made ? run() : undefined));

    made.on('connect', () => mine(open));
    made.on('disconnect', (reason) =>
      mine(() => {
        setState('offline');
        for (const fail of [...pending]) fail();
        // The library comes back by itself, but not after the server closed the door.
        if (reason === 'io server disconnect') retryLater();
      }),
    );
    made.on('connect_error', (error) =>
      mine(() => {
        const code = refusalCode(error);
        if (code === 'identity_invalid' || code === 'identity_expired') {
          setState('offline');
          parts.onIdentityRefused(code);
          return retryLater();
        }
        if (code && !retryableErrors.includes(code)) {
          setState('refused', code);
          for (const fail of [...pending]) fail();
          drop();
          return;
        }
        setState('offline');
        if (!made.active) retryLater();
      }),
    );
    for (const name of Object.keys(facts) as Array<keyof Facts>) {
      const hear = facts[name] as (fact: unknown) => void;
      made.on(name, ((fact: unknown) => mine(() => hear(fact))) as Facts[typeof name]);
    }
  }

  function retryLater() {
    cancelRetry();
    refusals += 1;
    cancelRetry = clock.after(Math.min(30_000, 1_000 * 2 ** refusals) * (0.5 + Math.random() / 2), () =>
      socket?.connect(),
    );
  }

  function open() {
    const visiting = socket;
    void emit('visit:open', parts.visit()).then((reply) =>
      guard(() => {
        if (socket !== visiting || !socket?.connected) return;
        if (!reply.ok) {
          socket.disconnect();
          if (retryableErrors.includes(reply.error)) retryLater();
          else setState('refused', reply.error);
          return;
        }
        refusals = 0;
        setState('online');
        parts.onOpened(reply);
        for (const tell of [...waiting]) tell(true);
      }),
    );
  }

  function drop() {
    cancelRetry();
    socket?.disconnect();
    socket = null;
    for (const fail of [...pending]) fail();
  }

  function online(): Promise<boolean> {
    if (state === 'online') return Promise.resolve(true);
    if (state === 'refused') return Promise.resolve(false);
    // Somebody waits: no need to sit out the pause between two tries.
    socket?.connect();
    return new Promise((resolve) => {
      const tell = (isOnline: boolean) => {
        waiting.delete(tell);
        cancelTimer();
        resolve(isOnline);
      };
      const cancelTimer = clock.after(replyTimeoutMs, () => tell(false));
      waiting.add(tell);
    });
  }

  function emit<E extends RequestName>(
    name: E,
    payload: PayloadOf<VisitorRequests, E>,
    timeoutMs = replyTimeoutMs,
  ): Promise<ReplyTo<E>> {
    return new Promise((resolve) => {
      const settle = (reply: ReplyTo<E>) => {
        pending.delete(fail);
        cancelTimer();
        resolve(reply);
      };
      const fail = () => settle(unanswered);
      const cancelTimer = clock.after(timeoutMs, fail);
      pending.add(fail);
      const args = [payload, settle] as Parameters<Requests[E]>;
      // The library would keep it and send it later; callers repeat what must not be lost.
      if (socket?.connected) socket.emit(name, ...args);
      else fail();
    });
  }

  return {
    want(reason, wanted) {
      if (wanted) reasons.add(reason);
      else reasons.delete(reason);
      if (reasons.size > 0) {
        if (state !== 'refused') connect();
      } else if (socket) {
        drop();
        setState('off');
      }
    },
    online,
    async request(name, payload) {
      // At once: a request made just before `restart` still goes out, and as the visitor that made it.
      if (state === 'online') return emit(name, payload);
      const askedAtMs = clock.nowMs();
      if (!(await online())) return unanswered;
      return emit(name, payload, Math.max(0, askedAtMs + replyTimeoutMs - clock.nowMs()));
    },
    freeze(next) {
      frozen = next;
      if (frozen && socket) {
        drop();
        setState('off');
      } else if (!frozen && reasons.size > 0) {
        connect();
      }
    },
    isOnline: () => state === 'online',
    restart() {
      drop();
      for (const tell of [...waiting]) tell(false);
      setState('off');
      if (reasons.size > 0) connect();
    },
    reopen() {
      if (socket?.connected) open();
    },
    close() {
      reasons.clear();
      drop();
      setState('off');
    },
  };
}

/** Socket.IO hands a middleware's error over with `data`. */
function refusalCode(error: Error): ErrorCode | null {
  const { data } = error as Error & { data?: Partial<Refusal> };
  return data?.error ?? null;
}
