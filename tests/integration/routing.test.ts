import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomId } from '../../server/domain/identifier.ts';
import type { SiteSettings } from '../../shared/model/site.ts';
import type { AgentLine, VisitorLine } from './live-line.ts';
import { clientId, type LiveRapport, startLiveRapport, visit } from './live-rapport.ts';

let rapport: LiveRapport;
beforeEach(async () => {
  rapport = await startLiveRapport();
});
afterEach(() => rapport.close());

/** The owner, who is away so as to get nothing, and a site with these rules. */
async function siteWith(routing: SiteSettings['routing']) {
  const { email, id } = await rapport.addAgent(rapport.site, 'Olga', 'owner');
  const owner = await rapport.agent(email);
  await owner.get('agent:setAvailability', { availability: 'away' });
  const { site } = rapport;
  await owner.get('site:update', { siteId: site.id, settings: { ...site.settings, routing } });
  return { owner, ownerId: id };
}

async function colleague(name: string) {
  const { email, id } = await rapport.addAgent(rapport.site, name);
  return { id, line: await rapport.agent(email) };
}

/** A visitor who writes and waits. */
async function writer(text = 'Hello') {
  const visitor = await rapport.visitor();
  const { conversation } = await visitor.get('conversation:start', { clientId: clientId(), text, visit });
  return { visitor, conversationId: conversation.id };
}

const assigneeOf = async (agent: AgentLine, conversationId: string) =>
  (await agent.get('conversation:open', { conversationId })).row.conversation.assignee?.name ?? null;
const lastPlace = (visitor: VisitorLine) => visitor.heard('queue:changed').at(-1)?.position;
const placesHeard = (visitor: VisitorLine) => visitor.heard('queue:changed').map(({ position }) => position);
const close = (agent: AgentLine, conversationId: string) =>
  agent.get('conversation:setStatus', { conversationId, clientId: clientId(), status: 'closed' });

describe('round robin', () => {
  it('new conversations go round among those who are there and not away', async () => {
    const { owner } = await siteWith({ assign: 'round_robin', capacity: 3 });
    await colleague('Ada');
    await colleague('Bea');
    const names: Array<string | null> = [];
    for (let at = 0; at < 4; at++) {
      const { conversationId } = await writer();
      await expect.poll(() => assigneeOf(owner, conversationId)).not.toBeNull();
      names.push(await assigneeOf(owner, conversationId));
    }
    expect([...names].sort()).toEqual(['Ada', 'Ada', 'Bea', 'Bea']);
    expect(names[0]).not.toBe(names[1]);
    await expect
      .poll(() => owner.heard('entry:added').at(-1)?.entry)
      .toMatchObject({ kind: 'assignment', sender: { role: 'system' }, payload: { by: 'round_robin' } });
  });

  it('twelve at the same moment fill the places there are, and overrun none; the rest stand in order', async () => {
    const { owner } = await siteWith({ assign: 'round_robin', capacity: 2 });
    const [ada, bea] = [await colleague('Ada'), await colleague('Bea')];
    const writers = await Promise.all(Array.from({ length: 12 }, () => writer()));
    const assignees = () =>
      Promise.all(writers.map(({ conversationId }) => assigneeOf(owner, conversationId)));
    await expect.poll(async () => (await assignees()).filter((name) => name !== null)).toHaveLength(4);
    await expect
      .poll(() => writers.flatMap(({ visitor }) => lastPlace(visitor) ?? []).sort((a, b) => a - b))
      .toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const names = await assignees();
    expect(names.filter((name) => name === 'Ada')).toHaveLength(2);
    expect(names.filter((name) => name === 'Bea')).toHaveLength(2);
    const loads = await rapport.store.agentLoads({ siteId: rapport.site.id });
    const openOf = (id: string) => loads.find(({ agentId }) => agentId === id)?.open;
    expect([openOf(ada.id), openOf(bea.id)]).toEqual([2, 2]);
  });

  it('when room comes, the longest waiting gets it: by closing, snoozing, giving away, a larger capacity', async () => {
    const { owner, ownerId } = await siteWith({ assign: 'round_robin', capacity: 1 });
    const ada = await colleague('Ada');
    const writers: Array<Awaited<ReturnType<typeof writer>>> = [];
    for (let at = 0; at < 5; at++) {
      writers.push(await writer(String(at)));
      const place = at === 0 ? undefined : at;
      await expect.poll(() => lastPlace(writers[at]?.visitor as VisitorLine)).toBe(place);
    }
    const [first, second, third, fourth, fifth] = writers.map(({ conversationId }) => conversationId);
    const isAdas = (conversationId = '') => expect.poll(() => assigneeOf(owner, conversationId)).toBe('Ada');
    await isAdas(first);
    await close(ada.line, first ?? '');
    await isAdas(second);
    const own = (conversationId = '') => ({ conversationId, clientId: clientId() });
    await ada.line.get('conversation:snooze', { ...own(second), untilMs: Date.now() + 60_000 });
    await isAdas(third);
    await ada.line.get('conversation:assign', { ...own(third), agentId: ownerId });
    await isAdas(fourth);
    expect(await assigneeOf(owner, fifth ?? '')).toBeNull();
    const { member } = await owner.get('team:setCapacity', {
      siteId: rapport.site.id,
      agentId: ada.id,
      capacity: 2,
    });
    expect(member).toMatchObject({ name: 'Ada', capacity: 2, presence: 'online' });
    await isAdas(fifth);
    expect(placesHeard(writers[4]?.visitor as VisitorLine)).toEqual([4, 3, 2, 1, null]);
  });

  it('who comes, or comes back from being away, gets those who wait; who is away gets nothing', async () => {
    const { owner } = await siteWith({ assign: 'round_robin', capacity: 5 });
    const early = await writer();
    expect(await assigneeOf(owner, early.conversationId)).toBeNull();
    const ada = await colleague('Ada');
    await expect.poll(() => assigneeOf(owner, early.conversationId)).toBe('Ada');
    await ada.line.get('agent:setAvailability', { availability: 'away' });
    const late = await writer();
    // Nobody is there: that is no queue.
    expect(placesHeard(late.visitor)).toEqual([]);
    expect(await assigneeOf(owner, late.conversationId)).toBeNull();
    await ada.line.get('agent:setAvailability', { availability: 'online' });
    await expect.poll(() => assigneeOf(owner, late.conversationId)).toBe('Ada');
  });

  it('a team’s conversation goes to its members', async () => {
    const { owner } = await siteWith({ assign: 'round_robin', capacity: 5 });
    const bea = await rapport.addAgent(rapport.site, 'Bea');
    const returns = { kind: 'team' as const, id: randomId('team'), name: 'Returns', agentIds: [bea.id] };
    await owner.get('workspace:save', { siteId: rapport.site.id, item: returns });
    const { conversationId } = await writer();
    await owner.get('conversation:assign', { conversationId, clientId: clientId(), teamId: returns.id });
    const ada = await colleague('Ada');
    const other = await writer();
    await expect.poll(() => assigneeOf(owner, other.conversationId)).toBe('Ada');
    expect(await assigneeOf(owner, conversationId)).toBeNull();
    const beas = await rapport.agent(bea.email);
    await expect.poll(() => assigneeOf(owner, conversationId)).toBe('Bea');

    // Bea is away, and Ada joins the team: what waits in it is hers.
    await beas.get('agent:setAvailability', { availability: 'away' });
    const next = { conversationId, clientId: clientId() };
    await owner.get('conversation:assign', { ...next, agentId: null });
    const last = await writer();
    await expect.poll(() => assigneeOf(owner, last.conversationId)).toBe('Ada');
    expect(await assigneeOf(owner, conversationId)).toBeNull();
    const item = { ...returns, agentIds: [bea.id, ada.id] };
    await owner.get('workspace:save', { siteId: rapport.site.id, item });
    await expect.poll(() => assigneeOf(owner, conversationId)).toBe('Ada');
  });

  it('a hand and the rule do not both give one conversation away', async () => {
    const { owner, ownerId } = await siteWith({ assign: 'round_robin', capacity: 50 });
    await colleague('Ada');
    const writers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const one = await writer();
        await owner.get('conversation:assign', {
          conversationId: one.conversationId,
          clientId: clientId(),
          agentId: ownerId,
        });
        return one;
      }),
    );
    // Whichever came first, the hand was last: the rule never takes a conversation from somebody.
    for (const { conversationId } of writers) expect(await assigneeOf(owner, conversationId)).toBe('Olga');
  });

  it('an answer to somebody who waits counts as a turn', async () => {
    const { owner } = await siteWith({ assign: 'round_robin', capacity: 1 });
    const ada = await colleague('Ada');
    const first = await writer();
    await expect.poll(() => assigneeOf(owner, first.conversationId)).toBe('Ada');
    const bea = await colleague('Bea');
    const second = await writer();
    await expect.poll(() => assigneeOf(owner, second.conversationId)).toBe('Bea');
    const third = await writer();
    await expect.poll(() => placesHeard(third.visitor)).toEqual([1]);
    const answer = { conversationId: third.conversationId, clientId: clientId(), text: 'You too' };
    await ada.line.get('message:send', answer);
    await expect.poll(() => placesHeard(third.visitor)).toEqual([1, null]);
    expect(await assigneeOf(owner, third.conversationId)).toBe('Ada');
    for (const { id: agentId } of [ada, bea]) {
      await owner.get('team:setCapacity', { siteId: rapport.site.id, agentId, capacity: 3 });
    }
    const fourth = await writer();
    await expect.poll(() => assigneeOf(owner, fourth.conversationId)).toBe('Bea');
  });
});

describe('by hand', () => {
  it('nothing is given away, and the visitor knows the place in the queue while all are busy', async () => {
    await siteWith({ assign: 'by_hand', capacity: 1 });
    const ada = await colleague('Ada');
    const [first, second] = [await writer(), await writer()];
    expect(await assigneeOf(ada.line, first.conversationId)).toBeNull();
    // Ada has room: nobody is told of a queue.
    expect(placesHeard(second.visitor)).toEqual([]);
    const take = (conversationId: string) =>
      ada.line.get('conversation:assign', { conversationId, clientId: clientId(), agentId: ada.id });
    await take(first.conversationId);
    await expect.poll(() => placesHeard(second.visitor)).toEqual([1]);
    const third = await writer();
    await expect.poll(() => placesHeard(third.visitor)).toEqual([2]);
    // A page that comes later hears it when it opens, and only its own.
    const laterTab = await rapport.visitor({ token: third.visitor.token });
    expect((await laterTab.get('visit:open', visit)).queue).toEqual([
      { conversationId: third.conversationId, position: 2 },
    ]);
    // More words change nothing, and are told to nobody.
    await second.visitor.get('message:send', {
      conversationId: second.conversationId,
      clientId: clientId(),
      text: 'Anybody?',
    });
    await close(ada.line, first.conversationId);
    await expect.poll(() => placesHeard(second.visitor)).toEqual([1, null]);
    await expect.poll(() => placesHeard(third.visitor)).toEqual([2, null]);
  });

  it('an answer takes the visitor out of the queue', async () => {
    await siteWith({ assign: 'by_hand', capacity: 1 });
    const ada = await colleague('Ada');
    const [first, second] = [await writer(), await writer()];
    const own = (conversationId: string) => ({ conversationId, clientId: clientId() });
    await ada.line.get('conversation:assign', { ...own(first.conversationId), agentId: ada.id });
    await expect.poll(() => placesHeard(second.visitor)).toEqual([1]);
    await ada.line.get('message:send', { ...own(second.conversationId), text: 'One moment' });
    await expect.poll(() => placesHeard(second.visitor)).toEqual([1, null]);
  });
});
