import type { Page } from 'playwright';
import { createBatchReader } from '../../console/viewer/inflate.ts';
import type { AssetPart, BatchPart, EpochStart, TabState } from '../../shared/protocol.ts';
import { Decoder } from '../../shared/relay-parser.ts';

/** A WebSocket frame that the page has sent. */
export interface SentFrame {
  /** Address of the socket. */
  url: string;
  /** On the browser's clock, the one of {@link Traffic.clockMs}. */
  atMs: number;
  bytes: Buffer;
  isText: boolean;
}

export interface SentRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

/** Everything that a page sends, over all its page loads. */
export interface Traffic {
  frames: SentFrame[];
  requests: SentRequest[];
  /** Addresses of the WebSockets that were opened. */
  sockets: string[];
  /** The co-browse stream among the frames. */
  stream(): Stream;
  /** The time of an event of this page, from its `timeStamp`, on the browser's clock. */
  clockMs(timeStamp: number): Promise<number>;
}

/** What a visitor's page has told the relay, in order. */
export interface Stream {
  tabs: TabState[];
  epochs: EpochStart[];
  batches: Array<{ header: BatchPart; atMs: number; bytes: number }>;
  assets: AssetPart[];
  /** Text of each batch, inflated as the viewer does it. */
  texts: string[];
}

/** Listens from now on to what the page sends. The browser's own protocol tells, the page is left as it is. */
export async function recordTraffic(page: Page): Promise<Traffic> {
  const browser = await page.context().newCDPSession(page);
  const frames: SentFrame[] = [];
  const requests: SentRequest[] = [];
  const sockets = new Map<string, string>();
  browser.on('Network.webSocketCreated', ({ requestId, url }) => void sockets.set(requestId, url));
  browser.on('Network.webSocketFrameSent', ({ requestId, timestamp, response }) => {
    const isText = response.opcode === 1;
    frames.push({
      url: sockets.get(requestId) ?? '',
      atMs: timestamp * 1000,
      bytes: Buffer.from(response.payloadData, isText ? 'utf8' : 'base64'),
      isText,
    });
  });
  page.on('request', (request) => {
    requests.push({
      method: request.method(),
      url: request.url(),
      headers: request.headers(),
      body: request.postDataBuffer(),
    });
  });
  await browser.send('Network.enable');
  await browser.send('Performance.enable', { timeDomain: 'timeTicks' });
  return {
    frames,
    requests,
    get sockets() {
      return [...sockets.values()];
    },
    stream: () => readStream(frames),
    async clockMs(timeStamp) {
      const { metrics } = await browser.send('Performance.getMetrics');
      const start = metrics.find(({ name }) => name === 'NavigationStart');
      if (!start) throw new Error('The browser does not tell when the page began');
      return start.value * 1000 + timeStamp;
    },
  };
}

export const isRelaySocket = (url: string): boolean => new URL(url).pathname.startsWith('/relay');

/** Reads the frames of the relay as the relay and the viewer read them; throws where they would refuse. */
export function readStream(frames: readonly SentFrame[]): Stream {
  const stream: Stream = { tabs: [], epochs: [], batches: [], assets: [], texts: [] };
  const readers = new Map<string, ReturnType<typeof createBatchReader>>();
  const decoder = new Decoder();
  let atMs = 0;
  const heard: { [name: string]: (...args: never[]) => void } = {
    'tab:changed': (state: TabState) => void stream.tabs.push(state),
    'epoch:started': (start: EpochStart) => {
      stream.epochs.push(start);
      readers.set(start.tab, createBatchReader(start));
    },
    'batch:sent': (header: BatchPart, bytes: Uint8Array) => {
      stream.batches.push({ header, atMs, bytes: bytes.length });
      const batch = readers.get(header.tab)?.read(header, bytes);
      if (!batch) return;
      if (!batch.ok) throw new Error(`Batch ${header.batch} cannot be read: ${batch.fault}`);
      stream.texts.push(JSON.stringify(batch.events));
    },
    'asset:sent': (header: AssetPart) => void stream.assets.push(header),
  };
  decoder.on('decoded', ({ data }) => {
    if (!Array.isArray(data)) return;
    const [name, ...args] = data as [string, ...never[]];
    heard[name]?.(...args);
  });
  for (const frame of frames) {
    // Text frames are the transport's own: pings.
    if (frame.isText || !isRelaySocket(frame.url)) continue;
    atMs = frame.atMs;
    decoder.add(frame.bytes);
  }
  return stream;
}
