import * as v from 'valibot';
import { type ConversationState, lastActivityMs } from './conversation.ts';
import { idSchema } from './ids.ts';

/** `mine`, `unassigned` and `all` hold open conversations; `mentions` those with a note that mentions the agent. */
export const inboxViews = ['mine', 'unassigned', 'all', 'mentions', 'snoozed', 'closed'] as const;
export type InboxView = (typeof inboxViews)[number];

/** Every part that is given must hold. */
export const inboxFilterSchema = v.strictObject({
  /** Conversations with all of these labels. */
  labelIds: v.pipe(v.array(idSchema('label')), v.maxLength(20)),
  teamId: v.nullable(idSchema('team')),
  /** True: only visitors whose identity the site has signed. */
  verifiedOnly: v.boolean(),
});
export type InboxFilter = v.InferOutput<typeof inboxFilterSchema>;

export const noFilter: InboxFilter = { labelIds: [], teamId: null, verifiedOnly: false };

export type InboxCounts = Record<InboxView, number>;

/** Larger than any time in milliseconds that a clock will show, and exact as a number. */
const farFuture = 4_000_000_000_000_000;

/**
 * Order of every inbox view, ascending; ties go by conversation id, descending. Visitors who wait for an answer come
 * first, the longest wait at the top; then what had the newest activity. Snoozed conversations stand by the time at
 * which they open again.
 */
export function inboxKey(state: ConversationState): number {
  if (state.status === 'snoozed' && state.snoozedUntilMs !== null) return state.snoozedUntilMs;
  if (state.status === 'open' && state.waitingSinceMs !== null) return state.waitingSinceMs;
  return farFuture - lastActivityMs(state);
}

/** Whether a conversation stands in a view of this agent. */
export function isInView(view: InboxView, state: ConversationState, agentId: string): boolean {
  switch (view) {
    case 'mine':
      return state.status === 'open' && state.assignee?.id === agentId;
    case 'unassigned':
      return state.status === 'open' && state.assignee === null;
    case 'all':
      return state.status === 'open';
    case 'mentions':
      return state.mentions.includes(agentId);
    case 'snoozed':
    case 'closed':
      return state.status === view;
  }
}

export function matchesFilter(
  filter: InboxFilter,
  state: ConversationState,
  visitor: { verified: boolean },
): boolean {
  if (filter.teamId !== null && state.team?.id !== filter.teamId) return false;
  if (filter.verifiedOnly && !visitor.verified) return false;
  return filter.labelIds.every((id) => state.labels.includes(id));
}
