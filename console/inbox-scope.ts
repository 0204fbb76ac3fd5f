import type { Entry } from '../shared/model/conversation.ts';
import {
  type InboxFilter,
  type InboxView,
  inboxViews,
  isInView,
  matchesFilter,
  noFilter,
} from '../shared/model/inbox.ts';
import type { InboxRow } from '../shared/wire.ts';

/** Which conversations an inbox view is made of. */
export interface InboxScope {
  siteIds: readonly string[];
  filter: InboxFilter;
}

export function isSameScope(a: InboxScope, b: InboxScope): boolean {
  return (
    isSameSet(a.siteIds, b.siteIds) &&
    a.filter.teamId === b.filter.teamId &&
    a.filter.verifiedOnly === b.filter.verifiedOnly &&
    isSameSet(a.filter.labelIds, b.filter.labelIds)
  );
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

/** Whether a conversation stands in a view of this agent, as the server lists it. */
export function standsIn(
  view: InboxView,
  { siteIds, filter }: InboxScope,
  { conversation, visitor }: InboxRow,
  agentId: string,
): boolean {
  return (
    siteIds.includes(conversation.siteId) &&
    isInView(view, conversation, agentId) &&
    matchesFilter(filter, conversation, visitor)
  );
}

/** Whether the counts of a scope may differ after a conversation went from `before` to `after`. */
export function movesCounts(
  before: InboxRow | null,
  after: InboxRow,
  scope: InboxScope,
  agentId: string,
): boolean {
  return inboxViews.some(
    (view) =>
      (before !== null && standsIn(view, scope, before, agentId)) !== standsIn(view, scope, after, agentId),
  );
}

/** Kinds of entries that change neither the place of a conversation nor the views it stands in. */
const still: ReadonlySet<Entry['kind']> = new Set([
  'read',
  'delivered',
  'form',
  'survey',
  'cobrowse',
  'edit',
  'deletion',
  'hidden',
]);

/** Whether an entry may bring a conversation that is not known yet into a list. */
export function mayEnterList(entry: Entry, scope: InboxScope): boolean {
  // Labels and notes say something only of lists that ask for them; mentions always are one.
  if (entry.kind === 'labels') return scope.filter.labelIds.length > 0;
  if (entry.kind === 'note') return entry.payload.mentions.length > 0;
  if (entry.kind === 'priority') return false;
  return !still.has(entry.kind);
}

export function isFiltered(filter: InboxFilter): boolean {
  return (
    filter.teamId !== noFilter.teamId ||
    filter.verifiedOnly !== noFilter.verifiedOnly ||
    filter.labelIds.length > 0
  );
}
