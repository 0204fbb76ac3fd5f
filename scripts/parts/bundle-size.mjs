import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Failure } from './failure.mjs';

/** Gzipped bytes a visitor may be asked to download, by what happens to them. 1 kB is 1,000 B. */
export const limits = {
  loader: 4_500,
  'loader + chat': 38_000,
  'feedback prompt': 8_000,
  /** With what ties it to the chat, which comes with the first session. */
  'co-browsing': 36_000,
  /** The question to the visitor, with the preview of what would be seen. */
  'co-browse consent': 8_000,
  /** Says who sees the page, and stops it. */
  'co-browse banner': 2_500,
  /** What a shared page shows and rrweb does not record: the top layer, animations, selections, canvases … */
  'page states': 7_500,
  /** What a recorded session adds to the banner. */
  'recording mark': 1_500,
  /** Compresses what is sent. */
  'co-browse packing': 1_200,
  /** Reads a large page in slices. */
  'co-browse large pages': 1_800,
  /** Sheets of other origins that their host lets anyone read. */
  'co-browse foreign sheets': 1_200,
  /** Follows less of a page that is slowed down. */
  'co-browse governor': 1_600,
  /** Agents' pointers and what both sides draw: fetched with the first of them. */
  'pointing and drawing': 7_500,
  /** An agent's hand on the page, and the visitor's on the agent's: fetched when control is asked for. */
  'control by agents': 12_000,
  /** Six digits for the telephone. */
  'co-browse code': 2_500,
  /** Upload, previews, the large view of an image. */
  files: 9_000,
  /** The table of emoji is most of it. */
  emoji: 30_000,
  /** Formatted text, the menu of a message, lines that few conversations have, the list of a visitor's conversations. */
  'formatting, menus, lists': 9_000,
  /** Rules for what is private: for pages whose address or title looks as if it were, and with co-browsing. */
  'private texts': 2_000,
  /** Consent, form, menu, ending, hours, identity, sound, title and the way to the window of its own. */
  extras: 18_000,
  /** What was shared with whom, to read, download and check. */
  'share log': 3_500,
  /** What the page of that window adds to chat. */
  'pop-out': 3_000,
  /** The whole of socket.io-client, fetched only where the network lets no WebSocket through. */
  'long-polling': 14_000,
};

/**
 * Parts that are fetched only when they are needed, by the beginnings of their modules' names in the manifest; of several
 * the longest counts. `name` is the one in {@link limits}.
 */
const laterParts = {
  survey: { name: 'feedback prompt', modules: ['survey/'] },
  cobrowse: { name: 'co-browsing', modules: ['cobrowse/', 'cobrowse-session.ts'] },
  consent: { name: 'co-browse consent', modules: ['cobrowse/consent.ts'] },
  banner: { name: 'co-browse banner', modules: ['cobrowse/banner.tsx'] },
  states: { name: 'page states', modules: ['cobrowse/states/'] },
  recorded: { name: 'recording mark', modules: ['cobrowse/recorded-mark.tsx'] },
  packing: { name: 'co-browse packing', modules: ['cobrowse/batch-deflate.ts'] },
  pageReader: { name: 'co-browse large pages', modules: ['cobrowse/page-reader.ts'] },
  foreignSheets: { name: 'co-browse foreign sheets', modules: ['cobrowse/style-reader.ts'] },
  governor: { name: 'co-browse governor', modules: ['cobrowse/governor.ts'] },
  drawing: { name: 'pointing and drawing', modules: ['cobrowse/drawing/'] },
  control: { name: 'control by agents', modules: ['cobrowse/control/'] },
  code: { name: 'co-browse code', modules: ['cobrowse/code-card.tsx'] },
  files: { name: 'files', modules: ['chat/files/'] },
  emoji: { name: 'emoji', modules: ['chat/emoji/'] },
  formatting: {
    name: 'formatting, menus, lists',
    modules: ['chat/format/', 'chat/menu/', 'chat/log/', 'chat/list/'],
  },
  privacy: { name: 'private texts', modules: ['page/exact-judge.ts', '_page-address-', '_privacy-'] },
  extras: {
    name: 'extras',
    modules: ['extras/', 'form/', 'menu/', 'hours/', 'identity/', 'attention/', 'popout/opener.ts'],
  },
  shareLog: { name: 'share log', modules: ['share-log/'] },
  popout: { name: 'pop-out', modules: ['popout/popout.ts'] },
  polling: { name: 'long-polling', modules: ['lean/long-polling.ts'] },
};

/** @typedef {{ file: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[], dynamicImports?: string[], css?: string[], assets?: string[] }} Chunk */

/**
 * The widget's files by what makes a visitor download them. A chunk belongs to chat unless every way to it leads through
 * one of the {@link laterParts}; what several of these share is counted for each.
 * @param {Record<string, Chunk>} manifest
 */
export function groupFiles(manifest) {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry && key.endsWith('main.ts'));
  if (!entry) throw new Failure('The widget has no main.ts in its manifest.');
  const starts = Object.entries(laterParts).map(([group, { modules }]) => {
    const keys = Object.keys(manifest).filter(
      (key) =>
        modules.includes(longestStart(key)) &&
        // What several parts share has no module's name.
        (manifest[key]?.isDynamicEntry || key.startsWith('_') || (manifest[key]?.isEntry && key !== entry)),
    );
    return { group, keys };
  });
  const chat = reach(manifest, [entry], new Set(starts.flatMap(({ keys }) => keys)));
  /** @type {Record<string, string[]>} */
  const groups = { chat: filesOf(manifest, chat) };
  for (const { group, keys } of starts) {
    const others = starts.filter((other) => other.group !== group).flatMap((other) => other.keys);
    groups[group] = filesOf(manifest, reach(manifest, keys, new Set([...chat, ...others])));
  }
  return groups;
}

/** @param {string} key */
function longestStart(key) {
  return Object.values(laterParts)
    .flatMap(({ modules }) => modules)
    .filter((start) => key.startsWith(start))
    .reduce((longest, start) => (start.length > longest.length ? start : longest), '');
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
  groups.chat?.push(...open);
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
    // The pop-out's page is one line; types are for developers.
    .filter((file) => file !== loader && !/^\.|\.(?:map|html|d\.ts)$/.test(file));
  const textOf = (/** @type {string} */ file) => readFileSync(join(folder, file), 'utf8');
  const groups = addUnlisted(groupFiles(JSON.parse(readFileSync(manifestFile, 'utf8'))), shipped, textOf);
  const gzipOf = (/** @type {string[]} */ files) =>
    files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
  const sizeOf = (/** @type {keyof typeof limits} */ name, /** @type {string[]} */ files) => ({
    name,
    gzipBytes: gzipOf(files),
    limitBytes: limits[name],
  });
  return [
    sizeOf('loader', [loader]),
    sizeOf('loader + chat', [loader, ...(groups.chat ?? [])]),
    ...Object.entries(laterParts).map(([group, { name }]) =>
      sizeOf(/** @type {keyof typeof limits} */ (name), groups[group] ?? []),
    ),
  ];
}
