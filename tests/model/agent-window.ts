import { createConnection } from '../../console/connection.ts';
import type { KeptText } from '../../console/kept-text.ts';
import { newClientId } from '../../console/random-id.ts';
import { createStore } from '../../console/store.ts';
import { noFilter } from '../../shared/model/inbox.ts';
import { messageViews } from '../../shared/model/message-view.ts';
import type { ModelAgent } from './model-server.ts';
import type { Writer } from './writer.ts';

/** What the agent's browser tab keeps over a reload. */
function keptInMemory(): KeptText {
  const texts = new Map<string, string>();
  return {
    read: (key) => texts.get(key) ?? null,
    write(key, text) {
      if (text === null) texts.delete(key);
      else texts.set(key, text);
    },
    clear: () => texts.clear(),
  };
}

/** The console's own line and store, without its pages. */
export function openAgentWindow(parts: { agent: ModelAgent; origin: string; siteId: string }): Writer {
  const { agent, origin, siteId } = parts;
  const kept = keptInMemory();
  let page = open();

  function open() {
    const connection = createConnection({
      origin,
      session: { accessToken: agent.accessToken, dropToken: () => {} },
      network: new EventTarget(),
    });
    const store = createStore({
      connection,
      preferredSiteId: siteId,
      onSite: () => {},
      onTaken: () => {},
      kept,
    });
    store.conversations.show({ siteIds: [siteId], filter: noFilter }, 'all');
    return { connection, store };
  }
  const close = () => {
    page.store.close();
    page.connection.close();
  };
  const known = () => page.store.conversations.lists.all.ids.value;

  return {
    send(text) {
      const conversationId = known()[0];
      if (conversationId === undefined) return false;
      page.store.outbox.add({
        conversationId,
        clientId: newClientId(),
        kind: 'message',
        text,
        files: [],
        mentions: [],
      });
      return true;
    },
    async editNewest(text) {
      const own = known().flatMap((conversationId) =>
        [...messageViews(page.store.conversations.get(conversationId).entries.value ?? []).values()]
          .filter(({ sender, isDeleted }) => sender.role === 'agent' && sender.id === agent.id && !isDeleted)
          .map(({ seq }) => ({ conversationId, seq })),
      );
      const newest = own.at(-1);
      if (!newest || page.connection.link.value !== 'online') return;
      const request = { ...newest, clientId: newClientId() };
      const reply =
        text === null
          ? await page.connection.request('message:delete', request)
          : await page.connection.request('message:edit', { ...request, text });
      if (reply.ok) page.store.conversations.receive(reply.entry);
    },
    async reload() {
      close();
      page = open();
    },
    unsent() {
      const pending = page.store.outbox.pending.value;
      for (const { clientId, state } of pending)
        if (state.phase === 'failed') page.store.outbox.retry(clientId);
      return pending.length;
    },
    logs: () =>
      new Map(
        known().flatMap((id) => {
          const entries = page.store.conversations.get(id).entries.value;
          return entries ? [[id, entries] as const] : [];
        }),
      ),
    openAll(conversationIds) {
      for (const id of conversationIds) void page.store.conversations.open(id);
    },
    close,
  };
}
