import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { io, type Socket } from 'socket.io-client';
import { maxPartBytes } from '../../shared/limits.ts';
import * as relayParser from '../../shared/relay-parser.ts';
import type { Owner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';

/** A visitor without a browser, who agrees to share and then sends whatever it wants. */
export interface HostileVisitor {
  sessionId: string;
  /** A new epoch with these batches, each an array of events. Returns its number. */
  sendEpoch(batches: readonly unknown[][]): number;
  /** The same with bytes that are nobody's deflate stream. */
  sendBytes(batches: readonly Uint8Array[]): number;
  /** Any fact, as it comes. */
  sendAnything(name: string, ...args: unknown[]): void;
  /** Bytes on the WebSocket itself. */
  sendFrame(bytes: Uint8Array): void;
  /** The number that the next epoch has. */
  nextEpoch(): number;
  /** Connected, again if the relay has cut the line. */
  isThere(): Promise<void>;
  /** When the relay cuts the line that is open now. */
  isCut(): Promise<'cut'>;
  close(): void;
}

export const tab = 'tab-evil';
/** As many bytes of the epoch's text before a batch are its dictionary. */
const windowBytes = 32 * 1024;

export async function openHostileVisitor(parts: {
  rapport: Pick<Rapport, 'origin' | 'siteKey'>;
  siteOrigin: string;
  owner: Owner;
  text: string;
}): Promise<HostileVisitor> {
  const { rapport, siteOrigin, owner } = parts;
  const token = `vt_${randomBytes(32).toString('base64url')}`;
  const clientId = () => randomBytes(16).toString('base64url');
  const ask = async (event: string, payload: object) => {
    const answer = await fetch(`${rapport.origin}/api/visitor/${event}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-rapport-site': rapport.siteKey,
        origin: siteOrigin,
      },
      body: JSON.stringify(payload),
    });
    const reply = (await answer.json()) as { ok: boolean; error?: string; conversation?: { id: string } };
    if (!reply.ok) throw new Error(`${event} was refused: ${reply.error}`);
    return reply;
  };
  const { conversation } = await ask('conversation:start', {
    clientId: clientId(),
    text: parts.text,
    visit: {
      page: { url: `${siteOrigin}/`, title: 'A page' },
      referrer: '',
      language: 'en-GB',
      timeZone: 'Europe/London',
    },
  });
  const { session } = await owner.request('cobrowse:request', { conversationId: conversation?.id ?? '' });
  await ask('cobrowse:answer', { sessionId: session.id, accept: true });

  let socket: Socket | null = null;
  let epoch = 0;

  async function connect(): Promise<void> {
    const next = io(`${rapport.origin}/visitor`, {
      path: '/relay',
      parser: relayParser,
      transports: ['websocket'],
      query: { cobrowse: session.id },
      auth: { site: rapport.siteKey, token, tab },
      reconnection: false,
      forceNew: true,
      extraHeaders: { origin: siteOrigin },
    });
    socket = next;
    await new Promise<void>((resolve, reject) => {
      next.once('connect', resolve);
      next.once('connect_error', reject);
    });
    next.emit('tab:changed', {
      tab,
      page: { url: `${siteOrigin}/`, title: 'A page' },
      focused: true,
      hidden: false,
      widthPx: 800,
      heightPx: 600,
    });
  }

  const send = (name: string, ...args: unknown[]) => void socket?.emit(name, ...args);
  const start = () => {
    epoch += 1;
    send('epoch:started', { tab, epoch, reason: 'wanted' });
  };
  const sendBatch = (batch: number, bytes: Uint8Array) => {
    const parts = Math.max(1, Math.ceil(bytes.length / maxPartBytes));
    for (let part = 0; part < parts; part += 1) {
      const piece = bytes.subarray(part * maxPartBytes, (part + 1) * maxPartBytes);
      send('batch:sent', { tab, epoch, batch, part, parts }, piece);
    }
  };

  await connect();
  return {
    sessionId: session.id,
    sendEpoch(batches) {
      start();
      let before = Buffer.alloc(0);
      for (const [batch, events] of batches.entries()) {
        const text = Buffer.from(JSON.stringify(events));
        sendBatch(batch, deflateRawSync(text, before.length > 0 ? { dictionary: before } : {}));
        before = Buffer.concat([before, text]).subarray(-windowBytes);
      }
      return epoch;
    },
    sendBytes(batches) {
      start();
      for (const [batch, bytes] of batches.entries()) sendBatch(batch, bytes);
      return epoch;
    },
    sendAnything: send,
    sendFrame(bytes) {
      const { engine } = (socket as Socket).io;
      (engine.transport as unknown as { ws: { send(data: Uint8Array): void } }).ws.send(bytes);
    },
    nextEpoch: () => epoch + 1,
    async isThere() {
      if (socket?.connected !== true) await connect();
    },
    isCut: () =>
      new Promise((resolve) => {
        if (socket?.connected) socket.once('disconnect', () => resolve('cut'));
        else resolve('cut');
      }),
    close: () => void socket?.close(),
  };
}
