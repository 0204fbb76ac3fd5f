import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSession, type Session } from '../../../console/session.ts';

const agent = { id: 'agt_1', name: 'Mara', email: 'mara@shop.example', color: '#0072b2' };
const tokenMs = 10 * 60_000;

let open: Session[] = [];
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const session of open) session.close();
  open = [];
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** The server's side of signing in: a cookie that the browser keeps, and tokens that expire. */
function signInServer() {
  const server = { reachable: true, cookie: false, tokens: 0, asked: [] as string[] };
  const give = () => {
    server.tokens += 1;
    const reply = {
      ok: true,
      accessToken: `token ${server.tokens}`,
      expiresAtMs: Date.now() + tokenMs,
      agent,
    };
    return Response.json(reply);
  };
  const refuse = (status: number, error: string, more = {}) =>
    Response.json({ ok: false, error, ...more }, { status });
  async function fetch(path: string, { method = 'GET', body }: RequestInit): Promise<Response> {
    server.asked.push(`${method} ${path}`);
    if (!server.reachable) throw new TypeError('Failed to fetch');
    if (path === '/api/session/renew') return server.cookie ? give() : refuse(401, 'unauthenticated');
    if (method === 'DELETE') {
      server.cookie = false;
      return Response.json({ ok: true });
    }
    const { password } = JSON.parse(String(body)) as { password: string };
    if (password === 'again') return refuse(429, 'rate_limited', { retryAfterMs: 30_000 });
    if (password !== 'right') return refuse(401, 'wrong_credentials');
    server.cookie = true;
    return give();
  }
  const visit = () => {
    const session = createSession({ fetch });
    open.push(session);
    session.start();
    return session;
  };
  return { server, visit };
}
const settled = () => vi.advanceTimersByTimeAsync(0);

it('asks who is not signed in, and lets in who knows the password', async () => {
  const session = signInServer().visit();
  await settled();
  expect(session.state.value).toEqual({ phase: 'signed_out' });
  expect(await session.signIn('mara@shop.example', 'wrong')).toEqual({
    ok: false,
    error: 'wrong_credentials',
  });
  expect(await session.signIn('mara@shop.example', 'again')).toMatchObject({ retryAfterMs: 30_000 });
  expect(await session.signIn('mara@shop.example', 'right')).toEqual({ ok: true });
  expect(session.state.value).toEqual({ phase: 'signed_in', agent });
  expect(await session.accessToken()).toBe('token 1');
});

describe('while signed in', () => {
  it('a reload stays signed in', async () => {
    const { server, visit } = signInServer();
    server.cookie = true;
    const session = visit();
    await settled();
    expect(session.state.value.phase).toBe('signed_in');
  });

  it('renews before the token expires, without being asked', async () => {
    const { server, visit } = signInServer();
    server.cookie = true;
    const session = visit();
    await settled();
    await vi.advanceTimersByTimeAsync(tokenMs - 30_000);
    expect(server.tokens).toBe(2);
    expect(await session.accessToken()).toBe('token 2');
  });

  it('many callers share one exchange', async () => {
    const { server, visit } = signInServer();
    server.cookie = true;
    const session = visit();
    await settled();
    session.dropToken();
    const tokens = await Promise.all([session.accessToken(), session.accessToken(), session.accessToken()]);
    expect(new Set(tokens)).toEqual(new Set(['token 2']));
    expect(server.asked.filter((request) => request.endsWith('/renew'))).toHaveLength(2);
  });

  it('a lost network signs nobody out; the renewal is tried until it works', async () => {
    const { server, visit } = signInServer();
    server.cookie = true;
    const session = visit();
    await settled();
    server.reachable = false;
    await vi.advanceTimersByTimeAsync(2 * tokenMs);
    await expect(session.accessToken()).rejects.toThrow();
    expect(session.state.value.phase).toBe('signed_in');
    server.reachable = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await session.accessToken()).toBe('token 2');
  });

  it('an ended sign-in asks for the password again', async () => {
    const { server, visit } = signInServer();
    server.cookie = true;
    const session = visit();
    await settled();
    server.cookie = false;
    session.dropToken();
    await expect(session.accessToken()).rejects.toThrow();
    expect(session.state.value).toEqual({ phase: 'signed_out' });
  });
});

it('tells that the server is unreachable after a load, and goes on by itself', async () => {
  const { server, visit } = signInServer();
  server.cookie = true;
  server.reachable = false;
  const session = visit();
  await settled();
  expect(session.state.value).toEqual({ phase: 'starting', unreachable: true });
  server.reachable = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(session.state.value.phase).toBe('signed_in');
});

it('signs out only when the server heard it: the cookie would sign in again', async () => {
  const { server, visit } = signInServer();
  server.cookie = true;
  const session = visit();
  await settled();
  server.reachable = false;
  expect(await session.signOut()).toEqual({ ok: false, error: 'unavailable' });
  expect(session.state.value.phase).toBe('signed_in');
  server.reachable = true;
  expect(await session.signOut()).toBeNull();
  expect(session.state.value).toEqual({ phase: 'signed_out' });
  await expect(session.accessToken()).rejects.toThrow();
});
