import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Conversations, createConversations } from '../../../console/conversations.ts';
import { createLogStory, siteId } from './log-story.ts';

let close: Array<() => void> = [];
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const stop of close) stop();
  close = [];
  vi.useRealTimers();
});

async function consoleOf(log: ReturnType<typeof createLogStory>) {
  const { connection, story } = log;
  const epoch = story.epoch;
  const landed: string[] = [];
  const conversations = createConversations({
    connection,
    isKnownEpoch: (told) => told === epoch,
    isOnline: () => story.online,
    onEntry: (entry) => landed.push(entry.clientId),
  });
  close.push(conversations.close);
  conversations.reset(siteId);
  await settled();
  return { conversations, landed };
}
const settled = () => vi.advanceTimersByTimeAsync(300);
const seqs = (conversations: Conversations, id: string) =>
  conversations.get(id).entries.value?.map(({ seq }) => seq) ?? [];

describe('the list', () => {
  it('shows a new conversation at the top at once and counts it', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    log.story.start('b');
    expect(conversations.lists.open.ids.value).toEqual(['b', 'a']);
    expect(conversations.counts.value).toEqual({ open: 2, resolved: 0 });
    expect(conversations.get('b').row.value?.conversation.unreadByAgents).toEqual([1]);
  });

  it('moves a conversation up when somebody writes, and to the other list when it is resolved', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b', 'c']) log.story.start(id);
    const { conversations } = await consoleOf(log);
    log.story.write('a', 'Still there?');
    expect(conversations.lists.open.ids.value).toEqual(['a', 'c', 'b']);
    const told = conversations.setStatus('c', 'resolved');
    expect(conversations.get('c').wantedStatus.value).toBe('resolved');
    expect(await told).toBeNull();
    expect(conversations.get('c').wantedStatus.value).toBeNull();
    expect(conversations.lists.open.ids.value).toEqual(['a', 'b']);
    expect(conversations.lists.resolved.ids.value).toEqual(['c']);
    expect(conversations.counts.value).toEqual({ open: 2, resolved: 1 });
  });

  it('pages by cursor without holes or repeats while new conversations arrive', async () => {
    const log = createLogStory();
    for (let n = 0; n < 130; n++) log.story.start(`c${n}`);
    const { conversations } = await consoleOf(log);
    const { open } = conversations.lists;
    expect(open.ids.value).toHaveLength(50);
    log.story.start('late');
    // Below the last fetched row nothing is put: its page will bring it.
    await conversations.open('c3');
    expect(open.ids.value).not.toContain('c3');
    while (open.more.value === 'idle') {
      conversations.loadMore('open');
      await settled();
    }
    const wanted = ['late', ...Array.from({ length: 130 }, (_, n) => `c${129 - n}`)];
    expect(open.ids.value).toEqual(wanted);
    expect(open.more.value).toBe('end');
  });

  it('tells when it could not be fetched, and loads on the next try', async () => {
    const log = createLogStory();
    log.story.start('a');
    log.story.online = false;
    const { conversations } = await consoleOf(log);
    expect(conversations.lists.open.phase.value).toEqual({ ok: false, error: 'unavailable' });
    log.story.online = true;
    conversations.reload('open');
    await settled();
    expect(conversations.lists.open.ids.value).toEqual(['a']);
  });

  it('keeps a change that comes while the list is fetched', async () => {
    const log = createLogStory();
    for (const id of ['a', 'b']) log.story.start(id);
    const { conversations } = await consoleOf(log);
    log.story.before.set('inbox:list', () => log.story.write('a', 'now'));
    conversations.resync();
    await settled();
    expect(conversations.lists.open.ids.value).toEqual(['a', 'b']);
    expect(conversations.get('a').row.value).toEqual(log.story.row('a'));
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
    expect(conversations.lists.open.ids.value).toEqual(['b', 'a']);
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
    expect(conversations.lists.open.ids.value).toEqual(['b', 'a']);
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
    log.story.add('b', { kind: 'status', payload: { status: 'resolved' } });
    log.story.start('d');
    log.story.deaf = false;
    conversations.resync();
    await settled();
    for (const id of ['a', 'b', 'c', 'd']) expect(conversations.get(id).row.value).toEqual(log.story.row(id));
    expect(conversations.get('a').entries.value).toEqual(log.story.entries('a'));
    expect(conversations.lists.open.ids.value).toEqual(['d', 'c', 'a']);
    expect(conversations.lists.resolved.ids.value).toEqual(['b']);
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
    conversations.resync();
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

  it('does not mix the logs of two histories', async () => {
    const log = createLogStory();
    log.story.start('a');
    const { conversations } = await consoleOf(log);
    log.story.epoch = 'ep_restored';
    log.story.write('a', 'from the restored backup');
    expect(conversations.get('a').row.value?.conversation.lastSeq).toBe(1);
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
