import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { maxChatFrameBytes, maxMessageChars } from '../../shared/limits.ts';
import { openLine, type VisitorLine } from './live-line.ts';
import {
  clientId,
  type LiveRapport,
  shopOrigin,
  startLiveRapport,
  visit,
  visitorToken,
} from './live-rapport.ts';

let rapport: LiveRapport;
let visitor: VisitorLine;
let conversationId: string;

beforeAll(async () => {
  rapport = await startLiveRapport();
  visitor = await rapport.visitor();
  ({
    conversation: { id: conversationId },
  } = await visitor.get('conversation:start', { clientId: clientId(), text: 'hello', visit }));
});
afterAll(() => rapport.close());

const secretText = 'my card is 4111 1111 1111 1111';
const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
const message = (more: object) => ({ conversationId, clientId: clientId(), text: secretText, ...more });

/** What is sent, and what the sender is told. */
const table: Array<[name: string, event: unknown, payload: () => unknown, refusal: object]> = [
  ['an unknown event', 'message:shred', () => ({}), { error: 'unknown_event' }],
  ['the name of an inherited property', 'constructor', () => ({}), { error: 'unknown_event' }],
  ['an event that is a number', 7, () => ({}), { error: 'unknown_event' }],
  ['an agent’s event', 'inbox:list', () => ({}), { error: 'unknown_event' }],
  ['no payload', 'message:send', () => undefined, { error: 'malformed' }],
  ['null', 'message:send', () => null, { error: 'malformed' }],
  ['a text instead of an object', 'message:send', () => secretText, { error: 'malformed' }],
  [
    'a list instead of an object',
    'message:send',
    () => [message({})],
    { error: 'malformed', field: 'conversationId' },
  ],
  ['an unknown key', 'message:send', () => message({ [secretText]: 1 }), { error: 'malformed' }],
  [
    'a missing field',
    'message:send',
    () => ({ conversationId, text: 'x' }),
    { error: 'malformed', field: 'clientId' },
  ],
  ['a wrong type', 'message:send', () => message({ text: 7 }), { error: 'malformed', field: 'text' }],
  [
    'a text that is too long',
    'message:send',
    () => message({ text: 'x'.repeat(maxMessageChars + 1) }),
    { error: 'too_large', field: 'text' },
  ],
  [
    'a first text that is too long',
    'conversation:start',
    () => ({ clientId: clientId(), text: 'x'.repeat(maxMessageChars + 1), visit }),
    { error: 'too_large', field: 'text' },
  ],
  [
    'an id of another kind',
    'message:send',
    () => message({ conversationId: 'vis_aaaaaaaaaaaaaaaaaaaaaa' }),
    { error: 'malformed', field: 'conversationId' },
  ],
  [
    'a forged id',
    'message:send',
    () => message({ conversationId: 'cnv_aaaaaaaaaaaaaaaaaaaaaa' }),
    { error: 'not_found' },
  ],
  [
    'SQL in an id',
    'message:send',
    () => message({ conversationId: "cnv_' or 1=1 --aaaaaaaaaa" }),
    { error: 'malformed', field: 'conversationId' },
  ],
  [
    'a negative seq',
    'entries:fetch',
    () => ({ conversationId, afterSeq: -1 }),
    { error: 'malformed', field: 'afterSeq' },
  ],
  [
    'a seq that is no number',
    'entries:fetch',
    () => ({ conversationId, afterSeq: '1' }),
    { error: 'malformed', field: 'afterSeq' },
  ],
  [
    'an address that is code',
    'page:changed',
    () => ({ url: 'javascript:alert(1)', title: '' }),
    { error: 'malformed', field: 'url' },
  ],
  [
    'a key named __proto__',
    'message:send',
    () => JSON.parse(`{"__proto__":{"admin":true},"text":"x"}`),
    { error: 'malformed' },
  ],
  [
    'a key named constructor',
    'message:send',
    () => message({ constructor: { prototype: { admin: true } } }),
    { error: 'malformed' },
  ],
  [
    'a file of another kind of id',
    'message:send',
    () => message({ files: ['cnv_aaaaaaaaaaaaaaaaaaaaaa'] }),
    { error: 'malformed', field: 'files.0' },
  ],
  [
    'a file that is nobody’s',
    'message:send',
    () => message({ files: ['fil_aaaaaaaaaaaaaaaaaaaaaa'] }),
    { error: 'not_found', field: 'files' },
  ],
  [
    'a list of no files',
    'message:send',
    () => message({ files: [] }),
    { error: 'malformed', field: 'files' },
  ],
  ['a message of nothing', 'message:send', () => message({ text: ' ' }), { error: 'malformed' }],
  [
    'an edit of a message that is not there',
    'message:edit',
    () => ({ conversationId, clientId: clientId(), seq: 99, text: 'x' }),
    { error: 'not_found' },
  ],
  [
    'an address that is none in the form',
    'conversation:start',
    () => ({ clientId: clientId(), text: 'x', visit, form: { values: { email: 'eve@' }, consent: null } }),
    { error: 'malformed', field: 'form.values.email' },
  ],
  ['JSON of 40 levels', 'message:send', () => message({ text: deep(40) }), { error: 'malformed' }],
];

/** A connection below Socket.IO's client, which would not send such things. */
function openRaw(auth = JSON.stringify({ site: rapport.site.key, token: visitorToken() })) {
  const url = `${rapport.origin.replace('http', 'ws')}/live/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, { origin: shopOrigin });
  const heard: string[] = [];
  const connected = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const text = String(data);
      heard.push(text);
      if (text.startsWith('0')) socket.send(`40/visitor,${auth}`);
      if (text.startsWith('40/visitor')) resolve();
    });
  });
  socket.on('error', () => {});
  return {
    socket,
    closed: new Promise<number>((resolve) => socket.once('close', resolve)),
    heard: () => heard,
    async send(frame: string) {
      await connected;
      socket.send(frame);
    },
    close: () => socket.close(),
  };
}

describe('over the socket', () => {
  it.each(table)('%s', async (_, event, payload, refusal) => {
    // A caller of its own: limits are not the matter here.
    const line = await rapport.visitor({ token: (visitor as VisitorLine & { token: string }).token });
    const reply = await line.sendAnything(event, payload());
    expect(reply).toEqual({ ok: false, ...refusal });
    expect(Reflect.get({}, 'admin')).toBeUndefined();
    expect(line.isConnected()).toBe(true);
    line.close();
  });

  it('a request without a callback is carried out, and nothing falls over', async () => {
    visitor.socket.emit('message:send');
    visitor.socket.emit('nonsense', 1, 2, 3);
    await visitor.get('entries:fetch', { conversationId, afterSeq: 0 });
  });

  it.each([
    ['an unknown site', () => ({ site: 'pk_nowhere', token: visitorToken() }), 'unknown_site'],
    ['a key that is none', () => ({ site: '<script>', token: visitorToken() }), 'malformed'],
    ['a short token', () => ({ site: rapport.site.key, token: 'vt_short' }), 'malformed'],
    ['no token', () => ({ site: rapport.site.key }), 'malformed'],
    ['one key too many', () => ({ site: rapport.site.key, token: visitorToken(), admin: true }), 'malformed'],
  ])('%s is refused at the door', async (_, auth, code) => {
    const connecting = openLine({
      origin: rapport.origin,
      namespace: '/visitor',
      auth: auth(),
      headers: { origin: shopOrigin },
    });
    await expect(connecting).rejects.toMatchObject({ message: code, data: { ok: false, error: code } });
  });

  it('a page of an origin that no site lists gets no connection', async () => {
    await expect(rapport.visitor({ origin: 'https://evil.example' })).rejects.toThrow();
  });

  it('a page that another site lists is refused at this site’s door', async () => {
    const other = await rapport.addSite('Other', 'https://other.example');
    await expect(rapport.visitor({ site: other })).rejects.toThrow('origin_not_allowed');
  });

  it.each([
    ['nonsense', 'unauthenticated'],
    ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZ3RfMSJ9.', 'unauthenticated'],
  ])('the access token %s is refused', async (accessToken, code) => {
    const connecting = openLine({ origin: rapport.origin, namespace: '/agent', auth: { accessToken } });
    await expect(connecting).rejects.toThrow(code);
  });

  it('a frame over its limit, a broken packet and an attachment close that connection alone', async () => {
    const frames = [
      `42/visitor,["message:send",{"text":"${'x'.repeat(maxChatFrameBytes)}"}]`,
      '42/visitor,["message:send"',
      '451-/visitor,["message:send",{"_placeholder":true,"num":0}]',
    ];
    for (const frame of frames) {
      const raw = openRaw();
      await raw.send(frame);
      await raw.closed;
    }
    await visitor.get('entries:fetch', { conversationId, afterSeq: 0 });
  });

  it('JSON of 20,000 levels is answered, and so is one who shows it as the key to the door', async () => {
    const levels = '['.repeat(20_000) + ']'.repeat(20_000);
    const raw = openRaw();
    await raw.send(`42/visitor,7["message:send",${levels}]`);
    await expect.poll(raw.heard).toContain('43/visitor,7[{"ok":false,"error":"malformed"}]');
    raw.close();
    const knocking = openRaw(`{"site":${levels}}`);
    await expect.poll(() => knocking.heard().join()).toContain('44/visitor,{"message":"malformed"');
    knocking.close();
  });

  it('a message in thousands of fragments closes its connection', async () => {
    const raw = openRaw();
    raw.socket.once('message', () => {
      for (let at = 0; at < 1_000; at++) raw.socket.send('x', { fin: false });
    });
    expect(await raw.closed).toBe(1008);
  });

  it('who asks too fast is told when to come back', async () => {
    const line = await rapport.visitor();
    const replies = await Promise.all(Array.from({ length: 80 }, () => line.ask('page:changed', visit.page)));
    const refused = replies.filter((reply) => !reply.ok);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused[0]).toMatchObject({ error: 'rate_limited', retryAfterMs: expect.any(Number) });
    line.close();
  });
});

describe('over HTTP', () => {
  const ask = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${rapport.origin}/api/${path}`, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const asVisitor = () => ({ authorization: `Bearer ${visitorToken()}`, 'x-rapport-site': rapport.site.key });

  it.each([
    ['no token', 'visitor/visit:open', '{}', () => ({}), 401, { error: 'unauthenticated' }],
    ['broken JSON', 'visitor/visit:open', '{"page":', asVisitor, 400, { error: 'malformed' }],
    ['an unknown event', 'visitor/visit:close', '{}', asVisitor, 404, { error: 'unknown_event' }],
    [
      'a missing field',
      'visitor/typing:set',
      '{}',
      asVisitor,
      400,
      { error: 'malformed', field: 'conversationId' },
    ],
    ['__proto__', 'visitor/visit:open', '{"__proto__":{"a":1}}', asVisitor, 400, { error: 'malformed' }],
    [
      'an unknown site',
      'visitor/visit:open',
      JSON.stringify(visit),
      () => ({ ...asVisitor(), 'x-rapport-site': 'pk_nowhere' }),
      404,
      { error: 'unknown_site' },
    ],
    [
      'a page that is not listed',
      'visitor/visit:open',
      JSON.stringify(visit),
      () => ({ ...asVisitor(), origin: 'https://evil.example' }),
      403,
      { error: 'origin_not_allowed' },
    ],
    [
      'a wrong access token',
      'agent/session:open',
      '{}',
      () => ({ authorization: 'Bearer x.y.z' }),
      401,
      { error: 'unauthenticated' },
    ],
  ])('%s', async (_, path, body, headers, status, refusal) => {
    expect(await ask(path, body, headers())).toEqual({ status, body: { ok: false, ...refusal } });
  });

  it('a body over its limit', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(maxChatFrameBytes) });
    expect(await ask('visitor/message:send', body, asVisitor())).toEqual({
      status: 413,
      body: { ok: false, error: 'too_large' },
    });
  });

  it('a body of unknown length over its limit', async () => {
    const pieces = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(' '.repeat(16 * 1024))),
    });
    const response = await fetch(`${rapport.origin}/api/visitor/message:send`, {
      method: 'POST',
      headers: asVisitor(),
      body: pieces,
      duplex: 'half',
    } as RequestInit);
    expect([response.status, await response.json()]).toEqual([413, { ok: false, error: 'too_large' }]);
  });

  it('an address that is none of ours', async () => {
    const response = await fetch(`${rapport.origin}/../../etc/passwd`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ ok: false, error: 'not_found' });
  });
});

it('every refusal left a structured line, and none a text, a token or a stack', () => {
  const lines = rapport.logs().filter(({ msg }) => msg === 'request refused' || msg === 'connection refused');
  expect(lines.length).toBeGreaterThan(table.length);
  expect(lines).toContainEqual(
    expect.objectContaining({ event: 'message:send', code: 'too_large', field: 'text' }),
  );
  const all = JSON.stringify(rapport.logs());
  expect(all).not.toContain('4111');
  expect(all).not.toContain('vt_');
  expect(all).not.toContain('    at ');
  expect(rapport.logs().filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
});
