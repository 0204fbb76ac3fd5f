import { WebSocket } from 'ws';
import type { BatchPart } from '../../../shared/protocol.ts';
import { Decoder, Encoder } from '../../../shared/relay-parser.ts';

/** One end of a session, as thin as it can be: what is measured is the server, and the load must leave it the machine. */
export interface SendingLine {
  /** Sends a batch; its first eight bytes are the moment of sending. */
  send(): void;
  close(): void;
}
export interface WatchingLine {
  /** Stops reading, as an agent's computer does that went to sleep. */
  stall(): void;
  close(): void;
}
export type OnBatch = (delayMs: number) => void;

const packetType = { connect: 0, event: 2 };
const batchFlag = 0x80 | packetType.event;
const sessionId = (name: number) => `cbs_${String(name).padStart(22, '0')}`;

function stamped(bytes: Uint8Array): Uint8Array {
  new DataView(bytes.buffer, bytes.byteOffset).setFloat64(0, performance.now());
  return bytes;
}

function delayOf(frame: Buffer, payloadBytes: number): number {
  return performance.now() - frame.readDoubleBE(frame.length - payloadBytes);
}

const opened = (socket: WebSocket) =>
  new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));

/** A connection to the relay that has been let in. */
async function relayLine(port: number, namespace: '/visitor' | '/agent', name: number, auth: object) {
  const socket = new WebSocket(
    `ws://127.0.0.1:${port}/relay/?EIO=4&transport=websocket&cobrowse=${sessionId(name)}`,
    { perMessageDeflate: false },
  );
  socket.on('message', (data: Buffer, isBinary) => {
    // Engine.IO's heartbeat.
    if (!isBinary && data[0] === 0x32) socket.send('3');
  });
  await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject));
  const encoder = new Encoder();
  const [greeting] = encoder.encode({ type: packetType.connect, nsp: namespace, data: auth });
  const letIn = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary && data[0] === packetType.connect) resolve();
      else if (isBinary && data[0] === 4) reject(new Error('the relay lets nobody in'));
    });
  });
  socket.send(greeting as Uint8Array);
  await letIn;
  return { socket, encoder };
}

export async function openRelayTab(port: number, name: number, payloadBytes: number): Promise<SendingLine> {
  const tab = 'tab-0001';
  const { socket, encoder } = await relayLine(port, '/visitor', name, {
    site: 'pk_bench',
    token: `vt_${'v'.repeat(43)}`,
    tab,
  });
  const payload = new Uint8Array(payloadBytes).fill(0x61);
  let place = { epoch: 0, batch: 0 };
  const emit = (...data: unknown[]) => {
    const [frame] = encoder.encode({ type: packetType.event, nsp: '/visitor', data });
    socket.send(frame as Uint8Array);
  };
  const startEpoch = () => {
    place = { epoch: place.epoch + 1, batch: 0 };
    emit('epoch:started', { tab, epoch: place.epoch, reason: 'started' });
  };
  const decoder = new Decoder();
  decoder.on('decoded', ({ data }) => {
    if (Array.isArray(data) && data[0] === 'epoch:wanted') startEpoch();
  });
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary && data[0] === packetType.event) decoder.add(new Uint8Array(data));
  });
  startEpoch();
  return {
    send() {
      const header: BatchPart = { tab, ...place, part: 0, parts: 1 };
      emit('batch:sent', header, stamped(payload));
      place.batch += 1;
    },
    close: () => socket.terminate(),
  };
}

export async function openRelayViewer(
  port: number,
  name: number,
  payloadBytes: number,
  onBatch: OnBatch,
): Promise<WatchingLine> {
  const { socket } = await relayLine(port, '/agent', name, { accessToken: 'bench' });
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary && data[0] === batchFlag) onBatch(delayOf(data, payloadBytes));
  });
  return { stall: () => socket.pause(), close: () => socket.terminate() };
}

/** Frames of the same length through the yardstick. */
export async function openBareTab(port: number, name: number, payloadBytes: number): Promise<SendingLine> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/send/${name}`, { perMessageDeflate: false });
  await opened(socket);
  const encoder = new Encoder();
  const payload = new Uint8Array(payloadBytes).fill(0x61);
  let batch = 0;
  return {
    send() {
      const header: BatchPart = { tab: 'tab-0001', epoch: 1, batch, part: 0, parts: 1 };
      const data = ['batch:sent', header, stamped(payload)];
      const [frame] = encoder.encode({ type: packetType.event, nsp: '/visitor', data });
      socket.send(frame as Uint8Array);
      batch += 1;
    },
    close: () => socket.terminate(),
  };
}

export async function openBareViewer(
  port: number,
  name: number,
  payloadBytes: number,
  onBatch: OnBatch,
): Promise<WatchingLine> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/watch/${name}`, { perMessageDeflate: false });
  await opened(socket);
  socket.on('message', (data: Buffer) => onBatch(delayOf(data, payloadBytes)));
  return { stall: () => socket.pause(), close: () => socket.terminate() };
}
