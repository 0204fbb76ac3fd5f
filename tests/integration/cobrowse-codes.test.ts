import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import type { AgentLine, VisitorLine } from './live-line.ts';
import { clientId, type LiveRapport, startLiveRapport, visit } from './live-rapport.ts';

let rapport: LiveRapport;
let clock: FakeClock;
let agent: AgentLine;
let visitor: VisitorLine;

beforeEach(async () => {
  clock = createFakeClock();
  rapport = await startLiveRapport({ clock });
  agent = await rapport.agent((await rapport.addAgent(rapport.site, 'Ada', 'owner')).email);
  visitor = await rapport.visitor();
});
afterEach(() => rapport.close());

const code = async () =>
  (await visitor.get('cobrowse:code', { clientId: clientId(), conversationId: null, visit })).code;
const redeem = (typed: string, by = agent) => by.ask('cobrowse:redeem', { code: typed });
/** A code that this one is not. */
const other = (one: string) => String((Number(one) + 1) % 1_000_000).padStart(6, '0');
const notFound = { ok: false, error: 'not_found' };

it('a newcomer’s code leads an agent to a request that the visitor answers, in a conversation of its own', async () => {
  const digits = await code();
  expect(digits).toMatch(/^\d{6}$/);
  const redeemed = await redeem(digits);
  expect(redeemed).toMatchObject({
    ok: true,
    session: { state: { phase: 'requested', agent: { name: 'Ada' } } },
  });
  if (!redeemed.ok) return;
  const { id, conversationId } = redeemed.session;
  await expect.poll(() => visitor.heard('cobrowse:changed').at(-1)?.session).toMatchObject({ id });
  await visitor.get('cobrowse:answer', { sessionId: id, accept: true });
  expect((await agent.get('conversation:open', { conversationId })).cobrowse).toMatchObject({ id });
});

it('a code works once, and for ten minutes', async () => {
  const digits = await code();
  expect(await redeem(digits)).toMatchObject({ ok: true });
  expect(await redeem(digits)).toEqual(notFound);
  const late = await code();
  clock.pass(10 * 60_000);
  expect(await redeem(late)).toEqual(notFound);
});

it('a code of another site is none, and stays good for its own', async () => {
  const elsewhere = await rapport.addSite('Elsewhere');
  const stranger = await rapport.agent((await rapport.addAgent(elsewhere, 'Eve', 'owner')).email);
  const digits = await code();
  expect(await redeem(digits, stranger)).toEqual(notFound);
  expect(await redeem(digits)).toMatchObject({ ok: true });
});

it('who shares already is looked at, without another question', async () => {
  const first = await redeem(await code());
  if (!first.ok) throw new Error(first.error);
  await visitor.get('cobrowse:answer', { sessionId: first.session.id, accept: true });
  expect(await redeem(await code())).toMatchObject({
    session: { id: first.session.id, state: { phase: 'active' } },
  });
});

it('guessing waits longer and longer, for the agent and for the site', async () => {
  const digits = await code();
  for (let guess = 0; guess < 5; guess++) expect(await redeem(other(digits))).toEqual(notFound);
  const refused = await redeem(other(digits));
  expect(refused).toMatchObject({ ok: false, error: 'rate_limited' });
  // Also the right one: else the wait would be none.
  expect(await redeem(digits)).toMatchObject({ ok: false, error: 'rate_limited' });
  const ben = await rapport.agent((await rapport.addAgent(rapport.site, 'Ben', 'agent')).email);
  expect(await redeem(digits, ben)).toMatchObject({ ok: true });
});

it('what is stored is not the code', async () => {
  const digits = await code();
  const take = (codeHash: string) =>
    rapport.store.takeCobrowseCode({ codeHash, siteIds: [rapport.site.id], nowMs: clock.nowMs() });
  expect(await take(digits)).toBeNull();
  expect(await take(createHash('sha256').update(digits).digest('base64url'))).toBeNull();
  expect(await redeem(digits)).toMatchObject({ ok: true });
});
