import type { ConversationStatus } from '../../shared/model/conversation.ts';
import { type InboxFilter, type InboxView, inboxViews, noFilter } from '../../shared/model/inbox.ts';

/** What the inbox shows, as its address says it: it survives a reload, the back button and being sent to a colleague. */
export interface InboxPlace {
  view: InboxView;
  /** The site in view, every site of the agent, or these. */
  sites: 'current' | 'all' | readonly string[];
  filter: InboxFilter;
}

export const wholeInbox: InboxPlace = { view: 'all', sites: 'current', filter: noFilter };

/** Address of a list, or of a conversation beside it; with `seq` the conversation opens at that message. */
export function inboxAddress(place: InboxPlace, conversationId?: string, seq?: number): string {
  const { view, sites, filter } = place;
  const query = new URLSearchParams();
  if (view !== wholeInbox.view) query.set('view', view);
  if (sites !== 'current') query.set('sites', sites === 'all' ? 'all' : sites.join('.'));
  if (filter.labelIds.length > 0) query.set('labels', filter.labelIds.join('.'));
  if (filter.teamId !== null) query.set('team', filter.teamId);
  if (filter.verifiedOnly) query.set('verified', 'yes');
  if (seq !== undefined) query.set('seq', String(seq));
  const path = conversationId === undefined ? '/console/inbox' : `/console/inbox/${conversationId}`;
  const words = query.toString();
  return words === '' ? path : `${path}?${words}`;
}

/** Reads what {@link inboxAddress} wrote; what is mistyped in it is left out. */
export function inboxPlace(query: Readonly<Record<string, string>>): InboxPlace {
  const ids = (text: string | undefined, prefix: string) =>
    (text ?? '').split('.').filter((id) => new RegExp(`^${prefix}_[A-Za-z0-9_-]{21,32}$`).test(id));
  const siteIds = ids(query.sites, 'sit');
  return {
    view: inboxViews.find((view) => view === query.view) ?? wholeInbox.view,
    sites: query.sites === 'all' ? 'all' : siteIds.length > 0 ? siteIds : 'current',
    filter: {
      labelIds: ids(query.labels, 'lbl').slice(0, 20),
      teamId: ids(query.team, 'tea')[0] ?? null,
      verifiedOnly: query.verified === 'yes',
    },
  };
}

/** The list in which a conversation of this status stands, whatever else is known of it. */
export function placeOfStatus(status: ConversationStatus): InboxPlace {
  return { ...wholeInbox, view: status === 'open' ? 'all' : status };
}
