import { editableMs } from '../../shared/limits.ts';
import type { Entry } from '../../shared/model/conversation.ts';
import { type MessageItem, timeline } from './timeline.ts';

/** The newest own message or note that may still be changed. */
export function lastEditable(
  entries: readonly Entry[],
  me: { id: string; name: string; color: string },
  nowMs: number,
): MessageItem | null {
  const items = timeline({
    entries,
    changes: [],
    pending: [],
    me,
    visitorName: '',
    visitorReadSeq: 0,
    visitorDeliveredSeq: 0,
    unreadFromSeq: null,
    labelNames: new Map(),
    timeWords: String,
  });
  for (const item of items.reverse()) {
    if (item.type !== 'message' || !item.isMine || item.isDeleted || item.text === '') continue;
    return item.kind === 'note' || nowMs - item.atMs < editableMs ? item : null;
  }
  return null;
}
