import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VisitorEvent } from '../../shared/model/visitor.ts';
import type { AgentLine } from './live-line.ts';
import { clientId, type LiveRapport, startLiveRapport, visit } from './live-rapport.ts';

let rapport: LiveRapport;
let siteId: string;
let agent: AgentLine;

beforeAll(async () => {
  rapport = await startLiveRapport();
  siteId = rapport.site.id;
  const { email } = await rapport.addAgent(rapport.site, 'Ada');
  agent = await rapport.agent(email);
});
afterAll(() => rapport.close());

async function visitorWithConversation(text = 'Hello') {
  const line = await rapport.visitor();
  const { conversation } = await line.get('conversation:start', { clientId: clientId(), text, visit });
  return { line, conversation, visitorId: conversation.visitorId };
}
const event = (name: string, more: Partial<VisitorEvent> = {}): VisitorEvent => ({
  clientId: clientId(),
  name,
  properties: {},
  atMs: Date.now(),
  ...more,
});
const open = (visitorId: string) => agent.get('visitor:open', { siteId, visitorId });
const toldOf = (visitorId: string) =>
  agent
    .heard('visitor:changed')
    .map(({ visitor }) => visitor)
    .filter(({ id }) => id === visitorId)
    .at(-1);

describe('what a page tells of its visitor', () => {
  it('is kept from the first message on, and nothing before', async () => {
    const line = await rapport.visitor();
    await line.get('visit:open', visit);
    const refused = { ok: false, error: 'wrong_phase' };
    expect(await line.ask('visitor:update', { change: { name: 'Grace' }, visit })).toEqual(refused);
    expect(await line.ask('event:track', { events: [event('cart opened')] })).toEqual(refused);
    expect((await line.get('visit:open', visit)).visitorId).toBeNull();
  });

  it('is seen by agents at once: name, address and attributes, part by part', async () => {
    const { line, visitorId } = await visitorWithConversation();
    await line.get('visitor:update', {
      change: { name: 'Grace', attributes: { plan: 'team', seats: 3 } },
      visit,
    });
    await line.get('visitor:update', {
      change: { email: 'Grace@Example.com', attributes: { seats: null } },
      visit,
    });
    await expect
      .poll(() => toldOf(visitorId))
      .toMatchObject({
        name: 'Grace',
        email: 'grace@example.com',
        verified: false,
        externalId: null,
        attributes: { plan: 'team' },
      });
    expect((await line.get('visit:open', visit)).customer).toEqual({
      name: 'Grace',
      email: 'grace@example.com',
      verified: false,
    });
  });

  it('is refused with the place of the mistake', async () => {
    const { line } = await visitorWithConversation();
    const update = (change: object) => line.sendAnything('visitor:update', { change, visit });
    expect(await update({ email: 'grace' })).toEqual({
      ok: false,
      error: 'malformed',
      field: 'change.email',
    });
    expect(await update({ attributes: { plan: {} } })).toMatchObject({ ok: false, error: 'malformed' });
    expect(await update({ verified: true })).toMatchObject({ ok: false, error: 'malformed' });
    expect(await update({ externalId: '42' })).toMatchObject({ ok: false, error: 'malformed' });
  });

  it('happens once, in order, and not in the future', async () => {
    const { line, visitorId } = await visitorWithConversation();
    const [first, second] = [
      event('viewed', { atMs: 1_000 }),
      event('ordered', { properties: { total: 40 } }),
    ];
    const late = event('from tomorrow', { atMs: Date.now() + 86_400_000 });
    await line.get('event:track', { events: [first, second] });
    await line.get('event:track', { events: [second, late] });
    const { events } = await open(visitorId);
    expect(events.map(({ name }) => name)).toEqual(['from tomorrow', 'ordered', 'viewed']);
    expect(events[0]?.atMs).toBeLessThanOrEqual(Date.now());
    expect(events[1]?.properties).toEqual({ total: 40 });
  });
});

describe('one person under two records', () => {
  it('is one page for agents, while each browser keeps seeing only its own', async () => {
    const [one, two] = [await visitorWithConversation('one'), await visitorWithConversation('two')];
    await one.line.get('visitor:update', { change: { name: 'Grace' }, visit });
    const { visitor } = await agent.get('visitor:merge', {
      siteId,
      visitorId: two.visitorId,
      intoId: one.visitorId,
    });
    expect(visitor.mergedInto).toMatchObject({ id: one.visitorId, name: 'Grace' });
    await expect.poll(() => toldOf(two.visitorId)?.mergedInto?.id).toBe(one.visitorId);
    await expect.poll(() => toldOf(one.visitorId)?.mergedInto).toBeNull();

    await two.line.get('event:track', { events: [event('from the second')] });
    const whole = await open(one.visitorId);
    expect(whole.same.map(({ id }) => id)).toEqual([two.visitorId]);
    expect(whole.conversations.map(({ id }) => id).sort()).toEqual(
      [one.conversation.id, two.conversation.id].sort(),
    );
    expect(whole.events.map(({ name }) => name)).toEqual(['from the second']);
    expect((await two.line.get('visit:open', visit)).conversations.map(({ id }) => id)).toEqual([
      two.conversation.id,
    ]);

    // The one that was merged shows the other's name, also when that changes.
    await one.line.get('visitor:update', { change: { name: 'Grace Hopper' }, visit });
    await expect.poll(() => toldOf(two.visitorId)?.mergedInto?.name).toBe('Grace Hopper');

    await agent.get('visitor:unmerge', { siteId, visitorId: two.visitorId });
    await expect.poll(() => toldOf(two.visitorId)?.mergedInto).toBeNull();
    expect((await open(one.visitorId)).same).toEqual([]);
  });

  it('is not made of a circle, of oneself, or of somebody who is not there', async () => {
    const [one, two] = [await visitorWithConversation(), await visitorWithConversation()];
    const merge = (visitorId: string, intoId: string) =>
      agent.ask('visitor:merge', { siteId, visitorId, intoId });
    await merge(two.visitorId, one.visitorId);
    expect(await merge(one.visitorId, two.visitorId)).toMatchObject({ error: 'wrong_phase' });
    expect(await merge(two.visitorId, one.visitorId)).toMatchObject({ error: 'wrong_phase' });
    expect(await merge(one.visitorId, one.visitorId)).toMatchObject({ error: 'wrong_phase' });
    expect(await merge(one.visitorId, 'vis_aaaaaaaaaaaaaaaaaaaaaa')).toMatchObject({ error: 'not_found' });
  });

  it('is not made across sites', async () => {
    const { visitorId } = await visitorWithConversation();
    const other = await rapport.addSite('Other');
    const stranger = await rapport.visitor({ site: other });
    const { conversation } = await stranger.get('conversation:start', {
      clientId: clientId(),
      text: 'x',
      visit,
    });
    const { email } = await rapport.addAgent(other, 'Eve', 'owner');
    const eve = await rapport.agent(email);
    const foreign = conversation.visitorId;
    expect(await agent.ask('visitor:merge', { siteId, visitorId, intoId: foreign })).toMatchObject({
      error: 'not_found',
    });
    for (const request of [
      () => eve.ask('visitor:open', { siteId, visitorId }),
      () => eve.ask('visitor:open', { siteId: other.id, visitorId }),
      () => eve.ask('visitor:change', { siteId: other.id, visitorId, change: { name: 'x' } }),
      () => eve.ask('visitor:merge', { siteId: other.id, visitorId: foreign, intoId: visitorId }),
      () => eve.ask('visitor:unmerge', { siteId: other.id, visitorId }),
    ]) {
      expect(await request()).toEqual({ ok: false, error: 'not_found' });
    }
  });
});

it('an agent corrects a name, and everybody sees it', async () => {
  const { visitorId } = await visitorWithConversation();
  await agent.get('visitor:change', { siteId, visitorId, change: { name: 'Grace', email: null } });
  await expect.poll(() => toldOf(visitorId)?.name).toBe('Grace');
});
