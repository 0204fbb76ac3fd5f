import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Conversations, createConversations } from '../../../console/conversations.ts';
import type { InboxScope } from '../../../console/inbox-scope.ts';
import { type InboxView, noFilter } from '../../../shared/model/inbox.ts';
import { createLogStory, me, siteId } from './log-story.ts';

let close: Array<() => void> = [];
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const stop of close) stop();
  close = [];
  vi.useRealTimers();
});

const here: InboxScope = { siteIds: [siteId], filter: noFilter };

async function consoleOf(log: ReturnType<typeof createLogStory>, view: InboxView = 'all') {
  const { connection, story } = log;
  const epoch = story.epoch;
  const landed: string[] = [];
  const begun: string[] = [];
  const conversations = createConversations({
    connection,
    isKnownEpoch: (told) => told === epoch,
    isOnline: () => story.online,
    agentId: () => me.id,
    onEntry: (entry) => landed.push(entry.clientId),
    onConversation: (row) => begun.push(row.conversation.id),
  });
  close.push(conversations.close);
  conversations.reset([siteId]);
  conversations.show(here, view);
  await settled();
  return { conversations, landed, begun };
}
const settled = () => vi.advanceTimersByTimeAsync(1_500);
const seqs = (conversations: Conversations, id: string) =>
  conversations.get(id).entries.value?.map(({ seq }) => seq) ?? [];
const ids = (conversations: Conversations, view: InboxView = 'all') => conversations.lists[view].ids.value;
const mine = { agentId: me.id, agentName: me.name };

describe('the views', () => {
  it('show who waits longest first, and a new conversation at once', async () => {
    const log = createLogStory();
    log.story.start('a');
    log.story.start('b');
    log.story.add('a', { kind: 'message', payload: { text: 'answered' } });
    const { conversations, begun } = await consoleOf(log);
    expect(ids(conversations)).toEqual(['b', 'a']);
    log.story.start('c');
    expect(ids(conversations)).toEqual(['b', 'c', 'a']);
    expect(begun).toEqual(['c']);
    expect(conversations.get('c').row.value?.conversation.unreadByAgents).toEqual([1]);
    await settled();
    expect(conversations.counts.value).toMatchObject({ all: 3, unassigned: 3, mine: 0, closed: 0 });
  });

  it('a conversation moves between them as entries arrive', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b']) log.story.start(id);
    const { conversations } = await consoleOf(log, 'unassigned');
    for (const view of ['mine', 'mentions', 'snoozed', 'closed', 'unassigned'] as const) {
      conversations.show(here, view);
      await settled();
    }
    const where = () =>
      (['mine', 'unassigned', 'mentions', 'snoozed', 'closed'] as const).filter((view) =>
        ids(conversations, view).includes('a'),
      );
    expect(where()).toEqual(['unassigned']);
    log.story.add('a', { kind: 'assignment', payload: mine });
    expect(where()).toEqual(['mine']);
    log.story.add('a', { kind: 'note', payload: { text: '@Mara', mentions: [me.id] } });
    expect(where()).toEqual(['mine', 'mentions']);
    log.story.add('a', { kind: 'status', payload: { status: 'snoozed', untilMs: 9_000_000 } });
    expect(where()).toEqual(['mentions', 'snoozed']);
    log.story.write('a', 'I am back');
    expect(where()).toEqual(['mine', 'mentions']);
    log.story.add('a', { kind: 'status', payload: { status: 'closed' } });
    expect(where()).toEqual(['mentions', 'closed']);
    await settled();
    expect(conversations.counts.value).toEqual({
      mine: 0,
      unassigned: 1,
      all: 1,
      mentions: 1,
      snoozed: 0,
      closed: 1,
    });
  });

  it('hold only what fits the filter, also when a label or a verified name comes later', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b', 'c']) log.story.start(id);
    log.story.add('b', { kind: 'labels', payload: { added: ['lbl_refund'], removed: [] } });
    const { conversations } = await consoleOf(log);
    conversations.show({ ...here, filter: { ...noFilter, labelIds: ['lbl_refund'] } }, 'all');
    await settled();
    expect(ids(conversations)).toEqual(['b']);
    expect(conversations.counts.value).toMatchObject({ all: 1 });
    log.story.add('a', { kind: 'labels', payload: { added: ['lbl_refund'], removed: [] } });
    expect(ids(conversations)).toEqual(['a', 'b']);
    log.story.add('b', { kind: 'labels', payload: { added: [], removed: ['lbl_refund'] } });
    expect(ids(conversations)).toEqual(['a']);

    conversations.show({ ...here, filter: { ...noFilter, verifiedOnly: true } }, 'all');
    await settled();
    expect(ids(conversations)).toEqual([]);
    log.story.visitors.set('c', { verified: true, name: 'Ada' });
    log.story.tell('visitor:changed', { visitor: log.story.row('c').visitor });
    expect(ids(conversations)).toEqual(['c']);
  });

  it('of another site are empty until they are fetched, and nothing of the first site comes in', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    conversations.show({ ...here, siteIds: ['sit_other'] }, 'all');
    expect(conversations.lists.all.phase.value).toBe('loading');
    await settled();
    log.story.start('b');
    expect(ids(conversations)).toEqual([]);
    conversations.show(here, 'all');
    await settled();
    expect(ids(conversations)).toEqual(['a', 'b']);
  });

  it('show what the agent has done before the server has answered, and take it back', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b']) log.story.start(id);
    const { conversations } = await consoleOf(log);
    const takeBack = conversations.expect('a', { status: 'closed', waitingSinceMs: null });
    expect(ids(conversations)).toEqual(['b']);
    expect(conversations.get('a').shown.value?.conversation.status).toBe('closed');
    expect(conversations.get('a').row.value?.conversation.status).toBe('open');
    takeBack();
    expect(ids(conversations)).toEqual(['a', 'b']);
  });

  it('hold what is shown already in a list that is fetched before the server knows', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b']) log.story.start(id);
    const { conversations } = await consoleOf(log);
    const settle = conversations.expect('a', { status: 'closed', waitingSinceMs: null });
    conversations.show(here, 'closed');
    await settled();
    expect(ids(conversations, 'closed')).toEqual(['a']);
    expect(conversations.counts.value).toMatchObject({ all: 2, closed: 0 });
    log.story.add('a', { kind: 'status', payload: { status: 'closed' } });
    settle();
    await settled();
    expect(ids(conversations, 'closed')).toEqual(['a']);
    // What was shown before is counted once it is so.
    expect(conversations.counts.value).toMatchObject({ all: 1, closed: 1 });
  });

  it('page by cursor without holes or repeats while new conversations arrive', async () => {
    const log = createLogStory();
    for (let n = 0; n < 330; n++) log.story.start(`c${n}`);
    const { conversations } = await consoleOf(log);
    const { all } = conversations.lists;
    expect(all.ids.value).toHaveLength(50);
    // Below the last fetched row nothing is put: its page will bring it.
    log.story.start('late');
    await conversations.open('c300');
    expect(all.ids.value).toHaveLength(50);
    while (all.more.value === 'idle') {
      conversations.loadMore('all');
      await settled();
    }
    expect(all.ids.value).toEqual([...Array.from({ length: 330 }, (_, n) => `c${n}`), 'late']);
    expect(all.more.value).toBe('end');
  });

  it('tell when they could not be fetched, and load on the next try', async () => {
    const log = createLogStory();
    log.story.start('a');
    log.story.online = false;
    const { conversations } = await consoleOf(log);
    expect(conversations.lists.all.phase.value).toEqual({ ok: false, error: 'unavailable' });
    log.story.online = true;
    conversations.reload('all');
    await settled();
    expect(ids(conversations)).toEqual(['a']);
  });

  it('keep a change that comes while they are fetched', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b']) log.story.start(id);
    const { conversations } = await consoleOf(log);
    log.story.before.set('inbox:list', () =>
      log.story.add('a', { kind: 'message', payload: { text: 'answered' } }),
    );
    conversations.resync([siteId]);
    await settled();
    expect(ids(conversations)).toEqual(['b', 'a']);
    expect(conversations.get('a').row.value).toEqual(log.story.row('a'));
  });

  it('are asked once for many changes of conversations that are not known', async () => {
    const log = createLogStory();
    const { conversations } = await consoleOf(log);
    log.story.deaf = true;
    for (let n = 0; n < 30; n++) log.story.start(`c${n}`);
    log.story.deaf = false;
    log.story.asked.length = 0;
    for (let n = 0; n < 30; n++) log.story.add(`c${n}`, { kind: 'assignment', payload: mine });
    await settled();
    expect(ids(conversations)).toHaveLength(30);
    // The list in view and the two that are always kept.
    expect(log.story.asked.filter(({ event }) => event === 'inbox:list')).toHaveLength(3);
    expect(log.story.asked.filter(({ event }) => event === 'inbox:count').length).toBeLessThan(3);
  });
});

describe('who waits', () => {
  it('is counted for the agent and for nobody, not for colleagues', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b', 'c', 'd']) log.story.start(id);
    log.story.add('b', { kind: 'assignment', payload: { agentId: 'agt_other', agentName: 'Ben' } });
    log.story.add('c', { kind: 'assignment', payload: mine });
    log.story.add('d', { kind: 'message', payload: { text: 'answered' } });
    const { conversations } = await consoleOf(log, 'closed');
    expect(conversations.waiting.value).toEqual(['a', 'c']);
    log.story.add('a', { kind: 'message', payload: { text: 'answered' } });
    log.story.write('d', 'And one more thing');
    expect(conversations.waiting.value).toEqual(['c', 'd']);
  });
});

describe('the log', () => {
  it('fills a gap by fetching what is missing, in order and once', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    await conversations.open('a');
    log.story.deaf = true;
    log.story.write('a', 'lost 1');
    log.story.write('a', 'lost 2');
    log.story.deaf = false;
    log.story.write('a', 'heard');
    await settled();
    expect(seqs(conversations, 'a')).toEqual([1, 2, 3, 4]);
    expect(conversations.get('a').row.value).toEqual(log.story.row('a'));
  });

  it('heals a lost publish with the next beat, opened or not', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b']) log.story.start(id);
    const { conversations } = await consoleOf(log);
    await conversations.open('a');
    log.story.deaf = true;
    log.story.write('a', 'lost');
    log.story.write('b', 'lost too');
    log.story.deaf = false;
    log.story.beat();
    await settled();
    expect(seqs(conversations, 'a')).toEqual([1, 2]);
    expect(conversations.get('b').row.value).toEqual(log.story.row('b'));
    expect(ids(conversations)).toEqual(['a', 'b']);
  });

  it('finds a conversation whose start was lost with the next beat', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    log.story.deaf = true;
    log.story.start('b');
    log.story.deaf = false;
    log.story.beat();
    await settled();
    expect(ids(conversations)).toEqual(['a', 'b']);
  });

  it('shows an entry once that comes twice while the conversation is opened', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    log.story.before.set('conversation:open', () => {
      const entry = log.story.write('a', 'Hello?');
      log.story.tell('entry:added', { entry, epoch: log.story.epoch });
    });
    await conversations.open('a');
    await settled();
    expect(seqs(conversations, 'a')).toEqual([1, 2]);
  });

  it('after a reconnect, old state and missed entries are the freshly fetched state', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b', 'c']) log.story.start(id);
    const { conversations } = await consoleOf(log);
    await conversations.open('a');
    log.story.deaf = true;
    log.story.add('a', { kind: 'assignment', payload: { agentId: 'agt_me', agentName: 'Mara' } });
    log.story.add('a', { kind: 'read', payload: { seq: 1 } });
    log.story.add('a', {
      kind: 'survey',
      payload: { event: 'answered', surveyId: 's', score: 5, comment: '' },
    });
    log.story.add('b', { kind: 'status', payload: { status: 'closed' } });
    log.story.start('d');
    log.story.deaf = false;
    conversations.resync([siteId]);
    await settled();
    for (const id of ['a', 'c', 'd']) expect(conversations.get(id).row.value).toEqual(log.story.row(id));
    // What no list holds is not kept half true.
    expect(conversations.get('b').row.value).toBeNull();
    expect(conversations.get('a').entries.value).toEqual(log.story.entries('a'));
    expect(ids(conversations)).toEqual(['a', 'c', 'd']);
    conversations.show(here, 'closed');
    await settled();
    expect(ids(conversations, 'closed')).toEqual(['b']);
  });

  it('after a reconnect, knows the co-browse session of the open conversation as it is now', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    await conversations.open('a');
    const session = {
      id: 'cbs_1',
      siteId,
      conversationId: 'a',
      visitorId: 'vis_a',
      state: { phase: 'offered', expiresAtMs: 1 } as const,
    };
    log.story.cobrowse.set('a', session);
    conversations.resync([siteId]);
    await settled();
    expect(conversations.get('a').cobrowse.value).toEqual(session);
  });

  it('opens at the newest 500 and goes back without a gap', async () => {
    const log = createLogStory();
    log.story.start('a');
    for (let n = 0; n < 900; n++) log.story.write('a', `line ${n}`);
    const { conversations } = await consoleOf(log);
    await conversations.open('a');
    expect(seqs(conversations, 'a').at(0)).toBe(402);
    await conversations.loadEarlier('a');
    await conversations.loadEarlier('a');
    await conversations.loadEarlier('a');
    expect(seqs(conversations, 'a')).toEqual(Array.from({ length: 901 }, (_, n) => n + 1));
  });

  it('goes back until the message that was searched for is there', async () => {
    const log = createLogStory();
    log.story.start('a');
    for (let n = 0; n < 1_500; n++) log.story.write('a', `line ${n}`);
    const { conversations } = await consoleOf(log);
    await conversations.open('a');
    await conversations.loadBackTo('a', 30);
    expect(seqs(conversations, 'a').at(0)).toBeLessThanOrEqual(30);
    expect(seqs(conversations, 'a').at(-1)).toBe(log.story.row('a').conversation.lastSeq);
  });

  it('does not mix the logs of two histories', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    log.story.epoch = 'ep_restored';
    log.story.write('a', 'from the restored backup');
    expect(conversations.get('a').row.value?.conversation.lastSeq).toBe(1);
  });
});

describe('delivery', () => {
  const told = (log: ReturnType<typeof createLogStory>) =>
    log.story.asked
      .filter(({ event }) => event === 'conversation:delivered')
      .map(({ payload }) => payload as { conversationId: string; seq: number })
      .map(({ conversationId, seq }) => `${conversationId} ${seq}`);

  it('is told once for what arrived together, and not again', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    expect(told(log)).toEqual(['a 1']);
    log.story.write('a', 'one');
    log.story.write('a', 'two');
    log.story.start('b');
    await settled();
    expect(told(log)).toEqual(['a 1', 'a 3', 'b 1']);
    conversations.resync([siteId]);
    await settled();
    expect(told(log)).toHaveLength(3);
  });

  it('is not told for what a colleague has received or read before', async () => {
    const log = createLogStory();
    await consoleOf(log);
    log.story.start('a');
    log.story.add('a', { kind: 'read', payload: { seq: 1 } });
    log.story.start('b');
    log.story.add('b', { kind: 'delivered', payload: { seq: 1 } });
    await settled();
    expect(told(log)).toEqual([]);
  });

  it('is told after the reconnect for what was said meanwhile', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    log.story.deaf = true;
    log.story.write('a', 'lost');
    log.story.deaf = false;
    conversations.resync([siteId]);
    await settled();
    expect(told(log)).toEqual(['a 1', 'a 2']);
  });
});

describe('colleagues', () => {
  it('who look at a conversation are known, without oneself, and forgotten when the line was down', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    const card = { id: 'agt_ben', name: 'Ben', color: '#a34700', avatar: null };
    const own = { ...me, avatar: null };
    log.story.tell('viewing:changed', { conversationId: 'a', agents: [own, card] });
    expect(conversations.get('a').viewers.value).toEqual([card]);
    conversations.resync([siteId]);
    expect(conversations.get('a').viewers.value).toEqual([]);
  });

  it('hear once which conversation is in view, and again after a reconnect', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    const told = () =>
      log.story.asked.filter(({ event }) => event === 'conversation:view').map(({ payload }) => payload);
    conversations.tellViewing('a');
    await settled();
    conversations.tellViewing('a');
    conversations.resync([siteId]);
    await settled();
    // From one to the next: colleagues hear of the next only.
    conversations.tellViewing(null);
    conversations.tellViewing('b');
    await settled();
    conversations.tellViewing(null);
    await settled();
    const view = (conversationId: string | null) => ({ conversationId });
    expect(told()).toEqual([view('a'), view('a'), view('b'), view(null)]);
  });
});

describe('reading and typing', () => {
  it('tells each read message once, and again when telling failed', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    await conversations.open('a');
    const told = () => log.story.asked.filter(({ event }) => event === 'conversation:read').length;
    log.story.refuse.set('conversation:read', { ok: false, error: 'unavailable' });
    conversations.markRead('a');
    await settled();
    conversations.markRead('a');
    conversations.markRead('a');
    await settled();
    conversations.markRead('a');
    expect(told()).toBe(2);
    expect(conversations.get('a').row.value?.conversation.unreadByAgents).toEqual([]);
  });

  it('what was read without a line is told when the line is back', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    await conversations.open('a');
    log.story.online = false;
    conversations.markRead('a');
    await settled();
    expect(conversations.get('a').row.value?.conversation.unreadByAgents).toEqual([1]);
    log.story.online = true;
    conversations.resync([siteId]);
    await settled();
    expect(conversations.get('a').row.value?.conversation.unreadByAgents).toEqual([]);
  });

  it('a typing mark fades by itself and ends with the message', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    const typing = () =>
      log.story.tell('typing:changed', { conversationId: 'a', sender: { role: 'visitor' }, typing: true });
    const names = () => conversations.get('a').typists.value.map(({ role }) => role);
    typing();
    expect(names()).toEqual(['visitor']);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(names()).toEqual([]);
    typing();
    log.story.write('a', 'done');
    expect(names()).toEqual([]);
  });
});

it('leaves no timer behind', async () => {
  const log = createLogStory();
  log.story.start('a');
  const { conversations } = await consoleOf(log);
  log.story.tell('typing:changed', { conversationId: 'a', sender: { role: 'visitor' }, typing: true });
  log.story.deaf = true;
  log.story.start('b');
  log.story.deaf = false;
  log.story.beat();
  conversations.close();
  conversations.close();
  expect(vi.getTimerCount()).toBe(0);
});
