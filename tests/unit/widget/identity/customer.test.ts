import { describe, expect, it } from 'vitest';
import { type Customer, createCustomer } from '../../../../widget/identity/customer.ts';
import { createStorage } from '../../../../widget/page/storage.ts';
import { createFakeClock } from '../fake-clock.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (sub: string, expiresAtMs: number, more = {}) =>
  `${part({ alg: 'HS256' })}.${part({ sub, exp: expiresAtMs / 1_000, ...more })}.c2ln`;
const hourMs = 3_600_000;
const noStorage = () => {
  throw new Error('no storage');
};

function createStory(
  options: { storage?: ReturnType<typeof createStorage>; isSignatureRequired?: boolean } = {},
) {
  const clock = createFakeClock();
  const sent: Array<[string, unknown]> = [];
  const events: unknown[] = [];
  const told: string[] = [];
  const page = { isKept: true, waits: false, restarts: 0, online: true, others: 0 };
  let answer: unknown = { ok: true };
  const customer: Customer = createCustomer({
    connection: {
      request: async (name, payload) => {
        sent.push([name, payload]);
        return answer as never;
      },
      isOnline: () => page.online,
      restart() {
        page.restarts += 1;
      },
    },
    storage: options.storage ?? createStorage(noStorage),
    name: 'rapport:pk_shop',
    clock,
    isSignatureRequired: options.isSignatureRequired ?? false,
    visit: () => ({ page: { url: '', title: '' }, referrer: '', language: 'en', timeZone: 'UTC' }),
    isKept: () => page.isKept,
    onWaits(waits) {
      page.waits = waits;
    },
    onKnown: (facts) => void events.push(['known', facts]),
    onIdentified: (who) => void events.push(['identified', who]),
    onError: (error, text) => {
      events.push(['error', error]);
      if (text) told.push(text);
    },
    onOtherPerson() {
      page.others += 1;
    },
    warn: (text) => void told.push(text),
  });
  const answers = (next: unknown) => {
    answer = next;
  };
  return { clock, customer, sent, events, told, page, answers };
}
const withRecord = { visitorId: 'vis_1', customer: null };
const withoutRecord = { visitorId: null, customer: null };

describe('what the page tells without a signature', () => {
  it('waits in the tab until the visitor has a record, over page loads', async () => {
    const storage = createStorage(noStorage);
    const before = createStory({ storage });
    before.customer.onOpened(withoutRecord);
    before.customer.identify({ name: 'Ada', attributes: { plan: 'team' } });
    before.customer.set({ seats: 3 });
    before.customer.track('cart filled', { items: 2 });
    await before.clock.turn(5_000);
    expect(before.sent).toEqual([]);
    expect(before.page.waits).toBe(false);

    const after = createStory({ storage });
    after.customer.onOpened(withRecord);
    await expect.poll(() => after.sent.map(([name]) => name)).toEqual(['visitor:update', 'event:track']);
    expect(after.sent[0]?.[1]).toMatchObject({
      change: { name: 'Ada', attributes: { plan: 'team', seats: 3 } },
    });
    expect(after.events).toContainEqual(['identified', { name: 'Ada', email: null, verified: false }]);
  });

  it('is not told again when nothing has changed', async () => {
    const { customer, clock, sent } = createStory();
    customer.onOpened(withRecord);
    for (let page = 0; page < 3; page += 1) {
      customer.identify({ email: 'ada@example.com' });
      await clock.turn(2_000);
    }
    expect(sent).toHaveLength(1);
  });

  it('stays when the server does not answer', async () => {
    const { customer, clock, sent, answers } = createStory();
    customer.onOpened(withRecord);
    answers({ ok: false, error: 'unavailable' });
    customer.track('seen', {});
    await clock.turn(1_500);
    answers({ ok: true });
    await clock.turn(11_000);
    expect(sent.map(([name]) => name)).toEqual(['event:track', 'event:track']);
    await clock.turn(60_000);
    expect(sent).toHaveLength(2);
  });

  it('keeps the newest 50 events and sends them 20 at a time', async () => {
    const { customer, clock, sent } = createStory();
    for (let count = 0; count < 60; count += 1) customer.track(`event ${count}`, undefined);
    customer.onOpened(withRecord);
    await clock.turn(2_000);
    const events = sent.flatMap(([, payload]) => (payload as { events: Array<{ name: string }> }).events);
    expect(sent.map(([, payload]) => (payload as { events: unknown[] }).events.length)).toEqual([20, 20, 10]);
    expect(events[0]?.name).toBe('event 10');
  });

  it('is refused with words where it makes no sense, and nothing is sent', async () => {
    const { customer, clock, sent, events, told } = createStory();
    customer.onOpened(withRecord);
    customer.identify(7);
    customer.identify({ name: { first: 'Ada' } });
    customer.set({ nested: { no: 1 } });
    customer.track('', {});
    customer.track('bad', { list: [] });
    await clock.turn(5_000);
    expect(sent).toEqual([]);
    expect(events).toEqual([
      ['error', 'malformed'],
      ['error', 'malformed'],
    ]);
    // The developer reads of each kind once.
    expect(told).toHaveLength(4);
  });

  it('does not count as a name where the site wants a signature', async () => {
    const { customer, clock, sent, events } = createStory({ isSignatureRequired: true });
    customer.onOpened(withRecord);
    customer.identify({ name: 'Mallory', attributes: { plan: 'free' } });
    await clock.turn(2_000);
    expect(events).toContainEqual(['error', 'identity_required']);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.[1]).toMatchObject({ change: { attributes: { plan: 'free' } } });
    expect(JSON.stringify(sent)).not.toContain('Mallory');
  });
});

describe('a signed identity', () => {
  it('connects, and is told when the server knows the customer', async () => {
    const { customer, page, events, clock } = createStory();
    customer.identify(() => signed('7', clock.nowMs() + hourMs));
    await expect.poll(() => page.restarts).toBe(1);
    expect(page.waits).toBe(true);
    expect(await customer.identity()).toBe(signed('7', clock.nowMs() + hourMs));
    const who = { name: 'Ada', email: null, verified: true };
    customer.onOpened({ visitorId: 'vis_1', customer: who });
    expect(events).toEqual([['identified', who]]);
    expect(page.waits).toBe(false);
  });

  it('is asked for again shortly before it expires', async () => {
    const { customer, clock, page } = createStory();
    let asked = 0;
    customer.identify(async () => {
      asked += 1;
      return signed('7', clock.nowMs() + 5 * 60_000);
    });
    await expect.poll(() => page.restarts).toBe(1);
    await clock.turn(3 * 60_000);
    expect(asked).toBe(1);
    await clock.turn(61_000);
    expect(asked).toBe(2);
  });

  it('is asked for once more when the server calls it expired, and left after that', async () => {
    const { customer, page, events, told, clock } = createStory();
    let asked = 0;
    customer.identify(() => {
      asked += 1;
      return signed('7', clock.nowMs() + hourMs);
    });
    await expect.poll(() => page.restarts).toBe(1);
    customer.onRefused('identity_expired');
    await expect.poll(() => page.restarts).toBe(2);
    customer.onRefused('identity_expired');
    expect(asked).toBe(2);
    expect(events).toEqual([['error', 'identity_expired']]);
    expect(told).toHaveLength(1);
    expect(await customer.identity()).toBeNull();
  });

  it('that cannot be had leaves the visitor without a name, and tells why', async () => {
    const { customer, events, page } = createStory();
    customer.identify(async () => {
      throw new Error('401');
    });
    await expect.poll(() => events).toEqual([['error', 'get_token_failed']]);
    customer.identify('not a token');
    await expect.poll(() => events).toHaveLength(2);
    expect(page.restarts).toBe(0);
    expect(page.waits).toBe(false);
  });

  it('that does not come keeps nobody from writing, and counts when it comes after all', async () => {
    const { customer, clock, events, page } = createStory();
    let answer: (token: string) => void = () => {};
    customer.identify(
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    const first = customer.identity();
    await clock.turn(4_000);
    expect(await first).toBeNull();
    expect(events).toEqual([['error', 'get_token_failed']]);
    customer.onOpened(withRecord);
    const token = signed('7', clock.nowMs() + hourMs);
    answer(token);
    await expect.poll(() => page.restarts).toBe(1);
    expect(await customer.identity()).toBe(token);
  });

  it('of somebody else takes the browser from the one before', async () => {
    const { customer, page, clock } = createStory();
    customer.identify(signed('7', clock.nowMs() + hourMs));
    await expect.poll(() => page.restarts).toBe(1);
    await customer.identity();
    customer.identify(signed('8', clock.nowMs() + hourMs));
    await expect.poll(() => page.others).toBe(1);
  });

  it('told again for the same person costs no new connection', async () => {
    const { customer, page, clock } = createStory();
    customer.identify(signed('7', clock.nowMs() + hourMs));
    await expect.poll(() => page.restarts).toBe(1);
    await customer.identity();
    customer.onOpened({ visitorId: 'vis_1', customer: { name: null, email: null, verified: true } });
    customer.identify(signed('7', clock.nowMs() + 2 * hourMs));
    await expect.poll(() => page.waits).toBe(false);
    expect(page.restarts).toBe(1);
  });
});
