import { io, type Socket } from 'socket.io-client';
import {
  maxPartBytes,
  relayBurstBytes,
  relayBurstFrames,
  relayBytesPerSecond,
  relayFramesPerSecond,
} from '../../shared/limits.ts';
import type { AgentCard } from '../../shared/model/agent.ts';
import { TokenBucket } from '../../shared/model/token-bucket.ts';
import type {
  AssetPart,
  EpochStart,
  EventsOfTuples,
  relayToVisitor,
  TabState,
  visitorRelayFacts,
} from '../../shared/protocol.ts';
import { Decoder, Encoder } from '../../shared/relay-parser.ts';
import { assistFacts, type HearAssist, type SayAssist } from './assist-door.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface RelayEvents {
  connected(): void;
  /** The connection is lost and will be tried again. */
  lost(): void;
  epochWanted(): void;
  assist: HearAssist;
  viewersChanged(viewers: AgentCard[]): void;
  privacyChanged(): void;
  assetsHeld(ids: string[]): void;
  lineMeasured(roundTripMs: number): void;
}

/** One tab's connection to the relay. Keeps nothing to send later: what cannot leave now is the caller's to make anew. */
export interface RelayConnection {
  isConnected(): boolean;
  /** Little enough waits in the browser's own buffer, and the relay's rate leaves room for more. */
  hasRoom(bytes: number): boolean;
  startEpoch(start: EpochStart): void;
  sendBatch(place: { epoch: number; batch: number }, bytes: Bytes): void;
  sendAsset(asset: { id: string; mime: string }, bytes: Bytes): void;
  changeTab(state: Omit<TabState, 'tab'>): void;
  say: SayAssist;
  /** Says goodbye and disconnects; `reopen` connects again (page restored from the back/forward cache). */
  leave(): void;
  reopen(): void;
  close(): void;
}

export interface RelayConnectionParts {
  origin: string;
  sessionId: string;
  tab: string;
  /** Who this is, with every connect: token and identity may have changed. */
  auth(): Promise<Record<string, string>>;
  on: RelayEvents;
  nowMs(): number;
}

/** Bytes that may wait to be written: more would show the agent the past. */
const maxWaitingBytes = 1024 * 1024;
/** Kept free of the relay's allowance: its clock is not ours, and to be cut costs the stream. */
const allowance = 0.75;
/** After a refusal at the door. The session may be ending; the chat connection then says so. */
const refusedRetryMs = 4_000;

/** Of the relay's 4 KB for the text of a frame; an address of plain letters is never over it. */
const maxPageBytes = 3_500;

/** A page of many-byte letters is told without its title, then without the end of its address. */
function shortPage({ url, title }: TabState['page']): TabState['page'] {
  const isLong = (page: TabState['page']) =>
    new TextEncoder().encode(JSON.stringify(page)).length > maxPageBytes;
  if (!isLong({ url, title })) return { url, title };
  if (!isLong({ url, title: '' })) return { url, title: '' };
  return { url: url.slice(0, 500), title: '' };
}

export function createRelayConnection(parts: RelayConnectionParts): RelayConnection {
  const { on, nowMs, tab } = parts;
  let buckets = freshBuckets();
  let retry: ReturnType<typeof setTimeout> | undefined;
  /** Pieces of what the relay holds, until the last one is there. */
  let held: string[] = [];
  let hasLeft = false;
  let isClosed = false;

  function freshBuckets() {
    const atMs = nowMs();
    return {
      bytes: new TokenBucket(
        { ratePerSecond: relayBytesPerSecond * allowance, burst: relayBurstBytes * allowance },
        atMs,
      ),
      frames: new TokenBucket(
        { ratePerSecond: relayFramesPerSecond * allowance, burst: relayBurstFrames * allowance },
        atMs,
      ),
    };
  }

  const socket: Socket<EventsOfTuples<typeof relayToVisitor>, EventsOfTuples<typeof visitorRelayFacts>> = io(
    `${parts.origin}/visitor`,
    {
      path: '/relay',
      parser: { Encoder, Decoder },
      query: { cobrowse: parts.sessionId },
      auth: (send) => void parts.auth().then(send),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      forceNew: true,
      reconnectionDelay: 400,
      reconnectionDelayMax: 4_000,
      timeout: 8_000,
    },
  );
  socket.on('connect', () => {
    buckets = freshBuckets();
    held = [];
    on.connected();
  });
  socket.on('disconnect', () => {
    on.lost();
    if (!socket.active) tryAgain();
  });
  socket.on('connect_error', () => {
    if (!socket.active) tryAgain();
  });
  socket.on('epoch:wanted', (wish) => {
    if (wish.tab === tab) on.epochWanted();
  });
  socket.on('line:measured', ({ roundTripMs }) => on.lineMeasured(roundTripMs));
  for (const name of assistFacts) socket.on(name, (fact: object) => on.assist(name, fact as never));
  socket.on('viewers:changed', ({ viewers }) => on.viewersChanged(viewers));
  socket.on('privacy:changed', () => on.privacyChanged());
  socket.on('assets:held', ({ ids, more }) => {
    held.push(...ids);
    if (!more) on.assetsHeld(held.splice(0));
  });

  /** Socket.IO tries again by itself except when the other side said no. */
  function tryAgain(): void {
    clearTimeout(retry);
    if (!isClosed && !hasLeft) retry = setTimeout(() => socket.connect(), refusedRetryMs);
  }

  function waitingBytes(): number {
    const { engine } = socket.io;
    if (!engine) return 0;
    let bytes = 0;
    for (const { data } of engine.writeBuffer) bytes += data?.byteLength ?? data?.length ?? 0;
    const raw: unknown = 'ws' in engine.transport ? engine.transport.ws : null;
    return bytes + (raw instanceof WebSocket ? raw.bufferedAmount : 0);
  }

  function* split(bytes: Bytes): Generator<{ part: number; parts: number; bytes: Bytes }> {
    const count = Math.max(1, Math.ceil(bytes.length / maxPartBytes));
    for (let part = 0; part < count; part++) {
      buckets.frames.take(nowMs());
      buckets.bytes.take(nowMs(), Math.min(maxPartBytes, bytes.length - part * maxPartBytes));
      yield { part, parts: count, bytes: bytes.slice(part * maxPartBytes, (part + 1) * maxPartBytes) };
    }
  }

  return {
    isConnected: () => socket.connected,
    hasRoom(bytes) {
      const now = nowMs();
      const frames = Math.ceil(bytes / maxPartBytes) + 1;
      return (
        socket.connected &&
        waitingBytes() < maxWaitingBytes &&
        buckets.bytes.has(now, bytes) &&
        buckets.frames.has(now, frames)
      );
    },
    startEpoch(start) {
      buckets.frames.take(nowMs());
      socket.emit('epoch:started', start);
    },
    sendBatch(place, bytes) {
      for (const { bytes: slice, ...count } of split(bytes)) {
        socket.emit('batch:sent', { tab, ...place, ...count }, slice);
      }
    },
    sendAsset({ id, mime }, bytes) {
      for (const { bytes: slice, ...count } of split(bytes)) {
        const header: AssetPart = { id, mime, ...count };
        socket.emit('asset:sent', header, slice);
      }
    },
    say(name, ...fact) {
      buckets.frames.take(nowMs());
      socket.emit(name, ...fact);
    },
    changeTab(state) {
      if (!socket.connected) return;
      buckets.frames.take(nowMs());
      socket.emit('tab:changed', { tab, ...state, page: shortPage(state.page) });
    },
    leave() {
      hasLeft = true;
      if (socket.connected) socket.emit('tab:closed', { tab });
      socket.disconnect();
    },
    reopen() {
      hasLeft = false;
      if (!isClosed) socket.connect();
    },
    close() {
      isClosed = true;
      clearTimeout(retry);
      socket.removeAllListeners();
      // Socket.IO would write what waits before it closes.
      socket.io.engine?.writeBuffer.splice(0);
      socket.disconnect();
    },
  };
}
