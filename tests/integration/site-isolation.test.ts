import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomId } from '../../server/domain/identifier.ts';
import { noFilter } from '../../shared/model/inbox.ts';
import type { AgentRequests, PayloadOf, VisitorRequests } from '../../shared/protocol.ts';
import { agentRequests, visitorRequests } from '../../shared/protocol.ts';
import type { AgentLine, VisitorLine } from './live-line.ts';
import { clientId, type LiveRapport, password, startLiveRapport, visit } from './live-rapport.ts';

/** What the caller has no right to: objects of another site, and of another visitor of the same site. */
interface Foreign {
  siteId: string;
  conversationId: string;
  sessionId: string;
  surveyId: string;
  agentId: string;
  visitorId: string;
  liveId: string;
  labelId: string;
  macroId: string;
}

/** The same request on somebody else's object; null for requests that name none. */
type Attacks<T extends VisitorRequests | AgentRequests> = {
  [E in keyof T]: ((foreign: Foreign) => PayloadOf<T, E>) | null;
};

const visitorAttacks: Attacks<VisitorRequests> = {
  'visit:open': null,
  'page:changed': null,
  'conversation:start': null,
  'entries:fetch': ({ conversationId }) => ({ conversationId, afterSeq: 0 }),
  'message:send': ({ conversationId }) => ({ conversationId, clientId: clientId(), text: 'forged' }),
  'message:edit': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 1, text: 'forged' }),
  'message:delete': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 1 }),
  'conversation:delivered': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 1 }),
  'conversation:read': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 1 }),
  'conversation:end': ({ conversationId }) => ({ conversationId, clientId: clientId() }),
  'visitor:update': null,
  'event:track': null,
  'typing:set': ({ conversationId }) => ({ conversationId, typing: true }),
  'survey:answer': ({ conversationId, surveyId }) => ({
    conversationId,
    clientId: clientId(),
    surveyId,
    score: 1,
    comment: '',
  }),
  'survey:dismiss': ({ conversationId, surveyId }) => ({ conversationId, clientId: clientId(), surveyId }),
  'cobrowse:offer': ({ conversationId }) => ({ clientId: clientId(), conversationId, visit }),
  'cobrowse:answer': ({ sessionId }) => ({ sessionId, accept: true }),
  'cobrowse:code': ({ conversationId }) => ({ clientId: clientId(), conversationId, visit }),
  'cobrowse:pause': ({ sessionId }) => ({ sessionId, paused: true }),
  'cobrowse:stop': ({ sessionId }) => ({ sessionId }),
  'cobrowse:stopRecording': ({ sessionId }) => ({ sessionId }),
  'share:read': null,
};

const agentAttacks: Attacks<AgentRequests> = {
  'session:open': null,
  'inbox:list': ({ siteId }) => ({
    siteIds: [rapport.site.id, siteId],
    view: 'all',
    filter: noFilter,
    before: null,
    limit: 10,
  }),
  'inbox:count': ({ siteId }) => ({ siteIds: [rapport.site.id, siteId], filter: noFilter }),
  'search:find': ({ siteId }) => ({ siteIds: [siteId], text: 'secret', beforeMs: null }),
  'conversation:open': ({ conversationId }) => ({ conversationId }),
  'entries:fetch': ({ conversationId }) => ({ conversationId, afterSeq: 0 }),
  'message:send': ({ conversationId }) => ({ conversationId, clientId: clientId(), text: 'forged' }),
  'note:add': ({ conversationId }) => ({
    conversationId,
    clientId: clientId(),
    text: 'forged',
    mentions: [],
  }),
  'message:edit': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 2, text: 'forged' }),
  'message:delete': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 2 }),
  'conversation:delivered': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 1 }),
  'conversation:read': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 1 }),
  'conversation:setStatus': ({ conversationId }) => ({
    conversationId,
    clientId: clientId(),
    status: 'closed',
  }),
  'conversation:snooze': ({ conversationId }) => ({
    conversationId,
    clientId: clientId(),
    untilMs: Date.now() + 60_000,
  }),
  'conversation:assign': ({ conversationId, agentId }) => ({ conversationId, clientId: clientId(), agentId }),
  'conversation:label': ({ conversationId, labelId }) => ({
    conversationId,
    clientId: clientId(),
    added: [labelId],
    removed: [],
  }),
  'conversation:setPriority': ({ conversationId }) => ({
    conversationId,
    clientId: clientId(),
    priority: 'urgent',
  }),
  'macro:run': ({ conversationId, macroId }) => ({ conversationId, clientId: clientId(), macroId }),
  'conversation:view': ({ conversationId }) => ({ conversationId }),
  'conversation:begin': ({ siteId, visitorId }) => ({
    siteId,
    to: { visitorId },
    clientId: clientId(),
    text: 'forged',
  }),
  'typing:set': ({ conversationId }) => ({ conversationId, typing: true }),
  'cobrowse:request': ({ conversationId }) => ({ conversationId }),
  'cobrowse:redeem': () => ({ code: '000000' }),
  'cobrowse:join': ({ sessionId }) => ({ sessionId }),
  'cobrowse:stop': ({ sessionId }) => ({ sessionId }),
  'recording:open': ({ sessionId }) => ({ sessionId }),
  'recording:delete': ({ sessionId }) => ({ sessionId }),
  'visitor:open': ({ siteId, visitorId }) => ({ siteId, visitorId }),
  'visitor:change': ({ siteId, visitorId }) => ({ siteId, visitorId, change: { name: 'forged' } }),
  'visitor:merge': ({ siteId, visitorId }) => ({ siteId, visitorId, intoId: visitorId }),
  'visitor:unmerge': ({ siteId, visitorId }) => ({ siteId, visitorId }),
  'live:list': ({ siteId }) => ({ siteId }),
  'workspace:open': ({ siteId }) => ({ siteId }),
  'workspace:save': ({ siteId, labelId: id }) => ({
    siteId,
    item: { kind: 'label', id, name: 'forged', color: '#000000' },
  }),
  'workspace:remove': ({ siteId, labelId: id }) => ({ siteId, kind: 'label', id }),
  'agent:setAvailability': null,
  'agent:update': null,
  'team:setCapacity': ({ siteId, agentId }) => ({ siteId, agentId, capacity: 1 }),
  'identity:keys': ({ siteId }) => ({ siteId }),
  'identity:addKey': ({ siteId }) => ({ siteId }),
  'identity:removeKey': ({ siteId }) => ({ siteId, kid: 'key_victim' }),
  'feedback:results': ({ siteId }) => ({ siteId, fromMs: 0 }),
  'site:update': ({ siteId }) => ({ siteId, settings: rapport.site.settings }),
  'team:list': ({ siteId }) => ({ siteId }),
  'team:add': ({ siteId }) => ({ siteId, email: 'eve@example.com', name: 'Eve', role: 'owner' }),
  'password:change': null,
};

let rapport: LiveRapport;
let foreign: Foreign;
const attackers: Record<string, VisitorLine | AgentLine> = {};

/** Everything the victims' site holds. */
function holdings() {
  const { store } = rapport;
  const { siteId, conversationId, sessionId } = foreign;
  return Promise.all([
    store.inboxRow({ conversationId }),
    store.entries({ conversationId, afterSeq: 0, limit: 500 }),
    store.cobrowse({ sessionId }),
    store.team({ siteId }),
    store.listSites(),
    store.workspace({ siteId }),
    store.identityKeys({ siteId }),
    store.visitorById({ siteId, visitorId: foreign.visitorId }),
    store.conversationsOfVisitors({ siteId, visitorIds: [foreign.visitorId] }),
  ]);
}

beforeAll(async () => {
  rapport = await startLiveRapport();
  const site = await rapport.addSite('Victim');
  const owner = await rapport.addAgent(site, 'Ada', 'owner');
  const agent = await rapport.agent(owner.email);
  const visitor = await rapport.visitor({ site });
  const { conversation } = await visitor.get('conversation:start', {
    clientId: clientId(),
    text: 'secret',
    visit,
  });
  await agent.get('message:send', { conversationId: conversation.id, clientId: clientId(), text: 'answer' });
  const { survey } = await agent.get('conversation:setStatus', {
    conversationId: conversation.id,
    clientId: clientId(),
    status: 'closed',
  });
  const { session } = await agent.get('cobrowse:request', { conversationId: conversation.id });
  await agent.get('site:update', { siteId: site.id, settings: { ...site.settings, liveVisitors: true } });
  await visitor.get('visit:open', visit);
  const [labelId, macroId] = [randomId('label'), randomId('macro')];
  await agent.get('workspace:save', {
    siteId: site.id,
    item: { kind: 'label', id: labelId, name: 'refund', color: '#0072b2' },
  });
  await agent.get('workspace:save', {
    siteId: site.id,
    item: { kind: 'macro', id: macroId, name: 'Close', actions: [{ do: 'close' }] },
  });
  await agent.get('identity:addKey', { siteId: site.id });
  const { visitors } = await agent.get('live:list', { siteId: site.id });
  foreign = {
    siteId: site.id,
    visitorId: conversation.visitorId,
    liveId: visitors[0]?.id ?? '',
    labelId,
    macroId,
    conversationId: conversation.id,
    sessionId: session.id,
    surveyId: survey?.kind === 'survey' ? survey.payload.surveyId : '',
    agentId: owner.id,
  };

  const other = await rapport.addAgent(rapport.site, 'Mallory', 'owner');
  attackers['an owner of another site'] = await rapport.agent(other.email);
  const stranger = await rapport.visitor();
  await stranger.get('conversation:start', { clientId: clientId(), text: 'mine', visit });
  attackers['a visitor of another site'] = stranger;
  const neighbour = await rapport.visitor({ site });
  await neighbour.get('conversation:start', { clientId: clientId(), text: 'mine', visit });
  attackers['another visitor of the site'] = neighbour;
  attackers['a visitor without a record'] = await rapport.visitor({ site });
});
afterAll(() => rapport.close());

const cells = [
  ...['a visitor of another site', 'another visitor of the site', 'a visitor without a record'].flatMap(
    (who) =>
      Object.keys(visitorRequests).map((event) => ({
        who,
        event,
        attack: visitorAttacks[event as keyof VisitorRequests],
      })),
  ),
  ...Object.keys(agentRequests).map((event) => ({
    who: 'an owner of another site',
    event,
    attack: agentAttacks[event as keyof AgentRequests],
  })),
].filter(({ attack }) => attack !== null);

describe('nobody reaches into another site, nor into another visitor’s conversation', () => {
  it.each(cells)('$who: $event', async ({ who, event, attack }) => {
    const before = await holdings();
    const reply = await attackers[who]?.sendAnything(event, attack?.(foreign));
    expect(reply).toEqual({ ok: false, error: 'not_found' });
    expect(await holdings()).toEqual(before);
  });

  it('and hears nothing of what happens there', () => {
    for (const line of Object.values(attackers)) {
      const heard = [
        'entry:added',
        'conversation:added',
        'cobrowse:changed',
        'typing:changed',
        'viewing:changed',
        'visitor:changed',
        'workspace:changed',
        'live:changed',
      ] as const;
      const told = heard.flatMap((fact) => (line as AgentLine).heard(fact));
      const text = JSON.stringify(told);
      const { siteId: _, ...objects } = foreign;
      for (const id of Object.values(objects)) expect(text).not.toContain(id);
    }
  });

  it('and does not write to who is on it now, nor by its own site to somebody there', async () => {
    const attacker = attackers['an owner of another site'] as AgentLine;
    expect(foreign.liveId).toMatch(/^liv_/);
    for (const siteId of [foreign.siteId, rapport.site.id]) {
      for (const to of [{ liveId: foreign.liveId }, { visitorId: foreign.visitorId }]) {
        const request = { siteId, to, clientId: clientId(), text: 'forged' };
        expect(await attacker.ask('conversation:begin', request)).toMatchObject({ error: 'not_found' });
      }
    }
  });

  it('and takes nothing of it into its own: no agent, team, label or macro', async () => {
    const attacker = attackers['an owner of another site'] as AgentLine;
    const stranger = attackers['a visitor of another site'] as VisitorLine;
    const { conversations } = await stranger.get('visit:open', visit);
    const own = { conversationId: conversations[0]?.id ?? '', clientId: clientId() };
    const { agentId, labelId, macroId, visitorId } = foreign;
    const refused = expect.objectContaining({ ok: false, error: 'not_found' });
    expect(await attacker.ask('conversation:assign', { ...own, agentId })).toEqual(refused);
    expect(await attacker.ask('conversation:label', { ...own, added: [labelId], removed: [] })).toEqual(
      refused,
    );
    expect(await attacker.ask('macro:run', { ...own, macroId })).toEqual(refused);
    expect(await attacker.ask('note:add', { ...own, text: 'x', mentions: [agentId] })).toEqual(refused);
    const ownVisitor = conversations[0]?.visitorId ?? '';
    const merge = { siteId: rapport.site.id, visitorId: ownVisitor, intoId: visitorId };
    expect(await attacker.ask('visitor:merge', merge)).toEqual(refused);
    const team = { kind: 'team' as const, id: randomId('team'), name: 'Spies', agentIds: [agentId] };
    expect(await attacker.ask('workspace:save', { siteId: rapport.site.id, item: team })).toEqual(refused);
  });

  it('a password of one agent is no way to another', async () => {
    const attacker = attackers['an owner of another site'] as AgentLine;
    const reply = await attacker.ask('password:change', {
      current: `not ${password}`,
      next: 'a new long password',
    });
    expect(reply).toEqual({ ok: false, error: 'wrong_credentials' });
  });
});
