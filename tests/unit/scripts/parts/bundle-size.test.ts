import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { addUnlisted, groupFiles, limits, measureBundle } from '../../../../scripts/parts/bundle-size.mjs';

const lazy = (file: string, imports: string[] = [], dynamicImports: string[] = []) => ({
  file,
  isDynamicEntry: true,
  imports,
  dynamicImports,
});

const manifest = {
  'main.ts': {
    file: 'main.js',
    isEntry: true,
    imports: ['_preact.js'],
    dynamicImports: ['chat/chat.tsx', 'survey/card.tsx', 'cobrowse/cobrowse.ts'],
  },
  '_preact.js': { file: 'preact.js' },
  '_socket.js': { file: 'socket.js' },
  '_form.js': { file: 'form.js', imports: ['_preact.js'] },
  'chat/chat.tsx': { ...lazy('chat.js', ['_preact.js', '_socket.js'], ['chat/emoji.ts']), css: ['chat.css'] },
  'chat/emoji.ts': lazy('emoji.js', [], ['chat/emoji/table.ts']),
  'chat/emoji/table.ts': lazy('table.js'),
  'survey/card.tsx': lazy('card.js', ['_preact.js', '_form.js']),
  'cobrowse/cobrowse.ts': lazy('cobrowse.js', ['_socket.js', '_form.js'], ['cobrowse/recorder.ts']),
  'cobrowse/recorder.ts': lazy('recorder.js'),
};

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

it('what chat loads is counted for chat, the rest for the feature that leads to it', () => {
  const { chat = [], survey = [], cobrowse = [] } = groupFiles(manifest);
  expect(chat.sort()).toEqual(['chat.css', 'chat.js', 'emoji.js', 'main.js', 'preact.js', 'socket.js']);
  expect(survey.sort()).toEqual(['card.js', 'form.js']);
  expect(cobrowse.sort()).toEqual(['cobrowse.js', 'form.js', 'recorder.js']);
});

it('a part inside the folder of another one is counted for itself', () => {
  const cobrowse = lazy('cobrowse.js', [], ['cobrowse/recorder.ts', 'cobrowse/consent.tsx']);
  const question = lazy('consent.js', ['_dialog.js'], ['cobrowse/recorder.ts']);
  const split = {
    ...manifest,
    'cobrowse/cobrowse.ts': cobrowse,
    'cobrowse/consent.tsx': question,
    '_dialog.js': { file: 'dialog.js' },
  };
  expect(groupFiles(split).consent?.sort()).toEqual(['consent.js', 'dialog.js']);
  expect(groupFiles(split).cobrowse?.sort()).toEqual(['cobrowse.js', 'recorder.js']);
});

it('a page of its own is counted without what chat has loaded', () => {
  const withWindow = {
    ...manifest,
    'popout/popout.ts': { file: 'popout.js', isEntry: true, imports: ['_preact.js', '_handshake.js'] },
    'popout/opener.ts': lazy('opener.js', ['_handshake.js']),
    '_handshake.js': { file: 'handshake.js' },
  };
  const { chat = [], popout = [], emoji = [] } = groupFiles(withWindow);
  expect(popout.sort()).toEqual(['handshake.js', 'popout.js']);
  expect(emoji).toEqual(['table.js']);
  expect(chat).not.toContain('popout.js');
});

it('a chunk that chat imports as well is chat, wherever its source stands', () => {
  const shared = { ...manifest, 'chat/chat.tsx': lazy('chat.js', ['_form.js']) };
  expect(groupFiles(shared).chat).toContain('form.js');
  expect(groupFiles(shared).survey).toEqual(['card.js']);
});

it('the full socket library is neither chat nor co-browsing, but anything else loaded late is', () => {
  const library = 'lean/long-polling.ts';
  const withFallback = {
    ...manifest,
    '_socket.js': { file: 'socket.js', dynamicImports: [library, 'later.ts'] },
    [library]: lazy('library.js', ['_preact.js', '_debug.js']),
    '_debug.js': { file: 'debug.js' },
    'later.ts': lazy('later.js'),
  };
  const { chat = [], cobrowse = [], polling = [] } = groupFiles(withFallback);
  expect(polling.sort()).toEqual(['debug.js', 'library.js']);
  expect(chat).toContain('later.js');
  expect([...chat, ...cobrowse]).not.toContain('library.js');
});

it('a worker goes to the feature that starts it, and what nobody names to chat', () => {
  const texts: Record<string, string> = {
    'cobrowse.js': 'new Worker("./assets/worker-1.js")',
    'assets/worker-1.js': 'import("./inflate-2.js")',
  };
  const files = [
    ...Object.values(manifest).map(({ file }) => file),
    'assets/worker-1.js',
    'inflate-2.js',
    'orphan.js',
  ];
  const groups = addUnlisted(groupFiles(manifest), files, (file) => texts[file] ?? '');
  expect(groups.cobrowse).toEqual(expect.arrayContaining(['assets/worker-1.js', 'inflate-2.js']));
  expect(groups.chat).toContain('orphan.js');
});

it('sizes are gzip of level 9 a file, the loader beside everything of chat', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-size-'));
  folders.push(folder);
  const zipped = (file: string, bytes: number) => {
    const content = randomBytes(bytes);
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
    return gzipSync(content, { level: 9 }).length;
  };
  const loader = zipped('widget.js', limits.loader);
  const main = zipped('parts/main.js', 1000);
  const card = zipped('parts/card.js', 2000);
  mkdirSync(join(folder, '.vite'));
  const small = {
    'main.ts': { file: 'parts/main.js', isEntry: true, dynamicImports: ['survey/card.tsx'] },
    'survey/card.tsx': lazy('parts/card.js'),
  };
  writeFileSync(join(folder, '.vite/manifest.json'), JSON.stringify(small));

  const sizes = measureBundle(folder);
  const used = sizes.filter(({ gzipBytes }) => gzipBytes > 0);
  expect(used.map(({ name, gzipBytes }) => [name, gzipBytes])).toEqual([
    ['loader', loader],
    ['loader + chat', loader + main],
    ['feedback prompt', card],
  ]);
  expect(sizes.filter(({ gzipBytes, limitBytes }) => gzipBytes > limitBytes).map(({ name }) => name)).toEqual(
    ['loader'],
  );
});
