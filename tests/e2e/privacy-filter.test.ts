import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { Server } from 'socket.io';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as relayParser from '../../shared/relay-parser.ts';
import { leanRecorder } from '../../widget/cobrowse/lean-recorder.ts';
import { launchChromium } from '../support/chromium.ts';

/**
 * What leaves a page while it is shared, read where it arrives: real recorder, filter, compressor and socket in a real
 * browser, a real Socket.IO server that inflates every batch. Each secret is a word of its own, `canary…`.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const card = '4539 1488 0343 6467';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC',
  'base64',
);

const html = `<!doctype html><html lang="en"><head><title>Shop of jane.canary01@mail.example</title>
<meta name="csrf-token" content="canary02"><meta name="description" content="canary03"><base href="/?canary04">
<link rel="preload" as="image" href="/image.png?canary05"><link rel="stylesheet" href="/style.css?canary06">
<style>/* canary07 */ .price::after{content:"canary08"} .icon::before{content:"\\2713"} :root{--owner:"canary09"; --font:"Shown Sans",sans-serif}
.bg{background:url("/image.png?canary10=1")} [data-state="open"]{color:green} [data-kind]{color:red} .via::before{content:attr(data-label)}</style>
<script>window.first = "canary11";</script><script type="application/json">{"user":"canary12"}</script></head>
<body class="page mail-jane.canary13@mail.example" onload="void 'canary14'">
<!-- canary15 --><noscript>canary16</noscript><template><p>canary17</p></template>
<h1 id="shown-id" class="shown-class">Shown heading</h1>
<p data-state="open" data-user="canary18" data-kind="canary19" data-canary20="" title="canary21" aria-label="canary22" id="user-canary23-8812345678">Shown text</p>
<p class="via" data-label="canary24">label</p>
<a href="/path/canary25?token=canary26#canary27" ping="/canary28" target="canary29" download="canary30">Shown link</a>
<img id="img" src="/image.png?canary31" srcset="/image.png?canary32 2x" alt="canary33" longdesc="canary34">
<form action="/send?canary35" name="canary36"><input type="hidden" name="canary37" value="canary38">
<input id="plain" name="nick" value="canary39" placeholder="canary40"><textarea id="area">canary41</textarea>
<select id="choice"><optgroup label="canary42"><option value="canary43">canary44</option><option selected value="canary45">canary46</option></optgroup></select>
<input type="checkbox" checked value="canary47"><input type="radio" name="canary48" value="canary49"><input type="submit" value="canary50">
<button value="canary51" formaction="/canary52">Shown button</button><input list="list"><datalist id="list"><option value="canary53">canary54</datalist>
<input id="password" type="password" name="pw1"><input id="number" autocomplete="cc-number" data-rapport-unmask>
<input id="code" autocomplete="one-time-code" data-rapport-unmask><input id="cvc" name="card_cvc" data-rapport-unmask>
<input id="open" data-rapport-unmask placeholder="Shown placeholder"><select id="openchoice" data-rapport-unmask><option value="canary55">Shown option</option></select>
<input type="file" id="file"><input type="range" value="77"><meter value="0.3"></meter></form>
<p>Card ${card}, in parts <b>4539</b> <b>1488</b> <b>0343</b> <b>6467</b>, IBAN DE89 3704 0044 0532 0130 00, jane.canary56@mail.example,
eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnk1NyJ9.c2lnbmF0dXJl, +49 30 9018 2058, (555) 013-4459</p>
<div data-rapport-mask title="canary58">canary59 <img src="/private.png?canary60" alt="canary61"><span data-rapport-unmask>canary62</span><input value="canary63" data-rapport-unmask style="background:url(/private.png?canary64)"></div>
<div data-rapport-block id="blocked">canary65 <input value="canary66"><b title="canary67">canary68</b></div>
<div class="by-rule">canary69</div><div class="gone-by-rule">canary70</div>
<div id="host" data-secret="canary71"></div><div id="slothost"><p>canary72</p></div><div id="maskedhost" data-rapport-mask></div>
<iframe id="frame" src="/frame.html?canary73" name="canary74"></iframe><iframe id="masked" data-rapport-mask src="/masked.html"></iframe>
<iframe srcdoc="<p>canary75</p>" data-rapport-mask></iframe><iframe src="http://127.0.0.1:9/canary76"></iframe>
<svg width="40" height="40" aria-label="canary77"><title>canary78</title><desc>canary79</desc><metadata>canary80</metadata>
<a href="/canary81"><circle cx="20" cy="20" r="9" data-x="canary82" fill="teal"/></a><image href="/image.png?canary83" width="9" height="9"/></svg>
<div contenteditable="true" id="editable">canary84</div><div role="textbox" id="box">canary85</div>
<object data="/canary86"><param name="a" value="canary87">canary88</object><embed src="/canary89">
<video src="/canary90" poster="/image.png?canary91"><track label="canary92" src="/canary93">canary94</video>
<my-element owner="canary95" class="custom">Shown custom</my-element>
<p style="background-image:url('/image.png?canary96');--token:canary97secret00000000aa1;color:navy">Shown styled</p>
<div id="later"></div><div id="mover">move me</div><p id="changing">Shown before</p><p id="echo">nothing</p><div id="soon" class="x">soon</div>
<p id="grow">4539 1488 0343 <i id="last">x</i></p>
<script>
const shadow = document.getElementById('host').attachShadow({ mode: 'open' });
shadow.innerHTML = '<style>p::after{content:"canary98"}</style><p data-rapport-mask>canary99</p><input value="canary100"><p title="canary101">Shown in shadow</p><!-- canary102 -->';
document.getElementById('maskedhost').attachShadow({ mode: 'open' }).innerHTML = '<p>canary106</p>';
document.getElementById('slothost').attachShadow({ mode: 'open' }).innerHTML = '<div data-rapport-mask><slot></slot></div>';
</script></body></html>`;

const frameHtml =
  '<body><p data-a="canary103">Shown in frame</p><input value="canary104"><div data-rapport-block>canary105</div></body>';

/** Everything that the page does after sharing has begun. */
function act() {
  const byId = (id: string) => document.getElementById(id) as HTMLElement;
  const later = byId('later');
  const inLater = (selector: string) => later.querySelector(selector) as HTMLElement;
  later.innerHTML =
    '<p title="canary110" data-b="canary111">Shown later</p><!-- canary112 --><input type="hidden" value="canary113"><noscript>canary114</noscript>' +
    '<div data-rapport-mask>canary115</div><div data-rapport-block>canary116</div><input value="canary117"><script>canary118</script>';
  byId('shown-id').setAttribute('title', 'canary119');
  byId('shown-id').setAttribute('data-late', 'canary120');
  byId('shown-id').setAttribute('onclick', 'canary121');
  (byId('changing').firstChild as Text).data = 'Shown after, mail jane.canary122@mail.example';
  (byId('plain') as HTMLInputElement).value = 'canary123';
  const sheet = document.styleSheets[1] as CSSStyleSheet;
  sheet.insertRule('.rule::after{content:"canary124";background:url(/image.png?canary125)}', 0);
  (sheet.cssRules[0] as CSSStyleRule).style.setProperty('content', '"canary126"');
  const adopted = new CSSStyleSheet();
  adopted.replaceSync('.adopted::after{content:"canary127"} [data-late-state="on"]{color:red}');
  document.adoptedStyleSheets = [adopted];
  adopted.replaceSync('.adopted::after{content:"canary128"} [data-late-state="on"]{color:blue}');
  byId('shown-id').style.setProperty('--name', '"canary129"');
  byId('shown-id').style.backgroundImage = 'url("/image.png?canary130")';
  byId('mover').remove();
  inLater('[data-rapport-mask]').append(byId('mover') ?? 'canary132');
  const moved = document.createElement('p');
  moved.textContent = 'free';
  document.body.append(moved);
  inLater('[data-rapport-mask]').append(moved);
  (moved.firstChild as Text).data = 'canary133';
  byId('last').textContent = '6467';
  const host = document.createElement('div');
  document.body.append(host);
  host.attachShadow({ mode: 'open' }).innerHTML =
    '<p data-rapport-mask>canary134</p><input value="canary135"><em>Shown late shadow</em>';
  const option = document.createElement('option');
  option.text = 'canary136';
  byId('choice').append(option);
  history.pushState({}, '', '/next/canary137a00000000000000001?token=canary138#canary139');
  const frame = document.createElement('iframe');
  frame.srcdoc = '<p title="canary140">Shown late frame</p><input value="canary141">';
  document.body.append(frame);
  const password = byId('password') as HTMLInputElement;
  byId('echo').textContent = `You typed ${password.value}`;
  password.type = 'text';
  password.dispatchEvent(new Event('input', { bubbles: true }));
  byId('img').setAttribute('alt', 'canary142');
  byId('img').setAttribute('src', '/image.png?canary143');
  later.append(document.createComment('canary144'));
  const attribute = document.createElement('b');
  attribute.setAttribute('canary145', 'canary146');
  attribute.setAttribute('data-late-state', 'on');
  attribute.textContent = 'Shown last';
  later.append(attribute);
  attribute.setAttribute('canary147', 'x');
}

/** What was shown until now becomes private. */
function makePrivate() {
  const soon = document.getElementById('soon') as HTMLElement;
  soon.className = 'by-rule';
  soon.append('canary131');
}

/** The visitor goes to another place of the app, which shows its balance there. */
function goTo([path, balance]: readonly [path: string, balance: string]) {
  history.pushState({}, '', path);
  const element = document.getElementById('balance') ?? document.createElement('p');
  element.id = element.className = 'balance';
  element.textContent = balance;
  document.body.append(element);
}

interface Received {
  name: string;
  header: {
    epoch?: number;
    batch?: number;
    part?: number;
    parts?: number;
    id?: string;
    mime?: string;
    reason?: string;
  };
  bytes: Uint8Array | undefined;
}

const received: Received[] = [];
let httpServer: HttpServer;
let io: Server;
let browser: Browser;
let page: Page;
let out: string;
let origin: string;

/** Events of each epoch, as a viewer would inflate them. */
function epochs(): Map<number, { text: string; reason: string | undefined }> {
  const result = new Map<number, { text: string; reason: string | undefined }>();
  const parts = new Map<string, Buffer[]>();
  const nextBatch = new Map<number, number>();
  for (const { name, header, bytes } of received) {
    const epoch = header.epoch ?? 0;
    if (name === 'epoch:started') result.set(epoch, { text: '', reason: header.reason });
    if (name !== 'batch:sent' || !bytes) continue;
    const key = `${epoch} ${header.batch}`;
    const list = [...(parts.get(key) ?? []), Buffer.from(bytes)];
    parts.set(key, list);
    if (list.length < (header.parts ?? 1)) continue;
    expect(header.batch).toBe(nextBatch.get(epoch) ?? 0);
    nextBatch.set(epoch, (header.batch ?? 0) + 1);
    const before = result.get(epoch);
    if (!before) throw new Error('a batch of an epoch that has not started');
    const dictionary = Buffer.from(before.text).subarray(-32_768);
    const text = inflateRawSync(Buffer.concat(list), dictionary.length ? { dictionary } : {}).toString();
    expect(Array.isArray(JSON.parse(text))).toBe(true);
    before.text += text;
  }
  return result;
}

/** Assets named in the stream, and what they were bound to. */
const bindings = () =>
  [...allText().matchAll(/"payload":\{"ref":(\d+),"id":(?:null|"(\w+)")/g)].map(([, ref, id]) => ({
    ref,
    id: id ?? null,
  }));

const arrives = (isThere: () => boolean) => vi.waitUntil(isThere, { timeout: 60_000, interval: 50 });

const allText = () => [...epochs().values()].map(({ text }) => text).join('\n');
const headers = () => received.map(({ name, header }) => name + JSON.stringify(header)).join('\n');

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'rapport-privacy-'));
  const entry = '\0entry.ts';
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === 'entry' ? entry : null),
        load: (id) =>
          id === entry
            ? `import { createSharing } from '${root}/widget/cobrowse/sharing.ts';
               import { createClock } from '${root}/widget/page/clock.ts';
               import { createNavigation } from '${root}/widget/page/navigation.ts';
               Object.assign(globalThis, { createSharing, createClock, createNavigation });`
            : null,
        transform: (code, id) => (id.endsWith('/@rrweb/record/dist/record.js') ? leanRecorder(code) : null),
      },
    ],
    build: {
      outDir: out,
      emptyOutDir: true,
      modulePreload: false,
      rolldownOptions: { input: 'entry', output: { entryFileNames: 'entry.js' } },
    },
  });
  httpServer = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://any');
    const send = (type: string, body: string | Buffer) => response.setHeader('content-type', type).end(body);
    if (pathname.endsWith('.js')) send('text/javascript', await readFile(join(out, pathname)));
    else if (pathname === '/image.png') send('image/png', png);
    else if (pathname === '/private.png') send('image/png', Buffer.concat([png, Buffer.from('private')]));
    else if (pathname === '/style.css')
      send('text/css', '.linked{color:teal} .linked::before{content:"canary150"}');
    else if (pathname === '/frame.html') send('text/html', frameHtml);
    else if (pathname === '/masked.html') send('text/html', '<p>canary151</p>');
    else if (pathname === '/account') send('text/html', html);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => httpServer.listen(0, done));
  origin = `http://localhost:${(httpServer.address() as AddressInfo).port}`;
  io = new Server(httpServer, { path: '/relay', parser: relayParser, serveClient: false });
  io.of('/visitor').on('connection', (socket) => {
    socket.emit('assets:held', { ids: [] });
    socket.onAny((name: string, header: Received['header'], bytes?: Uint8Array) => {
      received.push({ name, header, bytes });
    });
  });
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(`${origin}/account?session=canary152#canary153`, {
    referer: `${origin}/from/jane.canary170@mail.example?page=canary171`,
  });
  await page.addScriptTag({ type: 'module', url: '/entry.js' });
  await page.waitForFunction(() => 'createSharing' in globalThis);
  await page.evaluate((base) => {
    Object.assign(globalThis, { insertRule: CSSStyleSheet.prototype.insertRule });
    const { createSharing, createClock, createNavigation } = globalThis as unknown as {
      createSharing(parts: object): object;
      createClock(guard: (run: () => void) => void): object;
      createNavigation(parts: object): { visit(): object };
    };
    const privacy = {
      rules: [
        { path: '/*', mask: ['.by-rule'], block: ['.gone-by-rule'], unmask: [] },
        { path: '/private*', mask: ['.balance', 'title'], block: [], unmask: [] },
      ],
      shownQueryParams: [],
    };
    const navigation = createNavigation({
      privacy,
      clock: createClock((run) => run()),
    });
    const parts = {
      origin: base,
      siteKey: 'pk_test',
      token: () => 'vt_test',
      identity: () => null,
      tab: 'tab-1234',
      sessionId: 'cbs_test',
      isFirstPage: true,
      config: { privacy },
      page: navigation,
      isOwn: () => false,
      ownSelector: '[data-rapport-own]',
      onViewers: () => undefined,
      onAssist: () => undefined,
      onLine: () => undefined,
      paused: () => null,
      onConnected: () => undefined,
    };
    Object.assign(globalThis, { sharing: createSharing(parts), navigation });
  }, origin);
  await arrives(() => allText().includes('Shown in frame'));
  await page.fill('#plain', 'canary160');
  await page.fill('#area', 'canary161');
  await page.fill('#password', 'canary162');
  await page.fill('#number', card);
  await page.fill('#code', '731946');
  await page.fill('#cvc', '9173');
  await page.fill('#open', 'Shown typed');
  await page.locator('#editable').pressSequentially('canary163');
  await page.hover('#shown-id');
  await page.evaluate(act);
  await arrives(() => allText().includes('Shown last') && allText().includes('Shown late frame'));
  await page.evaluate(makePrivate);
  await arrives(() => [...epochs().values()].length > 1 && allText().split('Shown last').length > 2);
  await arrives(() => bindings().filter(({ id }) => id !== null).length > 1);
});

afterAll(async () => {
  await browser?.close();
  await io?.close();
  httpServer?.close();
  await rm(out, { recursive: true, force: true });
});

test('no planted secret leaves the page', () => {
  const text = allText();
  const assets = received
    .filter(({ name }) => name === 'asset:sent')
    .map(({ bytes }) => Buffer.from(bytes ?? []).toString('latin1'));
  const leaks = [text, headers(), assets.join('\n')].flatMap((each) => each.match(/.{0,60}canary\w*/g) ?? []);
  expect(leaks).toEqual([]);
  const digits = text.replace(/[^\d"]/g, '');
  for (const number of [
    card.replaceAll(' ', ''),
    '3704004405320130',
    '493090182058',
    '5550134459',
    '731946',
    '9173',
  ]) {
    expect(digits).not.toContain(number);
  }
  expect(text).not.toContain('eyJzdWIi');
});

test('what the visitor sees and the site shows does arrive', () => {
  const text = allText();
  for (const shown of [
    'Shown heading',
    'shown-class',
    'shown-id',
    'Shown text',
    '"data-state":"open"',
    'Shown link',
    'Shown button',
    'Shown placeholder',
    'Shown option',
    'Shown typed',
    'Shown in shadow',
    'Shown in frame',
    'Shown custom',
    'Shown styled',
    'Shown later',
    'Shown after',
    'Shown late shadow',
    'Shown late frame',
    '"data-late-state":"on"',
    '✓',
    'Shown Sans',
    '.linked',
  ]) {
    expect(text).toContain(shown);
  }
});

test('images travel as content that was hashed, private ones not at all', () => {
  const sent = received.filter(({ name }) => name === 'asset:sent').map(({ header }) => header);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.mime).toBe('image/png');
  expect(bindings().some(({ id }) => id === sent[0]?.id)).toBe(true);
  expect(bindings().some(({ id }) => id === null)).toBe(true);
  expect(allText()).not.toMatch(/https?:\/\/(?!www\.w3\.org)(?!localhost:\d+\/(?:account|next))/);
});

test('something that becomes private later makes a new epoch without it', () => {
  const last = [...epochs().values()].at(-1);
  expect(last?.reason).toBe('wanted');
  expect(last?.text).not.toContain('soon');
});

test('what a rule hides on one path stays hidden, however fast the path changes', async () => {
  const epochCount = () => epochs().size;
  const lastText = () => [...epochs().values()].at(-1)?.text ?? '';
  await page.evaluate(goTo, ['/open', 'Shown balance 1'] as const);
  await arrives(() => lastText().includes('Shown balance 1'));
  const before = epochCount();
  await page.evaluate(goTo, ['/private', 'canary180'] as const);
  await arrives(() => epochCount() > before && lastText().includes('grow'));
  await page.evaluate(goTo, ['/open', 'Shown balance 2'] as const);
  await arrives(() => lastText().includes('Shown balance 2'));
  // Its epoch has only just begun: the next one has to wait.
  const open = epochCount();
  await page.evaluate(() => {
    document.title = 'canary181';
  });
  await page.evaluate(goTo, ['/private', 'canary182'] as const);
  await arrives(() => epochCount() > open && lastText().includes('grow'));
  await page.evaluate(() => document.body.append('Shown at last'));
  await arrives(() => lastText().includes('Shown at last'));
  expect(allText() + headers()).not.toMatch(/canary18/);
  expect(lastText()).not.toContain('Shown balance');
});

test('the chat connection is told of the page and of the one before in the same words', async () => {
  const visit = await page.evaluate(() =>
    JSON.stringify((globalThis as unknown as { navigation: { visit(): object } }).navigation.visit()),
  );
  expect(visit).toContain(`"referrer":"${origin}/from/***?page="`);
  expect(visit).not.toContain('canary');
});

test('a relay that keeps asking gets an epoch every two seconds', async () => {
  const starts = () => [...epochs().keys()];
  const asks = () => io.of('/visitor').emit('epoch:wanted', { tab: 'tab-1234' });
  const before = starts().length;
  for (let times = 0; times < 5; times++) asks();
  await arrives(() => starts().length > before);
  for (let times = 0; times < 5; times++) asks();
  await arrives(() => starts().length > before + 1);
  const [first = 0, second = 0] = starts().slice(before);
  expect(starts()).toHaveLength(before + 2);
  // Epochs are numbered by the visitor's clock, in steps of 250 ms.
  expect(second - first).toBeGreaterThanOrEqual(7);
});

test('after stop nothing is sent and nothing listens', async () => {
  await page.evaluate(() => {
    document.body.append('just before the end');
    (globalThis as unknown as { sharing: { close(): void } }).sharing.close();
    document.body.append('after the end');
  });
  await page.mouse.move(40, 40);
  await expect.poll(() => io.of('/visitor').sockets.size).toBe(0);
  expect(allText()).not.toContain('the end');
  expect(
    await page.evaluate(() => CSSStyleSheet.prototype.insertRule === Reflect.get(globalThis, 'insertRule')),
  ).toBe(true);
});
