import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { recordTraffic, type Traffic } from '../support/frames.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;
let traffic: Traffic;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  agent = await openAgent(browser, rapport);
  visitor = await openVisitor(browser, 'about:blank');
  traffic = await recordTraffic(visitor.page);
});
afterAll(async () => {
  await browser.close();
  await stop();
});

/** Typed by the visitor while the page is shared. */
const typed = {
  'contact-email': 'petra.geheim@mail.example',
  'full-name': 'Petra Geheimnis',
  postcode: 'ZZ21481',
  'card-number': '4539 1488 0343 6467',
  'card-expiry': '11/38',
  'card-cvc': '7391',
  'card-name': 'PETRA G KARTE',
  'one-time-code': '481516',
};
const typedOnAccount = {
  email: 'petra.zweitadresse@mail.example',
  phone: '+49 40 5559 0417',
  password: 'Tr0ub4dor-horse',
  'new-password': 'korrekt-pferd-batterie',
  note: 'The key is under the blue pot',
};
/** In the shop's pages, hidden, marked as private, or of a kind that is never shown. */
const planted = [
  'NW-4471-8820-03',
  'DE89 3704 0044 0532 0130 00',
  'DE89370400440532013000',
  '6041 2290 7718 3345',
  'Visa ending 4242',
  'Mastercard ending 8210',
  'marta.lindqvist@example.com',
  '+49 151 5550 4747',
  '1987-04-12',
  'canary-in-the-query',
  'canary-in-the-fragment',
];

/** Few digits meet by chance in a time or a coordinate: these are looked for in what is text, and nowhere else. */
const isTooShort = (secret: string) => /^\d{1,6}$/.test(secret);

/** Every text in a value: strings and names, numbers left out, and hashes, which are numbers too. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}

/** Where in everything that was sent to Rapport a secret occurs. */
function placesOf(secret: string): string[] {
  const found: string[] = [];
  const { texts, tabs } = traffic.stream();
  const events = texts.flatMap((text) => textsIn(JSON.parse(text)));
  if ([...events, ...textsIn(tabs)].some((text) => text.includes(secret))) found.push('co-browse stream');
  if (isTooShort(secret)) return found;
  const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  const has = (bytes: Buffer | string) =>
    forms.some((form) => bytes.includes(form) || bytes.includes(Buffer.from(form).toString('base64')));
  for (const { url, bytes } of traffic.frames) if (has(bytes)) found.push(`frame to ${url}`);
  for (const { method, url, headers, body } of traffic.requests) {
    if (!url.startsWith(rapport.origin)) continue;
    if (has(`${url} ${JSON.stringify(headers)}`) || (body && has(body))) found.push(`${method} ${url}`);
  }
  return found;
}

const fill = async (values: Record<string, string>) => {
  for (const [id, value] of Object.entries(values)) await visitor.page.locator(`#${id}`).fill(value);
};

it('card, codes, passwords and all that is marked private never reach the wire', async () => {
  await visitor.goesTo(`${demo.origin}/product/bruno-sofa?ref=canary-in-the-query#canary-in-the-fragment`);
  await visitor.page.locator('#add-to-cart').click();
  await visitor.page.locator('#go-to-checkout').click();
  await startCobrowse(agent, visitor, 'Please help me pay');
  const csrf = await visitor.page.locator('meta[name="csrf-token"]').getAttribute('content');

  // As a visitor types: keys, and one field by a paste.
  for (const [id, value] of Object.entries(typed)) {
    if (id === 'card-name') await visitor.page.locator(`#${id}`).fill(value);
    else await visitor.page.locator(`#${id}`).pressSequentially(value);
  }
  await visitor.page.locator('#street').pressSequentially('Lindenallee 17b');
  await visitor.page.locator('#city').fill('Winsen');
  await visitor.page.locator('#delivery-note').fill('Ring twice. My card is 4539 1488 0343 6467.');
  await visitor.page.locator('#send-code').click();
  await visitor.page.locator('#open-summary').click();
  await visitor.page.locator('#summary-dialog-done').click();
  await visitor.page.locator('#open-delivery').click();
  await visitor.page.getByText('To the room of your choice').click();
  await visitor.page.locator('#delivery-dialog-done').click();
  // A time for the van is missing: the page stays and says so.
  await visitor.page.locator('#place-order').click();
  await agent.mirror.getByText('Please check one field.').waitFor();
  // The server's answer would hold the values in its markup.
  await visitor.page.locator('#delivery-slot').selectOption('evening');
  await expect.poll(() => agent.mirror.locator('#street').inputValue()).toBe('Lindenallee 17b');

  await visitor.goesTo(`${demo.origin}/account?invite=canary-in-the-query#canary-in-the-fragment`);
  await agent.mirror.getByRole('heading', { name: 'Your account' }).waitFor();
  await fill(typedOnAccount);
  // Shown to the visitor, who looks over the own shoulder; once a password, always a password.
  for (const button of await visitor.page.locator('[data-reveals]').all()) await button.click();
  await visitor.page.locator('#password').press('End');
  await visitor.page.locator('#password').pressSequentially('-9');
  await visitor.page.locator('#newsletter').uncheck();
  await agent.mirror.getByText('271 characters left').waitFor();
  await visitor.page.locator('#save-account').click();
  await agent.mirror.getByText('Your details are saved.').waitFor();
  await visitor.page.goBack();
  await visitor.goesTo(`${demo.origin}/checkout`);
  await agent.mirror.locator('#place-order').waitFor();
  await expect.poll(() => visitor.sign.words()).toBe('Owner sees this page');

  // What may be seen is there, so the search finds what there is.
  expect(placesOf('Lindenallee 17b')).toContain('co-browse stream');
  expect(placesOf('Ring twice.')).toContain('co-browse stream');
  expect(placesOf('Please help me pay').join()).toContain('frame to');
  expect(traffic.stream().epochs.length).toBeGreaterThan(3);

  const secrets = [
    ...Object.values(typed),
    ...Object.values(typedOnAccount),
    ...planted,
    '4539148803436467',
    'Tr0ub4dor-horse-9',
    csrf ?? '',
  ];
  expect(secrets.filter((secret) => secret.length < 4)).toEqual([]);
  const leaks = secrets.map((secret) => ({ secret, places: placesOf(secret) }));
  expect(leaks.filter(({ places }) => places.length > 0)).toEqual([]);
});
