import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const mimeTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Only what becomes smaller; below this, headers weigh more. */
const compressible = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/;
const minCompressedBytes = 600;

export type Encoding = 'br' | 'gzip' | null;

export interface StaticFile {
  mimeType: string;
  /** Strong: names the content and its encoding. */
  etag: string;
  encoding: Encoding;
  body: Uint8Array<ArrayBuffer>;
}

export interface StaticFiles {
  /** The file at `path` (no leading slash) in an encoding that is accepted; null when there is none. */
  read(path: string, acceptEncoding: string | undefined): Promise<StaticFile | null>;
}

interface Kept {
  changedMs: number;
  bytes: Uint8Array<ArrayBuffer>;
  hash: string;
  packed: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>;
}

const pack = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 9 }),
};

/** Built files of one folder, kept in memory with their compressed forms and read again when they change on disk. */
export function createStaticFiles(folder: string): StaticFiles {
  const kept = new Map<string, Kept>();

  const load = async (path: string): Promise<Kept | null> => {
    const file = normalize(join(folder, path));
    // Above the folder, and what a build leaves for other tools (`.vite/`), is not served.
    if (!file.startsWith(folder + sep) || path.split('/').some((part) => part.startsWith('.'))) return null;
    const facts = await stat(file).catch(() => null);
    if (!facts?.isFile()) return null;
    const known = kept.get(file);
    if (known?.changedMs === facts.mtimeMs) return known;
    const bytes = new Uint8Array(await readFile(file));
    const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    const fresh: Kept = { changedMs: facts.mtimeMs, bytes, hash, packed: new Map() };
    kept.set(file, fresh);
    return fresh;
  };

  return {
    async read(path, acceptEncoding) {
      if (path.includes('\0')) return null;
      const file = await load(path);
      if (!file) return null;
      const mimeType = mimeTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
      const encoding =
        compressible.test(mimeType) && file.bytes.length >= minCompressedBytes
          ? acceptedEncoding(acceptEncoding)
          : null;
      const etag = `"${file.hash}${encoding ? `-${encoding}` : ''}"`;
      if (encoding === null) return { mimeType, etag, encoding, body: file.bytes };
      const packed =
        file.packed.get(encoding) ?? pack[encoding](file.bytes).then((bytes) => new Uint8Array(bytes));
      file.packed.set(encoding, packed);
      return { mimeType, etag, encoding, body: await packed };
    },
  };
}

/** The best encoding that an Accept-Encoding header names and does not refuse. */
export function acceptedEncoding(header: string | undefined): Encoding {
  const accepted = (header ?? '')
    .toLowerCase()
    .split(',')
    .flatMap((one) => {
      const [name = '', ...parameters] = one.split(';').map((part) => part.trim());
      return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [name];
    });
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : null;
}
