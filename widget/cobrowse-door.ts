import { type ErrorCode, RapportError } from '../shared/errors.ts';
import type { CobrowseSession } from '../shared/model/cobrowse.ts';
import type { Cobrowse, CobrowseParts, CobrowseRequests, CreateCobrowse } from './cobrowse-contract.ts';

/** Stands for the co-browsing part until, and after, it is loaded: it is fetched when a session or an offer needs it. */
export interface CobrowseDoor {
  /** The session as the server tells it; null when there is none. */
  hear(session: CobrowseSession | null): void;
  offer(): void;
  code(): void;
  /** Takes effect at once; the server hears of it through the outbox. */
  stop(sessionId: string): Promise<CobrowseSession>;
  /** Another tab stopped it: this one stops as well and leaves the telling to that one. */
  stopHere(sessionId: string): void;
  /** The server knows of the stop, or refuses it because the session is over anyway. */
  onStopDelivered(sessionId: string, result: CobrowseSession | ErrorCode): void;
  /** The visitor is another one from now on. */
  forget(): void;
}

export interface CobrowseDoorParts {
  load(): Promise<CreateCobrowse>;
  parts: Omit<CobrowseParts, 'requests' | 'token'> & {
    requests: Omit<CobrowseRequests, 'stop'>;
  };
  token(): string;
  /** Sessions stopped here that the server may not know of yet; kept over page loads. */
  stopped: { has(sessionId: string): boolean; add(sessionId: string): void; remove(sessionId: string): void };
  /** Puts the stop into the outbox. */
  sendStop(sessionId: string): void;
  onSession(session: CobrowseSession | null): void;
  report(error: unknown): void;
}

type Waiting = { resolve: (session: CobrowseSession) => void; reject: (error: RapportError) => void };

export function createCobrowseDoor(door: CobrowseDoorParts): CobrowseDoor {
  let loading: Promise<Cobrowse> | undefined;
  let part: Cobrowse | undefined;
  let session: CobrowseSession | null = null;
  /** Grows with {@link CobrowseDoor.forget}: what was being loaded for a forgotten visitor is not used. */
  let visitor = 0;
  const waiting = new Map<string, Waiting[]>();

  function load(): Promise<Cobrowse> {
    const askedFor = visitor;
    loading ??= door.load().then(
      (create) => {
        if (askedFor !== visitor) throw new RapportError('unavailable');
        part = create({
          ...door.parts,
          token: door.token,
          requests: { ...door.parts.requests, stop },
        });
        return part;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  }

  /** A part that fails to load is asked for again with the next word of the session. */
  function withPart(use: (loaded: Cobrowse) => void) {
    if (part) use(part);
    else load().then(use).catch(door.report);
  }

  function set(next: CobrowseSession | null) {
    if (next === null && session === null) return;
    session = next;
    door.onSession(session);
    if (session) withPart((loaded) => loaded.update(session));
    else part?.update(null);
  }

  function settle(sessionId: string, use: (one: Waiting) => void) {
    for (const one of waiting.get(sessionId) ?? []) use(one);
    waiting.delete(sessionId);
  }

  function stopHere(sessionId: string) {
    door.stopped.add(sessionId);
    if (session?.id === sessionId) set(null);
  }

  function stop(sessionId: string): Promise<CobrowseSession> {
    stopHere(sessionId);
    const told = new Promise<CobrowseSession>((resolve, reject) => {
      waiting.set(sessionId, [...(waiting.get(sessionId) ?? []), { resolve, reject }]);
    });
    door.sendStop(sessionId);
    return told;
  }

  return {
    hear(next) {
      if (next?.state.phase === 'ended') {
        door.stopped.remove(next.id);
        settle(next.id, (one) => one.resolve(next));
        // The end of another session than the one at hand changes nothing.
        if (session && session.id !== next.id) return;
        return set(null);
      }
      if (next && door.stopped.has(next.id)) {
        door.sendStop(next.id);
        return set(null);
      }
      set(next);
    },
    offer: () => withPart((loaded) => loaded.offer()),
    code: () => withPart((loaded) => loaded.code()),
    stop,
    stopHere,
    onStopDelivered(sessionId, result) {
      door.stopped.remove(sessionId);
      settle(sessionId, (one) => {
        if (typeof result === 'string') one.reject(new RapportError(result));
        else one.resolve(result);
      });
    },
    forget() {
      visitor += 1;
      part?.close();
      part = undefined;
      loading = undefined;
      session = null;
      waiting.clear();
    },
  };
}
