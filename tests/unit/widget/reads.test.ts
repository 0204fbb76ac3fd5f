import { expect, it } from 'vitest';
import type { Entry } from '../../../shared/model/conversation.ts';
import { newLog } from '../../../widget/conversation-log.ts';
import { createReads } from '../../../widget/reads.ts';
import { createStore, firstState } from '../../../widget/store.ts';
import type { TabNews } from '../../../widget/tabs.ts';
import { createFakeClock, settle } from './fake-clock.ts';
import { ada, conversationId, says, stateAfter, visitor } from './log-entries.ts';

/** A browser that holds this log; the server takes every receipt. */
function createStory(entries: Entry[]) {
  const clock = createFakeClock();
  const store = createStore({
    ...firstState,
    opened: true,
    epoch: 'ep_1',
    logs: { [conversationId]: newLog(stateAfter(entries)) },
  });
  const told: string[] = [];
  const news: TabNews[] = [];
  const line = { isUp: true };
  const reads = createReads({
    store,
    clock,
    isTabVisible: () => true,
    onEntry() {},
    tabs: { tell: (one) => news.push(one), exclusively: (work) => work() },
    connection: {
      isOnline: () => true,
      async request(name, payload) {
        told.push(`${name} ${(payload as { seq: number }).seq}`);
        return (line.isUp ? { ok: true, entry: null } : { ok: false, error: 'unavailable' }) as never;
      },
    },
  });
  const hears = (all: Entry[]) => {
    store.change({ logs: { [conversationId]: newLog(stateAfter(all)) } });
    reads.arrived(conversationId);
  };
  return { clock, store, reads, told, news, line, hears };
}

const talk = [says(1, visitor, 'a'), says(2, ada, 'b'), says(3, ada, 'c')];

it('what is not read at once is told as delivered, once for several', async () => {
  const { clock, told, hears, reads } = createStory([]);
  hears(talk.slice(0, 2));
  hears(talk);
  expect(told).toEqual([]);
  await clock.turn(2_000);
  expect(told).toEqual(['conversation:delivered 3']);
  reads.arrived(conversationId);
  await clock.turn(2_000);
  expect(told).toHaveLength(1);
});

it('what is read at once is told as read alone', async () => {
  const { clock, store, told, hears, reads } = createStory([]);
  store.change({ panel: 'open' });
  hears(talk);
  reads.read(conversationId);
  await clock.turn(2_000);
  expect(told).toEqual(['conversation:read 3']);
});

it('what another tab has told is not told again', async () => {
  const { clock, told, news, hears, reads } = createStory([]);
  hears(talk);
  reads.noteDelivered(conversationId, 3);
  await clock.turn(2_000);
  expect(told).toEqual([]);
  hears([...talk, says(4, ada, 'd')]);
  await clock.turn(2_000);
  expect(told).toEqual(['conversation:delivered 4']);
  expect(news).toContainEqual({ type: 'delivered', conversationId, seq: 4 });
});

it('what could not be told is told after the next connect', async () => {
  const { clock, told, line, hears, reads } = createStory([]);
  line.isUp = false;
  hears(talk);
  await clock.turn(2_000);
  line.isUp = true;
  reads.tellAll();
  await clock.turn(2_000);
  await settle();
  expect(told).toEqual(['conversation:delivered 3', 'conversation:delivered 3']);
});
