import { RapportError } from '../shared/errors.ts';
import type { CobrowseSession } from '../shared/model/cobrowse.ts';
import type { Visit } from '../shared/model/page.ts';
import type { Reply } from '../shared/protocol.ts';
import type { CobrowseRequests } from './cobrowse-contract.ts';
import type { Connection } from './connection.ts';
import { randomId } from './random-id.ts';

/** Offer and answer go out once, while the visitor waits; only a stop is repeated for ever, by the outbox. */
export function createCobrowseRequests(parts: {
  connection: Pick<Connection, 'request' | 'want'>;
  visit(): Visit;
  /** The conversation on screen. */
  conversationId(): string | null;
  keepVisitor(): void;
  onSession(session: CobrowseSession): void;
}): Omit<CobrowseRequests, 'stop'> {
  const { connection } = parts;
  /** The same until the server has taken the offer: pressing again after a lost reply is one offer. */
  let offerId = randomId();

  /** A conversation is begun with it where there is none, and the line stays for what comes of it. */
  async function asBeginner<R>(
    ask: (start: { conversationId: string | null; visit: Visit }) => Promise<R>,
  ): Promise<R> {
    parts.keepVisitor();
    connection.want('offer', true);
    try {
      return await ask({ conversationId: parts.conversationId(), visit: parts.visit() });
    } finally {
      connection.want('offer', false);
    }
  }

  function told(reply: Reply<{ session: CobrowseSession }>): CobrowseSession {
    if (!reply.ok) throw new RapportError(reply.error);
    parts.onSession(reply.session);
    return reply.session;
  }

  return {
    async offer(consent) {
      const reply = await asBeginner((start) =>
        connection.request('cobrowse:offer', { clientId: offerId, ...start, ...consent }),
      );
      if (reply.ok) offerId = randomId();
      return told(reply);
    },
    async code() {
      const reply = await asBeginner((start) =>
        connection.request('cobrowse:code', { clientId: offerId, ...start }),
      );
      if (!reply.ok) throw new RapportError(reply.error);
      return reply;
    },
    async answer(sessionId, accept, consent) {
      return told(await connection.request('cobrowse:answer', { sessionId, accept, ...consent }));
    },
    async pause(sessionId, paused) {
      return told(await connection.request('cobrowse:pause', { sessionId, paused }));
    },
    async stopRecording(sessionId) {
      return told(await connection.request('cobrowse:stopRecording', { sessionId }));
    },
  };
}
