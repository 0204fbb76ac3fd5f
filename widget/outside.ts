import type { Connection } from './connection.ts';
import { followUntilMs } from './conversation-log.ts';
import type { Clock } from './page/clock.ts';
import type { Launcher } from './shell/launcher.ts';
import { isSurveyOpen, totalUnread, type WidgetState } from './store.ts';
import { texts } from './texts.ts';
import type { VisitorRecord } from './visitor-record.ts';

/** Why the widget is connected; it is not without one of these. */
export type ConnectionReason = 'panel' | 'outbox' | 'cobrowse' | 'follow';

/** A visitor who only looks at pages has no connection; one who waits for an answer has. */
export function connectionReasons(
  state: WidgetState,
  kept: { isKept: boolean; followUntilMs: number; hasStopped: boolean },
  nowMs: number,
): Record<ConnectionReason, boolean> {
  return {
    panel: state.panel === 'open',
    outbox: state.outbox.some((item) => item.state === 'pending'),
    cobrowse: state.cobrowse !== null || (kept.isKept && kept.hasStopped),
    follow: kept.isKept && kept.followUntilMs > nowMs,
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
    };
    const reasons = connectionReasons(state, kept, clock.nowMs());
    for (const reason of Object.keys(reasons) as ConnectionReason[]) connection.want(reason, reasons[reason]);

    if (unread !== toldUnread) {
      toldUnread = unread;
      parts.onUnread(unread);
    }
  };
}
