import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { leanRecorder } from './widget/cobrowse/lean-recorder.ts';

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
    id === 'socket.io-client' && !importer?.endsWith('/lean/socket.ts')
      ? path('widget/lean/socket.ts')
      : null,
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
  transform: (code, id) => (/\/@rrweb\/record\/dist\/record\.js$/.test(id) ? leanRecorder(code) : null),
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

const builds: Record<string, () => UserConfig> = {
  widget: () => ({
    root: path('widget'),
    base: './',
    oxc: jsx,
    plugins: [lean],
    build: {
      outDir: path('dist/widget'),
      emptyOutDir: true,
      target: browsers,
      manifest: true,
      modulePreload: false,
      rolldownOptions: {
        input: { main: path('widget/main.ts') },
        preserveEntrySignatures: 'strict',
        output: {
          entryFileNames: 'parts/[name]-[hash].js',
          chunkFileNames: 'parts/[name]-[hash].js',
          // What chat needs is one file, with what it shares with the later parts in it: one request, one compression.
          // (Ad blockers look for "chat" in addresses.)
          codeSplitting: {
            groups: [
              {
                name: 'panel',
                test: /rolldown.runtime|\/preact\/|\/widget\/(?:chat|lean|page|shell|ui)\/|\/widget\/[^/]+\.ts$/,
              },
            ],
          },
        },
      },
    },
  }),
  loader: () => ({
    root: path('widget'),
    plugins: [lean],
    define: { __WIDGET_PARTS__: JSON.stringify(widgetParts()) },
    build: {
      outDir: path('dist/widget'),
      emptyOutDir: false,
      target: browsers,
      rolldownOptions: {
        input: { widget: path('widget/loader.ts') },
        output: { format: 'iife', entryFileNames: 'widget.js' },
      },
    },
  }),
  console: () => ({
    root: path('console'),
    base: '/console/',
    oxc: jsx,
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
const project = (name: string, timeoutMs: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs * 2,
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
        project('e2e', 60_000),
      ],
    },
  } as UserConfig;
});
