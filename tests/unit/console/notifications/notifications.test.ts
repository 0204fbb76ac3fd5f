import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Permission } from '../../../../console/notification-settings.ts';
import { createNotifications } from '../../../../console/notifications/notifications.ts';
import { type Entry, newConversation } from '../../../../shared/model/conversation.ts';
import type { InboxRow } from '../../../../shared/wire.ts';
import { me, siteId, visitorOf } from '../log-story.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage(options: { permission?: Permission; leads?: boolean; attended?: string } = {}) {
  const shown: Array<{ title: string; tag: string; onClick: () => void }> = [];
  let sounds = 0;
  let permission: Permission = options.permission ?? 'granted';
  let hear: (entry: Entry, row: InboxRow | null) => void = () => {};
  const row = signal<InboxRow | null>(null);
  const sound = signal(true);
  const desktopNotices = signal(true);
  let nowMs = 1_000_000;
  const notifications = createNotifications({
    news: {
      onEntry(listener) {
        hear = listener;
        return () => {};
      },
      onConversation: () => () => {},
    },
    row: () => row,
    agentId: () => me.id,
    availability: () => 'online',
    serverNowMs: () => nowMs,
    tabs: { leads: () => options.leads ?? true, isAttended: async (id) => id === options.attended },
    desktop: {
      permission: () => permission,
      ask: async () => {
        permission = 'granted';
        return permission;
      },
      show: (notice) => void shown.push(notice),
    },
    chime: { play: () => (sounds += 1) },
    preferences: {
      sound,
      setSound: (on) => {
        sound.value = on;
      },
      desktopNotices,
      setDesktopNotices: (on) => {
        desktopNotices.value = on;
      },
    },
  });
  const conversation = {
    ...newConversation({ id: 'cnv_1', siteId, visitorId: 'vis_1', createdAtMs: 1 }),
    waitingSinceMs: nowMs,
  };
  const known: InboxRow = { conversation, visitor: { ...visitorOf('vis_1'), name: 'Ada' } };
  return {
    shown,
    sounds: () => sounds,
    row,
    known,
    sound,
    notifications,
    later: (ms: number) => {
      nowMs += ms;
    },
    async writes(at: InboxRow | null = known) {
      hear(
        {
          conversationId: 'cnv_1',
          seq: 2,
          clientId: 'c',
          kind: 'message',
          payload: { text: 'Hello' },
          sender: { role: 'visitor', id: 'vis_1', name: 'Ada' },
          atMs: nowMs,
        },
        at,
      );
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

describe('notifications', () => {
  it('show once with a sound, and a click says which conversation', async () => {
    const { shown, sounds, notifications, row, known, writes } = stage();
    row.value = known;
    await writes();
    expect(shown.map(({ title, tag }) => [title, tag])).toEqual([['New: Ada', 'cnv_1']]);
    expect(sounds()).toBe(1);
    shown[0]?.onClick();
    expect(notifications.opened.value).toBe('cnv_1');
    notifications.takeOpened();
    expect(notifications.opened.value).toBeNull();
    notifications.close();
  });

  it('do not sound again within a moment, nor when muted', async () => {
    const { shown, sounds, sound, later, writes } = stage();
    await writes();
    await writes();
    expect([shown.length, sounds()]).toEqual([2, 1]);
    later(3_000);
    await writes();
    expect(sounds()).toBe(2);
    sound.value = false;
    later(3_000);
    await writes();
    expect([shown.length, sounds()]).toEqual([4, 2]);
  });

  it('stay silent in the tabs that do not speak, and for what is being looked at in any tab', async () => {
    for (const quiet of [stage({ leads: false }), stage({ attended: 'cnv_1' })]) {
      await quiet.writes();
      expect([quiet.shown.length, quiet.sounds()]).toEqual([0, 0]);
    }
  });

  it('are offered at the first need, asked for after a yes, and never again after a no', async () => {
    const asked = stage({ permission: 'default' });
    expect(asked.notifications.wanted.value).toBe(false);
    await asked.writes();
    expect(asked.notifications.wanted.value).toBe(true);
    expect(asked.shown).toEqual([]);
    expect(await asked.notifications.turnOn()).toBe('granted');
    expect(asked.notifications.wanted.value).toBe(false);
    await asked.writes();
    expect(asked.shown).toHaveLength(1);

    const declined = stage({ permission: 'default' });
    await declined.writes();
    declined.notifications.dismiss();
    expect(declined.notifications.wanted.value).toBe(false);
    await declined.writes();
    expect(declined.notifications.wanted.value).toBe(false);
  });

  it('wait for a conversation that is not known yet, and not for ever', async () => {
    const { shown, row, known, writes, notifications } = stage();
    await writes(null);
    expect(shown).toEqual([]);
    row.value = known;
    await vi.advanceTimersByTimeAsync(0);
    expect(shown).toHaveLength(1);
    row.value = null;
    await writes(null);
    notifications.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
