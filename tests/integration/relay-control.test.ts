import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRelayGateway, type RelayGateway } from '../../server/realtime/relay-gateway.ts';
import { joinTaps } from '../../server/relay/relay-tap.ts';
import { RapportError } from '../../shared/errors.ts';
import { grantMs, markBurst, maxMarkPoints, verbBurst } from '../../shared/limits.ts';
import type { Grant, GrantScope } from '../../shared/model/grant.ts';
import * as relayParser from '../../shared/relay-parser.ts';

const session = `cbs_${'s'.repeat(22)}`;
const token = `vt_${'v'.repeat(43)}`;
const card = (name: string) => ({
  id: `agt_${name.padEnd(22, '0')}`,
  name,
  color: '#0072b2',
  avatar: null,
});
const anna = card('anna');
const ben = card('ben');
const tab = 'tab-0001';

let httpServer: HttpServer;
let gateway: RelayGateway;
let address: string;
const sockets: Socket[] = [];

beforeEach(async () => {
  httpServer = createServer();
  gateway = createRelayGateway({
    httpServer,
    isOriginAllowed: async () => true,
    authorizeVisitor: async (_id, auth) => {
      if (auth.token !== token) throw new RapportError('not_found');
      return { siteId: 'sit_shop', origin: null };
    },
    authorizeAgent: async (_id, { accessToken }) => ({
      agent: card(accessToken),
      agentSessionId: `ags_${accessToken}`,
    }),
    addressOf: (request) => request.socket.remoteAddress ?? '',
    maxSocketsPerAddress: 20,
    onVisitorPresence: () => {},
    tap: () => joinTaps(),
    log: pino({ level: 'silent' }),
  });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await gateway.close();
  await new Promise((resolve) => httpServer.close(resolve));
});

async function connect(namespace: string, auth: object) {
  const socket = io(`${address}${namespace}`, {
    path: '/relay',
    parser: relayParser,
    transports: ['websocket'],
    query: { cobrowse: session },
    auth,
    reconnection: false,
    forceNew: true,
  });
  sockets.push(socket);
  const got: Array<[name: string, fact: Record<string, unknown>]> = [];
  socket.onAny((name, fact) => got.push([name, fact]));
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return {
    socket,
    say: (name: string, fact: object) => socket.emit(name, fact),
    heard: (name: string) => got.filter(([each]) => each === name).map(([, fact]) => fact),
    last: (name: string) => got.filter(([each]) => each === name).at(-1)?.[1],
  };
}
type Line = Awaited<ReturnType<typeof connect>>;
const openPage = (name = tab) => connect('/visitor', { site: 'pk_shop', token, tab: name });
const openAgent = (name: string) => connect('/agent', { accessToken: name });

const allScopes: GrantScope[] = ['scroll', 'click', 'type', 'navigate'];
let nonces = 0;
const grantFor = (agent: { id: string }, more: Partial<Grant> = {}): Grant => ({
  agent: agent.id,
  scopes: allScopes,
  mode: 'direct',
  expiresAtMs: Date.now() + grantMs,
  nonce: `nonce-${String(nonces++).padStart(16, '0')}`,
  ...more,
});
const click = { kind: 'click', at: { epoch: 1, node: 4, x: 0.5, y: 0.5 }, count: 1 };
const reload = { kind: 'reload' };

/** The agent asks, the page answers with this grant; resolves when the page has heard what came of it. */
async function giveControl(page: Line, agent: Line, who: { id: string }, grant: Grant) {
  agent.say('control:asked', { scopes: allScopes });
  await expect.poll(() => page.last('control:changed')?.asked).toMatchObject({ agent: { id: who.id } });
  page.say('control:answered', { agent: who.id, grant });
  await expect.poll(() => page.last('control:changed')?.asked).toBeNull();
}
/** What the agent is told of a verb that must not reach the page. */
async function refusalOf(agent: Line, id: number, use: object): Promise<unknown> {
  agent.say('control:used', { id, tab, verb: click, ...use });
  await expect.poll(() => agent.heard('control:acted').some((fact) => fact.id === id)).toBe(true);
  const { result } = agent.heard('control:acted').find((fact) => fact.id === id) ?? {};
  return (result as { because?: string }).because;
}

describe('control over real sockets', () => {
  it('CC1, CC3: verbs of the agent whom the visitor gave a grant reach the page, with its nonce', async () => {
    const [page, agent] = [await openPage(), await openAgent('anna')];
    await expect.poll(() => page.last('control:changed')).toEqual({ asked: null, held: null });
    const grant = grantFor(anna);
    await giveControl(page, agent, anna, grant);
    await expect.poll(() => agent.last('control:changed')?.held).toMatchObject({ nonce: grant.nonce });
    agent.say('control:used', { nonce: grant.nonce, id: 7, tab, verb: click });
    await expect
      .poll(() => page.last('control:used'))
      .toEqual({ agent: anna, nonce: grant.nonce, id: 7, verb: click });
    const action = { kind: 'click', target: 'button', page: 'https://shop.example/', atMs: 5 };
    page.say('control:acted', { agent: anna.id, id: 7, result: { outcome: 'done', action } });
    await expect
      .poll(() => agent.last('control:acted'))
      .toEqual({ agent: anna, id: 7, result: { outcome: 'done', action } });
  });

  it('CC1: nothing an agent sends makes a grant, and a page’s grant counts only for who asked', async () => {
    const [page, agent] = [await openPage(), await openAgent('anna')];
    expect(await refusalOf(agent, 1, { nonce: 'x'.repeat(22) })).toBe('no_grant');
    // Nobody asked.
    const unasked = grantFor(anna);
    page.say('control:answered', { agent: anna.id, grant: unasked });
    expect(await refusalOf(agent, 2, { nonce: unasked.nonce })).toBe('no_grant');
    // Asked by one, given to another.
    const foreign = grantFor(ben);
    agent.say('control:asked', { scopes: allScopes });
    await expect.poll(() => page.last('control:changed')?.asked).not.toBeNull();
    page.say('control:answered', { agent: anna.id, grant: foreign });
    const stranger = await openAgent('ben');
    expect(await refusalOf(stranger, 3, { nonce: foreign.nonce })).toBe('no_grant');
    expect(page.heard('control:used')).toEqual([]);
    // What only a page may say ends an agent's connection.
    agent.say('control:answered', { agent: anna.id, grant: grantFor(anna) });
    await expect.poll(() => agent.socket.connected).toBe(false);
  });

  it.each([
    ['forged: more than was asked', (grant: Grant) => ({ ...grant, scopes: [...allScopes, 'draw'] })],
    ['expired', (grant: Grant) => ({ ...grant, expiresAtMs: Date.now() - 1 })],
    ['for ever', (grant: Grant) => ({ ...grant, expiresAtMs: Date.now() + 24 * 60 * 60_000 })],
  ])('CC3: a grant that is %s is none', async (_, change) => {
    const [page, agent] = [await openPage(), await openAgent('anna')];
    const grant = change(grantFor(anna));
    agent.say('control:asked', { scopes: allScopes });
    await expect.poll(() => page.last('control:changed')?.asked).not.toBeNull();
    page.say('control:answered', { agent: anna.id, grant });
    expect(await refusalOf(agent, 1, { nonce: grant.nonce })).toBe('no_grant');
    expect(page.heard('control:used')).toEqual([]);
  });

  it('CC3: a grant is used once: after it was revoked, its nonce is worth nothing', async () => {
    const [page, agent] = [await openPage(), await openAgent('anna')];
    const grant = grantFor(anna);
    await giveControl(page, agent, anna, grant);
    page.say('control:revoked', {});
    await expect.poll(() => agent.last('control:changed')?.held).toBeNull();
    expect(await refusalOf(agent, 1, { nonce: grant.nonce })).toBe('no_grant');
    await giveControlRefused(page, agent, grant);
    expect(await refusalOf(agent, 2, { nonce: grant.nonce })).toBe('no_grant');
  });

  /** The page answers a new question with an old grant. */
  async function giveControlRefused(page: Line, agent: Line, grant: Grant) {
    agent.say('control:asked', { scopes: allScopes });
    await expect.poll(() => page.last('control:changed')?.asked).not.toBeNull();
    const before = page.heard('control:changed').length;
    page.say('control:answered', { agent: anna.id, grant });
    await expect.poll(() => page.heard('control:changed').length).toBeGreaterThan(before);
    expect(page.last('control:changed')?.held).toBeNull();
  }

  it('CC3: a verb beyond the scopes, of another agent, or with a wrong nonce goes no further', async () => {
    const [page, agent, other] = [await openPage(), await openAgent('anna'), await openAgent('ben')];
    const grant = grantFor(anna, { scopes: ['scroll', 'click'] });
    await giveControl(page, agent, anna, grant);
    expect(await refusalOf(agent, 1, { nonce: grant.nonce, verb: reload })).toBe('out_of_scope');
    expect(await refusalOf(agent, 2, { nonce: 'y'.repeat(22) })).toBe('no_grant');
    expect(await refusalOf(other, 3, { nonce: grant.nonce })).toBe('no_grant');
    expect(await refusalOf(agent, 4, { nonce: grant.nonce, tab: 'tab-0009' })).toBe('stale');
    expect(page.heard('control:used')).toEqual([]);
    // The nonce is between visitor and agent: who else looks sees who acts, not with what.
    expect(other.last('control:changed')?.held).toMatchObject({ agent: anna, nonce: null });
  });

  it('CC2: one agent at a time: a grant to another one is the hand-over', async () => {
    const [page, first, second] = [await openPage(), await openAgent('anna'), await openAgent('ben')];
    const [one, two] = [grantFor(anna), grantFor(ben)];
    await giveControl(page, first, anna, one);
    await giveControl(page, second, ben, two);
    await expect.poll(() => first.last('control:changed')?.held).toMatchObject({ agent: ben, nonce: null });
    expect(await refusalOf(first, 1, { nonce: one.nonce })).toBe('no_grant');
    second.say('control:used', { nonce: two.nonce, id: 2, tab, verb: click });
    await expect.poll(() => page.last('control:used')).toMatchObject({ agent: ben, id: 2 });
  });

  it('CC4: control ends when its agent gives it back or leaves', async () => {
    const [page, agent] = [await openPage(), await openAgent('anna')];
    await giveControl(page, agent, anna, grantFor(anna));
    agent.say('control:released', {});
    await expect.poll(() => page.last('control:changed')?.held).toBeNull();
    await giveControl(page, agent, anna, grantFor(anna));
    await expect.poll(() => page.last('control:changed')?.held).not.toBeNull();
    agent.socket.disconnect();
    await expect.poll(() => page.last('control:changed')?.held).toBeNull();
  });

  it('a page that loads, or another tab, learns who holds control; only its mode can be changed', async () => {
    const [page, agent] = [await openPage(), await openAgent('anna')];
    const grant = grantFor(anna);
    await giveControl(page, agent, anna, grant);
    page.socket.disconnect();
    const next = await openPage();
    await expect.poll(() => next.last('control:changed')?.held).toEqual({ agent: anna, grant });
    next.say('control:answered', { agent: anna.id, grant: { ...grant, mode: 'propose' } });
    await expect.poll(() => agent.last('control:changed')?.held).toMatchObject({ mode: 'propose' });
    next.say('control:answered', {
      agent: anna.id,
      grant: { ...grant, mode: 'direct', scopes: ['scroll', 'draw'] },
    });
    await expect.poll(() => next.heard('control:changed').length).toBe(3);
    expect(agent.last('control:changed')?.held).toMatchObject({ mode: 'propose', scopes: allScopes });
  });

  it('bounds how fast an agent may act, and refuses what is no verb', async () => {
    const [page, agent] = [await openPage(), await openAgent('anna')];
    const grant = grantFor(anna);
    await giveControl(page, agent, anna, grant);
    for (let id = 0; id < verbBurst * 2; id++) {
      agent.say('control:used', { nonce: grant.nonce, id, tab, verb: click });
    }
    await expect
      .poll(() => agent.heard('control:acted').map(({ result }) => (result as { because?: string }).because))
      .toContain('too_fast');
    const script = { kind: 'open', url: 'javascript:alert(1)' };
    agent.say('control:used', { nonce: grant.nonce, id: 500, tab, verb: script });
    await expect.poll(() => agent.socket.connected).toBe(false);
    expect(page.heard('control:used').every(({ verb }) => (verb as { kind: string }).kind === 'click')).toBe(
      true,
    );
  });
});

describe('marks over real sockets', () => {
  let count = 0;
  const mark = (more: object = {}) => ({
    id: `mark-${String(count++).padStart(16, '0')}`,
    kind: 'arrow',
    tab,
    epoch: 1,
    node: 4,
    points: [0, 0, 1, 1],
    text: '',
    ...more,
  });

  it('reach the page and all who look, late ones too, until their owner or the visitor removes them', async () => {
    const [page, first, second] = [await openPage(), await openAgent('anna'), await openAgent('ben')];
    const [arrow, line] = [mark(), mark({ kind: 'pen', points: [0, 0, 0.5, 0.5, 1, 0] })];
    first.say('mark:added', { mark: arrow });
    page.say('mark:added', { mark: line });
    await expect.poll(() => page.heard('mark:added')).toHaveLength(2);
    const late = await openAgent('cleo');
    await expect.poll(() => late.heard('mark:added')).toHaveLength(2);
    expect(late.heard('mark:added').map((fact) => fact.mark)).toEqual([
      { ...arrow, by: anna },
      { ...line, by: null },
    ]);
    // Another agent's stays; an own one goes; the visitor may remove all.
    second.say('mark:removed', { ids: [arrow.id, line.id] });
    page.say('mark:removed', { ids: [line.id] });
    await expect.poll(() => late.heard('mark:removed')).toEqual([{ ids: [line.id] }]);
    first.say('mark:removed', { ids: [arrow.id] });
    await expect.poll(() => late.heard('mark:removed')).toHaveLength(2);
  });

  it('move to the element that the page has drawn anew', async () => {
    const [page, agent] = [await openPage(), await openAgent('anna')];
    const arrow = mark();
    agent.say('mark:added', { mark: arrow });
    await expect.poll(() => page.heard('mark:added')).toHaveLength(1);
    page.say('mark:anchored', { id: arrow.id, epoch: 2, node: 99 });
    await expect.poll(() => agent.last('mark:added')).toMatchObject({ mark: { epoch: 2, node: 99 } });
  });

  it('are bounded in rate and size', async () => {
    const [page, agent] = [await openPage(), await openAgent('anna')];
    for (let i = 0; i < markBurst * 2; i++) agent.say('mark:added', { mark: mark() });
    agent.say('mark:removed', { ids: [] });
    await expect.poll(() => page.heard('mark:added').length).toBeGreaterThanOrEqual(markBurst);
    expect(page.heard('mark:added').length).toBeLessThan(markBurst * 2);
    const points = Array.from({ length: maxMarkPoints * 2 + 2 }, () => 0.5);
    agent.say('mark:added', { mark: mark({ kind: 'pen', points }) });
    await expect.poll(() => agent.socket.connected).toBe(false);
  });
});
