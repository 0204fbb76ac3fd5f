import { type ConversationState, lastActivityMs } from '../shared/model/conversation.ts';

/** Where a list of conversations sorts one: newest activity first, then by id. */
export interface ListPlace {
  atMs: number;
  id: string;
}

export function listPlace(conversation: ConversationState): ListPlace {
  return { atMs: lastActivityMs(conversation), id: conversation.id };
}

/** Whether `a` stands above `b`. */
export function isAbove(a: ListPlace, b: ListPlace): boolean {
  return a.atMs === b.atMs ? a.id > b.id : a.atMs > b.atMs;
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
