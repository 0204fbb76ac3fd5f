import { maxAssetBytes, maxOneAssetBytes } from '../../shared/limits.ts';
import { type AssetBinding, assetUrl } from '../../shared/model/cobrowse-assets.ts';
import { contentMime } from './asset-content.ts';
import type { AssetNamer } from './element-attributes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Reads images and fonts that the page has loaded, names them by a ref, and hands their bytes on once per content.
 * See shared/model/cobrowse-assets.ts for how they stand in the stream.
 */
export interface AssetCollector {
  name: AssetNamer;
  /** The next epoch knows no binding. */
  startEpoch(): void;
  /** What the relay has for this session. */
  onHeld(ids: string[]): void;
  /** The relay takes bytes again. */
  resume(): void;
  close(): void;
}

export interface AssetCollectorParts {
  baseUrl(): string;
  bind(binding: AssetBinding): void;
  /** False when the relay takes no more now; the asset is then offered again after `resume`. */
  send(asset: { id: string; mime: string }, bytes: Bytes): boolean;
}

interface Asset {
  ref: number;
  url: string;
  element: Element | null;
  state: 'new' | 'queued' | 'done';
  /** Known once done; null: there is no content to show. */
  id: string | null;
  isUsed: boolean;
}

/** The page's own requests come first. */
const maxAtOnce = 2;
const readTimeoutMs = 15_000;
const maxAssets = 2_000;
/** Browsers forget earlier entries beyond this many. */
const timingBufferEntries = 250;

export function createAssetCollector(parts: AssetCollectorParts): AssetCollector {
  const byKey = new Map<string, Asset>();
  const queue: Asset[] = [];
  /** Bytes of each content sent. */
  const sent = new Map<string, number>();
  const abort = new AbortController();
  let held: Set<string> | null = null;
  let reading = 0;
  let isClosed = false;
  let isPaused = false;
  let sentBytes = 0;

  /** Addresses that the page has loaded: style sheets name many that it never asks for. */
  const loaded = new Set<string>();
  let knowsLoaded = true;
  const observer = new PerformanceObserver((list) => {
    const entries = list.getEntries();
    if (entries.length >= timingBufferEntries) knowsLoaded = false;
    for (const { name } of entries) {
      // A drawing is named with the part of it that is used.
      for (const url of [name, name.replace(/#.*/, '')]) {
        loaded.add(url);
        const asset = byKey.get(url);
        if (asset?.isUsed) enqueue(asset);
      }
    }
  });
  observer.observe({ type: 'resource', buffered: true });

  function bind(asset: Asset): void {
    const binding: AssetBinding = { ref: asset.ref, id: asset.id };
    if (asset.id === null && asset.element) {
      const { widthPx, heightPx } = naturalSize(asset.element);
      if (widthPx > 0 && heightPx > 0) Object.assign(binding, { widthPx, heightPx });
    }
    parts.bind(binding);
  }

  function isLoaded({ url, element }: Asset): boolean {
    if (element && naturalSize(element).widthPx > 0) return true;
    return loaded.has(url) || /^(?:data|blob):/.test(url) || (!element && !knowsLoaded);
  }

  function use(asset: Asset): void {
    const isFirst = !asset.isUsed;
    asset.isUsed = true;
    if (asset.state === 'new' && isLoaded(asset)) enqueue(asset);
    // After the event that names it has been passed on.
    if (isFirst && asset.state === 'done') queueMicrotask(() => !isClosed && asset.isUsed && bind(asset));
  }

  function enqueue(asset: Asset): void {
    if (asset.state !== 'new' || isClosed) return;
    asset.state = 'queued';
    queue.push(asset);
    idle(pump);
  }

  function pump(): void {
    while (!isClosed && !isPaused && held && reading < maxAtOnce) {
      const asset = queue.shift();
      if (!asset) return;
      reading += 1;
      collect(asset).finally(() => {
        reading -= 1;
        idle(pump);
      });
    }
  }

  async function collect(asset: Asset): Promise<void> {
    const bytes = await read(asset, abort.signal).catch(() => null);
    if (isClosed) return;
    const mime = bytes && bytes.length <= maxOneAssetBytes ? contentMime(bytes) : null;
    const id = bytes && mime ? await sha256(bytes).catch(() => null) : null;
    if (isClosed) return;
    if (bytes && mime && id && !held?.has(id) && !sent.has(id)) {
      if (sentBytes + bytes.length > maxAssetBytes) return done(asset, null);
      if (!parts.send({ id, mime }, bytes)) {
        isPaused = true;
        queue.unshift(asset);
        return;
      }
      sentBytes += bytes.length;
      sent.set(id, bytes.length);
    }
    done(asset, id);
  }

  function done(asset: Asset, id: string | null): void {
    asset.state = 'done';
    asset.id = id;
    if (asset.isUsed) bind(asset);
  }

  return {
    name(url, { element, isPrivate }) {
      const address = absolute(url, element?.baseURI ?? parts.baseUrl());
      const isImage = element !== undefined;
      // One ref for each private image: they may differ in size, and in nothing else that may be known.
      const key = isPrivate ? `private ${isImage ? sizeKey(element) : ''}` : (address ?? 'unreadable');
      let asset = byKey.get(key);
      if (!asset) {
        const isReadable = !isPrivate && address !== null && byKey.size < maxAssets;
        asset = {
          ref: byKey.size + 1,
          url: isReadable ? address : '',
          element: element ?? null,
          state: isReadable ? 'new' : 'done',
          id: null,
          isUsed: false,
        };
        byKey.set(key, asset);
      }
      if (element && !isPrivate) asset.element = element;
      use(asset);
      return assetUrl(asset.ref);
    },
    startEpoch() {
      for (const asset of byKey.values()) asset.isUsed = false;
    },
    onHeld(ids) {
      held = new Set(ids);
      // What was sent and did not arrive is read and sent again, and counts once.
      for (const [id, bytes] of sent) {
        if (held.has(id)) continue;
        sent.delete(id);
        sentBytes -= bytes;
      }
      for (const asset of byKey.values()) {
        if (asset.state !== 'done' || asset.id === null || held.has(asset.id)) continue;
        asset.state = 'new';
        if (asset.isUsed) enqueue(asset);
      }
      isPaused = false;
      idle(pump);
    },
    resume() {
      isPaused = false;
      idle(pump);
    },
    close() {
      isClosed = true;
      abort.abort();
      observer.disconnect();
      queue.length = 0;
      byKey.clear();
    },
  };
}

function idle(run: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 1_000 });
  else setTimeout(run, 30);
}

function absolute(url: string, base: string): string | null {
  try {
    const { href, protocol } = new URL(url, base);
    return /^(?:https?|data|blob):$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}

function naturalSize(element: Element): { widthPx: number; heightPx: number } {
  const { naturalWidth = 0, naturalHeight = 0 } = element as Partial<HTMLImageElement>;
  return { widthPx: naturalWidth, heightPx: naturalHeight };
}

function sizeKey(element: Element): string {
  const { widthPx, heightPx } = naturalSize(element);
  return `${widthPx}x${heightPx}`;
}

async function read(asset: Asset, signal: AbortSignal): Promise<Bytes | null> {
  if (asset.url.startsWith('data:')) return dataBytes(asset.url);
  const isSameOrigin = asset.url.startsWith(`${location.origin}/`) || asset.url.startsWith('blob:');
  try {
    const response = await fetch(asset.url, {
      signal: AbortSignal.any ? AbortSignal.any([signal, AbortSignal.timeout(readTimeoutMs)]) : signal,
      credentials: isSameOrigin ? 'same-origin' : 'omit',
      cache: 'force-cache',
      priority: 'low',
    });
    if (!response.ok || Number(response.headers.get('content-length')) > maxOneAssetBytes) return null;
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    // The page's Content-Security-Policy may forbid to fetch what it lets an <img> load.
    return drawn(asset.element);
  }
}

function dataBytes(url: string): Bytes | null {
  const comma = url.indexOf(',');
  const isBase64 = /;base64$/i.test(url.slice(0, comma));
  const text = decodeURIComponent(url.slice(comma + 1));
  if (!isBase64) return new TextEncoder().encode(text);
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

/** The image as the browser shows it. The canvas of an image that may not be read throws. */
async function drawn(element: Element | null): Promise<Bytes | null> {
  if (element?.localName !== 'img') return null;
  const image = element as HTMLImageElement;
  if (!image.complete || image.naturalWidth === 0) return null;
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/webp', 0.85));
  return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
}

/** Rejects where the page has no HTTPS: the browser then offers no digest, and images stay boxes. */
async function sha256(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
