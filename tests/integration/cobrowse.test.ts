import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cobrowseOfferMs, cobrowseRequestMs, cobrowseResumeMs } from '../../shared/limits.ts';
import type { CobrowseRule } from '../../shared/model/site.ts';
import { relayPath } from '../../shared/protocol.ts';
import * as relayParser from '../../shared/relay-parser.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import type { AgentLine, VisitorLine } from './live-line.ts';
import {
  clientId,
  type LiveRapport,
  shopOrigin,
  startLiveRapport,
  visit,
  visitorToken,
} from './live-rapport.ts';

let rapport: LiveRapport;
let clock: FakeClock;
let agent: AgentLine & { accessToken: string };
let visitor: VisitorLine & { token: string };
let conversationId: string;
const relaySockets: Socket[] = [];

beforeEach(async () => {
  clock = createFakeClock();
  rapport = await startLiveRapport({ clock });
  const { email } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  agent = await rapport.agent(email);
  visitor = await rapport.visitor();
  const started = await visitor.get('conversation:start', { clientId: clientId(), text: 'Help', visit });
  conversationId = started.conversation.id;
});
afterEach(async () => {
  for (const socket of relaySockets.splice(0)) socket.close();
  await rapport.close();
});

const request = async () => (await agent.get('cobrowse:request', { conversationId })).session;
const offer = async () =>
  (await visitor.get('cobrowse:offer', { clientId: clientId(), conversationId, visit })).session;
const answer = (sessionId: string, accept: boolean) => visitor.ask('cobrowse:answer', { sessionId, accept });
const stateOf = async (sessionId: string) => (await rapport.store.cobrowse({ sessionId }))?.state;

/** Steps of the session as they stand in the conversation. */
async function steps() {
  const { entries } = await agent.get('conversation:open', { conversationId });
  return entries.flatMap((entry) =>
    entry.kind === 'cobrowse' ? [[entry.sender.role, entry.payload.event]] : [],
  );
}

/** Connects to the relay; resolves with the error's code when refused. */
async function relay(
  namespace: '/visitor' | '/agent',
  cobrowse: string,
  auth: object,
): Promise<Socket | string> {
  const socket: Socket = io(rapport.origin + namespace, {
    path: relayPath,
    parser: relayParser,
    forceNew: true,
    reconnection: false,
    transports: ['websocket'],
    query: { cobrowse },
    auth,
    extraHeaders: namespace === '/visitor' ? { origin: shopOrigin } : {},
  });
  relaySockets.push(socket);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', ({ message }) => resolve(message));
  });
}
const shares = (sessionId: string, token = visitor.token) =>
  relay('/visitor', sessionId, { site: rapport.site.key, token, tab: 'tab-0001' });
const watches = (sessionId: string) => relay('/agent', sessionId, { accessToken: agent.accessToken });

it('an agent asks, the visitor accepts, either side sees it, and the visitor’s stop ends it', async () => {
  const session = await request();
  expect(session.state).toMatchObject({ phase: 'requested', agent: { name: 'Ada' } });
  await expect.poll(() => visitor.heard('cobrowse:changed')).toMatchObject([{ session: { id: session.id } }]);
  expect((await visitor.get('visit:open', visit)).cobrowse).toEqual({ ...session, rules: [] });

  expect(await answer(session.id, true)).toMatchObject({ ok: true, session: { state: { phase: 'active' } } });
  expect(await answer(session.id, true)).toMatchObject({ ok: true, session: { state: { phase: 'active' } } });
  const joined = await agent.get('cobrowse:join', { sessionId: session.id });
  expect(new URL(joined.viewerOrigin).hostname).toBe('127.0.0.1');
  expect(joined.visitor).toMatchObject({ online: true });

  clock.pass(5_000);
  const stop = () => visitor.get('cobrowse:stop', { sessionId: session.id });
  const stopped = await stop();
  expect(stopped.session.state).toMatchObject({ phase: 'ended', reason: 'visitor_stopped' });
  // Repeated until it is heard: no error.
  expect(await stop()).toEqual(stopped);
  await expect
    .poll(() => agent.heard('cobrowse:changed').map(({ session: { state } }) => state.phase))
    .toEqual(['requested', 'active', 'ended']);
  expect(await steps()).toEqual([
    ['agent', 'requested'],
    ['visitor', 'accepted'],
    ['visitor', 'ended'],
    ['system', 'summary'],
  ]);
  const { entries } = await agent.get('conversation:open', { conversationId });
  expect(entries.at(-2)).toMatchObject({ payload: { event: 'ended', durationMs: 5_000 } });
});

it('what is worth remembering of a session stands in the log when it is over, for both sides', async () => {
  const { id } = await request();
  await answer(id, true);
  await agent.get('cobrowse:join', { sessionId: id });
  const page = (await shares(id)) as Socket;
  const opens = (path: string) =>
    page.emit('tab:changed', {
      tab: 'tab-0001',
      page: { url: `${shopOrigin}/${path}`, title: path },
      focused: true,
      hidden: false,
      widthPx: 800,
      heightPx: 600,
    });
  const facts = async () => (await rapport.store.cobrowseFacts({ sessionId: id })).map(({ type }) => type);
  opens('chairs');
  await expect.poll(facts).toEqual(['page']);
  clock.pass(10_000);
  const viewer = (await watches(id)) as Socket;
  await expect.poll(facts).toEqual(['page', 'joined']);
  clock.pass(20_000);
  opens('tables');
  await expect.poll(facts).toEqual(['page', 'joined', 'page']);
  clock.pass(5_000);
  viewer.close();
  await expect.poll(facts).toEqual(['page', 'joined', 'page', 'left']);
  clock.pass(5_000);
  await visitor.get('cobrowse:stop', { sessionId: id });

  const { entries } = await agent.get('conversation:open', { conversationId });
  expect(entries.at(-1)).toMatchObject({
    sender: { role: 'system' },
    payload: {
      event: 'summary',
      sessionId: id,
      summary: {
        durationMs: 40_000,
        pages: [
          { title: 'chairs', stayMs: 30_000 },
          { title: 'tables', stayMs: 10_000 },
        ],
        watchers: [{ name: 'Ada', watchedMs: 25_000 }],
        isRecorded: false,
      },
    },
  });
  const own = await visitor.get('entries:fetch', { conversationId, afterSeq: 0 });
  expect(own.entries.at(-1)).toEqual(entries.at(-1));
});

it('what the visitor allows beside looking is told to agents, and kept while the line is lost', async () => {
  const { id } = await request();
  await visitor.get('cobrowse:answer', { sessionId: id, accept: true, allowsControl: true });
  const told = () => agent.heard('cobrowse:changed').at(-1)?.session.state;
  await expect.poll(told).toMatchObject({ phase: 'active', allowsControl: true });
  clock.pass(15_000);
  await expect.poll(told).toMatchObject({ phase: 'waiting', allowsControl: true });
  await visitor.get('cobrowse:stop', { sessionId: id });

  const offered = { clientId: clientId(), conversationId, visit };
  const { session } = await visitor.get('cobrowse:offer', { ...offered, allowsControl: true });
  expect(session.state).toMatchObject({ phase: 'offered', allowsControl: true });
  expect((await agent.get('cobrowse:join', { sessionId: session.id })).session.state).toMatchObject({
    phase: 'active',
    allowsControl: true,
  });
});

it('the visitor pauses and goes on, and agents and other tabs hear of it', async () => {
  const { id } = await request();
  const pause = (paused: boolean) => visitor.ask('cobrowse:pause', { sessionId: id, paused });
  expect(await pause(true)).toEqual({ ok: false, error: 'wrong_phase' });
  await answer(id, true);
  expect(await pause(true)).toMatchObject({ session: { state: { phase: 'active', isPaused: true } } });
  expect(await pause(true)).toMatchObject({ ok: true });
  await expect
    .poll(() => agent.heard('cobrowse:changed').at(-1)?.session.state)
    .toMatchObject({ isPaused: true });
  expect((await visitor.get('visit:open', visit)).cobrowse).toMatchObject({ state: { isPaused: true } });
  const resumed = await pause(false);
  expect(resumed.ok && resumed.session.state).not.toHaveProperty('isPaused');
});

it('where the site’s rules say never, nobody is asked and nobody offers; who shares hears of new rules', async () => {
  const { id: siteId, settings } = rapport.site;
  const setRules = (rules: CobrowseRule[]) =>
    agent.get('site:update', { siteId, settings: { ...settings, cobrowse: { rules } } });
  const path = new URL(visit.page.url).pathname;
  await setRules([{ path, action: 'never' }]);
  const refused = { ok: false, error: 'page_not_shared' };
  expect(await agent.ask('cobrowse:request', { conversationId })).toEqual(refused);
  const offered = { clientId: clientId(), conversationId, visit };
  expect(await visitor.ask('cobrowse:offer', offered)).toEqual(refused);

  const rules: CobrowseRule[] = [{ path, action: 'pause' }];
  await setRules(rules);
  const { id } = await request();
  await answer(id, true);
  await setRules([]);
  await expect.poll(() => visitor.heard('cobrowse:changed').at(-1)?.session).toMatchObject({ id, rules: [] });
  await setRules(rules);
  expect((await visitor.get('visit:open', visit)).cobrowse).toMatchObject({ id, rules });
  // Agents know them from the site.
  expect(agent.heard('cobrowse:changed').some(({ session }) => session.rules !== undefined)).toBe(false);
});

it('a closed conversation ends its session, whoever closes it', async () => {
  for (const by of ['agent', 'visitor'] as const) {
    const { id } = await request();
    await answer(id, true);
    const closing = { conversationId, clientId: clientId() };
    if (by === 'agent') await agent.get('conversation:setStatus', { ...closing, status: 'closed' });
    else await visitor.get('conversation:end', closing);
    await expect.poll(() => stateOf(id)).toMatchObject({ phase: 'ended', reason: `${by}_stopped` });
    await agent.get('conversation:setStatus', { conversationId, clientId: clientId(), status: 'open' });
  }
});

it('a declined request shares nothing, and a late yes comes too late', async () => {
  const { id } = await request();
  expect(await answer(id, false)).toMatchObject({
    session: { state: { phase: 'ended', reason: 'declined' } },
  });
  expect(await answer(id, true)).toEqual({ ok: false, error: 'wrong_phase' });
  expect(await shares(id)).toBe('wrong_phase');
});

it('yes and withdrawal at the same moment: one of them holds, for everybody', async () => {
  const { id } = await request();
  await Promise.all([answer(id, true), agent.ask('cobrowse:stop', { sessionId: id })]);
  expect((await stateOf(id))?.phase).toBe('ended');
  const told = agent.heard('cobrowse:changed').at(-1)?.session.state;
  expect(told).toEqual(await stateOf(id));
  expect((await steps()).filter(([, event]) => event === 'ended')).toHaveLength(1);
});

it('the visitor offers, an agent looks, and offering again is the same session', async () => {
  const offered = { clientId: clientId(), conversationId, visit };
  const first = await visitor.get('cobrowse:offer', offered);
  expect(await visitor.get('cobrowse:offer', offered)).toEqual(first);
  expect(first.session.state.phase).toBe('offered');
  expect(await shares(first.session.id)).toBe('wrong_phase');
  await agent.get('cobrowse:join', { sessionId: first.session.id });
  expect((await stateOf(first.session.id))?.phase).toBe('active');
  await visitor.get('cobrowse:stop', { sessionId: first.session.id });
  // Even now: its reply may have been lost.
  expect((await visitor.get('cobrowse:offer', offered)).session).toMatchObject({
    id: first.session.id,
    state: { phase: 'ended' },
  });
  expect(await steps()).toEqual([
    ['visitor', 'offered'],
    ['agent', 'started'],
    ['visitor', 'ended'],
    ['system', 'summary'],
  ]);
});

it('an offer without a conversation starts one', async () => {
  const newcomer = await rapport.visitor({ token: visitorToken() });
  const { session } = await newcomer.get('cobrowse:offer', {
    clientId: clientId(),
    conversationId: null,
    visit,
  });
  expect(session.conversationId).not.toBe(conversationId);
  await expect.poll(() => newcomer.heard('conversation:added')).toHaveLength(1);
});

it('an offer that meets a request is the visitor’s yes', async () => {
  const { id } = await request();
  const session = await offer();
  expect(session).toMatchObject({ id, state: { phase: 'active' } });
});

it('one open session per visitor', async () => {
  await request();
  expect(await agent.ask('cobrowse:request', { conversationId })).toEqual({
    ok: false,
    error: 'already_exists',
  });
});

it.each([
  ['a request', request, cobrowseRequestMs],
  ['an offer', offer, cobrowseOfferMs],
])('%s that nobody takes up lapses', async (_, start, ms) => {
  const { id } = await start();
  clock.pass(ms - 1);
  expect((await stateOf(id))?.phase).not.toBe('ended');
  clock.pass(1);
  await expect.poll(() => stateOf(id)).toMatchObject({ phase: 'ended', reason: 'request_expired' });
  await expect.poll(async () => (await steps()).at(-1)).toEqual(['system', 'ended']);
});

it('a lost page waits, comes back, and is given up in the end', async () => {
  const { id } = await request();
  await answer(id, true);
  const tab = await shares(id);
  expect(await watches(id)).toBeTypeOf('object');

  if (typeof tab !== 'string') tab.close();
  await expect.poll(() => stateOf(id), { timeout: 5_000 }).toMatchObject({ phase: 'waiting' });
  expect(await shares(id)).toBeTypeOf('object');
  await expect.poll(() => stateOf(id)).toMatchObject({ phase: 'active' });

  for (const socket of relaySockets.splice(0)) socket.close();
  await expect.poll(() => stateOf(id), { timeout: 5_000 }).toMatchObject({ phase: 'waiting' });
  clock.pass(cobrowseResumeMs);
  await expect.poll(() => stateOf(id)).toMatchObject({ phase: 'ended', reason: 'visitor_gone' });
});

it('a page that consented and never shows up is lost too', async () => {
  const { id } = await request();
  await answer(id, true);
  clock.pass(15_000);
  await expect.poll(() => stateOf(id)).toMatchObject({ phase: 'waiting' });
});

it('ending a session cuts its stream on both sides', async () => {
  const { id } = await request();
  await answer(id, true);
  const [tab, viewer] = [await shares(id), await watches(id)];
  await agent.get('cobrowse:stop', { sessionId: id });
  for (const socket of [tab, viewer]) {
    if (typeof socket === 'string') throw new Error(socket);
    await expect.poll(() => socket.connected).toBe(false);
  }
});

it('the relay lets in nobody else', async () => {
  const { id } = await request();
  expect(await watches(id)).toBe('wrong_phase');
  await answer(id, true);
  expect(await shares(id, visitorToken())).toBe('not_found');
  expect(await shares('cbs_aaaaaaaaaaaaaaaaaaaaaa')).toBe('not_found');
  expect(await relay('/agent', id, { accessToken: 'nonsense' })).toBe('unauthenticated');
  const stranger = await rapport.addAgent(await rapport.addSite('Elsewhere'), 'Eve', 'owner');
  const { accessToken } = await rapport.agent(stranger.email);
  expect(await relay('/agent', id, { accessToken })).toBe('not_found');
});

it('without a second origin for the viewer nobody is asked to share', async () => {
  await rapport.close();
  rapport = await startLiveRapport({ config: { origin: 'https://chat.example' } });
  const { email } = await rapport.addAgent(rapport.site, 'Ada');
  agent = await rapport.agent(email);
  visitor = await rapport.visitor();
  ({
    conversation: { id: conversationId },
  } = await visitor.get('conversation:start', { clientId: clientId(), text: 'Help', visit }));
  const refused = { ok: false, error: 'viewer_not_configured' };
  expect(await agent.ask('cobrowse:request', { conversationId })).toEqual(refused);
  expect(await visitor.ask('cobrowse:offer', { clientId: clientId(), conversationId, visit })).toEqual(
    refused,
  );
});
