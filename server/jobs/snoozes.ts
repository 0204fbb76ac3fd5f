import type { Clock } from '../domain/clock.ts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import { derivedClientId } from '../domain/identifier.ts';
import type { Lanes } from '../domain/lanes.ts';
import type { Store } from '../store/store.ts';

/** Timers take at most 2^31 ms (25 days), and a clock may be set: looked at this often at least. */
const maxWaitMs = 60 * 60_000;
/** After a failure. */
const retryMs = 5_000;

export interface Snoozes {
  /** A conversation has been snoozed until then. */
  onSnoozed(untilMs: number): void;
  close(): void;
}

/** Opens snoozed conversations when their time has come: one timer, for the nearest. What is due at the start opens at once. */
export function createSnoozes(parts: {
  store: Pick<Store, 'conversation' | 'snoozesDue'>;
  log: Pick<ConversationLog, 'append'>;
  /** By site: with agents who close or snooze again at the same moment. */
  lanes: Lanes;
  clock: Clock;
  onFailure(error: unknown): void;
}): Snoozes {
  const { store, clock } = parts;
  let timer: { atMs: number; cancel(): void } | null = null;
  let isWaking = false;
  /** Told while a look was under way. */
  let toldUntilMs = Number.POSITIVE_INFINITY;
  let isClosed = false;

  const wakeAt = (atMs: number) => {
    if (isClosed || (timer && timer.atMs <= atMs)) return;
    timer?.cancel();
    const waitMs = Math.min(maxWaitMs, Math.max(0, atMs - clock.nowMs()));
    const cancel = clock.after(waitMs, () => {
      timer = null;
      void wake();
    });
    timer = { atMs, cancel };
  };

  const open = async (conversationId: string): Promise<void> => {
    const siteId = (await store.conversation({ conversationId }))?.siteId;
    if (siteId === undefined) return;
    await parts.lanes.run(siteId, async () => {
      const conversation = await store.conversation({ conversationId });
      const atMs = clock.nowMs();
      if (conversation?.status !== 'snoozed' || (conversation.snoozedUntilMs ?? 0) > atMs) return;
      await parts.log.append({
        conversationId,
        kind: 'status',
        // The same for all who wake it at the same moment of the log.
        clientId: derivedClientId(conversationId, `woken at ${conversation.lastSeq}`),
        sender: { role: 'system' },
        payload: { status: 'open' },
        atMs,
      });
    });
  };

  const wake = async (): Promise<void> => {
    if (isWaking || isClosed) return;
    isWaking = true;
    toldUntilMs = Number.POSITIVE_INFINITY;
    let nextAtMs = clock.nowMs() + maxWaitMs;
    try {
      const due = await store.snoozesDue({ nowMs: clock.nowMs() });
      nextAtMs = Math.min(nextAtMs, due.nextAtMs ?? Number.POSITIVE_INFINITY);
      for (const conversationId of due.conversationIds) {
        if (isClosed) return;
        // One that cannot be opened must not hold up those behind it.
        await open(conversationId).catch((error: unknown) => {
          if (!isClosed) parts.onFailure(error);
          nextAtMs = Math.min(nextAtMs, clock.nowMs() + retryMs);
        });
      }
    } catch (error) {
      if (!isClosed) parts.onFailure(error);
      nextAtMs = clock.nowMs() + retryMs;
    } finally {
      isWaking = false;
      wakeAt(Math.min(nextAtMs, toldUntilMs));
    }
  };
  void wake();

  return {
    onSnoozed(untilMs) {
      if (isWaking) toldUntilMs = Math.min(toldUntilMs, untilMs);
      else wakeAt(untilMs);
    },
    close() {
      isClosed = true;
      timer?.cancel();
      timer = null;
    },
  };
}
