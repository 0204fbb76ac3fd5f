import { randomBytes } from 'node:crypto';
import { messageViews } from '../../shared/model/message-view.ts';
import { createConnection } from '../../widget/connection.ts';
import { latestOpen } from '../../widget/conversation-log.ts';
import { createConversations } from '../../widget/conversations.ts';
import { createDeliver } from '../../widget/deliver.ts';
import { createOutbox, type OutboxShelf } from '../../widget/outbox.ts';
import type { OutboxItem } from '../../widget/outbox-item.ts';
import { createClock } from '../../widget/page/clock.ts';
import { randomId } from '../../widget/random-id.ts';
import { createStore, firstState } from '../../widget/store.ts';
import type { TabNews } from '../../widget/tabs.ts';
import type { Writer } from './writer.ts';

/** What the tabs of one browser share: token, shelf, lock and channel. */
export interface VisitorBrowser {
  token: string;
  shelf: OutboxShelf;
  exclusively(work: () => Promise<void>): Promise<void>;
  tell(from: object, news: TabNews): void;
  listen(tab: object, onNews: (news: TabNews) => void): () => void;
}

export function createVisitorBrowser(): VisitorBrowser {
  const items = new Map<string, OutboxItem>();
  const listeners = new Map<object, (news: TabNews) => void>();
  let line: Promise<void> = Promise.resolve();
  return {
    token: `vt_${randomBytes(32).toString('base64url')}`,
    shelf: {
      all: async () => structuredClone([...items.values()]),
      async put(changed) {
        for (const item of changed) items.set(item.clientId, structuredClone(item));
      },
      async remove(clientId) {
        items.delete(clientId);
      },
      drop: () => items.clear(),
      async forget() {
        items.clear();
      },
    },
    exclusively(work) {
      const done = line.then(work);
      line = done.catch(() => undefined);
      return done;
    },
    tell(from, news) {
      for (const [tab, onNews] of listeners) {
        if (tab !== from)
          queueMicrotask(() => listeners.get(tab) === onNews && onNews(structuredClone(news)));
      }
    },
    listen(tab, onNews) {
      listeners.set(tab, onNews);
      return () => listeners.delete(tab);
    },
  };
}

const visit = {
  page: { url: 'https://shop.example/', title: 'Shop' },
  referrer: '',
  language: 'en',
  timeZone: 'Europe/Berlin',
};

/** The widget's own parts, put together as its `main.ts` does, without a page around them. */
export function openVisitorTab(parts: {
  browser: VisitorBrowser;
  origin: string;
  siteKey: string;
  report(error: unknown): void;
}): Writer {
  const { browser, origin, siteKey, report } = parts;
  /** One draft for the tab's life: its messages start one conversation. */
  const draftId = randomId();
  let page = open();

  function open() {
    const me = {};
    const clock = createClock((run) => run());
    const store = createStore(firstState);
    const connection = createConnection({
      origin,
      siteKey,
      token: () => browser.token,
      identity: () => null,
      onIdentityRefused: () => {},
      visit: () => visit,
      clock,
      guard: (run) => run(),
      onState: (state) => store.change({ connection: state }),
      onOpened(opened) {
        conversations.onOpened(opened);
        for (const id of Object.keys(store.get().logs)) conversations.load(id);
        outbox.nudge();
      },
      facts: {
        'entry:added': ({ entry, epoch }) => conversations.onEntry(entry, epoch),
        'conversation:added': ({ conversation, epoch }) => {
          conversations.onConversation(conversation, epoch);
          conversations.load(conversation.id);
        },
        'heads:beat': ({ epoch, heads }) => conversations.onHeads(epoch, heads),
        'presence:changed': () => {},
        'cobrowse:changed': () => {},
        'typing:changed': () => {},
        'queue:changed': () => {},
      },
    });
    const conversations = createConversations({
      store,
      clock,
      connection,
      onApplied(entry) {
        if (entry.kind !== 'message' || entry.sender.role !== 'visitor') return;
        outbox.confirm(entry.clientId, entry.conversationId).catch(report);
      },
    });
    const outbox = createOutbox({
      shelf: browser.shelf,
      clock,
      random: Math.random,
      connected: connection.online,
      report,
      exclusively: browser.exclusively,
      deliver: createDeliver({
        connection,
        visit: () => visit,
        onStarted(conversation, entry, epoch) {
          conversations.onStarted(conversation, entry, epoch);
          browser.tell(me, { type: 'conversation_added', conversation, epoch });
        },
        onEntry(entry) {
          const { epoch } = store.get();
          if (epoch === null) return;
          conversations.onEntry(entry, epoch);
          browser.tell(me, { type: 'entry_added', entry, epoch });
        },
        onStopDelivered: () => {},
      }),
      onChange: (items) => store.change({ outbox: items }),
      announce: () => browser.tell(me, { type: 'outbox_changed' }),
      onDelivered: () => {},
    });
    const leave = browser.listen(me, (news) => {
      if (news.type === 'outbox_changed') outbox.reload().catch(report);
      else if (news.type === 'entry_added' && store.get().logs[news.entry.conversationId]) {
        conversations.onEntry(news.entry, news.epoch);
      } else if (news.type === 'conversation_added' && store.get().opened) {
        conversations.onConversation(news.conversation, news.epoch);
      }
    });
    outbox.reload().catch(report);
    connection.want('panel', true);
    return {
      store,
      connection,
      conversations,
      outbox,
      close() {
        leave();
        outbox.close();
        connection.close();
      },
    };
  }

  return {
    send(text) {
      const conversationId = latestOpen(page.store.get().logs);
      page.outbox
        .add(randomId(), {
          kind: 'message',
          text,
          conversationId,
          draftId: conversationId === null ? draftId : null,
        })
        .catch(report);
      return true;
    },
    async editNewest(text) {
      const { logs } = page.store.get();
      const own = Object.values(logs).flatMap(({ state, entries }) =>
        [...messageViews(entries ?? []).values()]
          .filter((view) => view.sender.role === 'visitor' && !view.isDeleted)
          .map((view) => ({ conversationId: state.id, seq: view.seq })),
      );
      const newest = own.at(-1);
      if (!newest) return;
      const task =
        text === null
          ? ({ kind: 'deletion', ...newest } as const)
          : ({ kind: 'edit', ...newest, text } as const);
      await page.outbox.add(randomId(), task);
    },
    async reload() {
      page.close();
      page = open();
    },
    unsent() {
      const items = page.outbox.items();
      for (const { state, task, error, clientId } of items) {
        if (state !== 'failed') continue;
        // A change of a message that the other tab has taken back meanwhile: the visitor lets go of it.
        const isPointless = task.kind !== 'message' && error === 'not_found';
        (isPointless ? page.outbox.remove(clientId) : page.outbox.retry(clientId)).catch(report);
      }
      return items.length;
    },
    logs: () =>
      new Map(
        Object.values(page.store.get().logs).flatMap(({ state, entries }) =>
          entries ? [[state.id, entries] as const] : [],
        ),
      ),
    openAll(conversationIds) {
      for (const id of conversationIds) page.conversations.load(id);
    },
    close: () => page.close(),
  };
}
