import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Availability } from '../../shared/model/agent.ts';
import type { Entry } from '../../shared/model/conversation.ts';
import type { InboxRow } from '../../shared/wire.ts';
import type { Notifications, Permission } from '../notification-settings.ts';
import type { Preferences } from '../preferences.ts';
import { entryNotice, type NoticeReason, noticeFadesMs, noticeWords, waitingNotice } from './notice-rule.ts';
import type { Tabs } from './tabs.ts';

/** Shortest time between two sounds. */
const quietMs = 2_000;

/** The browser's own notifications, as far as they are used. */
export interface DesktopNotices {
  permission(): Permission;
  ask(): Promise<Permission>;
  /** A newer notice with the same tag takes the place of the older one. */
  show(notice: { title: string; body: string; tag: string; onClick: () => void }): void;
}

export interface NotificationsParts {
  news: {
    onEntry(listener: (entry: Entry, row: InboxRow | null) => void): () => void;
    onConversation(listener: (row: InboxRow) => void): () => void;
  };
  row(conversationId: string): ReadonlySignal<InboxRow | null>;
  agentId(): string;
  availability(): Availability;
  serverNowMs(): number;
  tabs: Pick<Tabs, 'leads' | 'isAttended'>;
  desktop: DesktopNotices;
  chime: { play(): void };
  preferences: Pick<Preferences, 'sound' | 'setSound' | 'desktopNotices' | 'setDesktopNotices'>;
}

/** Tells the agent what concerns the agent: once over all tabs, and not what is being looked at. */
export function createNotifications(parts: NotificationsParts): Notifications & { close(): void } {
  const { tabs, desktop, chime, preferences } = parts;
  const permission = signal(desktop.permission());
  const wanted = signal(false);
  const opened = signal<string | null>(null);
  const waits = new Set<() => void>();
  let soundedAtMs = Number.NEGATIVE_INFINITY;
  let closed = false;

  function sound() {
    if (!preferences.sound.peek() || parts.serverNowMs() - soundedAtMs < quietMs) return;
    soundedAtMs = parts.serverNowMs();
    chime.play();
  }

  async function tell(conversationId: string, reason: NoticeReason, entry: Entry | null) {
    if (!tabs.leads() || (await tabs.isAttended(conversationId)) || closed) return;
    sound();
    permission.value = desktop.permission();
    // Never asked for out of nowhere: the console offers it in words first.
    if (permission.value === 'default' && preferences.desktopNotices.peek()) wanted.value = true;
    if (permission.value !== 'granted' || !preferences.desktopNotices.peek()) return;
    const words = noticeWords(reason, parts.row(conversationId).peek(), entry);
    desktop.show({
      ...words,
      tag: conversationId,
      onClick: () => {
        opened.value = conversationId;
      },
    });
  }

  function hear(entry: Entry, row: InboxRow | null) {
    const reason = entryNotice(entry, row, {
      agentId: parts.agentId(),
      availability: parts.availability(),
      nowMs: parts.serverNowMs(),
    });
    if (reason === 'unknown') hearLater(entry);
    else if (reason) void tell(entry.conversationId, reason, entry);
  }

  /** The list is on its way to fetch the conversation. */
  function hearLater(entry: Entry) {
    const row = parts.row(entry.conversationId);
    const stop = () => {
      waits.delete(stop);
      clearTimeout(timer);
      unwatch();
    };
    const timer = setTimeout(stop, noticeFadesMs);
    const unwatch = row.subscribe((known) => {
      if (known === null) return;
      queueMicrotask(stop);
      hear(entry, known);
    });
    waits.add(stop);
  }

  const stops = [
    parts.news.onEntry(hear),
    parts.news.onConversation((row) => {
      const facts = { agentId: parts.agentId(), availability: parts.availability() };
      const reason = waitingNotice(row, facts);
      if (reason) void tell(row.conversation.id, reason, null);
    }),
    effect(() => {
      if (permission.value !== 'default' || !preferences.desktopNotices.value) wanted.value = false;
    }),
  ];

  return {
    permission,
    wanted,
    dismiss() {
      wanted.value = false;
      preferences.setDesktopNotices(false);
    },
    async turnOn() {
      if (permission.value === 'default') permission.value = await desktop.ask();
      preferences.setDesktopNotices(permission.value === 'granted');
      return permission.value;
    },
    opened,
    takeOpened() {
      opened.value = null;
    },
    turnOff: () => preferences.setDesktopNotices(false),
    tryOut() {
      chime.play();
      if (permission.value !== 'granted' || !preferences.desktopNotices.value) return;
      desktop.show({
        title: 'This is a notification',
        body: 'Mentions, your own conversations and new ones are told like this.',
        tag: 'try',
        onClick: () => {},
      });
    },
    close() {
      closed = true;
      for (const stop of stops) stop();
      for (const stop of waits) stop();
    },
  };
}
