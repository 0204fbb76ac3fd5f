import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  'conversation:read': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 1 }),
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
  'cobrowse:stop': ({ sessionId }) => ({ sessionId }),
};

const agentAttacks: Attacks<AgentRequests> = {
  'session:open': null,
  'inbox:list': ({ siteId }) => ({ siteId, status: 'open', before: null, limit: 10 }),
  'conversation:open': ({ conversationId }) => ({ conversationId }),
  'entries:fetch': ({ conversationId }) => ({ conversationId, afterSeq: 0 }),
  'message:send': ({ conversationId }) => ({ conversationId, clientId: clientId(), text: 'forged' }),
  'conversation:read': ({ conversationId }) => ({ conversationId, clientId: clientId(), seq: 1 }),
  'conversation:setStatus': ({ conversationId }) => ({
    conversationId,
    clientId: clientId(),
    status: 'resolved',
  }),
  'conversation:assign': ({ conversationId, agentId }) => ({ conversationId, clientId: clientId(), agentId }),
  'typing:set': ({ conversationId }) => ({ conversationId, typing: true }),
  'cobrowse:request': ({ conversationId }) => ({ conversationId }),
  'cobrowse:join': ({ sessionId }) => ({ sessionId }),
  'cobrowse:stop': ({ sessionId }) => ({ sessionId }),
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
    status: 'resolved',
  });
  const { session } = await agent.get('cobrowse:request', { conversationId: conversation.id });
  foreign = {
    siteId: site.id,
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
      const heard = ['entry:added', 'conversation:added', 'cobrowse:changed', 'typing:changed'] as const;
      const told = heard.flatMap((fact) => (line as AgentLine).heard(fact));
      expect(JSON.stringify(told)).not.toContain(foreign.conversationId);
    }
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
