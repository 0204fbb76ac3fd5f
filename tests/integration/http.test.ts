import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noFilter } from '../../shared/model/inbox.ts';
import { siteConfig } from '../../shared/model/site.ts';
import { agentRequests, visitorRequests } from '../../shared/protocol.ts';
import { createFakeClock } from './fake-clock.ts';
import {
  clientId,
  type LiveRapport,
  shopOrigin,
  startLiveRapport,
  visit,
  visitorToken,
} from './live-rapport.ts';

let rapport: LiveRapport;
beforeAll(async () => {
  rapport = await startLiveRapport();
});
afterAll(() => rapport.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(rapport.origin + path, { headers, redirect: 'manual' });

describe('a site’s public configuration', () => {
  it('is what the widget needs, cacheable, and says nothing of other origins', async () => {
    const response = await get(`/site/${rapport.site.key}`, { origin: shopOrigin });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(siteConfig(rapport.site.settings));
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
    expect(response.headers.get('vary')).toContain('Origin');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['a page that is not listed', () => rapport.site.key, 'https://evil.example', 403, 'origin_not_allowed'],
    ['an unknown key', () => 'pk_nowhere', shopOrigin, 404, 'unknown_site'],
    ['a key that is none', () => '%00', shopOrigin, 404, 'unknown_site'],
  ])('%s can read why it gets none', async (_, key, origin, status, error) => {
    const response = await get(`/site/${key()}`, { origin });
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ ok: false, error });
  });
});

describe('headers', () => {
  it('every answer forbids sniffing, framing and scripts, also an error', async () => {
    for (const path of ['/healthz', '/nowhere', '/api/openapi.json']) {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('a console opened under the viewer’s name is sent to its own', async () => {
    const { port } = new URL(rapport.origin);
    const response = await get('/console/');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`http://localhost:${port}/console/`);
  });
});

describe('where the viewer has a host of its own', () => {
  it('each host serves only its own', async () => {
    const { port } = new URL(rapport.origin);
    const separate = await startLiveRapport({
      config: { origin: `http://127.0.0.1:${port}`, viewerOrigin: 'http://viewer.localhost:1' },
    });
    // `fetch` sets the Host header from the address; a raw request says what it likes.
    const ask = (path: string, host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(`${separate.origin}${path}`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    const [own, viewer] = ['chat.example', 'viewer.localhost:1'];
    expect(await ask('/healthz', viewer)).toBe(200);
    expect(await ask('/api/openapi.json', viewer)).toBe(404);
    expect(await ask(`/site/${separate.site.key}`, viewer)).toBe(404);
    expect(await ask('/viewer/', own)).toBe(404);
    expect(await ask(`/site/${separate.site.key}`, own)).toBe(200);
    await separate.close();
  });
});

describe('the requests of the protocol over HTTP', () => {
  const ask = async (path: string, payload: unknown, headers: Record<string, string>) => {
    const body = JSON.stringify(payload);
    const response = await fetch(`${rapport.origin}/api/${path}`, { method: 'POST', headers, body });
    return (await response.json()) as Record<string, unknown>;
  };

  it('visitor and agent talk without a socket, and sockets hear it', async () => {
    const { email } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
    const agent = await rapport.agent(email);
    const asVisitor = { authorization: `Bearer ${visitorToken()}`, 'x-rapport-site': rapport.site.key };
    const started = await ask(
      'visitor/conversation:start',
      { clientId: clientId(), text: 'Hi', visit },
      asVisitor,
    );
    expect(started).toMatchObject({ ok: true, entry: { seq: 1 } });
    await expect.poll(() => agent.heard('entry:added')).toHaveLength(1);

    const conversationId = agent.heard('entry:added')[0]?.entry.conversationId ?? '';
    const sent = await ask(
      'agent/message:send',
      { conversationId, clientId: clientId(), text: 'Hello' },
      { authorization: `Bearer ${agent.accessToken}` },
    );
    expect(sent).toMatchObject({ ok: true, entry: { seq: 2, sender: { name: 'Ada' } } });
    const { entries } = (await ask('visitor/entries:fetch', { conversationId, afterSeq: 1 }, asVisitor)) as {
      entries: unknown[];
    };
    expect(entries).toMatchObject([sent.entry, { kind: 'assignment', payload: { agentName: 'Ada' } }]);
  });

  it('a listed page may ask across origins, another one may not', async () => {
    const preflight = (origin: string) =>
      fetch(`${rapport.origin}/api/visitor/visit:open`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      });
    expect((await preflight(shopOrigin)).headers.get('access-control-allow-origin')).toBe(shopOrigin);
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('the OpenAPI document describes every request of the tables', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as {
      openapi: string;
      paths: Record<
        string,
        { post: { requestBody: { content: { 'application/json': { schema: unknown } } } } }
      >;
    };
    expect(document.openapi).toBe('3.1.0');
    const wanted = [
      ...Object.keys(visitorRequests).map((event) => `/api/visitor/${event}`),
      ...Object.keys(agentRequests).map((event) => `/api/agent/${event}`),
      '/api/visitor/files',
      '/api/visitor/files/{id}',
      '/api/agent/files',
      '/api/agent/files/{id}',
      '/api/agent/avatar',
      '/avatar/{id}',
      '/api/session',
      '/api/agent/recordings/{id}/{chunk}',
      '/api/session/renew',
    ];
    expect(Object.keys(document.paths).sort()).toEqual(wanted.sort());
    const { schema } =
      document.paths['/api/visitor/message:send']?.post.requestBody.content['application/json'] ?? {};
    expect(schema).toMatchObject({
      type: 'object',
      required: ['conversationId', 'clientId', 'text'],
      additionalProperties: false,
      properties: { text: { type: 'string', maxLength: 8_000 } },
    });
  });
});

it('made-up tokens do not make new limits, neither over HTTP nor over sockets', async () => {
  const clock = createFakeClock();
  const flooded = await startLiveRapport({ clock });
  const start = async () => {
    const response = await fetch(`${flooded.origin}/api/visitor/conversation:start`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${visitorToken()}`,
        'x-rapport-site': flooded.site.key,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ clientId: clientId(), text: 'buy', visit }),
    });
    await response.body?.cancel();
    return response.status;
  };
  try {
    const statuses = await Promise.all(Array.from({ length: 100 }, start));
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40);
    const newcomer = await flooded.visitor();
    const request = { clientId: clientId(), text: 'Help', visit };
    const refused = { ok: false, error: 'rate_limited', retryAfterMs: 1_000 };
    expect(await newcomer.ask('conversation:start', request)).toEqual(refused);
    clock.pass(1_000);
    expect(await newcomer.ask('conversation:start', request)).toMatchObject({ ok: true });
    expect(await start()).toBe(429);
  } finally {
    await flooded.close();
  }
});

it('times that no store takes are refused at the door', async () => {
  const { email } = await rapport.addAgent(rapport.site, 'Ada');
  const agent = await rapport.agent(email);
  const post = async (event: string, body: string) => {
    const response = await fetch(`${rapport.origin}/api/agent/${event}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${agent.accessToken}`, 'content-type': 'application/json' },
      body,
    });
    return response.json();
  };
  const siteId = rapport.site.id;
  const id = 'cnv_aaaaaaaaaaaaaaaaaaaaaa';
  for (const time of ['1.5', '1e999', '-1', '9007199254740993']) {
    expect(await post('feedback:results', `{"siteId":"${siteId}","fromMs":${time}}`)).toEqual({
      ok: false,
      error: 'malformed',
      field: 'fromMs',
    });
    const before = `{"key":${time},"id":"${id}"}`;
    const filter = JSON.stringify(noFilter);
    const list = `{"siteIds":["${siteId}"],"view":"all","filter":${filter},"before":${before},"limit":10}`;
    expect(await post('inbox:list', list)).toEqual({ ok: false, error: 'malformed', field: 'before.key' });
  }
});

it('a server that is about to stop says so', async () => {
  const stopping = await startLiveRapport();
  const health = () => fetch(`${stopping.origin}/healthz`).then(({ status }) => status);
  expect(await health()).toBe(200);
  await stopping.close();
  await expect(health()).rejects.toThrow();
});
