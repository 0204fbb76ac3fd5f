import type { Connection } from './connection.ts';
import { followUntilMs } from './conversation-log.ts';
import type { Clock } from './page/clock.ts';
import type { Launcher } from './shell/launcher.ts';
import { isSurveyOpen, totalUnread, type WidgetState } from './store.ts';
import * as texts from './texts.ts';
import type { VisitorRecord } from './visitor-record.ts';

/** Why the widget is connected; it is not without one of these. */
export type ConnectionReason = 'panel' | 'outbox' | 'cobrowse' | 'follow' | 'page' | 'live';

/**
 * A visitor who only looks at pages has no connection, unless the site shows its agents who is there; one who waits for
 * an answer has. Without the consent that the site asks for there is none, whatever the reason.
 */
export function connectionReasons(
  state: WidgetState,
  kept: { isKept: boolean; followUntilMs: number; hasStopped: boolean; isLive?: boolean },
  nowMs: number,
): Record<ConnectionReason, boolean> {
  const may = state.consented;
  return {
    panel: may && state.panel === 'open',
    outbox: may && state.outbox.some((item) => item.state === 'pending'),
    cobrowse: may && (state.cobrowse !== null || (kept.isKept && kept.hasStopped)),
    follow: may && kept.isKept && kept.followUntilMs > nowMs,
    page: may && state.pageWaits,
    live: may && kept.isLive === true,
  };
}

/** What the launcher says: a number, a mere dot for a question, or nothing. */
export function badgeOf(state: WidgetState): { text: string | null; label: string } {
  const unread = totalUnread(state);
  if (unread > 0) return { text: unread > 99 ? '99+' : String(unread), label: texts.unread(unread) };
  const hasQuestion = Object.keys(state.logs).some((id) => isSurveyOpen(state, id));
  return hasQuestion && state.panel === 'closed'
    ? { text: '', label: texts.question }
    : { text: null, label: '' };
}

/** Keeps what lies outside the components in step with the state: launcher, connection, stored entry. */
export function createOutside(parts: {
  launcher: Launcher;
  connection: Pick<Connection, 'want'>;
  record: VisitorRecord;
  clock: Clock;
  /** The site shows its agents who is on it. */
  isLive: boolean;
  onUnread(count: number): void;
}): (state: WidgetState) => void {
  const { launcher, connection, record, clock } = parts;
  let toldUnread = 0;

  return (state) => {
    const unread = totalUnread(state);
    const badge = badgeOf(state);
    launcher.show(state.panel === 'open' ? 'open' : 'closed');
    launcher.setHidden(state.hidden);
    launcher.badge(badge.text, badge.label);

    if (state.opened) {
      const untilMs = Math.max(0, ...Object.values(state.logs).map((log) => followUntilMs(log.state)));
      if (untilMs !== record.followUntilMs() || unread !== record.unread()) {
        record.note({ followUntilMs: untilMs, unread });
      }
    }
    const kept = {
      isKept: record.isKept(),
      followUntilMs: record.followUntilMs(),
      hasStopped: record.stopped().length > 0,
      isLive: parts.isLive,
    };
    const reasons = connectionReasons(state, kept, clock.nowMs());
    for (const [reason, wanted] of Object.entries(reasons)) connection.want(reason, wanted);

    if (unread !== toldUnread) {
      toldUnread = unread;
      parts.onUnread(unread);
    }
  };
}
