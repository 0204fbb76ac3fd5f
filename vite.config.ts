import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { emojiTable } from './shared/model/emoji.ts';
import { leanRecorder } from './widget/cobrowse/lean-recorder.ts';
import { fixedTokens } from './widget/shell/tokens.ts';

/**
 * One build per program, chosen by `--mode`:
 *   widget   the lazily loaded parts, ES modules with hashed names  -> dist/widget/parts
 *   loader   widget.js, one classic script; knows the parts' names  -> dist/widget (after `widget`)
 *   console  the agent console                                      -> dist/console
 *   viewer   the isolated page that replays a co-browse stream      -> dist/viewer
 *   server   the Node program and its store's worker                -> dist/server
 */
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const jsx = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;

/** Every browser in use that has the Popover, dialog and constructed style sheet APIs. */
const browsers = ['chrome109', 'firefox115', 'safari16.4'];

/**
 * Keeps from the visitor what the widget does not use: Vite's preload helper (it would put elements and events into the
 * host's page), and most of socket.io-client, which `widget/lean/socket.ts` stands for and fetches only where needed.
 */
const lean: Plugin = {
  name: 'lean',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id === 'socket.io-client' && !importer?.endsWith('/lean/long-polling.ts')
      ? path('widget/lean/socket.ts')
      : null,
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
  transform: (code, id) => (/\/@rrweb\/record\/dist\/record\.js$/.test(id) ? leanRecorder(code) : null),
};

/** Writes tokens that never vary into the widget's style sheets, which lose their line ends. */
const leanStyles: Plugin = {
  name: 'lean-styles',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/widget\/.*\.tsx?$/.test(id) || !code.includes('tyles = `')) return null;
    return code.replace(/tyles = `[^`]*`/g, (sheet) =>
      sheet
        .replace(/var\(--rapport-([\w-]+)\)/g, (use, name: string) => fixed.get(name) ?? use)
        .replaceAll('\n', ''),
    );
  },
};
const fixed = new Map<string, string>(Object.entries(fixedTokens));

const { version } = JSON.parse(readFileSync(path('package.json'), 'utf8')) as { version: string };

/** What lies beside the scripts as it is written: the pop-out's page, which names its script, and the page's types. */
const besideScripts: Plugin = {
  name: 'beside-scripts',
  generateBundle(_, bundle) {
    const script = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'popout');
    const page = readFileSync(path('widget/popout/popout.html'), 'utf8');
    if (!script || !page.includes('%SCRIPT%')) throw new Error('the pop-out page has no script');
    this.emitFile({
      type: 'asset',
      fileName: 'popout.html',
      source: page.replace('%SCRIPT%', `/${script.fileName}`),
    });
    this.emitFile({
      type: 'asset',
      fileName: 'rapport.d.ts',
      source: readFileSync(path('widget/rapport.d.ts'), 'utf8'),
    });
  },
};

interface ManifestChunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

/** Files of the widget's entry and its static imports, entry first: the loader asks for them at once. */
function widgetParts(): string[] {
  const manifest = JSON.parse(readFileSync(path('dist/widget/.vite/manifest.json'), 'utf8')) as Record<
    string,
    ManifestChunk
  >;
  const entry = manifest['main.ts'];
  if (!entry) throw new Error('dist/widget has no main.ts in its manifest: build the widget first');
  const files = new Set<string>();
  const add = ({ file, imports = [] }: ManifestChunk) => {
    if (files.has(file)) return;
    files.add(file);
    for (const name of imports) if (manifest[name]) add(manifest[name]);
  };
  add(entry);
  return [...files];
}

/** What the emoji picker shows, much smaller than its source. */
function emojis(): string {
  const source = readFileSync(path('node_modules/emojibase-data/en/compact.json'), 'utf8');
  return emojiTable(JSON.parse(source) as Parameters<typeof emojiTable>[0]);
}

const builds: Record<string, () => UserConfig> = {
  widget: () => ({
    root: path('widget'),
    base: './',
    oxc: jsx,
    plugins: [lean, leanStyles, besideScripts],
    define: { __EMOJI_TABLE__: JSON.stringify(emojis()) },
    build: {
      outDir: path('dist/widget'),
      emptyOutDir: true,
      target: browsers,
      manifest: true,
      modulePreload: false,
      rolldownOptions: {
        input: { main: path('widget/main.ts'), popout: path('widget/popout/popout.ts') },
        preserveEntrySignatures: 'strict',
        // Every text and limit stands where it is said: no names for them, and none that only later parts need.
        optimization: { inlineConst: { mode: 'all', pass: 3 } },
        output: {
          entryFileNames: 'parts/[name]-[hash].js',
          chunkFileNames: 'parts/[name]-[hash].js',
          // What chat needs is one file, with what it shares with the later parts in it: one request, one compression.
          // (Ad blockers look for "chat" in addresses.) Folders in these folders, and what only
          // co-browsing needs, are loaded later.
          codeSplitting: {
            groups: [
              {
                name: 'panel',
                test: /rolldown.runtime|\/preact\/|\/widget\/(?:chat|lean|page|shell|ui)\/(?!tab-id|long-polling|exact-judge|shown-title)[^/]+$|\/widget\/(?!cobrowse-)[^/]+\.ts$/,
              },
            ],
          },
        },
      },
    },
  }),
  loader: () => ({
    root: path('widget'),
    plugins: [lean, leanStyles],
    define: { __WIDGET_PARTS__: JSON.stringify(widgetParts()), __WIDGET_VERSION__: JSON.stringify(version) },
    build: {
      outDir: path('dist/widget'),
      emptyOutDir: false,
      target: browsers,
      rolldownOptions: {
        input: { widget: path('widget/loader.ts') },
        optimization: { inlineConst: { mode: 'all', pass: 3 } },
        output: { format: 'iife', entryFileNames: 'widget.js' },
      },
    },
  }),
  console: () => ({
    root: path('console'),
    base: '/console/',
    oxc: jsx,
    define: { __EMOJI_TABLE__: JSON.stringify(emojis()) },
    build: { outDir: path('dist/console'), emptyOutDir: true, target: browsers },
  }),
  viewer: () => ({
    root: path('console/viewer'),
    base: '/viewer/',
    build: { outDir: path('dist/viewer'), emptyOutDir: true, target: browsers, assetsInlineLimit: 0 },
    worker: { format: 'es' },
  }),
  server: () => ({
    build: {
      outDir: path('dist/server'),
      emptyOutDir: true,
      target: 'node20',
      ssr: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          main: path('server/main.ts'),
          'sqlite-worker': path('server/store/dialects/sqlite-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  }),
};

/** Tests: `npx vitest --project unit` and so on. Contract, integration and e2e tests use what is built in dist. */
const project = (name: string, timeoutMs: number, retry = 0) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs * 2,
    retry,
    expect: { poll: { timeout: timeoutMs / 2 } },
  },
});

export default defineConfig(({ mode }) => {
  const build = builds[mode];
  if (build) return build();
  return {
    oxc: jsx,
    test: {
      projects: [
        project('unit', 10_000),
        project('house', 30_000),
        project('contract', 30_000),
        project('integration', 30_000),
        // Many steps each, on machines that may be busy with something else: only what hangs is to fail by time.
        // What passes only at a second try is named at the end of the run: it is to be looked at, and does not block.
        project('e2e', 120_000, 1),
      ],
    },
  } as UserConfig;
});
