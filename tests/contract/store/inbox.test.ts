import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { InboxPage, NewEntry, Store } from '../../../server/store/store.ts';
import { applyEntry, type ConversationState } from '../../../shared/model/conversation.ts';
import {
  type InboxFilter,
  type InboxView,
  inboxKey,
  inboxViews,
  isInView,
  matchesFilter,
  noFilter,
} from '../../../shared/model/inbox.ts';
import {
  addAgent,
  addSite,
  answer,
  entryOf,
  identify,
  logOf,
  message,
  newClientId,
  newId,
  startMs,
  startTalk,
} from './cast.ts';
import { describeStore } from './databases.ts';

type Rows = InboxPage['rows'];
interface Asked {
  siteIds: string[];
  view: InboxView;
  agentId?: string;
  filter?: InboxFilter;
}

const nobody = newId('agent');

/** All rows of a view, page by page; `between` happens after each page. */
async function rowsOf(store: Store, asked: Asked, limit = 2, between = async () => {}): Promise<Rows> {
  const rows: Rows = [];
  let before: InboxPage['cursor'] = null;
  do {
    const page: InboxPage = await store.inbox({ agentId: nobody, filter: noFilter, before, limit, ...asked });
    rows.push(...page.rows);
    before = page.cursor;
    await between();
  } while (before);
  return rows;
}

const idsOf = (rows: Rows) => rows.map(({ conversation }) => conversation.id);

const inOrder = (states: ConversationState[]) =>
  [...states].sort((a, b) => inboxKey(a) - inboxKey(b) || (a.id > b.id ? -1 : 1)).map(({ id }) => id);

describeStore('the inbox', (db) => {
  it('shows who waits longest first, then the newest activity, also where times are equal', async () => {
    const { store } = db;
    const site = await addSite(store);
    const agent = await addAgent(store);
    const talks = await Promise.all(
      Array.from({ length: 9 }, (_, index) =>
        startTalk(store, site.id, { nowMs: startMs + Math.floor(index / 3) }),
      ),
    );
    for (const talk of talks.slice(0, 4)) {
      await store.append({ entries: [answer(talk, agent, 'Hello!', { atMs: startMs + 10 })] });
    }

    const rows = await rowsOf(store, { siteIds: [site.id], view: 'all' });

    const [firstKey, lastKey] = [rows[0], rows.at(-1)].map((row) => row?.conversation.waitingSinceMs);
    expect([firstKey, lastKey]).toEqual([startMs + 1, null]);
    expect(idsOf(rows)).toEqual(inOrder(rows.map(({ conversation }) => conversation)));
    expect(new Set(idsOf(rows))).toEqual(new Set(talks.map(({ id }) => id)));
  });

  it('merges several sites into one order, each once, and shows nothing of others', async () => {
    const { store } = db;
    const [one, two, foreign] = [await addSite(store), await addSite(store), await addSite(store)];
    const states: ConversationState[] = [];
    for (let index = 0; index < 7; index += 1) {
      const site = index % 2 === 0 ? one : two;
      states.push((await startTalk(store, site.id, { nowMs: startMs + (index % 3) })).conversation);
    }
    await startTalk(store, foreign.id);
    const siteIds = [one.id, two.id, one.id];

    const rows = await rowsOf(store, { siteIds, view: 'all' }, 3);

    expect(idsOf(rows)).toEqual(inOrder(states));
    const counts = await store.inboxCounts({ siteIds, agentId: nobody, filter: noFilter });
    expect(counts).toEqual({ mine: 0, unassigned: 7, all: 7, mentions: 0, snoozed: 0, closed: 0 });
    expect(await rowsOf(store, { siteIds: [], view: 'all' })).toEqual([]);
  });

  it('gives every conversation that stays exactly once, while others move between the pages', async () => {
    const { store } = db;
    const site = await addSite(store);
    const agent = await addAgent(store);
    const talks = await Promise.all(
      Array.from({ length: 24 }, (_, index) => startTalk(store, site.id, { nowMs: startMs + index })),
    );
    const [moving, staying] = [talks.slice(0, 12), talks.slice(12)];
    const left = moving.values();

    const rows = await rowsOf(store, { siteIds: [site.id], view: 'all' }, 3, async () => {
      const talk = left.next().value;
      if (!talk) return;
      const closing = entryOf(talk.id, { role: 'agent', id: agent.id }, 'status', { status: 'closed' });
      await store.append({ entries: [closing, answer(talk, agent, 'Done', { atMs: startMs + 900 })] });
    });

    const ids = idsOf(rows);
    expect(ids.filter((id) => staying.some((talk) => talk.id === id))).toEqual(staying.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells of a visitor who is merged, by the name of the other', async () => {
    const { store } = db;
    const site = await addSite(store);
    const known = await identify(store, site.id, { name: 'Anna', email: 'anna@shop.example' });
    const talk = await startTalk(store, site.id);
    await store.mergeVisitor({ siteId: site.id, visitorId: talk.visitorId, intoId: known.id });

    const [row] = await rowsOf(store, { siteIds: [site.id], view: 'all' });

    expect(row?.visitor.mergedInto).toEqual({ id: known.id, name: 'Anna', email: 'anna@shop.example' });
    expect(await store.inboxRow({ conversationId: talk.id })).toEqual(row);
  });

  it('counts a label that very many conversations have as it pages through them', async () => {
    const { store } = db;
    const site = await addSite(store);
    const [agent, label] = [await addAgent(store), newId('label')];
    const filter = { ...noFilter, labelIds: [label] };
    const tokenHash = newClientId();
    const ids: string[] = [];
    for (let index = 0; index < 510; index += 30) {
      const talks = await Promise.all(
        Array.from({ length: 30 }, (_, place) =>
          startTalk(store, site.id, { tokenHash, nowMs: startMs + index + place, text: null }),
        ),
      );
      ids.push(...talks.map(({ id }) => id));
      await store.append({
        entries: talks.map(({ id }) =>
          entryOf(id, { role: 'agent', id: agent.id }, 'labels', { added: [label], removed: [] }),
        ),
      });
    }

    const rows = await rowsOf(store, { siteIds: [site.id], view: 'all', filter }, 500);

    expect(rows).toHaveLength(510);
    expect(idsOf(rows)).toEqual(ids.reverse());
    const counts = await store.inboxCounts({ siteIds: [site.id], agentId: agent.id, filter });
    expect(counts).toMatchObject({ all: 510, unassigned: 510, mine: 0 });
  });

  it('holds in every view and filter what the rules say, after any history', async () => {
    const { store } = db;
    const [one, two] = [await addSite(store), await addSite(store)];
    const agents = [await addAgent(store, 'Ada'), await addAgent(store, 'Bea')];
    const [labels, teams] = [
      [newId('label'), newId('label')],
      [newId('team'), newId('team')],
    ];
    const agentIds = agents.map(({ id }) => id);
    const nullable = <T>(values: T[]) => fc.constantFrom(null, ...values);
    const step = fc.oneof(
      fc.record({ do: fc.constantFrom('ask', 'answer', 'close', 'open') }),
      fc.record({ do: fc.constant('snooze'), untilMs: fc.nat(50) }),
      fc.record({ do: fc.constant('assign'), agentId: nullable(agentIds), teamId: nullable(teams) }),
      fc.record({ do: fc.constant('note'), mentions: fc.subarray(agentIds) }),
      fc.record({ do: fc.constant('label'), added: fc.subarray(labels), removed: fc.subarray(labels) }),
    );
    type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

    function entryFor(talk: { id: string; visitorId: string }, doing: Step, atMs: number): NewEntry {
      const [agent] = agents;
      if (!agent) throw new Error('there are two');
      const sender = { role: 'agent', id: agent.id } as const;
      const by = { atMs };
      if ('untilMs' in doing) {
        const until = { status: 'snoozed', untilMs: startMs + doing.untilMs } as const;
        return entryOf(talk.id, sender, 'status', until, by);
      }
      if ('teamId' in doing) {
        const { agentId, teamId } = doing;
        const names = { agentName: agentId && 'Somebody', teamName: teamId && 'Some team' };
        return entryOf(talk.id, sender, 'assignment', { agentId, teamId, ...names }, by);
      }
      if ('mentions' in doing) {
        return entryOf(talk.id, sender, 'note', { text: 'Look', mentions: doing.mentions }, by);
      }
      if ('added' in doing) {
        const { added, removed } = doing;
        return entryOf(talk.id, sender, 'labels', { added, removed }, by);
      }
      if (doing.do === 'ask') return message(talk, 'Hello?', by);
      if (doing.do === 'answer') return answer(talk, agent, 'Hello!', by);
      return entryOf(talk.id, sender, 'status', { status: doing.do === 'close' ? 'closed' : 'open' }, by);
    }

    const histories = fc.array(
      fc.record({ inSecond: fc.boolean(), signed: fc.boolean(), steps: fc.array(step, { maxLength: 8 }) }),
      { minLength: 1, maxLength: 8 },
    );
    const known: Rows = [];
    await fc.assert(
      fc.asyncProperty(histories, async (told) => {
        for (const { inSecond, signed, steps } of told) {
          const site = inSecond ? two : one;
          const talk = await startTalk(store, site.id, { text: null });
          let conversation = talk.conversation;
          for (const [index, doing] of steps.entries()) {
            const entry = entryFor(talk, doing, startMs + (index % 4));
            const [appended] = await store.append({ entries: [entry] });
            if (appended) conversation = appended.conversation;
          }
          expect((await logOf(store, talk.id)).reduce(applyEntry, talk.conversation)).toEqual(conversation);
          const visitor = signed
            ? await identify(store, site.id, { tokenHash: talk.tokenHash })
            : talk.visitor;
          known.push({ conversation, visitor });
        }
        for (const filter of [
          noFilter,
          { ...noFilter, labelIds: labels.slice(0, 1) },
          { ...noFilter, labelIds: labels },
          { ...noFilter, teamId: teams[0] ?? null },
          { ...noFilter, verifiedOnly: true },
          { labelIds: labels.slice(1), teamId: teams[1] ?? null, verifiedOnly: true },
        ]) {
          for (const agentId of agentIds) {
            const siteIds = [one.id, two.id];
            const counts = await store.inboxCounts({ siteIds, agentId, filter });
            for (const view of inboxViews) {
              const expected = known
                .filter(({ conversation }) => isInView(view, conversation, agentId))
                .filter(({ conversation, visitor }) => matchesFilter(filter, conversation, visitor))
                .map(({ conversation }) => conversation);
              const rows = await rowsOf(store, { siteIds, view, agentId, filter }, 7);
              expect(idsOf(rows), `${view} ${JSON.stringify(filter)}`).toEqual(inOrder(expected));
              expect(counts[view]).toBe(expected.length);
            }
          }
        }
      }),
      { numRuns: 4 },
    );
  });
});
