import type { DeflateJob, DeflateResult } from './batch-deflate.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Deflate = (bytes: Bytes, dictionary: Uint8Array) => Promise<Bytes>;

/** Deflate looks back this far. */
export const dictionaryBytes = 32 * 1024;

/**
 * Compresses the batches of one epoch after the other, each with the epoch's last 32 KB of text as dictionary, so that
 * a small batch costs what is new in it.
 */
export interface EpochCompressor {
  startEpoch(): void;
  /** Results come in the order of the calls. Rejects when the batch could not be compressed. */
  add(text: string): Promise<Bytes>;
  close(): void;
}

export function createEpochCompressor(deflate: Deflate): EpochCompressor {
  const encoder = new TextEncoder();
  let dictionary: Bytes = new Uint8Array();
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  return {
    startEpoch() {
      dictionary = new Uint8Array();
    },
    add(text) {
      const bytes = encoder.encode(text);
      const before = dictionary;
      dictionary = tail(before, bytes);
      const result = last.then(() => {
        if (isClosed) throw new Error('closed');
        return deflate(bytes, before);
      });
      last = result.catch(() => undefined);
      return result;
    },
    close() {
      isClosed = true;
      dictionary = new Uint8Array();
    },
  };
}

function tail(before: Bytes, bytes: Bytes): Bytes {
  if (bytes.length >= dictionaryBytes) return bytes.slice(bytes.length - dictionaryBytes);
  const kept = before.subarray(Math.max(0, before.length + bytes.length - dictionaryBytes));
  const joined = new Uint8Array(kept.length + bytes.length);
  joined.set(kept);
  joined.set(bytes, kept.length);
  return joined;
}

export interface DeflateWorker {
  deflate: Deflate;
  close(): void;
}

export interface DeflateModule {
  moduleUrl: string;
  deflateBatch: Deflate;
}

/**
 * Deflate beside the page. Where the page's Content-Security-Policy or Trusted Types let no worker start, and until it
 * has started, the page itself compresses: large texts by the browser's own stream, small ones take about a millisecond.
 */
export function createDeflateWorker(load: () => Promise<DeflateModule>): DeflateWorker {
  const waiting = new Map<number, (result: Bytes | null) => void>();
  const loading = load();
  let worker: Worker | null = null;
  let isReady = false;
  let isClosed = false;
  let lastId = 0;

  function giveUp(): void {
    isClosed = true;
    worker?.terminate();
    worker = null;
    for (const done of waiting.values()) done(null);
    waiting.clear();
  }

  function start({ moduleUrl }: DeflateModule): void {
    if (isClosed) return;
    const source = `import { serveDeflate } from ${JSON.stringify(moduleUrl)}; serveDeflate(self);`;
    const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    worker = new Worker(address, { type: 'module' });
    worker.onerror = (event) => {
      event.preventDefault();
      giveUp();
    };
    worker.onmessage = ({ data }: MessageEvent<DeflateResult | 'ready'>) => {
      if (data === 'ready') {
        isReady = true;
        URL.revokeObjectURL(address);
      } else {
        waiting.get(data.id)?.(data.bytes);
        waiting.delete(data.id);
      }
    };
  }
  // A failed load shows in `deflate`; a refused worker leaves the work to the page.
  loading.then(start).catch(() => undefined);

  return {
    async deflate(bytes, dictionary) {
      const { deflateBatch } = await loading;
      const running = isReady ? worker : null;
      if (running) {
        const job: DeflateJob = { id: ++lastId, bytes, dictionary };
        const result = await new Promise<Bytes | null>((done) => {
          waiting.set(job.id, done);
          running.postMessage(job);
        });
        if (result) return result;
      }
      return deflateBatch(bytes, dictionary);
    },
    close: giveUp,
  };
}
