import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeRecords } from '../../shared/model/recording.ts';
import type { SiteSettings } from '../../shared/model/site.ts';
import { relayPath } from '../../shared/protocol.ts';
import * as relayParser from '../../shared/relay-parser.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import type { AgentLine, VisitorLine } from './live-line.ts';
import { clientId, type LiveRapport, shopOrigin, startLiveRapport, visit } from './live-rapport.ts';

const dayMs = 24 * 60 * 60_000;
const tab = 'tab-0001';
/** Stands in the bytes of each batch: no file may hold it. */
const canary = 'CANARY-k7Qz-in-the-stream';

let rapport: LiveRapport;
let clock: FakeClock;
let owner: AgentLine & { accessToken: string };
let visitor: VisitorLine & { token: string };
let conversationId: string;
const sockets: Socket[] = [];

beforeEach(() => start(randomBytes(32)));
afterEach(stop);

async function start(recordingKey: Uint8Array | null) {
  clock = createFakeClock();
  rapport = await startLiveRapport({ clock, config: { recordingKey } });
  const { email } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  owner = await rapport.agent(email);
  visitor = await rapport.visitor();
  const started = await visitor.get('conversation:start', { clientId: clientId(), text: 'Help', visit });
  conversationId = started.conversation.id;
}
async function stop() {
  for (const socket of sockets.splice(0)) socket.close();
  await rapport.close();
}

const withRecording = (recording: NonNullable<SiteSettings['recording']>): SiteSettings => ({
  ...rapport.site.settings,
  recording,
});
const switches = (recording = { on: true, keepDays: 30 }) =>
  owner.ask('site:update', { siteId: rapport.site.id, settings: withRecording(recording) });

/** A session that an agent asked for and the visitor agreed to. */
async function share(allowsRecording: boolean) {
  const { session } = await owner.get('cobrowse:request', { conversationId });
  return (await visitor.get('cobrowse:answer', { sessionId: session.id, accept: true, allowsRecording }))
    .session;
}

/** The visitor's page connects its stream. */
async function connect(sessionId: string): Promise<Socket> {
  const socket: Socket = io(`${rapport.origin}/visitor`, {
    path: relayPath,
    parser: relayParser,
    forceNew: true,
    reconnection: false,
    transports: ['websocket'],
    query: { cobrowse: sessionId },
    auth: { site: rapport.site.key, token: visitor.token, tab },
    extraHeaders: { origin: shopOrigin },
  });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}
const opens = (page: Socket, epoch: number, path = 'chairs') => {
  page.emit('tab:changed', {
    tab,
    page: { url: `${shopOrigin}/${path}`, title: path },
    focused: true,
    hidden: false,
    widthPx: 800,
    heightPx: 600,
  });
  page.emit('epoch:started', { tab, epoch, reason: 'started' });
};
const sends = (page: Socket, epoch: number, batch: number, text = `${canary} ${batch}`) =>
  page.emit('batch:sent', { tab, epoch, batch, part: 0, parts: 1 }, Buffer.from(text));

const folder = () => join(rapport.dataFolder, 'recordings');
const files = () => {
  try {
    return readdirSync(folder()).map((name) => readFileSync(join(folder(), name)));
  } catch {
    return [];
  }
};
const theFile = () => join(folder(), readdirSync(folder())[0] ?? '');
const rowOf = (sessionId: string) => rapport.store.recording({ sessionId });

/** What an agent reads of a recording; the status where it is refused. */
async function chunk(sessionId: string, index: number, { accessToken } = owner) {
  const answer = await fetch(`${rapport.origin}/api/agent/recordings/${sessionId}/${index}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (!answer.ok) return answer.status;
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return decodeRecords(new Uint8Array(await answer.arrayBuffer()));
}
async function records(sessionId: string) {
  const { recording } = await owner.get('recording:open', { sessionId });
  const all = [];
  for (let index = 0; index < recording.chunks; index += 1) {
    const read = await chunk(sessionId, index);
    if (typeof read === 'number') throw new Error(`chunk ${index}: ${read}`);
    all.push(...read);
  }
  return all;
}
const said = (all: Awaited<ReturnType<typeof records>>) =>
  all.map(({ head, bytes }) => (bytes.length > 0 ? Buffer.from(bytes).toString() : head.type));
const steps = async () => {
  const { entries } = await owner.get('conversation:open', { conversationId });
  return entries.flatMap((entry) => (entry.kind === 'cobrowse' ? [entry.payload.event] : []));
};
const ends = (sessionId: string) => visitor.get('cobrowse:stop', { sessionId });

/** A recorded session of two batches, over. */
async function recorded() {
  await switches();
  const { id } = await share(true);
  const page = await connect(id);
  opens(page, 1);
  sends(page, 1, 0);
  sends(page, 1, 1);
  await expect.poll(async () => (await rapport.store.cobrowseFacts({ sessionId: id })).length).toBe(1);
  await expect.poll(() => clock.pass(2_000) ?? rowOf(id).then((row) => row?.chunks)).toBeGreaterThan(0);
  await ends(id);
  return id;
}

describe('what is recorded', () => {
  it('is the stream as agents got it, in its order and with its times, sealed', async () => {
    await switches();
    const session = await share(true);
    const { id } = session;
    expect(session.state).toMatchObject({ phase: 'active', allowsRecording: true });
    const page = await connect(id);
    opens(page, 1);
    sends(page, 1, 0);
    // A batch that does not follow is passed on to nobody, and is not recorded.
    sends(page, 1, 5);
    opens(page, 2, 'tables');
    sends(page, 2, 0, 'the last');
    const asset = { id: 'a'.repeat(64), mime: 'image/png', parts: 2 };
    page.emit('asset:sent', { ...asset, part: 0 }, Buffer.from('half '));
    page.emit('asset:sent', { ...asset, part: 1 }, Buffer.from('and half'));
    await expect.poll(async () => (await rapport.store.cobrowseFacts({ sessionId: id })).length).toBe(2);
    clock.pass(2_000);
    await expect.poll(async () => (await rowOf(id))?.chunks).toBeGreaterThan(0);
    await ends(id);

    expect((await rowOf(id))?.endedAtMs).toBe(clock.nowMs());
    expect(said(await records(id))).toEqual([
      'shown',
      'epoch',
      `${canary} 0`,
      'shown',
      'epoch',
      'the last',
      'half ',
      'and half',
    ]);
    for (const bytes of files()) {
      for (const plain of [canary, 'the last', 'chairs', id, shopOrigin])
        expect(bytes.includes(plain)).toBe(false);
    }
    expect(files()).toHaveLength(1);
    const { entries } = await owner.get('conversation:open', { conversationId });
    expect(entries.filter(({ kind }) => kind === 'cobrowse').at(-1)).toMatchObject({
      payload: { event: 'recording_viewed' },
    });
    expect(await steps()).toEqual(['requested', 'accepted', 'ended', 'summary', 'recording_viewed']);
  });

  it('is nothing without the visitor’s own yes, nor where the site does not ask', async () => {
    await switches();
    const without = await share(false);
    expect(without.state).not.toHaveProperty('allowsRecording');
    const page = await connect(without.id);
    opens(page, 1);
    sends(page, 1, 0);
    await expect
      .poll(async () => (await rapport.store.cobrowseFacts({ sessionId: without.id })).length)
      .toBe(1);
    await ends(without.id);

    await switches({ on: false, keepDays: 30 });
    const off = await share(true);
    expect(off.state).not.toHaveProperty('allowsRecording');
    await ends(off.id);
    expect(files()).toEqual([]);
    for (const { id } of [without, off]) expect(await rowOf(id)).toBeNull();
    expect(await owner.ask('recording:open', { sessionId: off.id })).toEqual({
      ok: false,
      error: 'not_found',
    });
  });

  it('ends at once when the visitor does not want it any more; the page stays shared', async () => {
    await switches();
    const { id } = await share(true);
    const page = await connect(id);
    opens(page, 1);
    sends(page, 1, 0, 'before');
    await expect.poll(async () => (await rapport.store.cobrowseFacts({ sessionId: id })).length).toBe(1);
    const stopped = await visitor.get('cobrowse:stopRecording', { sessionId: id });
    expect(stopped.session.state).toEqual({ phase: 'active', startedAtMs: expect.any(Number) });
    expect(await visitor.get('cobrowse:stopRecording', { sessionId: id })).toEqual(stopped);
    sends(page, 1, 1, 'after');
    opens(page, 2, 'tables');
    await expect.poll(async () => (await rapport.store.cobrowseFacts({ sessionId: id })).length).toBe(2);
    await ends(id);
    const all = said(await records(id));
    expect(all).toContain('before');
    expect(all).not.toContain('after');
    expect(await steps()).toEqual([
      'requested',
      'accepted',
      'recording_stopped',
      'ended',
      'summary',
      'recording_viewed',
    ]);
  });

  it('goes on over a lost connection and a page load, in one file', async () => {
    await switches();
    const { id } = await share(true);
    const first = await connect(id);
    opens(first, 1);
    sends(first, 1, 0, 'one');
    await expect.poll(async () => (await rapport.store.cobrowseFacts({ sessionId: id })).length).toBe(1);
    first.close();
    const second = await connect(id);
    opens(second, 2, 'tables');
    sends(second, 2, 0, 'two');
    await expect.poll(async () => (await rapport.store.cobrowseFacts({ sessionId: id })).length).toBe(2);
    await ends(id);
    expect(said(await records(id)).filter((text) => text === 'one' || text === 'two')).toEqual([
      'one',
      'two',
    ]);
    expect(files()).toHaveLength(1);
  });
});

describe('without a key', () => {
  it('recording cannot be switched on, and says why', async () => {
    await stop();
    await start(null);
    expect(await switches()).toEqual({ ok: false, error: 'recording_not_configured' });
    expect(await switches({ on: false, keepDays: 7 })).toMatchObject({ ok: true });
  });
});

describe('a recording’s readers', () => {
  it('belong to the site, have opened it, and each viewing is told to the team, not to the visitor', async () => {
    const id = await recorded();
    expect(await chunk(id, 0)).toBe(403);
    await owner.get('recording:open', { sessionId: id });
    expect(await chunk(id, 0)).toBeInstanceOf(Array);
    expect(await chunk(id, 999)).toBe(500);

    const stranger = await rapport.agent(
      (await rapport.addAgent(await rapport.addSite('Other'), 'Eve', 'owner')).email,
    );
    expect(await stranger.ask('recording:open', { sessionId: id })).toEqual({
      ok: false,
      error: 'not_found',
    });
    expect(await chunk(id, 0, stranger)).toBe(404);

    const ben = await rapport.agent((await rapport.addAgent(rapport.site, 'Ben')).email);
    expect(await chunk(id, 0, ben)).toBe(403);
    await ben.get('recording:open', { sessionId: id });
    expect(await chunk(id, 0, ben)).toBeInstanceOf(Array);
    expect((await steps()).filter((event) => event === 'recording_viewed')).toHaveLength(2);
    const own = await visitor.get('entries:fetch', { conversationId, afterSeq: 0 });
    expect(JSON.stringify(own)).not.toContain('recording_viewed');
  });

  it('are told when the file is not what was written', async () => {
    const id = await recorded();
    const bytes = readFileSync(theFile());
    const refused = { ok: false, error: 'recording_damaged' };

    truncateSync(theFile(), bytes.length - 1);
    expect(await owner.ask('recording:open', { sessionId: id })).toEqual(refused);
    writeFileSync(theFile(), bytes);
    await owner.get('recording:open', { sessionId: id });
    const changed = Buffer.from(bytes);
    changed[60] = (changed[60] ?? 0) ^ 1;
    writeFileSync(theFile(), changed);
    expect(await chunk(id, 0)).toBe(500);
    expect(rapport.logs().some(({ msg }) => msg === 'recording is damaged')).toBe(true);
  });
});

describe('deleting a recording', () => {
  it('leaves nothing of it: no file, no row, nothing to read', async () => {
    const id = await recorded();
    await owner.get('recording:open', { sessionId: id });
    const ben = await rapport.agent((await rapport.addAgent(rapport.site, 'Ben')).email);
    expect(await ben.ask('recording:delete', { sessionId: id })).toEqual({ ok: false, error: 'forbidden' });
    expect(files()).toHaveLength(1);

    expect(await owner.ask('recording:delete', { sessionId: id })).toEqual({ ok: true });
    expect(files()).toEqual([]);
    expect(await rowOf(id)).toBeNull();
    expect(await rapport.store.recordingsDue({ nowMs: clock.nowMs() + 400 * dayMs, limit: 10 })).toEqual([]);
    expect(await chunk(id, 0)).toBe(404);
    expect(await owner.ask('recording:open', { sessionId: id })).toEqual({ ok: false, error: 'not_found' });
    expect((await steps()).at(-1)).toBe('recording_deleted');
  });

  it('is possible while it is written, and nothing more is', async () => {
    await switches();
    const { id } = await share(true);
    const page = await connect(id);
    opens(page, 1);
    sends(page, 1, 0);
    await expect.poll(async () => (await rapport.store.cobrowseFacts({ sessionId: id })).length).toBe(1);
    await owner.get('recording:delete', { sessionId: id });
    opens(page, 2, 'tables');
    sends(page, 2, 0);
    await expect.poll(async () => (await rapport.store.cobrowseFacts({ sessionId: id })).length).toBe(2);
    clock.pass(2_000);
    await ends(id);
    expect(files()).toEqual([]);
  });

  it('happens by itself when its days are over, also for those that were there before they were made fewer', async () => {
    const id = await recorded();
    clock.pass(29 * dayMs);
    expect(await rowOf(id)).not.toBeNull();
    await switches({ on: true, keepDays: 3 });
    await expect.poll(() => rowOf(id)).toBeNull();
    await expect.poll(files).toEqual([]);
    await expect.poll(steps).toContain('recording_deleted');
  });
});
