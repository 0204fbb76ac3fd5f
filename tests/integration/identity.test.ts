import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SignJWT } from 'jose';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Site } from '../../shared/model/site.ts';
import { relayPath } from '../../shared/protocol.ts';
import * as relayParser from '../../shared/relay-parser.ts';
import { createFakeClock } from './fake-clock.ts';
import type { AgentLine } from './live-line.ts';
import {
  clientId,
  type LiveRapport,
  password,
  shopOrigin,
  startLiveRapport,
  visit,
  visitorToken,
} from './live-rapport.ts';

let rapport: LiveRapport;
let site: Site;
let owner: AgentLine & { accessToken: string };
let key: { kid: string; secret: string };

/** An identity token as a host makes it. */
async function signed(
  sub: string,
  {
    by = key,
    aud = site.key,
    expiresAtMs = Date.now() + 60_000,
    ...claims
  }: { by?: typeof key; aud?: string; expiresAtMs?: number; [claim: string]: unknown } = {},
) {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: by.kid })
    .setSubject(sub)
    .setAudience(aud)
    .setExpirationTime(Math.floor(expiresAtMs / 1000))
    .sign(new TextEncoder().encode(by.secret));
}

async function makeKey(line: AgentLine, siteId: string) {
  const made = await line.get('identity:addKey', { siteId });
  return { kid: made.key.kid, secret: made.secret };
}

const setMode = (mode: 'optional' | 'required') =>
  owner.get('site:update', { siteId: site.id, settings: { ...site.settings, identity: { mode } } });

const start = (text = 'Hello') => ({ clientId: clientId(), text, visit });
const errorOf = (connecting: Promise<unknown>) =>
  connecting.then(
    () => 'connected',
    (error: Error) => error.message,
  );

beforeAll(async () => {
  rapport = await startLiveRapport();
  site = rapport.site;
  const { email } = await rapport.addAgent(site, 'Ada', 'owner');
  owner = await rapport.agent(email);
  key = await makeKey(owner, site.id);
});
afterAll(() => rapport.close());

describe('a customer whom the site has signed', () => {
  it('has a record, verified, from the first page on, and agents see it', async () => {
    const identity = await signed('c-1', {
      name: 'Grace',
      email: 'grace@example.com',
      attributes: { plan: 'team' },
    });
    const visitor = await rapport.visitor({ identity });
    const opened = await visitor.get('visit:open', visit);
    expect(opened.customer).toEqual({ name: 'Grace', email: 'grace@example.com', verified: true });
    await expect
      .poll(() => owner.heard('visitor:changed').at(-1)?.visitor)
      .toMatchObject({
        id: opened.visitorId,
        externalId: 'c-1',
        verified: true,
        attributes: { plan: 'team' },
      });
  });

  it('sees the same conversations on every device, and hears them there', async () => {
    const laptop = await rapport.visitor({ identity: await signed('c-2') });
    await laptop.get('visit:open', visit);
    const { conversation } = await laptop.get('conversation:start', start('from the laptop'));

    const phone = await rapport.visitor({ identity: await signed('c-2') });
    const opened = await phone.get('visit:open', visit);
    expect(opened.conversations.map(({ id }) => id)).toEqual([conversation.id]);

    await owner.get('message:send', {
      conversationId: conversation.id,
      clientId: clientId(),
      text: 'answer',
    });
    await expect.poll(() => phone.heard('entry:added').map(({ entry }) => entry.seq)).toContain(2);
    const { entry } = await phone.get('message:send', {
      conversationId: conversation.id,
      clientId: clientId(),
      text: 'from the phone',
    });
    // The answer's own assignment stands between.
    expect(entry).toMatchObject({ seq: 4, sender: { role: 'visitor', id: conversation.visitorId } });
    await expect.poll(() => laptop.heard('entry:added').map(({ entry: { seq } }) => seq)).toContain(4);

    // A device that is there already hears of what begins on another one later.
    const { conversation: second } = await phone.get('conversation:start', start('and from the phone'));
    await expect
      .poll(() => laptop.heard('conversation:added').map(({ conversation: { id } }) => id))
      .toContain(second.id);
    const fetched = await laptop.get('entries:fetch', { conversationId: second.id, afterSeq: 0 });
    expect(fetched.entries).toHaveLength(1);
  });

  it('brings along what it wrote before it signed in', async () => {
    const token = visitorToken();
    const before = await rapport.visitor({ token });
    const { conversation } = await before.get('conversation:start', start('before'));
    const after = await rapport.visitor({ token, identity: await signed('c-3', { name: 'Linus' }) });
    const opened = await after.get('visit:open', visit);
    expect(opened).toMatchObject({
      visitorId: conversation.visitorId,
      customer: { name: 'Linus', verified: true },
    });
    expect(opened.conversations).toHaveLength(1);
  });

  it('may start with the first message, also over HTTP', async () => {
    const response = await fetch(`${rapport.origin}/api/visitor/conversation:start`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${visitorToken()}`,
        'x-rapport-site': site.key,
        'x-rapport-identity': await signed('c-4', { name: 'Barbara' }),
        origin: shopOrigin,
      },
      body: JSON.stringify(start()),
    });
    const { conversation } = (await response.json()) as { conversation: { visitorId: string } };
    const { visitor } = await owner.get('visitor:open', {
      siteId: site.id,
      visitorId: conversation.visitorId,
    });
    expect(visitor).toMatchObject({ externalId: 'c-4', name: 'Barbara', verified: true });
  });

  it('is nobody else’s: an unsigned visitor and another customer see nothing of it', async () => {
    const customer = await rapport.visitor({ identity: await signed('c-5') });
    const { conversation } = await customer.get('conversation:start', start('mine'));
    for (const other of [await rapport.visitor(), await rapport.visitor({ identity: await signed('c-6') })]) {
      expect((await other.get('visit:open', visit)).conversations).toEqual([]);
      expect(await other.ask('entries:fetch', { conversationId: conversation.id, afterSeq: 0 })).toEqual({
        ok: false,
        error: 'not_found',
      });
    }
  });

  it('cannot take over the browser of another one', async () => {
    const token = visitorToken();
    const first = await rapport.visitor({ token, identity: await signed('c-7') });
    await first.get('visit:open', visit);
    expect(await errorOf(rapport.visitor({ token, identity: await signed('c-8') }))).toBe('forbidden');
  });

  it('keeps the signed name against unsigned words, of its own and of agents', async () => {
    const visitor = await rapport.visitor({
      identity: await signed('c-9', { name: 'Signed', attributes: { plan: 'free' } }),
    });
    const { visitorId } = await visitor.get('visit:open', visit);
    const forged = { name: 'Forged', attributes: { plan: 'enterprise', seats: 3 } };
    await visitor.get('visitor:update', { change: forged, visit });
    const change = { siteId: site.id, visitorId: visitorId ?? '' };
    expect(await owner.ask('visitor:change', { ...change, change: { name: 'Forged' } })).toEqual({
      ok: false,
      error: 'forbidden',
      field: 'change.name',
    });
    const { visitor: seen } = await owner.get('visitor:change', {
      ...change,
      change: { attributes: { vip: true } },
    });
    expect(seen).toMatchObject({
      name: 'Signed',
      verified: true,
      attributes: { plan: 'free', seats: 3, vip: true },
    });
  });
});

describe('a token that proves nothing is refused at the door, and leaves no record', () => {
  it.each([
    ['for another site', () => signed('x', { aud: 'pk_other' }), 'identity_invalid'],
    [
      'with another site’s key',
      async () => {
        const other = await rapport.addSite('Other');
        const { email } = await rapport.addAgent(other, 'Eve', 'owner');
        return signed('x', { by: await makeKey(await rapport.agent(email), other.id) });
      },
      'identity_invalid',
    ],
    ['that has expired', () => signed('x', { expiresAtMs: Date.now() - 120_000 }), 'identity_expired'],
    [
      'that never seems to end',
      () => signed('x', { expiresAtMs: Date.now() + 40 * 3_600_000 }),
      'identity_invalid',
    ],
    ['of 10 kB', () => signed('x', { note: 'x'.repeat(10_000) }), 'identity_invalid'],
    ['that is none', async () => 'who am I', 'identity_invalid'],
  ])('%s', async (_, token, error) => {
    const identity = await token();
    expect(await errorOf(rapport.visitor({ identity }))).toBe(error);
    const response = await fetch(`${rapport.origin}/api/visitor/visit:open`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${visitorToken()}`,
        'x-rapport-site': site.key,
        'x-rapport-identity': identity,
      },
      body: JSON.stringify(visit),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ ok: false, error });
    expect(await rapport.store.visitorsByExternalId({ siteId: site.id, externalId: 'x' })).toEqual([]);
  });
});

it('a proof ends with its token: the connection closes, and comes back only with a fresh one', async () => {
  const clock = createFakeClock();
  const timed = await startLiveRapport({ clock });
  const { email } = await timed.addAgent(timed.site, 'Tim', 'owner');
  const by = await makeKey(await timed.agent(email), timed.site.id);
  const until = (minutes: number) =>
    signed('c-50', { by, aud: timed.site.key, expiresAtMs: clock.nowMs() + minutes * 60_000 });
  const [short, long] = [await until(10), await until(30)];
  const token = visitorToken();
  const [customer, other] = [
    await timed.visitor({ token, identity: short }),
    await timed.visitor({ token, identity: long }),
  ];
  const guest = await timed.visitor();
  // Clocks may differ by a minute.
  clock.pass(10 * 60_000 + 59_000);
  expect((await customer.get('visit:open', visit)).conversations).toEqual([]);
  clock.pass(2_000);
  await expect.poll(() => customer.isConnected()).toBe(false);
  await other.get('visit:open', visit);
  expect([other.isConnected(), guest.isConnected()]).toEqual([true, true]);
  expect(await errorOf(timed.visitor({ token, identity: short }))).toBe('identity_expired');
  await timed.visitor({ token, identity: await until(10) });
  await timed.close();
});

describe('keys', () => {
  it('belong to owners, tell their secret once, and are two at most', async () => {
    const { email } = await rapport.addAgent(site, 'Bob', 'agent');
    const agent = await rapport.agent(email);
    for (const event of ['identity:keys', 'identity:addKey'] as const) {
      expect(await agent.ask(event, { siteId: site.id })).toEqual({ ok: false, error: 'forbidden' });
    }
    const second = await makeKey(owner, site.id);
    expect(Buffer.from(second.secret, 'base64url')).toHaveLength(32);
    expect(await owner.ask('identity:addKey', { siteId: site.id })).toEqual({
      ok: false,
      error: 'wrong_phase',
    });
    const { keys } = await owner.get('identity:keys', { siteId: site.id });
    expect(keys.map(({ kid }) => kid)).toEqual([key.kid, second.kid]);
    expect(JSON.stringify(keys)).not.toContain(second.secret);
    await owner.get('identity:removeKey', { siteId: site.id, kid: second.kid });
  });

  it('one that is removed counts no more, and who came with it has to come again', async () => {
    const leaked = await makeKey(owner, site.id);
    const thief = await rapport.visitor({ identity: await signed('c-20', { by: leaked }) });
    const customer = await rapport.visitor({ identity: await signed('c-20') });
    await owner.get('identity:removeKey', { siteId: site.id, kid: leaked.kid });
    await expect.poll(() => thief.isConnected()).toBe(false);
    expect(customer.isConnected()).toBe(true);
    expect(await errorOf(rapport.visitor({ identity: await signed('c-20', { by: leaked }) }))).toBe(
      'identity_invalid',
    );
  });
});

describe('a site that takes only signed identities', () => {
  it('shows a signed-in customer’s conversations to nobody who comes with the browser’s token alone', async () => {
    const token = visitorToken();
    const customer = await rapport.visitor({ token, identity: await signed('c-30') });
    await customer.get('conversation:start', start('private'));
    await setMode('required');
    expect(await errorOf(rapport.visitor({ token }))).toBe('identity_required');
    expect((await customer.get('visit:open', visit)).conversations).toHaveLength(1);
    await setMode('optional');
  });

  it('does not let a stranger’s tab overhear who signs in beside it', async () => {
    await setMode('required');
    const token = visitorToken();
    const tab = await rapport.visitor({ token });
    await tab.get('conversation:start', start());
    const customer = await rapport.visitor({ token, identity: await signed('c-32') });
    await customer.get('visit:open', visit);
    await expect.poll(() => tab.isConnected()).toBe(false);
    await setMode('optional');
  });

  it('cuts those who came without, from the moment it wants signatures', async () => {
    const token = visitorToken();
    const customer = await rapport.visitor({ token, identity: await signed('c-31') });
    const { conversation } = await customer.get('conversation:start', start('private'));
    const tab = await rapport.visitor({ token });
    const guest = await rapport.visitor();
    await tab.get('visit:open', visit);
    await setMode('required');
    await expect.poll(() => tab.isConnected()).toBe(false);
    const own = { conversationId: conversation.id, clientId: clientId() };
    await owner.get('message:send', { ...own, text: 'for the customer alone' });
    expect(tab.heard('entry:added').filter(({ entry }) => entry.sender.role === 'agent')).toEqual([]);
    await expect.poll(() => customer.heard('entry:added').map(({ entry }) => entry.seq)).toContain(2);
    // Who has no record has nothing to overhear.
    expect(guest.isConnected()).toBe(true);
    await setMode('optional');
  });

  it('believes no unsigned name, and still lets strangers write', async () => {
    await setMode('required');
    const stranger = await rapport.visitor();
    const { conversation } = await stranger.get('conversation:start', {
      ...start(),
      form: { values: { email: 'me@example.com' }, consent: null },
    });
    expect(await stranger.ask('visitor:update', { change: { name: 'CEO' }, visit })).toEqual({
      ok: false,
      error: 'identity_required',
    });
    await stranger.get('visitor:update', { change: { attributes: { basket: 3 } }, visit });
    const { visitor } = await owner.get('visitor:open', {
      siteId: site.id,
      visitorId: conversation.visitorId,
    });
    expect(visitor).toMatchObject({ name: null, email: null, verified: false, attributes: { basket: 3 } });
    await setMode('optional');
  });
});

describe('files and shared pages of a customer, where the site takes only signed identities', () => {
  /** Who comes to a customer's door, and with what answer; null for the customer. */
  const callers = (token: string, sub: string) =>
    [
      ['the customer', async () => ({ token, identity: await signed(sub) }), null],
      [
        'the customer in another browser',
        async () => ({ token: visitorToken(), identity: await signed(sub) }),
        null,
      ],
      ['the browser alone, signed out', async () => ({ token }), 'identity_required'],
      [
        'another customer in the same browser',
        async () => ({ token, identity: await signed(`${sub}-other`) }),
        'forbidden',
      ],
      [
        'another customer',
        async () => ({ token: visitorToken(), identity: await signed(`${sub}-other`) }),
        'not_found',
      ],
      ['a stranger', async () => ({ token: visitorToken() }), 'not_found'],
      [
        'the customer of an hour ago',
        async () => ({ token, identity: await signed(sub, { expiresAtMs: Date.now() - 3_600_000 }) }),
        'identity_expired',
      ],
    ] as const satisfies ReadonlyArray<
      readonly [string, () => Promise<{ token: string; identity?: string }>, string | null]
    >;

  const filesAs = ({ token, identity }: { token: string; identity?: string }) => ({
    authorization: `Bearer ${token}`,
    'x-rapport-site': site.key,
    origin: shopOrigin,
    ...(identity && { 'x-rapport-identity': identity }),
  });

  beforeAll(() => setMode('required'));
  afterAll(() => setMode('optional'));

  it('a file is read by the customer alone, in any browser', async () => {
    const token = visitorToken();
    const identity = await signed('c-40');
    const customer = await rapport.visitor({ token, identity });
    const sent = await fetch(`${rapport.origin}/api/visitor/files`, {
      method: 'POST',
      headers: { ...filesAs({ token, identity }), 'x-file-name': 'contract.txt' },
      body: 'for me alone',
    });
    const { file } = (await sent.json()) as { file: { id: string } };
    await customer.get('conversation:start', { ...start(), files: [file.id] });
    const answers: Record<string, string | null> = {};
    const all = callers(token, 'c-40');
    for (const [who, as] of all) {
      const response = await fetch(`${rapport.origin}/api/visitor/files/${file.id}`, {
        headers: filesAs(await as()),
      });
      answers[who] = response.ok
        ? await response.text()
        : ((await response.json()) as { error: string }).error;
    }
    expect(answers).toEqual(Object.fromEntries(all.map(([who, , error]) => [who, error ?? 'for me alone'])));
  });

  it('a shared page is sent by the customer alone, whatever else a browser shows at the relay', async () => {
    const token = visitorToken();
    const customer = await rapport.visitor({ token, identity: await signed('c-41') });
    const { conversation } = await customer.get('conversation:start', start());
    const { session } = await owner.get('cobrowse:request', { conversationId: conversation.id });
    await customer.get('cobrowse:answer', { sessionId: session.id, accept: true });
    const answers: Record<string, string | null> = {};
    const all = callers(token, 'c-41');
    for (const [who, as] of all) {
      const socket = io(`${rapport.origin}/visitor`, {
        path: relayPath,
        parser: relayParser,
        forceNew: true,
        reconnection: false,
        transports: ['websocket'],
        query: { cobrowse: session.id },
        auth: { site: site.key, tab: 'tab-0001', ...(await as()) },
        extraHeaders: { origin: shopOrigin },
      });
      answers[who] = await new Promise((resolve) => {
        socket.once('connect', () => resolve(null));
        socket.once('connect_error', ({ message }) => resolve(message));
      });
      socket.close();
    }
    expect(answers).toEqual(Object.fromEntries(all.map(([who, , error]) => [who, error])));
  });
});

describe('the examples of docs/identity.md, as they stand there', () => {
  const hosts: Array<[language: string, program: string, name: string]> = [
    ['Node', process.execPath, 'identity.mjs'],
    ['PHP', process.env.RAPPORT_PHP ?? 'php', 'identity.php'],
    ['Python', 'python3', 'identity.py'],
  ];
  // `npm test` has said so loudly where there is no PHP.
  it.each(hosts.filter(([, program]) => program !== 'none'))('%s', async (_, program, name) => {
    const file = fileURLToPath(new URL(`../../docs/examples/${name}`, import.meta.url));
    const { stdout } = await promisify(execFile)(program, [file], {
      env: {
        ...process.env,
        RAPPORT_SITE_KEY: site.key,
        RAPPORT_IDENTITY_KID: key.kid,
        RAPPORT_IDENTITY_SECRET: key.secret,
      },
    });
    const visitor = await rapport.visitor({ identity: stdout.trim() });
    const { visitorId, customer } = await visitor.get('visit:open', visit);
    expect(customer).toEqual({ name: 'Ada Lovelace', email: 'ada@example.com', verified: true });
    const { visitor: seen } = await owner.get('visitor:open', {
      siteId: site.id,
      visitorId: visitorId ?? '',
    });
    expect(seen).toMatchObject({ externalId: '4711', attributes: { plan: 'team' } });
  });
});

it('no line of the log holds a token, a secret or a password', async () => {
  const text = JSON.stringify(rapport.logs());
  for (const secret of [key.secret, owner.accessToken, password, 'vt_', 'eyJ'])
    expect(text).not.toContain(secret);
});
