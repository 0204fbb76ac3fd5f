import { randomBytes } from 'node:crypto';
import { randomId } from '../../server/domain/identifier.ts';
import { openStore } from '../../server/store/open-store.ts';

/** Writers at a time: enough to fill the store's group commits. */
const writers = 400;
const clientId = () => randomBytes(16).toString('base64url');

/**
 * Fills the first site of a stopped server with conversations: a question, for two of three an answer, and one of four
 * closed. Each says `Question of conversation-N.`
 */
export async function seedConversations(dataFolder: string, count: number): Promise<void> {
  const store = await openStore({
    dataFolder,
    databaseUrl: null,
    sqliteWorkerUrl: new URL('../../dist/server/sqlite-worker.js', import.meta.url),
  });
  try {
    const [site] = await store.listSites();
    const [member] = site ? await store.team({ siteId: site.id }) : [];
    if (!site || !member) throw new Error('the first run has left no site and no agent');
    const startMs = Date.now() - count * 60_000;
    const one = async (index: number) => {
      const atMs = startMs + index * 60_000;
      const { conversation } = await store.startConversation({
        siteId: site.id,
        tokenHash: randomBytes(32).toString('hex'),
        visitorId: randomId('visitor'),
        conversationId: randomId('conversation'),
        visit: {
          page: { url: 'https://shop.example/chairs', title: 'Chairs' },
          referrer: '',
          language: 'en',
          timeZone: 'Europe/Berlin',
        },
        browser: 'Chrome 156 on Windows',
        clientId: clientId(),
        text: `Question of conversation-${index}. Does the chair come in oak, and when could it be here?`,
        nowMs: atMs,
      });
      const sender = { role: 'agent', id: member.agent.id } as const;
      const common = { conversationId: conversation.id, sender, atMs: atMs + 30_000 };
      if (index % 3 === 0) return;
      await store.append({
        entries: [
          {
            ...common,
            kind: 'message',
            clientId: clientId(),
            payload: { text: `Answer to conversation-${index}.` },
          },
          ...(index % 4 === 0
            ? [{ ...common, kind: 'status', clientId: clientId(), payload: { status: 'closed' } } as const]
            : []),
        ],
      });
    };
    let next = 0;
    await Promise.all(
      Array.from({ length: writers }, async () => {
        for (let index = next++; index < count; index = next++) await one(index);
      }),
    );
  } finally {
    await store.close();
  }
}
