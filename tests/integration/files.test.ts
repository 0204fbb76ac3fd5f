import { readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxAvatarBytes, unsentFileMs } from '../../shared/limits.ts';
import type { ChatFile } from '../../shared/model/chat-file.ts';
import type { Site } from '../../shared/model/site.ts';
import * as sample from '../support/sample-files.ts';
import { createFakeClock } from './fake-clock.ts';
import type { AgentLine } from './live-line.ts';
import {
  clientId,
  type LiveRapport,
  shopOrigin,
  startLiveRapport,
  visit,
  visitorToken,
} from './live-rapport.ts';

type Agent = AgentLine & { accessToken: string };

const clock = createFakeClock();
let rapport: LiveRapport;
let site: Site;
let agent: Agent;

beforeAll(async () => {
  rapport = await startLiveRapport({ clock });
  site = rapport.site;
  agent = await newAgent(site);
});
afterAll(() => rapport.close());

async function newAgent(of: Site): Promise<Agent> {
  const { email } = await rapport.addAgent(of, 'Ada', 'owner');
  return rapport.agent(email);
}

const asVisitor = (token: string, of = site) => ({
  authorization: `Bearer ${token}`,
  'x-rapport-site': of.key,
  origin: shopOrigin,
});
const asAgent = ({ accessToken }: Agent) => ({ authorization: `Bearer ${accessToken}` });

interface Uploaded {
  ok: boolean;
  file: ChatFile;
  error?: string;
  field?: string;
}
async function upload(
  path: string,
  headers: Record<string, string>,
  bytes: Uint8Array | ReadableStream,
  name: string,
): Promise<{ status: number } & Uploaded> {
  const response = await fetch(`${rapport.origin}${path}`, {
    method: 'POST',
    headers: { ...headers, 'x-file-name': encodeURIComponent(name) },
    body: bytes as BodyInit,
    ...(bytes instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  return { status: response.status, ...((await response.json()) as Uploaded) };
}
const fromVisitor = (token: string, bytes: Uint8Array | ReadableStream, name = 'notes.txt') =>
  upload('/api/visitor/files', asVisitor(token), bytes, name);
const fromAgent = (bytes: Uint8Array, name = 'notes.txt') =>
  upload(`/api/agent/files?site=${site.id}`, asAgent(agent), bytes, name);

const read = (path: string, headers: Record<string, string>, init: RequestInit = {}) =>
  fetch(`${rapport.origin}${path}`, { ...init, headers });
const readByVisitor = (
  token: string,
  id: string,
  more: Record<string, string> = {},
  init: RequestInit = {},
) => read(`/api/visitor/files/${id}`, { ...asVisitor(token), ...more }, init);
const readByAgent = (who: Agent, id: string) => read(`/api/agent/files/${id}`, asAgent(who));

const text = (content: string) => Buffer.from(content);
/** A visitor with a conversation, and a file in its first message. */
async function visitorWithFile(content = 'hello', name = 'notes.txt') {
  const visitor = await rapport.visitor();
  const { file } = await fromVisitor(visitor.token, text(content), name);
  const { conversation, entry } = await visitor.get('conversation:start', {
    clientId: clientId(),
    text: '',
    files: [file.id],
    visit,
  });
  return { visitor, file, conversation, entry };
}
const shelf = () => {
  const folder = join(rapport.dataFolder, 'files');
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
};

describe('a file of a message', () => {
  it('goes from visitor to agent, as what its bytes say it is', async () => {
    const visitor = await rapport.visitor();
    const picture = sample.png(64, 48);
    const { file, ...rest } = await fromVisitor(visitor.token, picture, 'C:\\fakepath\\Bild ü.png');
    expect(rest).toEqual({ status: 200, ok: true });
    expect(file).toEqual({
      id: expect.stringMatching(/^fil_/),
      name: 'Bild ü.png',
      mime: 'image/png',
      sizeBytes: picture.length,
      widthPx: 64,
      heightPx: 48,
    });
    const { entry } = await visitor.get('conversation:start', {
      clientId: clientId(),
      text: 'look',
      files: [file.id],
      visit,
    });
    expect(entry.payload).toEqual({ text: 'look', files: [file] });

    const response = await readByAgent(agent, file.id);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(picture);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(picture.length),
      'content-disposition': `attachment; filename="Bild _.png"; filename*=UTF-8''Bild%20%C3%BC.png`,
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
  });

  it('goes from agent to visitor, whose page may read it across origins', async () => {
    const { visitor, conversation } = await visitorWithFile();
    const { file } = await fromAgent(sample.pdf, 'invoice.pdf');
    await agent.get('message:send', {
      conversationId: conversation.id,
      clientId: clientId(),
      text: '',
      files: [file.id],
    });
    const response = await readByVisitor(visitor.token, file.id);
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(shopOrigin);
    expect(response.headers.get('access-control-expose-headers')).toContain('Content-Disposition');
    const preflight = await read(
      `/api/visitor/files/${file.id}`,
      {
        origin: shopOrigin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization,x-rapport-site,x-rapport-identity,range',
      },
      { method: 'OPTIONS' },
    );
    expect(preflight.headers.get('access-control-allow-methods')).toContain('GET');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('X-Rapport-Identity');
  });

  it('is bytes and nothing more when it is no picture, document or sound', async () => {
    const { visitor, file } = await visitorWithFile('a,b\n1,2\n', 'table.csv');
    const response = await readByVisitor(visitor.token, file.id);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
  });

  it('is read in parts, asked for again without its bytes, and looked at without reading', async () => {
    const { visitor, file } = await visitorWithFile('0123456789');
    const part = await readByVisitor(visitor.token, file.id, { range: 'bytes=2-4' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    expect(await part.text()).toBe('234');
    const beyond = await readByVisitor(visitor.token, file.id, { range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    const etag = part.headers.get('etag') ?? '';
    expect((await readByVisitor(visitor.token, file.id, { 'if-none-match': etag })).status).toBe(304);
    const changed = await readByVisitor(visitor.token, file.id, {
      range: 'bytes=2-4',
      'if-range': '"other"',
    });
    expect([changed.status, await changed.text()]).toEqual([200, '0123456789']);
    const head = await readByVisitor(visitor.token, file.id, {}, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  });

  it('of 0 letters of text and no file is no message', async () => {
    const visitor = await rapport.visitor();
    const reply = await visitor.ask('conversation:start', { clientId: clientId(), text: '', visit });
    expect(reply).toMatchObject({ ok: false, error: 'malformed' });
  });
});

describe('who may read a file', () => {
  it('before it is sent, only who uploaded it', async () => {
    const token = visitorToken();
    const { file } = await fromVisitor(token, text('draft'));
    expect((await readByVisitor(token, file.id)).status).toBe(200);
    expect((await readByVisitor(visitorToken(), file.id)).status).toBe(404);
    expect((await readByAgent(agent, file.id)).status).toBe(404);
    const mine = await fromAgent(text('draft'));
    expect((await readByAgent(agent, mine.file.id)).status).toBe(200);
    expect((await readByAgent(await newAgent(site), mine.file.id)).status).toBe(404);
    expect((await readByVisitor(token, mine.file.id)).status).toBe(404);
  });

  it('once sent, the visitor and the site’s agents; nobody of the neighbours', async () => {
    const { visitor, file } = await visitorWithFile();
    const other = await rapport.addSite('Other', shopOrigin);
    expect((await readByVisitor(visitor.token, file.id)).status).toBe(200);
    expect((await readByAgent(await newAgent(site), file.id)).status).toBe(200);
    expect((await readByVisitor(visitorToken(), file.id)).status).toBe(404);
    expect((await read(`/api/visitor/files/${file.id}`, asVisitor(visitor.token, other))).status).toBe(404);
    expect((await readByAgent(await newAgent(other), file.id)).status).toBe(404);
    expect((await read(`/api/visitor/files/${file.id}`, { origin: shopOrigin })).status).toBe(401);
    expect((await read(`/api/agent/files/${file.id}`, {})).status).toBe(401);
    const elsewhere = await readByVisitor(visitor.token, file.id, { origin: 'https://evil.example' });
    expect([elsewhere.status, elsewhere.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });

  it('of a note, never a visitor', async () => {
    const { visitor, conversation } = await visitorWithFile();
    const { file } = await fromAgent(text('for us only'));
    await agent.get('note:add', {
      conversationId: conversation.id,
      clientId: clientId(),
      text: 'see file',
      files: [file.id],
      mentions: [],
    });
    expect((await readByAgent(await newAgent(site), file.id)).status).toBe(200);
    expect((await readByVisitor(visitor.token, file.id)).status).toBe(404);
  });

  it('a file of somebody else cannot be sent as one’s own', async () => {
    const { file } = await fromVisitor(visitorToken(), text('secret'));
    const thief = await rapport.visitor();
    const refused = { ok: false, error: 'not_found', field: 'files' };
    expect(
      await thief.ask('conversation:start', { clientId: clientId(), text: '', files: [file.id], visit }),
    ).toMatchObject(refused);
    expect((await readByVisitor(thief.token, file.id)).status).toBe(404);
    const sent = await visitorWithFile();
    expect(
      await sent.visitor.ask('message:send', {
        conversationId: sent.conversation.id,
        clientId: clientId(),
        text: '',
        files: [sent.file.id],
      }),
    ).toMatchObject(refused);
  });

  it('nobody, once the message was taken back; then its bytes are gone too', async () => {
    const { visitor, file, conversation, entry } = await visitorWithFile('to be taken back');
    const etag = (await readByAgent(agent, file.id)).headers.get('etag') ?? '';
    await visitor.get('message:delete', {
      conversationId: conversation.id,
      clientId: clientId(),
      seq: entry.seq,
    });
    expect((await readByAgent(agent, file.id)).status).toBe(404);
    expect((await readByVisitor(visitor.token, file.id, { 'if-none-match': etag })).status).toBe(404);
    await expect.poll(() => shelf().map(({ name }) => name)).not.toContain(file.id);
  });
});

describe('what is not taken, is said in words, and leaves nothing', () => {
  it.each<[what: string, bytes: Uint8Array, name: string, status: number, refusal: object]>([
    ['no bytes', text(''), 'notes.txt', 400, { error: 'empty_file' }],
    ['a program called a PDF', sample.windowsProgram, 'invoice.pdf', 415, { error: 'unsupported_file' }],
    [
      'a page called a text',
      text('<!doctype html><script>1</script>'),
      'a.txt',
      415,
      { error: 'unsupported_file' },
    ],
    ['a drawing that runs scripts', text('<svg onload="1"/>'), 'a.svg', 415, { error: 'unsupported_file' }],
    ['no name', text('hello'), '', 400, { error: 'malformed', field: 'name' }],
    ['a name of nothing but a path', text('hello'), '../../', 400, { error: 'malformed', field: 'name' }],
  ])('%s', async (_, bytes, name, status, refusal) => {
    const before = shelf().length;
    const answer = await fromVisitor(visitorToken(), bytes, name);
    expect(answer).toEqual({ status, ok: false, ...refusal });
    expect(shelf()).toHaveLength(before);
  });

  it('a name that is no text', async () => {
    const response = await fetch(`${rapport.origin}/api/visitor/files`, {
      method: 'POST',
      headers: { ...asVisitor(visitorToken()), 'x-file-name': '%E0%A4%A' },
      body: 'hello',
    });
    expect(await response.json()).toEqual({ ok: false, error: 'malformed', field: 'name' });
  });

  it('more than the site takes, announced or not, with an answer that arrives', async () => {
    const small = await rapport.addSite('Small', shopOrigin);
    const owner = await newAgent(small);
    const files = { ...small.settings.chat.files, maxBytes: 1_000_000 };
    const settings = { ...small.settings, chat: { ...small.settings.chat, files } };
    await owner.get('site:update', { siteId: small.id, settings });
    const before = shelf().length;
    const bytes = Buffer.alloc(3_000_000, 'x');
    const refused = { status: 413, ok: false, error: 'too_large' };
    const send = (body: Uint8Array | ReadableStream) =>
      upload('/api/visitor/files', asVisitor(visitorToken(), small), body, 'notes.txt');
    expect(await send(bytes)).toEqual(refused);
    expect(await send(new Blob([bytes]).stream())).toEqual(refused);
    expect(await send(bytes.subarray(0, 1_000_000))).toMatchObject({ status: 200 });
    expect(shelf()).toHaveLength(before + 1);
  });

  it('anything, where the site’s owner has turned files off, and kinds that were not chosen', async () => {
    const strict = await rapport.addSite('Strict', shopOrigin);
    const owner = await newAgent(strict);
    const choose = (files: Partial<typeof strict.settings.chat.files>) =>
      owner.get('site:update', {
        siteId: strict.id,
        settings: {
          ...strict.settings,
          chat: { ...strict.settings.chat, files: { ...strict.settings.chat.files, ...files } },
        },
      });
    const send = (bytes: Uint8Array, name: string) =>
      upload('/api/visitor/files', asVisitor(visitorToken(), strict), bytes, name);
    await choose({ kinds: ['image'] });
    expect(await send(sample.pdf, 'a.pdf')).toMatchObject({ status: 415, error: 'unsupported_file' });
    expect(await send(sample.png(4, 4), 'a.png')).toMatchObject({ status: 200 });
    await choose({ allowed: false });
    expect(await send(sample.png(4, 4), 'a.png')).toMatchObject({ status: 403, error: 'forbidden' });
  });

  it('a line that breaks in the middle', async () => {
    const before = shelf().length;
    const sending = request(`${rapport.origin}/api/visitor/files`, {
      method: 'POST',
      headers: { ...asVisitor(visitorToken()), 'x-file-name': 'notes.txt', 'content-length': '1000' },
    });
    sending.on('error', () => {});
    sending.write('half of it');
    await expect.poll(() => shelf().length).toBe(before + 1);
    sending.destroy();
    await expect.poll(() => shelf().length).toBe(before);
  });

  it('too many, from one browser', async () => {
    const token = visitorToken();
    const answers = [];
    for (let count = 0; count < 41; count++) answers.push(await fromVisitor(token, text('hello')));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(40);
    expect(answers.at(-1)).toMatchObject({ status: 429, error: 'rate_limited', retryAfterMs: 2_000 });
    expect(await fromVisitor(visitorToken(), text('hello'))).toMatchObject({ status: 200 });
  });

  it('a visitor’s file from a page that is not listed, or an agent’s for another site', async () => {
    const foreign = await upload(
      '/api/visitor/files',
      { ...asVisitor(visitorToken()), origin: 'https://evil.example' },
      text('hello'),
      'notes.txt',
    );
    expect(foreign).toMatchObject({ status: 403, error: 'origin_not_allowed' });
    const other = await rapport.addSite('Elsewhere');
    const path = `/api/agent/files?site=${other.id}`;
    expect(await upload(path, asAgent(agent), text('hello'), 'notes.txt')).toMatchObject({ status: 404 });
    const lured = { ...asAgent(agent), origin: 'https://evil.example' };
    expect(await upload(path, lured, text('hello'), 'notes.txt')).toMatchObject({ status: 403 });
  });
});

describe('files that nobody sends', () => {
  it('go after a day', async () => {
    const token = visitorToken();
    const { file } = await fromVisitor(token, text('never sent'));
    const { file: sent } = await visitorWithFile('sent');
    clock.pass(unsentFileMs);
    const names = () => shelf().map(({ name }) => name);
    await expect
      .poll(() => {
        clock.pass(15 * 60_000);
        return names();
      })
      .not.toContain(file.id);
    expect((await readByVisitor(token, file.id)).status).toBe(404);
    expect(names()).toContain(sent.id);
  });
});

it('a file whose bytes are lost is told as missing, with an answer that ends', async () => {
  const { visitor, file } = await visitorWithFile('soon lost');
  const lost = shelf().find(({ name }) => name === file.id);
  rmSync(join(lost?.parentPath ?? '', file.id));
  const response = await readByVisitor(visitor.token, file.id);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ ok: false, error: 'not_found' });
});

describe('an agent’s picture', () => {
  const send = async (bytes: Uint8Array) => {
    const response = await fetch(`${rapport.origin}/api/agent/avatar`, {
      method: 'POST',
      headers: asAgent(agent),
      body: bytes as BodyInit,
    });
    return { status: response.status, ...((await response.json()) as { ok: boolean; avatar: string }) };
  };

  it('is public, for ever the same, and stands on the agent’s card', async () => {
    agent = await newAgent(site);
    const picture = sample.png(96, 96);
    const { avatar } = await send(picture);
    const { agent: card } = await agent.get('agent:update', { avatar });
    expect(card.avatar).toBe(avatar);
    const response = await read(`/avatar/${avatar}`, {});
    expect(Buffer.from(await response.arrayBuffer())).toEqual(picture);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
  });

  it('that was replaced goes after a day; the one on the card stays', async () => {
    agent = await newAgent(site);
    const [{ avatar: old }, { avatar: shown }] = [await send(sample.png(8, 8)), await send(sample.png(9, 9))];
    await agent.get('agent:update', { avatar: old });
    await agent.get('agent:update', { avatar: shown });
    const status = async (id: string) => (await read(`/avatar/${id}`, {})).status;
    expect(await status(old)).toBe(200);
    clock.pass(unsentFileMs);
    await expect
      .poll(() => {
        clock.pass(15 * 60_000);
        return status(old);
      })
      .toBe(404);
    expect(await status(shown)).toBe(200);
  });

  it('is a small picture, and files of messages are none', async () => {
    agent = await newAgent(site);
    expect(await send(sample.pdf)).toMatchObject({ status: 415, error: 'unsupported_file' });
    expect(await send(text('<svg/>'))).toMatchObject({ status: 415 });
    expect(await send(Buffer.alloc(maxAvatarBytes + 1))).toMatchObject({ status: 413 });
    const { file } = await fromAgent(sample.png(4, 4), 'a.png');
    expect((await read(`/avatar/${file.id}`, {})).status).toBe(404);
    expect((await read('/avatar/..%2F..%2Fetc%2Fpasswd', {})).status).toBe(404);
    expect((await fetch(`${rapport.origin}/api/agent/avatar`, { method: 'POST', body: 'x' })).status).toBe(
      401,
    );
  });
});

it('no line of the log holds a token, a name or a text', () => {
  const lines = JSON.stringify(rapport.logs());
  for (const secret of [agent.accessToken, 'vt_', 'notes.txt', 'to be taken back']) {
    expect(lines).not.toContain(secret);
  }
});
