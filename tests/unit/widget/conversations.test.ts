import { expect, it } from 'vitest';
import type { Refusal } from '../../../shared/errors.ts';
import type { Entry } from '../../../shared/model/conversation.ts';
import type { Connection, Opened } from '../../../widget/connection.ts';
import { createConversations } from '../../../widget/conversations.ts';
import { createStore } from '../../../widget/store.ts';
import { createFakeClock, settle } from './fake-clock.ts';
import { ada, conversationId, entry, says, stateAfter, visitor } from './log-entries.ts';

/** A server with one conversation, of which the browser hears what the story tells it. */
function createStory(serverLog: Entry[]) {
  const store = createStore();
  const clock = createFakeClock();
  const story = {
    epoch: 'ep_1',
    pageSize: 500,
    refuse: null as Refusal | null,
    fetches: [] as number[],
    reopened: 0,
  };
  const connection: Pick<Connection, 'request' | 'reopen' | 'isOnline'> = {
    isOnline: () => true,
    reopen() {
      story.reopened += 1;
      conversations.onOpened(opened());
    },
    async request(_name, payload) {
      const { afterSeq } = payload as { afterSeq: number };
      story.fetches.push(afterSeq);
      if (story.refuse) return story.refuse as never;
      const rest = serverLog.filter((entry) => entry.seq > afterSeq);
      const entries = rest.slice(0, story.pageSize);
      const hasMore = rest.length > entries.length;
      return { ok: true, entries, lastSeq: serverLog.length, hasMore, epoch: story.epoch } as never;
    },
  };
  const applied: number[] = [];
  const conversations = createConversations({
    store,
    clock,
    connection,
    onApplied: (entry) => applied.push(entry.seq),
  });
  const opened = (): Opened => ({
    visitorId: 'vis_1',
    conversations: [stateAfter(serverLog)],
    cobrowse: null,
    agents: [],
    usualReplyMs: null,
    queue: [],
    customer: null,
    epoch: story.epoch,
    nowMs: 0,
  });
  return {
    ...story,
    story,
    clock,
    applied,
    conversations,
    serverLog,
    open: () => conversations.onOpened(opened()),
    log: () => store.get().logs[conversationId],
    texts: () =>
      store
        .get()
        .logs[conversationId]?.entries?.map((entry) => entry.kind === 'message' && entry.payload.text),
  };
}

const talk = (length: number) =>
  Array.from({ length }, (_, index) => says(index + 1, index % 2 ? ada : visitor, `message ${index + 1}`));

it('fetches the newest entries of a conversation when it is looked at, earlier ones on demand', async () => {
  const { story, open, conversations, log, serverLog } = createStory(talk(1_250));
  open();
  expect(log()?.entries).toBeNull();
  conversations.load(conversationId);
  await settle();
  expect(log()?.entries).toEqual(serverLog.slice(1_150));
  expect(story.fetches).toEqual([1_150]);

  conversations.loadEarlier(conversationId);
  conversations.loadEarlier(conversationId);
  await settle();
  expect(log()?.entries).toEqual(serverLog.slice(650));
  for (let page = 0; page < 3; page += 1) {
    conversations.loadEarlier(conversationId);
    await settle();
  }
  expect(log()?.entries).toEqual(serverLog);
  expect(log()?.state).toEqual(stateAfter(serverLog));
  expect(story.fetches).toEqual([1_150, 650, 150, 0]);
});

it('goes on where a page of the server ends', async () => {
  const { story, open, conversations, log, serverLog } = createStory(talk(5));
  story.pageSize = 2;
  open();
  conversations.load(conversationId);
  await settle();
  expect(log()?.entries).toEqual(serverLog);
  expect(story.fetches).toEqual([0, 2, 4]);
});

it('tells of what came while the newest entries were fetched, once and in order', async () => {
  const { open, conversations, serverLog, log, applied } = createStory(talk(3));
  open();
  serverLog.push(says(4, ada, 'on its way'));
  conversations.load(conversationId);
  conversations.onEntry(says(4, ada, 'on its way'), 'ep_1');
  await settle();
  expect(log()?.entries).toEqual(serverLog);
  expect(log()?.state).toEqual(stateAfter(serverLog));
  expect(applied).toEqual([4]);
});

it('tries again to fetch earlier entries after a lost reply', async () => {
  const { story, open, conversations, log, serverLog, clock } = createStory(talk(150));
  open();
  conversations.load(conversationId);
  await settle();
  story.refuse = { ok: false, error: 'unavailable' };
  conversations.loadEarlier(conversationId);
  await settle();
  expect(log()?.entries).toHaveLength(100);
  story.refuse = null;
  await clock.turn(3_000);
  expect(log()?.entries).toEqual(serverLog);
});

it('asks for what is missing when a publish was lost', async () => {
  const { story, open, conversations, serverLog, log, applied } = createStory(talk(2));
  open();
  conversations.load(conversationId);
  await settle();
  serverLog.push(says(3, ada, 'lost'), says(4, ada, 'arrives'));
  conversations.onEntry(says(4, ada, 'arrives'), 'ep_1');
  await settle();
  expect(log()?.entries).toEqual(serverLog);
  expect(log()?.state).toEqual(stateAfter(serverLog));
  expect(applied).toEqual([3, 4]);
  expect(story.fetches.at(-1)).toBe(2);
});

it('hears from the beat that it is behind', async () => {
  const { open, conversations, serverLog, log } = createStory(talk(2));
  open();
  serverLog.push(says(3, ada, 'nobody told'));
  conversations.onHeads('ep_1', [{ conversationId, lastSeq: 3 }]);
  await settle();
  expect(log()?.state).toEqual(stateAfter(serverLog));
});

it('applies what comes in while it is loading', async () => {
  const { open, conversations, serverLog, texts } = createStory(talk(3));
  open();
  conversations.load(conversationId);
  serverLog.push(says(4, ada, 'meanwhile'));
  conversations.onEntry(says(4, ada, 'meanwhile'), 'ep_1');
  await settle();
  expect(texts()).toEqual(['message 1', 'message 2', 'message 3', 'meanwhile']);
});

it('forgets everything and fetches again when the log has another history', async () => {
  const { story, open, conversations, serverLog, texts } = createStory(talk(3));
  open();
  conversations.load(conversationId);
  await settle();
  story.epoch = 'ep_restored';
  serverLog.splice(1);
  conversations.onHeads('ep_restored', [{ conversationId, lastSeq: 1 }]);
  await settle();
  expect(story.reopened).toBe(1);
  expect(texts()).toEqual(['message 1']);
});

it('asks again a little later when a fetch was not answered', async () => {
  const { story, open, conversations, clock, texts } = createStory(talk(1));
  story.refuse = { ok: false, error: 'unavailable' };
  open();
  conversations.load(conversationId);
  await settle();
  expect(texts()).toBeUndefined();
  story.refuse = null;
  await clock.turn(3_000);
  expect(texts()).toEqual(['message 1']);
});

it('shows a first message at once, and then the form that stands before it', async () => {
  const form = entry(1, visitor, 'form', { fields: [{ label: 'Order', value: '4711' }], consent: null });
  const first = says(2, visitor, 'hello');
  const { open, conversations, log } = createStory([]);
  open();
  conversations.onStarted(stateAfter([form, first]), first, 'ep_1');
  expect(log()?.entries).toEqual([first]);
});

it('shows a first message without a fetch when its conversation starts', () => {
  const first = says(1, visitor, 'hello');
  const { story, open, conversations, texts } = createStory([]);
  open();
  conversations.onStarted(stateAfter([first]), first, 'ep_1');
  expect(texts()).toEqual(['hello']);
  expect(story.fetches).toEqual([]);
});
