import type { ConversationState } from '../shared/model/conversation.ts';
import { inboxKey } from '../shared/model/inbox.ts';

/** Where an inbox view sorts a conversation; the cursor of a page is the place of its last row. */
export interface ListPlace {
  key: number;
  id: string;
}

export function listPlace(conversation: ConversationState): ListPlace {
  return { key: inboxKey(conversation), id: conversation.id };
}

/** Whether `a` stands above `b`: the order of every view, see {@link inboxKey}. */
export function isAbove(a: ListPlace, b: ListPlace): boolean {
  return a.key === b.key ? a.id > b.id : a.key < b.key;
}

/** For `sort`: first what stands above. */
export function byPlace(a: ListPlace, b: ListPlace): number {
  if (isAbove(a, b)) return -1;
  return isAbove(b, a) ? 1 : 0;
}

/**
 * Puts an id where it belongs, and takes it from where it was. `placeOf` knows the listed ones. Below `end`, the
 * cursor of the last fetched page, nothing is put: scrolling down will fetch it there.
 */
export function placeInList(
  ids: readonly string[],
  place: ListPlace,
  end: ListPlace | null,
  placeOf: (id: string) => ListPlace | null,
): readonly string[] {
  const rest = ids.filter((id) => id !== place.id);
  if (end !== null && isAbove(end, place)) return rest;
  let low = 0;
  let high = rest.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = placeOf(rest[middle] ?? '');
    if (other !== null && isAbove(other, place)) low = middle + 1;
    else high = middle;
  }
  return [...rest.slice(0, low), place.id, ...rest.slice(low)];
}
