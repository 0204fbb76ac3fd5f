import { maxOneAssetBytes } from '../../shared/limits.ts';
import type { AssetPart } from '../../shared/protocol.ts';
import { joinParts } from './inflate.ts';

/** An image or font whose bytes are what their id says. */
export interface Asset {
  id: string;
  mime: string;
  bytes: Uint8Array;
}

/** SVG is safe here: it is only ever drawn as an image, which runs no script and loads nothing. */
const mimes = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/x-icon',
  'image/vnd.microsoft.icon',
  'image/svg+xml',
  'font/woff2',
  'font/woff',
  'font/ttf',
  'font/otf',
  'font/collection',
  'font/sfnt',
]);

/** Assets begun but not whole. */
const maxPending = 64;

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Joins the parts of assets and checks each against its id. A part out of order ends that asset, nothing else. */
export function createAssetReader(digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>) {
  const pending = new Map<string, { mime: string; parts: Uint8Array[]; bytes: number }>();

  return {
    /** The asset when this was its last part and its content matches, else null. */
    async read(header: AssetPart, bytes: Uint8Array): Promise<Asset | null> {
      if (!mimes.has(header.mime)) return null;
      if (header.part === 0) {
        if (pending.size >= maxPending) pending.clear();
        pending.set(header.id, { mime: header.mime, parts: [], bytes: 0 });
      }
      const asset = pending.get(header.id);
      if (!asset) return null;
      asset.bytes += bytes.length;
      if (
        header.part !== asset.parts.length ||
        header.mime !== asset.mime ||
        asset.bytes > maxOneAssetBytes
      ) {
        pending.delete(header.id);
        return null;
      }
      asset.parts.push(bytes);
      if (asset.parts.length < header.parts) return null;
      pending.delete(header.id);
      const whole = Uint8Array.from(joinParts(asset.parts));
      const id = toHex(new Uint8Array(await digest(whole)));
      return id === header.id ? { id, mime: asset.mime, bytes: whole } : null;
    },
  };
}
