import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { launchChromium } from '../support/chromium.ts';
import { recordTraffic, type Traffic } from '../support/frames.ts';
import { freePort } from '../support/free-port.ts';
import { hostPage, startHostPages } from '../support/host-page.ts';
import { signInOwner } from '../support/owner.ts';
import { type Rapport, startRapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';
import {
  canaryPages,
  createPlanting,
  type Planting,
  trees,
  typedFields,
  typedTrees,
} from './canary-pages.ts';
import { addressPlants, farPlants } from './far-plants.ts';
import { latePlants } from './late-plants.ts';
import { findLeaks, type Haystack, type Leak, type Planted, textNodesIn, textsIn } from './leak-search.ts';
import { filesOf, inSchema, rowsOf } from './stored-bytes.ts';

/**
 * Plants secrets all over a page, shares it through the real widget and server, and looks for them in every byte that
 * has left the browser and in every byte that the server keeps.
 */

export interface CanaryResult {
  canaries: number;
  leaked: number;
  leaks: Leak[];
  /** What everybody may see and did not arrive: then the search has searched too little. */
  missing: string[];
  /** Canaries by position. */
  positions: Record<string, number>;
  /** Places searched: frames, requests, files, tables. */
  searched: number;
}

/** A busy machine included. */
const waitMs = 90_000;
const controls = ['Shown heading', ...trees.map((tree) => `Shown ${tree}`), 'Shown typed', 'Shown at last'];

const privacy = {
  strict: false,
  rules: [
    { path: '/*', mask: ['.by-rule'], block: ['.gone-by-rule'], unmask: [] },
    { path: '/private*', mask: ['.balance'], block: [], unmask: [] },
  ],
  shownQueryParams: [],
};

/** `databaseUrl` null: the server keeps its data in SQLite. */
export async function runCanaries(options: { databaseUrl: string | null }): Promise<CanaryResult> {
  const { databaseUrl } = options;
  if (databaseUrl === null) return plantAndSearch({ env: {}, stored: async () => [] });
  return inSchema(databaseUrl, (address, schema) =>
    plantAndSearch({ env: { DATABASE_URL: address }, stored: () => rowsOf(databaseUrl, schema) }),
  );
}

async function plantAndSearch(parts: {
  env: Record<string, string>;
  stored(): Promise<Haystack[]>;
}): Promise<CanaryResult> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'rapport-canary-'));
  const port = await freePort();
  const planting = createPlanting();
  const { pages, late } = canaryPages(planting, { origin: `http://localhost:${port}`, siteKey: 'pk_demo' });
  const site = await startHostPages({ ...pages, '/start': { html: hostPage() } });
  let rapport: Rapport | undefined;
  let browser: Browser | undefined;
  try {
    rapport = await startRapport({ port, dataFolder, demoOrigin: site.origin, env: parts.env });
    browser = await launchChromium();
    const visitor = await openVisitor(browser, 'about:blank');
    const traffic = await recordTraffic(visitor.page);
    await tellStory({ rapport, visitor, traffic, site: site.origin, planting, late });
    await visitor.leaves();
    const sent = sentBy(traffic, rapport.origin);
    // A clean stop writes everything out.
    await rapport.stop();
    const kept = [...filesOf(dataFolder), ...(await parts.stored())];
    return resultOf(planting.planted, sent, kept);
  } finally {
    await browser?.close();
    await rapport?.stop();
    await site.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

interface Story {
  rapport: Rapport;
  visitor: Visitor;
  traffic: Traffic;
  site: string;
  planting: Planting;
  late: Planted[];
}

async function tellStory({ rapport, visitor, traffic, site, planting, late }: Story): Promise<void> {
  const { page } = visitor;
  const { plant } = planting;
  const owner = await signInOwner(rapport);
  const { sites } = await owner.request('session:open', {});
  for (const { site: each } of sites) {
    await owner.request('site:update', { siteId: each.id, settings: { ...each.settings, privacy } });
  }
  const address = `${site}/shop?id=${plant('address', 'query').text}#${plant('address', 'fragment').text}`;
  await page.goto(address, {
    referer: `${site}/from/${plant('address', 'path before', 'email').text}?q=${plant('address', 'query before').text}`,
  });
  await visitor.opensChat();
  await visitor.writes('Please look at my page');

  // What stood there before the visitor agreed is nobody's business.
  const before = plant('before consent', 'text of the page');
  await page.evaluate((text) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    document.body.append(paragraph);
    paragraph.remove();
  }, before.text);
  await until(async () => (await owner.conversations()).length > 0);
  const [conversation] = await owner.conversations();
  await owner.request('cobrowse:request', { conversationId: conversation?.id ?? '' });
  await visitor.shares();
  await arrives(traffic, 'Shown static', 'Shown shadow', 'Shown frame');

  for (const tree of typedTrees) await typeInto(page, tree, planting);
  await arrives(traffic, 'Shown typed');

  const all = [...latePlants, ...farPlants];
  for (const [index, { act, more = '' }] of all.entries()) {
    await actOn(page, index, act.toString(), late[index]?.text ?? '', more);
  }
  await page.evaluate(
    (html) => {
      const dynamic = document.getElementById('dynamic') as HTMLElement;
      dynamic.innerHTML = html.dynamic;
      const host = document.getElementById('late-shadow') as HTMLElement;
      host.attachShadow({ mode: 'open' }).innerHTML = html.shadow;
      const frame = document.createElement('iframe');
      frame.src = '/late-frame.html';
      document.body.append(frame);
    },
    { dynamic: planting.markup('dynamic'), shadow: planting.markup('late shadow') },
  );
  await arrives(traffic, 'Shown dynamic', 'Shown late shadow', 'Shown late frame');

  for (const { place, act, shape } of addressPlants) {
    await actOn(page, 0, act.toString(), plant('address', place, shape).text, '');
  }
  // A part that becomes private makes a new picture of the page, with everything that has come since in it.
  const epochs = traffic.stream().epochs.length;
  await page.evaluate(() => {
    const turns = document.getElementById('turns') as HTMLElement;
    turns.className = 'by-rule';
  });
  await until(() => traffic.stream().epochs.length > epochs);
  await page.evaluate(() => document.body.append('Shown at last'));
  await arrives(traffic, 'Shown at last');

  await visitor.sign.stops();
  await until(async () => !/sees? this page|shown to/i.test((await visitor.sign.words()) ?? ''));
  await page.evaluate((text) => document.body.append(text), plant('after stop', 'text of the page').text);
  await page.mouse.move(40, 40);
  await visitor.goesTo(`${site}/start`);
}

/** Runs the function in the page, on the plant's own element. It comes as text: the page knows nothing of this file. */
function actOn(page: Page, index: number, act: string, secret: string, more: string): Promise<unknown> {
  const code = act.startsWith('act(') ? `function ${act}` : act;
  const args = [secret, more].map((each) => JSON.stringify(each)).join(', ');
  return page.evaluate(`void (${code})(document.getElementById('late-${index}'), ${args})`);
}

async function typeInto(page: Page, tree: (typeof typedTrees)[number], planting: Planting): Promise<void> {
  const place = {
    page: page.locator('#page-fields'),
    'shadow root': page.locator('#shadow-host'),
    frame: page.frameLocator('#frame').locator('body'),
  }[tree];
  for (const [id, , shape] of typedFields) {
    const { text } = planting.plant(`typed in a ${tree}`, id, shape);
    const field = place.locator(`#type-${id}`);
    if (id === 'text') await field.fill(text);
    else await field.pressSequentially(text);
  }
  if (tree === 'frame') await place.locator('#type-open').fill('Shown typed');
}

async function until(isThere: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAtMs = Date.now() + waitMs;
  while (!(await isThere())) {
    if (Date.now() > giveUpAtMs) throw new Error(`Waited in vain for ${isThere}`);
    await pause(200);
  }
}

/** Until all of these have left the page. */
async function arrives(traffic: Traffic, ...words: string[]): Promise<void> {
  let frames = -1;
  let missing = words;
  const giveUpAtMs = Date.now() + waitMs;
  while (missing.length > 0) {
    if (traffic.frames.length !== frames) {
      frames = traffic.frames.length;
      const { texts } = traffic.stream();
      missing = words.filter((word) => !texts.some((text) => text.includes(word)));
    }
    if (missing.length > 0 && Date.now() > giveUpAtMs) throw new Error(`Never sent: ${missing.join(', ')}`);
    if (missing.length > 0) await pause(200);
  }
}

function sentBy(traffic: Traffic, origin: string): Haystack[] {
  const { texts, tabs } = traffic.stream();
  const toUs = traffic.requests.filter(({ url }) => url.startsWith(origin));
  return [
    ...texts.flatMap((text, index) => {
      const events: unknown = JSON.parse(text);
      return [
        { where: `batch ${index}`, text: textsIn(events).join('|') },
        { where: `text nodes of batch ${index}`, text: textNodesIn(events).join('') },
      ];
    }),
    { where: 'tabs', text: textsIn(tabs).join('|') },
    ...traffic.frames.map(({ url, bytes }) => ({ where: `frame to ${url}`, text: bytes.toString('latin1') })),
    ...toUs.map(({ method, url, headers, body }) => ({
      where: `${method} ${url}`,
      text: `${url} ${JSON.stringify(headers)} ${body?.toString('latin1') ?? ''}`,
    })),
  ];
}

function resultOf(planted: readonly Planted[], sent: Haystack[], kept: Haystack[]): CanaryResult {
  const leaks = findLeaks(planted, [...sent, ...kept]);
  const has = (where: Haystack[], word: string) => where.some(({ text }) => text.includes(word));
  const positions: Record<string, number> = {};
  for (const { position } of planted) positions[position] = (positions[position] ?? 0) + 1;
  return {
    canaries: planted.length,
    leaked: new Set(leaks.map(({ needle }) => needle)).size,
    leaks,
    missing: [
      ...controls.filter((word) => !has(sent, word)),
      // A message is written down: a search that does not find it has not looked where the server writes.
      ...(has(kept, 'Please look at my page') ? [] : ['the message among the stored bytes']),
    ],
    positions,
    searched: sent.length + kept.length,
  };
}
