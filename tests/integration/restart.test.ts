import { afterEach, expect, it } from 'vitest';
import { type Rapport, startRapport } from '../support/rapport.ts';
import { isRefusal, openLine, type VisitorLine } from './live-line.ts';
import { clientId, visit, visitorToken } from './live-rapport.ts';

const shopOrigin = 'http://localhost:4999';
/** Four starts of the program, each slow where the machine is busy. */
const startsMs = 90_000;

let rapport: Rapport | undefined;
afterEach(() => rapport?.stop());

it(
  'killed in the middle of sending, again and again: nothing is lost, nothing is there twice',
  async () => {
    const one = await startRapport({ demoOrigin: shopOrigin });
    rapport = one;
    const token = visitorToken();
    const connect = (): Promise<VisitorLine> =>
      openLine({
        origin: one.origin,
        namespace: '/visitor',
        auth: { site: one.siteKey, token },
        headers: { origin: shopOrigin },
      });

    const line = await connect();
    const first = { clientId: clientId(), text: '0', visit };
    const { conversation } = await line.get('conversation:start', first);
    const messages = Array.from({ length: 18 }, (_, at) => ({
      conversationId: conversation.id,
      clientId: clientId(),
      text: String(at + 1),
    }));

    /** The process dies while these are on their way, before or after they are on disk. */
    const killedAt = new Set([5, 11]);
    let open: VisitorLine | null = line;
    /** What a page's outbox does: the same request until it has a reply. */
    const deliver = async (at: number, message: (typeof messages)[number]): Promise<void> => {
      open ??= await connect();
      const reply = open.sendAnything('message:send', message).catch(() => null);
      if (killedAt.delete(at)) {
        await one.kill();
        await one.restart();
      }
      const answer = await reply;
      if (isRefusal(answer)) throw new Error(answer.error);
      if (answer !== null && open.isConnected()) return;
      open.close();
      open = null;
      await deliver(at, message);
    };
    for (const [at, message] of messages.entries()) await deliver(at, message);

    await one.restart();
    const last = await connect();
    const { conversations } = await last.get('visit:open', visit);
    expect(conversations).toHaveLength(1);
    const { entries } = await last.get('entries:fetch', { conversationId: conversation.id, afterSeq: 0 });
    expect(entries.map((entry) => entry.kind === 'message' && entry.payload.text)).toEqual([
      '0',
      ...messages.map(({ text }) => text),
    ]);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
    const again = await last.get('conversation:start', first);
    expect(again.conversation.id).toBe(conversation.id);
    last.close();
    expect(await one.stop()).toBe(0);
  },
  startsMs,
);
