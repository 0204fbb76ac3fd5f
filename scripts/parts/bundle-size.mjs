import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Failure } from './failure.mjs';

/** Gzipped bytes a visitor may be asked to download, by what happens to them. 1 kB is 1,000 B. */
export const limits = {
  loader: 4_500,
  'loader + chat': 38_000,
  'feedback prompt': 8_000,
  'co-browsing': 36_000,
  /** The whole of socket.io-client, fetched only where the network lets no WebSocket through. */
  'long-polling': 14_000,
};

/** @typedef {{ file: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[], dynamicImports?: string[], css?: string[], assets?: string[] }} Chunk */

/**
 * The widget's files by what makes a visitor download them. A chunk belongs to chat unless every way to it leads
 * through a lazily loaded module of `survey/` or `cobrowse/`, or to the long-polling fallback; what survey and
 * co-browsing share is counted for both.
 * @param {Record<string, Chunk>} manifest
 */
export function groupFiles(manifest) {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry && key.endsWith('main.ts'));
  if (!entry) throw new Failure('The widget has no main.ts in its manifest.');
  const lazyOf = (/** @type {string} */ feature) =>
    Object.keys(manifest).filter((key) => key.startsWith(`${feature}/`) && manifest[key]?.isDynamicEntry);
  const survey = lazyOf('survey');
  const cobrowse = lazyOf('cobrowse');
  const polling = Object.keys(manifest).filter(
    (key) => manifest[key]?.isDynamicEntry && key.includes('node_modules/socket.io-client/'),
  );
  const chat = reach(manifest, [entry], new Set([...survey, ...cobrowse, ...polling]));
  return {
    chat: filesOf(manifest, chat),
    survey: filesOf(manifest, reach(manifest, survey, new Set([...chat, ...cobrowse, ...polling]))),
    cobrowse: filesOf(manifest, reach(manifest, cobrowse, new Set([...chat, ...survey, ...polling]))),
    polling: filesOf(manifest, reach(manifest, polling, chat)),
  };
}

/**
 * Chunks that can be reached from these without entering a forbidden one.
 * @param {Record<string, Chunk>} manifest
 * @param {string[]} from
 * @param {Set<string>} forbidden
 */
function reach(manifest, from, forbidden) {
  /** @type {Set<string>} */
  const reached = new Set();
  const open = from.filter((key) => !forbidden.has(key));
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (reached.has(key)) continue;
    reached.add(key);
    const next = [...(manifest[key]?.imports ?? []), ...(manifest[key]?.dynamicImports ?? [])];
    open.push(...next.filter((other) => !forbidden.has(other)));
  }
  return reached;
}

/** @param {Record<string, Chunk>} manifest @param {Set<string>} keys */
function filesOf(manifest, keys) {
  const files = [...keys].flatMap((key) => {
    const chunk = manifest[key];
    return chunk ? [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])] : [];
  });
  return [...new Set(files)];
}

/**
 * Files that the manifest does not know, such as workers, belong to the group whose code names them, and to chat when
 * none does.
 * @param {ReturnType<typeof groupFiles>} groups
 * @param {string[]} files all files of the build
 * @param {(file: string) => string} textOf
 */
export function addUnlisted(groups, files, textOf) {
  const claimed = new Set(Object.values(groups).flat());
  let open = files.filter((file) => !claimed.has(file));
  for (let found = true; found; ) {
    found = false;
    for (const file of open) {
      const name = file.slice(file.lastIndexOf('/') + 1);
      const group = Object.values(groups).find((members) =>
        members.some((member) => textOf(member).includes(name)),
      );
      if (!group) continue;
      group.push(file);
      open = open.filter((other) => other !== file);
      found = true;
      break;
    }
  }
  groups.chat.push(...open);
  return groups;
}

/**
 * @param {string} folder the widget's build
 * @returns {Array<{ name: string, gzipBytes: number, limitBytes: number }>}
 */
export function measureBundle(folder) {
  const manifestFile = join(folder, '.vite/manifest.json');
  if (!existsSync(manifestFile)) throw new Failure('The widget is not built.');
  const loader = 'widget.js';
  const shipped = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => file !== loader && !file.startsWith('.') && !file.endsWith('.map'));
  const textOf = (/** @type {string} */ file) => readFileSync(join(folder, file), 'utf8');
  const groups = addUnlisted(groupFiles(JSON.parse(readFileSync(manifestFile, 'utf8'))), shipped, textOf);
  const gzipOf = (/** @type {string[]} */ files) =>
    files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
  return [
    { name: 'loader', gzipBytes: gzipOf([loader]), limitBytes: limits.loader },
    {
      name: 'loader + chat',
      gzipBytes: gzipOf([loader, ...groups.chat]),
      limitBytes: limits['loader + chat'],
    },
    { name: 'feedback prompt', gzipBytes: gzipOf(groups.survey), limitBytes: limits['feedback prompt'] },
    { name: 'co-browsing', gzipBytes: gzipOf(groups.cobrowse), limitBytes: limits['co-browsing'] },
    { name: 'long-polling', gzipBytes: gzipOf(groups.polling), limitBytes: limits['long-polling'] },
  ];
}
