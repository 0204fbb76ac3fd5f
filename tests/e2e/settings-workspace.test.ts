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
let siteId: string;

beforeAll(async () => {
  browser = await launchChromium();
  rapport = await startRapport();
  owner = await signInOwner(rapport);
  await owner.addsAgent('Mira');
  siteId = (await owner.request('session:open', {})).sites[0]?.site.id ?? '';
  anna = await openAgent(browser, rapport);
});
afterAll(async () => {
  await browser.close();
  await rapport.stop();
});

const goesTo = (section: string) => anna.page.goto(`${rapport.origin}/console/settings/${section}`);
const toast = (text: string) => anna.page.locator('.toast', { hasText: text });
const field = (name: string | RegExp) => anna.page.getByRole('textbox', { name });
const focused = () =>
  anna.page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );
const workspace = async () => (await owner.request('workspace:open', { siteId })).workspace;

describe('labels', () => {
  it('are made by keyboard alone, and a second one of the same name is refused at its field', async () => {
    await goesTo('labels');
    await anna.button('New label').focus();
    const { keyboard } = anna.page;
    await keyboard.press('Enter');
    await expect.poll(() => field('Name').evaluate((input) => input === document.activeElement)).toBe(true);
    await keyboard.type('Refund');
    await keyboard.press('Tab');
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await toast('Saved: Refund.').waitFor();
    await expect.poll(focused).toBe('Edit Refund');
    expect((await workspace()).labels).toMatchObject([{ name: 'Refund', color: '#c0611f' }]);

    await anna.button('New label').click();
    await expect.poll(() => field('Name').evaluate((input) => input === document.activeElement)).toBe(true);
    await keyboard.type(' refund ');
    await anna.button('Save').click();
    await anna.page.getByText('“Refund” exists already.').waitFor();
    expect(await field('Name').getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => field('Name').evaluate((input) => input === document.activeElement)).toBe(true);
    await field('Name').fill('Urgent');
    await anna.button('Save').click();
    await toast('Saved: Urgent.').waitFor();
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
  });

  it('one that a colleague makes meanwhile is refused at the same field', async () => {
    await goesTo('labels');
    await anna.button('New label').click();
    await field('Name').fill('Delivery');
    const { labels } = await workspace();
    const first = labels[0];
    if (!first) throw new Error('the label of the story before is missing');
    await owner.request('workspace:save', {
      siteId,
      item: { ...first, id: `lbl_${'d'.repeat(22)}`, name: 'Delivery' },
    });
    await anna.button('Save').click();
    await anna.page.getByText(/“Delivery” exists already\.|another label called so/).waitFor();
    await anna.button('Cancel').click();
    await expect.poll(focused).toBe('New label');
  });

  it('a deleted one comes back by Undo as the same one', async () => {
    await goesTo('labels');
    const before = (await workspace()).labels;
    await anna.button('Delete Refund').click();
    await toast('Deleted: Refund.').waitFor();
    await expect.poll(() => anna.button('Edit Refund').count()).toBe(0);
    expect((await workspace()).labels.map(({ name }) => name)).not.toContain('Refund');
    await toast('Deleted: Refund.').getByRole('button', { name: 'Undo' }).click();
    await anna.button('Edit Refund').waitFor();
    expect((await workspace()).labels).toEqual(before);
  });
});

describe('canned replies', () => {
  it('a broken variable is marked, said in words, and not saved; nothing of the text is lost', async () => {
    await goesTo('canned');
    await anna.button('New canned reply').click();
    await field('Shortcut').fill('/Thanks');
    await field('Text').fill('Hello {{visitor.frstName}}!');
    const fault = anna.page.getByText(
      'There is no variable “visitor.frstName”. Do you mean visitor.firstName?',
    );
    await fault.first().waitFor();
    expect(await anna.page.locator('mark.template-fault').textContent()).toBe('{{visitor.frstName}}');
    await anna.button('Save').click();
    expect(await field('Text').inputValue()).toBe('Hello {{visitor.frstName}}!');
    expect((await workspace()).canned).toEqual([]);

    await field('Text').fill('Hello ');
    await anna.button('Insert a variable').click();
    await anna.page.getByRole('menuitem', { name: 'Visitor’s first name' }).click();
    await expect.poll(() => field('Text').inputValue()).toBe('Hello {{visitor.firstName|there}}');
    await expect.poll(() => field('Text').evaluate((area) => area === document.activeElement)).toBe(true);
    await anna.page.keyboard.type('!');
    await anna.page.getByText('Hello Ada!').waitFor();
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
    await anna.button('Save').click();
    await toast('Saved: /thanks.').waitFor();
    expect((await workspace()).canned).toMatchObject([
      { shortcut: 'thanks', text: 'Hello {{visitor.firstName|there}}!' },
    ]);
  });

  it('what is being written is still there after going elsewhere, and after a reload', async () => {
    await goesTo('canned');
    await anna.button('New canned reply').click();
    await field('Shortcut').fill('half');
    await field('Text').fill('Half a sentence');
    await anna.page.getByRole('link', { name: 'Inbox' }).click();
    await anna.page.getByRole('link', { name: 'Settings' }).click();
    await anna.page.getByRole('link', { name: 'Canned replies' }).click();
    await expect.poll(() => field('Text').inputValue()).toBe('Half a sentence');
    await anna.page.reload();
    await expect.poll(() => field('Text').inputValue()).toBe('Half a sentence');
    await anna.button('Cancel').click();
    await anna.page.reload();
    await anna.button('New canned reply').waitFor();
    expect(await field('Text').count()).toBe(0);
  });
});

describe('macros', () => {
  it('a new one is kept over a reload from its first letter on, not before', async () => {
    await goesTo('macros');
    await anna.button('New macro').click();
    await field('Name').waitFor();
    await anna.page.reload();
    await anna.button('New macro').click();
    await expect.poll(() => field('Name').count()).toBe(1);
    await field('Name').fill('Thank');
    await anna.page.reload();
    await expect.poll(() => field('Name').inputValue()).toBe('Thank');
    await anna.button('Cancel').click();
    await expect.poll(() => field('Name').count()).toBe(0);
  });

  it('are put together, sorted by keyboard, and say in a sentence what they do', async () => {
    await goesTo('macros');
    await anna.button('New macro').click();
    await field('Name').fill('Refund sent');
    await field('Send a message').fill('Your refund is on its way.');
    const adds = async (action: string) => {
      await anna.button('Add an action').click();
      await anna.page.getByRole('menuitem', { name: action, exact: true }).click();
    };
    await adds('Close');
    await adds('Change labels');
    await anna.button('Save').click();
    await anna.page.getByText('Choose at least one label.').waitFor();
    await anna.page.getByRole('group', { name: 'Add' }).getByText('Refund').click();

    await anna.button(/^Move Change labels/).focus();
    await anna.page.keyboard.press('ArrowUp');
    await expect.poll(focused).toMatch(/^Move Change labels \(2\): 2 of 3/);
    await anna.page
      .getByText('Sends “Your refund is on its way.”, adds the label Refund, then closes.')
      .waitFor();
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
    await anna.button('Save').click();
    await toast('Saved: Refund sent.').waitFor();
    const [refund] = (await workspace()).labels.filter(({ name }) => name === 'Refund');
    expect((await workspace()).macros).toMatchObject([
      {
        name: 'Refund sent',
        actions: [
          { do: 'send', text: 'Your refund is on its way.' },
          { do: 'label', added: [refund?.id], removed: [] },
          { do: 'close' },
        ],
      },
    ]);
  });

  it('actions are sorted by dragging too', async () => {
    await goesTo('macros');
    await anna.button('Edit Refund sent').click();
    const handle = anna.button(/^Move Close/);
    const target = await anna.button(/^Move Send a message/).boundingBox();
    const from = await handle.boundingBox();
    if (!target || !from) throw new Error('the handles are not on the page');
    const { mouse } = anna.page;
    await mouse.move(from.x + 10, from.y + 10);
    await mouse.down();
    await mouse.move(from.x + 10, from.y - 40, { steps: 4 });
    await mouse.move(target.x + 10, target.y - 30, { steps: 8 });
    await mouse.up();
    await anna.button(/^Move Close \(1\): 1 of 3/).waitFor();
    await anna.button('Cancel').click();
    expect((await workspace()).macros[0]?.actions.map(({ do: kind }) => kind)).toEqual([
      'send',
      'label',
      'close',
    ]);
  });
});

describe('teams and capacity', () => {
  it('a team needs a name and somebody in it', async () => {
    await goesTo('team');
    await anna.button('New team').click();
    await anna.button('Save').click();
    await anna.page.getByText('Enter a name.').waitFor();
    await anna.page.getByText('Choose at least one person.').waitFor();
    await field('Name').fill('Returns');
    await anna.page.getByRole('group', { name: 'Members' }).getByText('Mira').click();
    await anna.button('Save').click();
    await toast('Saved: Returns.').waitFor();
    expect((await workspace()).teams).toMatchObject([{ name: 'Returns', agentIds: [expect.any(String)] }]);
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
  });

  it('a person’s own capacity is set in place, and a wrong one is told there', async () => {
    await goesTo('routing');
    const capacity = field('Capacity of Mira');
    await capacity.fill('300');
    await capacity.press('Enter');
    await anna.page.getByText('A whole number from 1 to 100, or nothing.').waitFor();
    await capacity.fill('3');
    await capacity.press('Enter');
    await toast('Mira has a capacity of 3.').waitFor();
    const { members } = await owner.request('team:list', { siteId });
    expect(members.find(({ name }) => name === 'Mira')?.capacity).toBe(3);
    await anna.page.getByText('One is available now.').waitFor();
  });
});
