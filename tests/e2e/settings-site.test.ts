import { SignJWT } from 'jose';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import { type Rapport, startRapport } from '../support/rapport.ts';

let browser: Browser;
let rapport: Rapport;
let owner: Owner;
let anna: Agent;

beforeAll(async () => {
  browser = await launchChromium();
  rapport = await startRapport();
  owner = await signInOwner(rapport);
  anna = await openAgent(browser, rapport);
});
afterAll(async () => {
  await browser.close();
  await rapport.stop();
});

const goesTo = (section: string) => anna.page.goto(`${rapport.origin}/console/settings/${section}`);
const toast = (text: string) => anna.page.locator('.toast', { hasText: text });
const field = (name: string | RegExp) => anna.page.getByRole('textbox', { name });
const turns = (name: string) => anna.page.getByRole('switch', { name }).click();
const unsaved = () => anna.page.getByText('Unsaved changes', { exact: true });
const saves = async () => {
  await anna.button('Save').click();
  await expect.poll(() => unsaved().count()).toBe(0);
};
const settings = async () => {
  const { sites } = await owner.request('session:open', {});
  const site = sites[0]?.site;
  if (!site) throw new Error('the owner has no site');
  return site.settings;
};

describe('business hours', () => {
  it('a time zone is found by a part of its name, and one that is none is refused at the field', async () => {
    await goesTo('hours');
    await turns('We have business hours');
    const zone = anna.page.getByRole('combobox', { name: 'Time zone' });
    await zone.fill('Mars/Base');
    await zone.press('Escape');
    await anna.page.getByText('There is no time zone “Mars/Base”. Choose one from the list.').waitFor();
    await anna.button('Save').click();
    await unsaved().waitFor();
    expect((await settings()).hours.on).toBe(false);

    await zone.fill('kathm');
    await zone.press('Enter');
    await expect.poll(() => zone.inputValue()).toBe('Asia/Kathmandu');
    await zone.fill('europe/berlin');
    await zone.press('Tab');
    await expect.poll(() => zone.inputValue()).toBe('Europe/Berlin');
    await anna.page.getByText(/^(?:Open|Closed) now\./).waitFor();
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
  });

  it('ranges that overlap or end before they begin are refused at their place', async () => {
    await goesTo('hours');
    await anna.button('Add hours on Monday').click();
    await field('Monday from, range 2').fill('16');
    await field('Monday until, range 2').fill('20:30');
    await anna.page.getByText('Overlaps 09:00–17:00.').waitFor();
    await anna.button('Save').click();
    await unsaved().waitFor();
    await field('Monday from, range 2').fill('6 pm');
    await field('Monday until, range 2').fill('8');
    await field('Monday until, range 2').blur();
    await anna.page.getByText(/^Must be later than 18:00\./).waitFor();
    await field('Monday until, range 2').fill('24:00');
    await anna.button('Copy Monday to other days').click();
    await anna.page.getByRole('menuitem', { name: 'To Monday to Friday' }).click();
    await saves();
    const { hours } = await settings();
    const twoRanges = [
      { from: '09:00', to: '17:00' },
      { from: '18:00', to: '24:00' },
    ];
    expect(hours).toEqual({
      on: true,
      timeZone: 'Europe/Berlin',
      days: [twoRanges, twoRanges, twoRanges, twoRanges, twoRanges, [], []],
    });
  });
});

describe('chat', () => {
  it('form fields are added, named, sorted by keyboard and shown as visitors see them', async () => {
    await goesTo('chat');
    await turns('Ask before the first message');
    const adds = async (kind: string) => {
      await anna.button('Add a field').click();
      await anna.page.getByRole('menuitem', { name: kind, exact: true }).click();
    };
    await adds('Name');
    await adds('Choice');
    await anna.button('Save').click();
    await anna.page.getByText('Write what visitors are asked.').waitFor();
    await anna.page.getByText('Write at least one answer to choose from.').waitFor();
    await field('Choice').fill('What is it about?');
    await field('Answers to choose from').fill('An order\n\nSomething else\n');
    await anna.button(/^Move What is it about\?/).focus();
    await anna.page.keyboard.press('ArrowUp');
    const preview = anna.page.getByRole('figure', { name: 'Preview of the form' });
    await expect.poll(() => preview.textContent()).toMatch(/What is it about\?.*Your name/);
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
    await saves();
    expect((await settings()).chat.form).toEqual({
      on: true,
      fields: [
        {
          id: 'what_is_it_about',
          label: 'What is it about?',
          kind: 'choice',
          required: false,
          options: ['An order', 'Something else'],
        },
        { id: 'name', label: 'Your name', kind: 'text', required: true, options: [] },
      ],
    });

    // A saved field keeps its id: answers are kept under it.
    await field('Choice').fill('Which topic?');
    await saves();
    expect((await settings()).chat.form.fields[0]).toMatchObject({
      id: 'what_is_it_about',
      label: 'Which topic?',
    });
  });

  it('a size that is none, no kinds of files and an empty consent are told at their fields', async () => {
    await goesTo('chat');
    await field('Largest file').fill('a lot');
    for (const kind of await anna.page
      .getByRole('group', { name: 'Kinds of files' })
      .getByRole('checkbox')
      .all())
      await kind.uncheck();
    await turns('Ask for consent first');
    await anna.button('Save').click();
    await anna.page.getByText('Enter a size from 0.1 to 50 MB.').waitFor();
    await anna.page.getByText('Choose at least one kind, or switch files off.').waitFor();
    await anna.page.getByText('Write what visitors agree to.').waitFor();
    expect(await field('Largest file').inputValue()).toBe('a lot');
    await field('Largest file').fill('2,5');
    await anna.page.getByRole('checkbox', { name: /^Images/ }).check();
    await field('What visitors agree to').fill('We keep what you write.');
    await saves();
    const { files, consent } = (await settings()).chat;
    expect(files).toEqual({ allowed: true, maxBytes: 2.5 * 1024 * 1024, kinds: ['image'] });
    expect(consent).toEqual({ on: true, text: 'We keep what you write.', link: '' });
  });

  it('changes that are not saved wait while the agent looks elsewhere, over a reload too', async () => {
    await goesTo('texts');
    await anna.page.getByLabel('Greeting').fill('Half written');
    await anna.page.getByRole('link', { name: 'Inbox' }).click();
    await anna.page.getByRole('link', { name: 'Settings' }).click();
    await unsaved().waitFor();
    // A colleague's change of something else comes through, and neither is lost.
    const now = await settings();
    const { sites } = await owner.request('session:open', {});
    await owner.request('site:update', {
      siteId: sites[0]?.site.id ?? '',
      settings: { ...now, texts: { ...now.texts, intro: 'Written by a colleague' } },
    });
    await anna.page.reload();
    await anna.page.getByRole('link', { name: 'Texts' }).click();
    await expect.poll(() => anna.page.getByLabel('Greeting').inputValue()).toBe('Half written');
    await expect.poll(() => anna.page.getByLabel('Introduction').inputValue()).toBe('Written by a colleague');
    await anna.button('Discard').click();
    await expect.poll(() => anna.page.getByLabel('Greeting').inputValue()).toBe(now.texts.greeting);
  });
});

describe('identity', () => {
  it('a key’s secret is shown once, two keys live at once, and a removed one is gone', async () => {
    await goesTo('identity');
    await anna.button('Make a key').click();
    const dialog = anna.page.getByRole('dialog', { name: 'The new key' });
    const secret = (await dialog.locator('.identity-secret').textContent()) ?? '';
    expect(secret.length).toBeGreaterThan(40);
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    expect(await anna.page.getByText(secret).count()).toBe(0);

    await anna.button('Make a key').click();
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await anna.page.getByText('Two keys can live at once.').waitFor();
    await expect.poll(() => anna.button('Make a key').isDisabled()).toBe(true);

    const rows = anna.page.locator('.item-row code');
    await expect.poll(() => rows.count()).toBe(2);
    const old = (await rows.first().textContent()) ?? '';
    await anna.button(`Remove key ${old}`).click();
    await anna.page.getByRole('dialog').getByRole('button', { name: 'Remove the key' }).click();
    await expect.poll(() => rows.count()).toBe(1);

    const kid = (await rows.first().textContent()) ?? '';
    const token = await new SignJWT({ name: 'Ada' })
      .setProtectedHeader({ alg: 'HS256', kid })
      .setSubject('customer-7')
      .setAudience('pk_other')
      .setExpirationTime('5 minutes')
      .sign(new TextEncoder().encode(secret));
    await field('Token').fill(token);
    await anna.page.getByText(`It is made for “pk_other” (aud); it must say ${rapport.siteKey}.`).waitFor();
  });
});

describe('your account', () => {
  it('a name is changed, an empty one is refused at the field', async () => {
    await goesTo('account');
    await field('Name').fill('  ');
    await anna.button('Save the name').click();
    await anna.page.getByText('Enter a name, at most 80 characters.').waitFor();
    await field('Name').fill('Anna Owner');
    await anna.button('Save the name').click();
    await toast('Your name is changed.').waitFor();
    await anna.button(/^Anna Owner: account/).waitFor();
    expect((await owner.request('session:open', {})).agent.name).toBe('Anna Owner');
  });

  it('a picture of any size becomes a small square; what is no picture is refused; removal can be undone', async () => {
    await goesTo('account');
    const chooses = (name: string, buffer: Buffer) =>
      anna.page.getByLabel('Picture').setInputFiles({ name, mimeType: 'image/png', buffer });
    await chooses('not.png', Buffer.from('<html>'));
    await anna.page.getByText(/^This is not a picture that the browser can read/).waitFor();

    const wide = await anna.page.evaluate(async () => {
      const canvas = new OffscreenCanvas(1200, 700);
      canvas.getContext('2d')?.fillRect(0, 0, 1200, 700);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return [...bytes];
    });
    await chooses('wide.png', Buffer.from(wide));
    await toast('Your picture is changed.').waitFor();
    const picture = anna.page.locator('.profile-picture img');
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]))
      .toEqual([256, 256]);

    await anna.button('Remove the picture').click();
    await expect.poll(() => picture.count()).toBe(0);
    await toast('Your picture is removed.').getByRole('button', { name: 'Undo' }).click();
    await picture.waitFor();
  });
});

it('every section reads without faults, and for agents who may not change it too', async () => {
  const mira = await openAgent(browser, rapport, { signIn: await owner.addsAgent('Mira') });
  for (const section of ['chat', 'hours', 'routing', 'identity', 'visitors', 'labels', 'team']) {
    await mira.page.goto(`${rapport.origin}/console/settings/${section}`);
    await mira.page.locator('.settings-group h2').first().waitFor();
    expect(await accessibilityFaults(mira.page, ['#work']), section).toEqual([]);
  }
  await mira.page.goto(`${rapport.origin}/console/settings/chat`);
  await mira.page.getByText('Only owners of the site can change this.').waitFor();
  expect(await mira.page.getByRole('switch', { name: 'Files can be sent' }).isDisabled()).toBe(true);
  await mira.leaves();
});
