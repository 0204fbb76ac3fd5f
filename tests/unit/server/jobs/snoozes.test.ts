import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLanes } from '../../../../server/domain/lanes.ts';
import { createSnoozes, type Snoozes } from '../../../../server/jobs/snoozes.ts';
import { type ConversationState, newConversation } from '../../../../shared/model/conversation.ts';
import { createFakeClock, type FakeClock } from '../../../integration/fake-clock.ts';

const hourMs = 60 * 60_000;
let clock: FakeClock;
let sleeping: Map<string, ConversationState>;
let woken: string[];
let failures: unknown[];
let isDown: boolean;
/** Conversations whose log cannot be written. */
let stuck: Set<string>;
let snoozes: Snoozes;

const snooze = (id: string, untilMs: number) =>
  sleeping.set(id, {
    ...newConversation({ id, siteId: 'sit_1', visitorId: 'vis_1', createdAtMs: 0 }),
    status: 'snoozed',
    snoozedUntilMs: untilMs,
  });

function open() {
  return createSnoozes({
    clock,
    lanes: createLanes(),
    store: {
      conversation: async ({ conversationId }) => sleeping.get(conversationId) ?? null,
      async snoozesDue({ nowMs }) {
        if (isDown) throw new Error('down');
        const times = [...sleeping.values()].map(({ id, snoozedUntilMs }) => ({
          id,
          atMs: snoozedUntilMs ?? 0,
        }));
        const later = times.filter(({ atMs }) => atMs > nowMs).map(({ atMs }) => atMs);
        return {
          conversationIds: times.filter(({ atMs }) => atMs <= nowMs).map(({ id }) => id),
          nextAtMs: later.length > 0 ? Math.min(...later) : null,
        };
      },
    },
    log: {
      async append(...entries) {
        for (const { conversationId } of entries) {
          if (stuck.has(conversationId)) throw new Error('stuck');
          sleeping.delete(conversationId);
          woken.push(conversationId);
        }
        return [];
      },
    },
    onFailure: (error) => failures.push(error),
  });
}

beforeEach(() => {
  clock = createFakeClock();
  [sleeping, woken, failures, isDown, stuck] = [new Map(), [], [], false, new Set()];
});
afterEach(() => snoozes.close());

it('what fell due while the server was down opens when it starts; the rest at its time', async () => {
  snooze('cnv_old', clock.nowMs() - hourMs);
  snooze('cnv_soon', clock.nowMs() + hourMs / 2);
  snoozes = open();
  await expect.poll(() => woken).toEqual(['cnv_old']);
  await expect.poll(() => clock.waiting()).toBe(1);
  clock.pass(hourMs / 2 - 1);
  expect(woken).toEqual(['cnv_old']);
  clock.pass(1);
  await expect.poll(() => woken).toEqual(['cnv_old', 'cnv_soon']);
});

it('a nearer snooze moves the one timer', async () => {
  snoozes = open();
  await expect.poll(() => clock.waiting()).toBe(1);
  snooze('cnv_1', clock.nowMs() + 1_000);
  snoozes.onSnoozed(clock.nowMs() + 1_000);
  expect(clock.waiting()).toBe(1);
  clock.pass(1_000);
  await expect.poll(() => woken).toEqual(['cnv_1']);
});

it('a snooze of months is waited for in pieces that a timer can take', async () => {
  snooze('cnv_1', clock.nowMs() + 90 * 24 * hourMs);
  snoozes = open();
  for (let hour = 0; hour < 90 * 24; hour++) {
    await expect.poll(() => clock.waiting()).toBe(1);
    clock.pass(hourMs);
  }
  await expect.poll(() => woken).toEqual(['cnv_1']);
});

it('one that was closed or snoozed again in the meantime is left alone', async () => {
  snooze('cnv_1', clock.nowMs() + 1_000);
  snoozes = open();
  await expect.poll(() => clock.waiting()).toBe(1);
  snooze('cnv_1', clock.nowMs() + 5_000);
  clock.pass(1_000);
  await expect.poll(() => clock.waiting()).toBe(1);
  expect(woken).toEqual([]);
  clock.pass(4_000);
  await expect.poll(() => woken).toEqual(['cnv_1']);
});

it('a store that cannot be had is asked again', async () => {
  isDown = true;
  snooze('cnv_1', clock.nowMs() - 1);
  snoozes = open();
  await expect.poll(() => failures).toHaveLength(1);
  await expect.poll(() => clock.waiting()).toBe(1);
  isDown = false;
  clock.pass(5_000);
  await expect.poll(() => woken).toEqual(['cnv_1']);
});

it('one that cannot be opened holds up nobody, and is tried again', async () => {
  stuck.add('cnv_1');
  snooze('cnv_1', clock.nowMs() - 2);
  snooze('cnv_2', clock.nowMs() - 1);
  snoozes = open();
  await expect.poll(() => woken).toEqual(['cnv_2']);
  expect(failures).toHaveLength(1);
  await expect.poll(() => clock.waiting()).toBe(1);
  stuck.clear();
  clock.pass(5_000);
  await expect.poll(() => woken).toEqual(['cnv_2', 'cnv_1']);
});
