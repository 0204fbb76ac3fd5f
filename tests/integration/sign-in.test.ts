import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPasswords } from '../../server/domain/password.ts';
import { createSignIn } from '../../server/domain/sign-in.ts';
import { accessTokenMs } from '../../shared/limits.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { openLine } from './live-line.ts';
import { type LiveRapport, password, startLiveRapport } from './live-rapport.ts';

let rapport: LiveRapport;
let clock: FakeClock;
let email: string;
beforeEach(async () => {
  clock = createFakeClock();
  rapport = await startLiveRapport({ clock });
  ({ email } = await rapport.addAgent(rapport.site, 'Ada', 'owner'));
});
afterEach(() => rapport.close());

const ownOrigin = () => rapport.origin.replace('127.0.0.1', 'localhost');

async function session(
  method: 'POST' | 'DELETE',
  path: string,
  cookie: string,
  origin: string | null = ownOrigin(),
) {
  const response = await fetch(`${rapport.origin}/api/session${path}`, {
    method,
    headers: { cookie: cookie.split(';')[0] ?? '', ...(origin === null ? {} : { origin }) },
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    cookie: response.headers.get('set-cookie') ?? '',
  };
}

async function opens(accessToken: unknown): Promise<number> {
  const response = await fetch(`${rapport.origin}/api/agent/session:open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
  });
  await response.body?.cancel();
  return response.status;
}

it('the right password gives an access token, and a cookie that no script and no other site can use', async () => {
  const { status, body, cookie } = await rapport.signIn(` ${email.toUpperCase()} `);
  expect(status).toBe(200);
  expect(body).toMatchObject({ ok: true, agent: { name: 'Ada', email } });
  expect(JSON.stringify(body)).not.toContain('scrypt');
  expect(cookie).toMatch(/^rapport_session=[\w-]{43}; /);
  for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/api/session', 'Max-Age=1209600'])
    expect(cookie).toContain(flag);
  expect(cookie).not.toContain('Secure');
  expect(await opens(body.accessToken)).toBe(200);
});

it('behind https the cookie is for https alone', async () => {
  await rapport.close();
  rapport = await startLiveRapport({ config: { origin: 'https://chat.example' } });
  const agent = await rapport.addAgent(rapport.site, 'Ada');
  const response = await fetch(`${rapport.origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: agent.email, password }),
  });
  expect(response.headers.get('set-cookie')).toContain('Secure');
  expect(response.headers.get('strict-transport-security')).toContain('max-age');
});

it('a wrong password and an unknown address get the same answer', async () => {
  const wrong = await rapport.signIn(email, 'not the password');
  const unknown = await rapport.signIn('nobody@example.com', 'not the password');
  expect(wrong).toEqual({ status: 401, body: { ok: false, error: 'wrong_credentials' }, cookie: '' });
  expect(unknown).toEqual(wrong);
});

it('guessing meets growing waits, and the right password has to wait too', async () => {
  const guess = (given: string) => rapport.signIn(email, given);
  for (let at = 0; at < 5; at++) expect((await guess(`guess ${at}`)).status).toBe(401);
  const waits: unknown[] = [];
  for (let at = 0; at < 3; at++) {
    const { status, body } = await guess(password);
    expect([status, body.error]).toEqual([429, 'rate_limited']);
    waits.push(body.retryAfterMs);
    clock.pass(Number(body.retryAfterMs));
    await guess(`guess again ${at}`);
  }
  expect(waits).toEqual([1_000, 2_000, 4_000]);
  clock.pass(8_000);
  expect((await guess(password)).status).toBe(200);
});

it('renewing exchanges the cookie; an old one counts no more', async () => {
  const first = await rapport.signIn(email);
  const second = await session('POST', '/renew', first.cookie);
  expect(second).toMatchObject({ status: 200, body: { ok: true, agent: { email } } });
  expect(second.cookie.split(';')[0]).not.toBe(first.cookie.split(';')[0]);
  expect((await session('POST', '/renew', second.cookie)).status).toBe(200);
  clock.pass(60_000);
  const late = await session('POST', '/renew', first.cookie);
  expect(late).toMatchObject({ status: 401, body: { ok: false, error: 'unauthenticated' } });
  expect(late.cookie).toContain('Max-Age=0');
});

it('a renewal whose reply is lost signs nobody out', async () => {
  const { cookie } = await rapport.signIn(email);
  await session('POST', '/renew', cookie);
  clock.pass(60_000);
  expect((await session('POST', '/renew', cookie)).status).toBe(200);
});

it.each([['https://evil.example'], [null]])('a request from %s cannot use the cookie', async (origin) => {
  const { cookie, body } = await rapport.signIn(email);
  const refused = { status: 403, body: { ok: false, error: 'origin_not_allowed' }, cookie: '' };
  expect(await session('POST', '/renew', cookie, origin)).toEqual(refused);
  expect(await session('DELETE', '', cookie, origin)).toEqual(refused);
  expect(await opens(body.accessToken)).toBe(200);
});

it('an access token ends after its time', async () => {
  const { body } = await rapport.signIn(email);
  clock.pass(accessTokenMs - 2_000);
  expect(await opens(body.accessToken)).toBe(200);
  clock.pass(4_000);
  expect(await opens(body.accessToken)).toBe(401);
});

it('signing out closes the console’s connection and ends cookie and access token', async () => {
  const agent = await rapport.agent(email);
  const other = await rapport.agent(email);
  expect(await session('DELETE', '', agent.cookie)).toMatchObject({ status: 200, body: { ok: true } });
  await expect.poll(agent.isConnected).toBe(false);
  expect(other.isConnected()).toBe(true);
  expect(await opens(agent.accessToken)).toBe(401);
  expect((await session('POST', '/renew', agent.cookie)).status).toBe(401);
  const auth = { accessToken: agent.accessToken };
  await expect(openLine({ origin: rapport.origin, namespace: '/agent', auth })).rejects.toThrow(
    'unauthenticated',
  );
});

it('who has signed out stays so after a restart and on another node', async () => {
  const agent = await rapport.agent(email);
  const { store } = rapport;
  const elsewhere = createSignIn({
    store,
    secret: await store.secret({ name: 'access-token' }),
    passwords: createPasswords({ log2N: 8 }),
    connections: { endAgentSession: () => {}, endAgentSessions: () => {} },
    clock,
  });
  expect(await elsewhere.authenticate(agent.accessToken)).toMatchObject({ agent: { email } });
  await session('DELETE', '', agent.cookie);
  await expect(elsewhere.authenticate(agent.accessToken)).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('a changed password signs out everywhere else', async () => {
  const here = await rapport.agent(email);
  const elsewhere = await rapport.agent(email);
  const change = (current: string) => here.ask('password:change', { current, next: 'another long password' });
  expect(await change('wrong')).toEqual({ ok: false, error: 'wrong_credentials' });
  expect(await change(password)).toEqual({ ok: true });
  await expect.poll(elsewhere.isConnected).toBe(false);
  expect(here.isConnected()).toBe(true);
  expect(await opens(elsewhere.accessToken)).toBe(401);
  expect((await session('POST', '/renew', elsewhere.cookie)).status).toBe(401);
  expect((await session('POST', '/renew', here.cookie)).status).toBe(200);
  clock.pass(1_000);
  expect((await rapport.signIn(email, password)).status).toBe(401);
  expect((await rapport.signIn(email, 'another long password')).status).toBe(200);
});

it('nothing of all that is in the log', async () => {
  const agent = await rapport.agent(email);
  await rapport.signIn(email, 'a wrong guess here');
  const log = JSON.stringify(rapport.logs());
  expect(log).toContain('sign-in refused');
  for (const secret of [
    password,
    'a wrong guess here',
    agent.accessToken,
    agent.cookie.slice(16, 59),
    email,
  ]) {
    expect(log).not.toContain(secret);
  }
});
