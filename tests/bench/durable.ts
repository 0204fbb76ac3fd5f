import { randomBytes } from 'node:crypto';
import type { VisitorFacts, VisitorRequests } from '../../shared/protocol.ts';
import { openLine } from '../integration/live-line.ts';
import type { Rapport } from '../support/rapport.ts';

const visitors = 150;
/** What one visitor may send at once, the first message included. */
const messagesEach = 19;

const clientId = () => randomBytes(16).toString('base64url');

/**
 * Messages a second that visitors get a tick for, through sockets, rules and the store with its fsync. Every visitor has
 * an address and a conversation of its own; nobody waits for the tick before sending the next.
 */
export async function durablePerSecond(
  rapport: Pick<Rapport, 'origin' | 'siteKey'>,
  pageOrigin: string,
): Promise<number> {
  const visit = {
    page: { url: `${pageOrigin}/`, title: 'Shop' },
    referrer: '',
    language: 'en',
    timeZone: 'Europe/Berlin',
  };
  const lines = await Promise.all(
    Array.from({ length: visitors }, async (_, index) => {
      const line = await openLine<VisitorRequests, VisitorFacts>({
        origin: rapport.origin,
        namespace: '/visitor',
        auth: { site: rapport.siteKey, token: `vt_${randomBytes(32).toString('base64url')}` },
        headers: { origin: pageOrigin, 'x-forwarded-for': `10.0.${Math.floor(index / 250)}.${index % 250}` },
      });
      const started = await line.get('conversation:start', { clientId: clientId(), text: 'Hello', visit });
      return { line, conversationId: started.conversation.id };
    }),
  );
  const startMs = performance.now();
  await Promise.all(
    lines.flatMap(({ line, conversationId }) =>
      Array.from({ length: messagesEach }, (_, index) =>
        line.get('message:send', { conversationId, clientId: clientId(), text: `Message ${index}` }),
      ),
    ),
  );
  const seconds = (performance.now() - startMs) / 1000;
  for (const { line } of lines) line.close();
  return (visitors * messagesEach) / seconds;
}
