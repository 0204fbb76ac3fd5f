import { readFile, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('./public', import.meta.url));

const types = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '': 'text/plain; charset=utf-8',
};

/** Styles and scripts are asked for again each time, so that a change shows at once; pictures and fonts keep a day. */
const cacheControls = { '.css': 'no-cache', '.js': 'no-cache' };

/** The file behind a path such as `/css/site.css`, or null; never anything outside public. */
export async function findPublicFile(pathname) {
  let name;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const type = types[extname(name)];
  if (!type || name.includes('\0') || name.includes('\\')) return null;
  const path = join(root, name);
  if (!path.startsWith(root + sep)) return null;
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) return null;
  return {
    type,
    etag: `"${facts.size.toString(36)}-${Math.trunc(facts.mtimeMs).toString(36)}"`,
    cacheControl: cacheControls[extname(name)] ?? 'public, max-age=86400',
    read: () => readFile(path),
  };
}
