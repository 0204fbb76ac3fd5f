import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HostileVisitor, openHostileVisitor } from '../hostile/hostile-visitor.ts';
import { nodePayloads } from '../hostile/markup-payloads.ts';
import {
  add,
  attributes,
  element,
  ids,
  mutation,
  page,
  type RecordedNode,
  size,
  text,
} from '../hostile/recorded-page.ts';
import { type StreamPayload, streamPayloads } from '../hostile/stream-payloads.ts';
import { stylePayloads } from '../hostile/style-payloads.ts';
import { treePayloads } from '../hostile/tree-payloads.ts';
import { type WatchedAgent, watchAgent } from '../hostile/watched-agent.ts';
import { damagedPayloads, wireAttacks } from '../hostile/wire-attacks.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';

/** A visitor may send any bytes. Whatever they are: nothing runs, nobody is asked, and the console lives on. */

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let stop: () => Promise<void>;
let watched: WatchedAgent;
let visitor: HostileVisitor;
/** Payloads so far, over all tests: each says its number in what it does. */
let sent = 0;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  const owner = await signInOwner(rapport);
  visitor = await openHostileVisitor({ rapport, owner, siteOrigin: demo.origin, text: 'Look at my page' });
  watched = await watchAgent(browser, rapport);
  await watched.agent.opens('Look at my page');
  await watched.agent.viewsPage();
  await isAlive('at first');
});
afterAll(async () => {
  visitor?.close();
  await watched?.close();
  await browser?.close();
  await stop?.();
});

/** An honest epoch still shows, and the console's own parts still answer. */
async function isAlive(words: string): Promise<void> {
  let verdict = 'cut';
  while (verdict === 'cut') {
    await visitor.isThere();
    const cut = visitor.isCut();
    const epoch = visitor.sendEpoch([[size, page(element('p', {}, [text(`Honest ${words}`)]))]]);
    verdict = await Promise.race([watched.verdict(epoch, 0), cut]);
  }
  expect(verdict).toBe('shown');
  await watched.agent.mirror.getByText(`Honest ${words}`).waitFor();
}

const show = async (batches: unknown[][]) => watched.verdict(visitor.sendEpoch(batches), batches.length - 1);

/** Two frames of the viewer: what loads at all has begun to load by then. */
const settles = () =>
  watched.agent.viewer
    .locator('body')
    .evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** In the first picture, added later, and as changes of what is there. */
const nodeBatches = (all: typeof nodePayloads, from: number): unknown[][] => {
  const make = () => all.map(({ node }, at) => node(watched.evil(from + at)));
  const there = make();
  return [
    [size, page(...there)],
    make().map((node) => mutation({ adds: [add(ids.body, node)] })),
    there
      .filter((node): node is RecordedNode & { attributes: object } => typeof node.attributes === 'object')
      .map((node) => attributes(node.id, node.attributes)),
  ];
};

async function sendAll(payloads: readonly StreamPayload[]): Promise<Record<string, number>> {
  const verdicts: Record<string, number> = {};
  for (const { batches, bytes } of payloads) {
    sent += 1;
    await visitor.isThere();
    const all = batches?.() ?? bytes?.() ?? [];
    const epoch = batches ? visitor.sendEpoch(batches()) : visitor.sendBytes(all as Uint8Array[]);
    const verdict = await watched.verdict(epoch, all.length - 1);
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  return verdicts;
}

it('elements, handlers and addresses of every kind do nothing', async () => {
  const perEpoch = 40;
  for (let at = 0; at < nodePayloads.length; at += perEpoch) {
    const group = nodePayloads.slice(at, at + perEpoch);
    expect(await show(nodeBatches(group, sent)), `${group[0]?.name} and the next ones`).toBe('shown');
    sent += group.length;
    await settles();
  }
  expect(await watched.wrongs()).toEqual([]);
  await isAlive('after elements');
});

it('clicks and keys of an agent on a hostile page open nothing', async () => {
  const evil = watched.evil(sent);
  sent += 1;
  const cover = { href: `javascript:${evil.code}`, style: 'position:fixed;inset:0', onclick: evil.code };
  await show([
    [size, page(element('form', { action: evil.url }, [element('a', cover, [text('Over all')])]))],
  ]);
  const frame = watched.agent.page.locator('iframe.cobrowse-frame');
  await frame.click();
  await frame.click({ button: 'middle' });
  await frame.press('Enter');
  await settles();
  expect(await watched.wrongs()).toEqual([]);
  await isAlive('after clicks');
});

it('style sheets ask no host', async () => {
  for (const { batches, payloads } of stylePayloads) {
    await show(batches(watched.evil(sent)));
    sent += payloads;
  }
  await settles();
  expect(await watched.wrongs()).toEqual([]);
  await isAlive('after styles');
});

it('streams that no recorder makes are refused or shown in part', async () => {
  const verdicts = await sendAll(streamPayloads);
  expect(verdicts.malformed_events).toBeGreaterThan(60);
  expect(await watched.wrongs()).toEqual([]);
  await isAlive('after odd events');
});

it('trees that are none do not confuse the view', async () => {
  await sendAll(treePayloads);
  expect(await watched.wrongs()).toEqual([]);
  await isAlive('after odd trees');
});

it('bytes that are no batch, and bombs, are refused', async () => {
  const verdicts = await sendAll(damagedPayloads);
  expect(verdicts.too_large).toBeGreaterThanOrEqual(3);
  expect(verdicts.shown ?? 0).toBe(0);
  expect(await watched.wrongs()).toEqual([]);
  await isAlive('after bombs');
});

it.each(wireAttacks)('the relay takes no harm from $name', async ({ name, attack }) => {
  sent += 1;
  await visitor.isThere();
  visitor.sendEpoch([[size, page()]]);
  attack(visitor);
  await isAlive(`after ${name}`);
  expect(await watched.wrongs()).toEqual([]);
});

it('there are more than a thousand of them', () => {
  const styles = stylePayloads.reduce((sum, { payloads }) => sum + payloads, 0);
  const streams = [streamPayloads, treePayloads, damagedPayloads, wireAttacks, nodePayloads];
  expect(streams.reduce((sum, { length }) => sum + length, styles)).toBeGreaterThan(1_500);
});

it('after all of it the agent works on', async () => {
  await watched.agent.page.getByRole('link', { name: 'Inbox' }).click();
  await watched.agent.opens('Look at my page');
  await watched.agent.answers('All is well here');
  await watched.agent.message('All is well here').waitFor();
  expect(rapport.logs().filter(({ level }) => Number(level) >= 50 || level === 'error')).toEqual([]);
});
