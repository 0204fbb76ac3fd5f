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

  const taken = async (asked: Promise<Reply<{ session: CobrowseSession }>>) => {
    const reply = await asked;
    if (!reply.ok) throw new RapportError(reply.error);
    parts.onSession(reply.session);
    return reply.session;
  };

  return {
    async offer(consent) {
      parts.keepVisitor();
      connection.want('offer', true);
      try {
        const session = await taken(
          connection.request('cobrowse:offer', {
            clientId: offerId,
            conversationId: parts.conversationId(),
            visit: parts.visit(),
            ...consent,
          }),
        );
        offerId = randomId();
        return session;
      } finally {
        connection.want('offer', false);
      }
    },
    answer: (sessionId, accept, consent) =>
      taken(connection.request('cobrowse:answer', { sessionId, accept, ...consent })),
    stopRecording: (sessionId) => taken(connection.request('cobrowse:stopRecording', { sessionId })),
  };
}
