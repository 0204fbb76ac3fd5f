import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConnection } from '../../console/connection.ts';
import { type Store as ConsoleStore, createStore } from '../../console/store.ts';
import { type InboxView, inboxViews, noFilter } from '../../shared/model/inbox.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import type { AgentLine, VisitorLine } from './live-line.ts';
import { clientId, type LiveRapport, startLiveRapport, visit } from './live-rapport.ts';

/**
 * What a colleague does while this console has no line is there after the reconnect, exactly as after a fresh load:
 * the console's own store, against the real server.
 */
let rapport: LiveRapport;
/** Stands between this console and the server; the colleague reaches the server directly. */
let network: FaultProxy;
let me: { id: string; email: string; accessToken: string };
let ben: AgentLine;
let benId: string;
let label: string;
let team: string;
let macro: string;

const id = (prefix: string) => `${prefix}_${clientId()}`;

beforeEach(async () => {
  rapport = await startLiveRapport();
  network = await startFaultProxy({ port: Number(new URL(rapport.origin).port), host: '127.0.0.1' });
  const anna = await rapport.addAgent(rapport.site, 'Anna', 'owner');
  me = { ...anna, accessToken: (await rapport.agent(anna.email)).accessToken };
  const colleague = await rapport.addAgent(rapport.site, 'Ben', 'owner');
  benId = colleague.id;
  ben = await rapport.agent(colleague.email);
  [label, team, macro] = [id('lbl'), id('tea'), id('mac')];
  const siteId = rapport.site.id;
  await ben.get('workspace:save', {
    siteId,
    item: { kind: 'label', id: label, name: 'refund', color: '#0072b2' },
  });
  await ben.get('workspace:save', {
    siteId,
    item: { kind: 'team', id: team, name: 'Returns', agentIds: [benId] },
  });
  await ben.get('workspace:save', {
    siteId,
    item: {
      kind: 'macro',
      id: macro,
      name: 'Refund and close',
      actions: [
        { do: 'send', text: 'We refund you.' },
        { do: 'note', text: 'Refunded by macro.' },
        { do: 'label', added: [label], removed: [] },
        { do: 'priority', priority: 'low' },
        { do: 'assign', agentId: me.id, teamId: team },
        { do: 'close' },
      ],
    },
  });
});
afterEach(async () => {
  await network.close();
  await rapport.close();
});

/** The console's store of the agent, as a tab has it. */
function openConsole(origin: string) {
  const connection = createConnection({
    origin,
    session: { accessToken: async () => me.accessToken, dropToken: () => {} },
    network: new EventTarget(),
  });
  const store = createStore({
    connection,
    preferredSiteId: null,
    onSite: () => {},
    onTaken: () => {},
    kept: { read: () => null, write: () => {}, clear: () => {} },
  });
  const close = () => {
    store.close();
    connection.close();
  };
  return { connection, store, close };
}

const scope = () => ({ siteIds: [rapport.site.id], filter: noFilter });

/** Everything that a page of the console could show, view by view. */
async function shownBy(store: ConsoleStore, opened: readonly string[]) {
  const { conversations } = store;
  const views: Partial<Record<InboxView, unknown>> = {};
  for (const view of inboxViews) {
    conversations.show(scope(), view);
    await expect.poll(() => conversations.lists[view].phase.value).toBe('ready');
    views[view] = conversations.lists[view].ids.value.map((one) => conversations.get(one).row.value);
  }
  for (const one of opened) await conversations.open(one);
  conversations.show(scope(), 'all');
  return {
    views,
    counts: conversations.counts.value,
    waiting: conversations.waiting.value,
    opened: opened.map((one) => {
      const item = conversations.get(one);
      return { row: item.row.value, entries: item.entries.value, cobrowse: item.cobrowse.value };
    }),
    availability: store.availability.value,
    team: store.teamOf(rapport.site.id).value,
    workspace: store.workspaceOf(rapport.site.id).value,
  };
}

interface Scene {
  visitor: VisitorLine;
  visitorId: string;
  conversationId: string;
  otherVisitorId: string;
  /** Seqs of a message and of a note of the colleague's. */
  message: number;
  note: number;
}

async function visitorWrites(text: string) {
  const visitor = await rapport.visitor();
  const { conversation } = await visitor.get('conversation:start', { clientId: clientId(), text, visit });
  return { visitor, conversation };
}

/** Two visitors, one of them answered and noted by the colleague. */
async function scene(): Promise<Scene> {
  const { visitor, conversation } = await visitorWrites('Is the oak table in stock?');
  const other = await visitorWrites('And the chair?');
  const conversationId = conversation.id;
  const said = await ben.get('message:send', { conversationId, clientId: clientId(), text: 'I look it up.' });
  const noted = await ben.get('note:add', {
    conversationId,
    clientId: clientId(),
    text: 'Asks for oak.',
    mentions: [],
  });
  return {
    visitor,
    visitorId: conversation.visitorId,
    conversationId,
    otherVisitorId: other.conversation.visitorId,
    message: said.entry.seq,
    note: noted.entry.seq,
  };
}

type Facts = { conversationId: string; clientId: string };
const actions: Array<[name: string, act: (facts: Facts, at: Scene) => Promise<unknown>]> = [
  ['a message', (facts) => ben.get('message:send', { ...facts, text: 'It is.' })],
  [
    'a note that mentions the agent',
    (facts) => ben.get('note:add', { ...facts, text: '@Anna', mentions: [me.id] }),
  ],
  [
    'an edited message',
    (facts, { message }) => ben.get('message:edit', { ...facts, seq: message, text: 'I looked.' }),
  ],
  ['a deleted message', (facts, { message }) => ben.get('message:delete', { ...facts, seq: message })],
  [
    'an edited note',
    (facts, { note }) => ben.get('message:edit', { ...facts, seq: note, text: 'Wants oak.' }),
  ],
  ['a deleted note', (facts, { note }) => ben.get('message:delete', { ...facts, seq: note })],
  ['reading', (facts) => ben.get('conversation:read', { ...facts, seq: 1 })],
  ['receiving', (facts) => ben.get('conversation:delivered', { ...facts, seq: 1 })],
  ['closing', (facts) => ben.get('conversation:setStatus', { ...facts, status: 'closed' })],
  [
    'closing and reopening',
    async (facts) => {
      await ben.get('conversation:setStatus', { ...facts, status: 'closed' });
      await ben.get('conversation:setStatus', { ...facts, clientId: clientId(), status: 'open' });
    },
  ],
  [
    'snoozing',
    (facts) => ben.get('conversation:snooze', { ...facts, untilMs: Date.now() + 24 * 60 * 60_000 }),
  ],
  ['assigning to the agent', (facts) => ben.get('conversation:assign', { ...facts, agentId: me.id })],
  ['assigning to a team', (facts) => ben.get('conversation:assign', { ...facts, teamId: team })],
  [
    'a transfer with a note',
    (facts) => ben.get('conversation:assign', { ...facts, agentId: me.id, note: 'Yours, please.' }),
  ],
  ['a label', (facts) => ben.get('conversation:label', { ...facts, added: [label], removed: [] })],
  [
    'a label that is taken off again',
    async (facts) => {
      await ben.get('conversation:label', { ...facts, added: [label], removed: [] });
      await ben.get('conversation:label', { ...facts, clientId: clientId(), added: [], removed: [label] });
    },
  ],
  ['a priority', (facts) => ben.get('conversation:setPriority', { ...facts, priority: 'urgent' })],
  ['a macro', (facts) => ben.get('macro:run', { ...facts, macroId: macro })],
  [
    'a conversation that a colleague begins',
    (_, { visitorId }) =>
      ben.get('conversation:begin', {
        siteId: rapport.site.id,
        to: { visitorId },
        clientId: clientId(),
        text: 'It is back in stock.',
      }),
  ],
  [
    'a changed visitor',
    (_, { visitorId }) =>
      ben.get('visitor:change', { siteId: rapport.site.id, visitorId, change: { name: 'Ada' } }),
  ],
  [
    'a merge',
    (_, { visitorId, otherVisitorId }) =>
      ben.get('visitor:merge', { siteId: rapport.site.id, visitorId, intoId: otherVisitorId }),
  ],
  [
    'a merge that is taken back',
    async (_, { visitorId, otherVisitorId }) => {
      const siteId = rapport.site.id;
      await ben.get('visitor:merge', { siteId, visitorId, intoId: otherVisitorId });
      await ben.get('visitor:unmerge', { siteId, visitorId });
    },
  ],
  ['a colleague who is away', () => ben.get('agent:setAvailability', { availability: 'away' })],
  ['a colleague who is back', () => ben.get('agent:setAvailability', { availability: 'online' })],
  [
    'a new label of the site',
    () =>
      ben.get('workspace:save', {
        siteId: rapport.site.id,
        item: { kind: 'label', id: id('lbl'), name: 'exchange', color: '#a34700' },
      }),
  ],
  [
    'a team that is removed',
    () => ben.get('workspace:remove', { siteId: rapport.site.id, kind: 'team', id: team }),
  ],
  [
    'what the visitor writes',
    (facts, { visitor }) => visitor.get('message:send', { ...facts, text: 'Hello again?' }),
  ],
  ['a visitor who ends the conversation', (facts, { visitor }) => visitor.get('conversation:end', facts)],
];

describe('after a reconnect, the console is the same as freshly loaded', () => {
  it.each(actions)('with %s', async (_, act) => {
    const at = await scene();
    const console = openConsole(network.origin);
    try {
      await expect.poll(() => console.store.phase.value).toBe('ready');
      await shownBy(console.store, [at.conversationId]);

      network.set({ refused: true });
      network.cut();
      await expect.poll(() => console.connection.link.value).toBe('offline');
      await act({ conversationId: at.conversationId, clientId: clientId() }, at);
      // A conversation that this console has never heard of.
      await visitorWrites('I came meanwhile');
      network.heal();
      console.connection.retry();
      await expect.poll(() => console.connection.link.value).toBe('online');

      const fresh = openConsole(rapport.origin);
      try {
        await expect.poll(() => fresh.store.phase.value).toBe('ready');
        await expect
          .poll(
            async () => {
              const [kept, loaded] = [
                await shownBy(console.store, [at.conversationId]),
                await shownBy(fresh.store, [at.conversationId]),
              ];
              expect(kept).toEqual(loaded);
              return loaded.team !== null && loaded.workspace !== null && loaded.counts !== null;
            },
            { timeout: 5_000 },
          )
          .toBe(true);
      } finally {
        fresh.close();
      }
    } finally {
      console.close();
      network.heal();
    }
  });
});

it('what an agent chooses while the session is opened is not overwritten by it', async () => {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const real = createConnection({
    origin: rapport.origin,
    session: { accessToken: async () => me.accessToken, dropToken: () => {} },
    network: new EventTarget(),
  });
  const held: typeof real = {
    ...real,
    async request(event, payload) {
      const reply = await real.request(event, payload);
      if (event === 'session:open') await answered;
      return reply;
    },
  };
  const store = createStore({
    connection: held,
    preferredSiteId: null,
    onSite: () => {},
    onTaken: () => {},
    kept: { read: () => null, write: () => {}, clear: () => {} },
  });
  try {
    await expect.poll(() => real.link.value).toBe('online');
    expect(await store.setAvailability('away')).toBeNull();
    answer();
    await expect.poll(() => store.phase.value).toBe('ready');
    expect(store.availability.value).toBe('away');
  } finally {
    store.close();
    real.close();
  }
});
