import { expect, it } from 'vitest';
import type { Store } from '../../../server/store/store.ts';
import { visitorNumber } from '../../../shared/model/visitor.ts';
import type { FoundText } from '../../../shared/wire.ts';
import {
  addAgent,
  addFile,
  addSite,
  answer,
  entryOf,
  identify,
  message,
  newClientId,
  startMs,
  startTalk,
} from './cast.ts';
import { describeStore } from './databases.ts';

const find = (store: Store, siteIds: string[], text: string, beforeMs: number | null = null) =>
  store.search({ siteIds, text, beforeMs });

/** What a reader sees, marks in brackets: `Is the [oak] table in stock?` */
function marked({ text, marks }: FoundText): string {
  return marks.reduceRight(
    (whole, [from, to]) => `${whole.slice(0, from)}[${whole.slice(from, to)}]${whole.slice(to)}`,
    text,
  );
}

describeStore('the search', (db) => {
  async function scene(...texts: string[]) {
    const { store } = db;
    const site = await addSite(store);
    const agent = await addAgent(store, 'Ada');
    const talk = await startTalk(store, site.id, { text: null });
    for (const [index, text] of texts.entries()) {
      await store.append({ entries: [message(talk, text, { atMs: startMs + index })] });
    }
    const found = async (text: string) =>
      (await find(store, [site.id], text)).messages.map(({ excerpt }) => marked(excerpt));
    return { store, site, agent, talk, found };
  }

  it('finds messages and notes with all words, the last as a beginning, and says whose they are', async () => {
    const { store, site, agent, talk, found } = await scene('Is the oak table in stock?');
    await store.changeVisitor({
      siteId: site.id,
      visitorId: talk.visitorId,
      change: { email: 'anna@shop.example' },
      nowMs: startMs,
    });
    const note = { text: 'She means the big OAK one', mentions: [] };
    await store.append({
      entries: [
        entryOf(talk.id, { role: 'agent', id: agent.id }, 'note', note, { atMs: startMs + 10 }),
        answer(talk, agent, 'Which one?', { atMs: startMs + 20 }),
      ],
    });

    const { messages, customers, hasMore } = await find(store, [site.id], 'oak');

    expect(messages).toEqual([
      {
        siteId: site.id,
        conversationId: talk.id,
        seq: 2,
        kind: 'note',
        senderName: 'Ada',
        visitorName: 'anna@shop.example',
        excerpt: { text: note.text, marks: [[18, 21]] },
        atMs: startMs + 10,
      },
      expect.objectContaining({ kind: 'message', seq: 1, senderName: null }),
    ]);
    expect({ customers, hasMore }).toEqual({ customers: [], hasMore: false });
    expect(await found('stock ta')).toEqual(['Is the oak [ta]ble in [stock]?']);
    expect(await found('ta stock')).toEqual([]);
    expect(await found('walnut')).toEqual([]);
  });

  it.each([
    ['case and accents', 'Größe ÉCLAIR naïve', 'grosse eclair NAÏ', '[Größe] [ÉCLAIR] [naï]ve'],
    ['accents the reader adds', 'Ein cafe in Malmo', 'Café Malmö', 'Ein [cafe] in [Malmo]'],
    ['accents that stand apart', 'A cafe\u0301!', 'café', 'A [cafe\u0301]!'],
    ['emoji before the hit', '👩‍👩‍👧 Ordered 😀 tables', 'tables', '👩‍👩‍👧 Ordered 😀 [tables]'],
    ['Japanese without spaces', '私は日本語を話します', '日本語', '私は[日本語]を話します'],
    ['one Chinese letter', '退货政策', '策', '退货政[策]'],
    ['Korean', '주문이 늦었어요', '주문', '[주문]이 늦었어요'],
    ['Cyrillic', 'Ещё один ЗАКАЗ', 'еще заказ', '[Ещё] один [ЗАКАЗ]'],
    ['an address', 'Write to anna.b@shop.example', 'anna.b@shop', 'Write to [anna].[b]@[shop].example'],
    ['a number', 'Order 2024-0017 is late', '0017', 'Order 2024-[0017] is late'],
  ])('finds %s', async (_what, text, sought, expected) => {
    const { found } = await scene(text, 'Something else');

    expect(await found(sought)).toEqual([expected]);
  });

  it.each(['', '?!', '"', '*', "'", '( )', ':*', '😀', '\u0000', '%', '\\'])(
    'finds nothing by %j, and does not fail',
    async (text) => {
      const { store, site } = await scene('"quoted" * (a) OR b');

      expect(await find(store, [site.id], text)).toEqual({ messages: [], customers: [], hasMore: false });
    },
  );

  it.each([
    'AND',
    'oak OR walnut',
    'NEAR(oak)',
    '-oak',
    '"oak',
    "oak'; --",
    'oak:*',
    'words:oak',
    'oak & !table',
  ])('takes %j for plain words', async (text) => {
    const { found } = await scene('An oak table', `Words near oak and or walnut table: ${text}`);

    const texts = await found(text);

    expect(texts.at(0)).toContain(':');
    expect(texts.length).toBe(['-oak', '"oak', "oak'; --", 'oak:*', 'oak & !table'].includes(text) ? 2 : 1);
  });

  it('shows about 160 characters around the first hit', async () => {
    const filler = 'lorem ipsum dolor sit amet '.repeat(20);
    const { store, site } = await scene(`${filler}\nThe needle, here ${filler}`);

    const [hit] = (await find(store, [site.id], 'needle')).messages;

    const text = hit?.excerpt.text ?? '';
    expect(text.length).toBeLessThanOrEqual(162);
    expect(text).toMatch(/^….*The needle, here lorem.*…$/);
    expect(hit?.excerpt.marks.map(([from, to]) => text.slice(from, to))).toEqual(['needle']);
  });

  it('finds files by their names', async () => {
    const { store, site, talk, found } = await scene();
    const file = await addFile(store, site.id, talk.tokenHash, { name: 'Rechnung-März.pdf' });
    const files = { ids: [file.id], owner: talk.tokenHash };
    await store.append({ entries: [{ ...message(talk, ''), files }] });

    expect(await found('rechnung marz')).toEqual(['[Rechnung]-[März].pdf']);
  });

  it('pages back through time without loss, also where many are of one moment', async () => {
    const { store, site, talk } = await scene();
    const times = Array.from({ length: 90 }, (_, index) => startMs + (index < 50 ? 7 : index));
    await store.append({ entries: times.map((atMs, index) => message(talk, `needle n${index}`, { atMs })) });

    const seen: number[] = [];
    for (let beforeMs: number | null = null, hasMore = true; hasMore; ) {
      const page = await find(store, [site.id], 'needle', beforeMs);
      expect(page.messages.length).toBeGreaterThan(0);
      seen.push(...page.messages.map(({ seq }) => seq));
      beforeMs = page.messages.at(-1)?.atMs ?? null;
      ({ hasMore } = page);
    }

    expect([...seen].sort((a, b) => a - b)).toEqual(times.map((_, index) => index + 1));
    expect(seen.slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, index) => 90 - index));
  });

  it('shows a site nothing of another one', async () => {
    const { store, site } = await scene('A needle');
    const other = await scene('Another needle');
    await identify(store, other.site.id, { name: 'Needle' });

    const here = await find(store, [site.id], 'needle');
    const both = await find(store, [site.id, other.site.id], 'needle');

    expect(here.messages.map(({ siteId }) => siteId)).toEqual([site.id]);
    expect(here.customers).toEqual([]);
    expect(new Set(both.messages.map(({ siteId }) => siteId))).toEqual(new Set([site.id, other.site.id]));
    expect(both.customers).toHaveLength(1);
    expect(await find(store, [], 'needle')).toEqual({ messages: [], customers: [], hasMore: false });
  });

  it('finds customers by name and address, as they are now, with their newest conversation', async () => {
    const { store, site } = await scene();
    const tokenHash = newClientId();
    const anna = await identify(store, site.id, { tokenHash, name: 'Anna Müller', email: 'am@shop.example' });
    await startTalk(store, site.id, { tokenHash, nowMs: startMs });
    const newest = await startTalk(store, site.id, { tokenHash, nowMs: startMs + 1 });
    const silent = await identify(store, site.id, { name: 'Anna Maria', email: null, nowMs: startMs + 5 });
    const customers = async (text: string) => (await find(store, [site.id], text)).customers;

    expect(await customers('am mull')).toEqual([
      {
        visitor: { ...anna, lastSeenMs: startMs + 1 },
        name: { text: 'Anna Müller', marks: [[5, 9]] },
        email: { text: 'am@shop.example', marks: [[0, 2]] },
        conversationId: newest.id,
      },
    ]);
    expect((await customers('anna')).map(({ visitor }) => visitor.id)).toEqual([silent.id, anna.id]);
    expect(await customers('muller am')).toMatchObject([
      { name: { marks: [[5, 11]] }, email: { marks: [[0, 2]] }, conversationId: newest.id },
    ]);
    expect(await customers('anna mar')).toMatchObject([{ conversationId: null, email: { text: '' } }]);

    await identify(store, site.id, {
      tokenHash,
      externalId: anna.externalId ?? '',
      name: 'Berta',
      email: null,
    });

    expect(await customers('muller')).toEqual([]);
    expect((await customers('berta am@shop')).map(({ visitor }) => visitor.id)).toEqual([anna.id]);
    expect((await find(store, [site.id], 'anna', startMs)).customers).toEqual([]);
  });

  it('finds a customer without a name by the number that stands for it, as long as it does', async () => {
    const { store, site, talk } = await scene();
    const { visitorId } = talk;
    const number = visitorNumber(visitorId);
    const customers = async (text: string) =>
      (await find(store, [site.id], text)).customers.map(({ visitor, name, conversationId }) => [
        visitor.id,
        name.text,
        conversationId,
      ]);
    expect(await customers(number)).toEqual([[visitorId, '', talk.id]]);
    expect(await customers(`Visitor ${number}`)).toEqual([[visitorId, '', talk.id]]);
    expect(await customers('visitor')).toEqual([]);
    expect(await customers(`other ${number}`)).toEqual([]);

    await store.append({ entries: [message(talk, 'needle')] });
    const shown = async () => (await find(store, [site.id], 'needle')).messages[0]?.visitorName;
    expect(await shown()).toBe(`Visitor ${number}`);

    await store.changeVisitor({ siteId: site.id, visitorId, change: { name: 'Anna' }, nowMs: startMs });

    expect(await customers(number)).toEqual([]);
    expect(await customers('anna')).toHaveLength(1);
    expect(await shown()).toBe('Anna');
  });

  it('knows nothing of a call that failed', async () => {
    const { store, talk, found } = await scene();
    const used = message(talk, 'Here first');
    await store.append({ entries: [used] });

    await Promise.allSettled([
      store.append({ entries: [message(talk, 'Vanished'), { ...used, payload: { text: 'Other' } }] }),
      store.append({ entries: [message(talk, 'Stayed')] }),
    ]);

    expect(await found('vanished')).toEqual([]);
    expect(await found('stayed')).toEqual(['[Stayed]']);
  });
});
