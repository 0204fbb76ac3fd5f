import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLanes } from '../../../../server/domain/lanes.ts';
import { createRouting, type Routing } from '../../../../server/domain/routing.ts';
import {
  applyEntry,
  type ConversationState,
  newConversation,
} from '../../../../shared/model/conversation.ts';
import { defaultSiteSettings } from '../../../../shared/model/site.ts';
import { createFakeClock, type FakeClock } from '../../../integration/fake-clock.ts';

const ada = { id: 'agt_ada', name: 'Ada', color: '#000000', avatar: null };
const waits = {
  ...newConversation({ id: 'cnv_1', siteId: 'sit_1', visitorId: 'vis_1', createdAtMs: 0 }),
  waitingSinceMs: 1,
};
const settings = {
  ...defaultSiteSettings('Shop', []),
  routing: { assign: 'round_robin' as const, capacity: 1 },
};

let clock: FakeClock;
let conversation: ConversationState;
let looks: number;
let isDown: boolean;
let failures: unknown[];
let given: string[];
let routing: Routing;

beforeEach(() => {
  clock = createFakeClock();
  [conversation, looks, isDown, failures, given] = [waits, 0, false, [], []];
  routing = createRouting({
    clock,
    lanes: createLanes(),
    directory: { byId: async () => ({ id: 'sit_1', key: 'pk_shop', settings, createdAtMs: 0 }) },
    presence: { agentsAvailable: () => [ada] },
    publisher: { toVisitor: () => {} },
    store: {
      async agentLoads() {
        looks += 1;
        if (isDown) throw new Error('down');
        return [{ agentId: ada.id, open: 0, capacity: null, lastAssignedAtMs: 0 }];
      },
      conversation: async () => conversation,
      queue: async () => [{ conversationId: 'cnv_1', visitorId: 'vis_1', teamId: null }],
      workspace: async () => ({ labels: [], teams: [], canned: [], macros: [] }),
    },
    log: {
      async append(...entries) {
        given.push(...entries.map(({ clientId }) => clientId));
        return [];
      },
    },
    onFailure: (error) => failures.push(error),
  });
});
afterEach(() => {
  routing.close();
  expect(clock.waiting()).toBe(0);
});

it('a burst is looked at once at its beginning and once when it has settled', async () => {
  for (let at = 0; at < 100; at++) routing.review('sit_1');
  await expect.poll(() => given).toHaveLength(1);
  for (let at = 0; at < 100; at++) routing.review('sit_1');
  clock.pass(49);
  expect(looks).toBe(1);
  clock.pass(1);
  await expect.poll(() => given).toHaveLength(2);
  expect(looks).toBe(2);
  // Whoever looks at the same moment of the log writes the same entry.
  expect(new Set(given).size).toBe(1);
});

it('who was answered or taken since the queue was read is left alone', async () => {
  conversation = { ...waits, assignee: { id: 'agt_bea', name: 'Bea' } };
  routing.review('sit_1');
  await expect.poll(() => looks).toBe(1);
  conversation = { ...waits, waitingSinceMs: null };
  clock.pass(50);
  routing.review('sit_1');
  await expect.poll(() => looks).toBe(2);
  expect(given).toEqual([]);
});

it('a store that cannot be had is asked again', async () => {
  isDown = true;
  routing.review('sit_1');
  await expect.poll(() => failures).toHaveLength(1);
  await expect.poll(() => clock.waiting()).toBe(1);
  isDown = false;
  clock.pass(5_000);
  await expect.poll(() => given).toHaveLength(1);
});

it('looks only after what may move the queue', async () => {
  const base = {
    conversationId: 'cnv_1',
    seq: 1,
    clientId: 'c',
    sender: { role: 'system' as const },
    atMs: 5,
  };
  const note = { ...base, kind: 'note' as const, payload: { text: 'x', mentions: [] } };
  const taken = { ...waits, assignee: { id: ada.id, name: ada.name } };
  routing.onAppended(applyEntry(waits, note), note);
  const message = { ...base, kind: 'message' as const, payload: { text: 'more' } };
  routing.onAppended(taken, message);
  expect(looks).toBe(0);
  const closed = { ...base, kind: 'status' as const, payload: { status: 'closed' as const } };
  routing.onAppended(taken, closed);
  await expect.poll(() => looks).toBe(1);
});
