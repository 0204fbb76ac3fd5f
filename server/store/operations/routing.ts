import { sql } from 'kysely';
import type { ArgsOf, ResultOf } from '../calls.ts';
import type { Db } from '../schema.ts';
import type { AgentLoad } from '../store.ts';

/** Longest queue that is told: nobody cares to be in place 1,001. */
const maxQueue = 1_000;
/** Enough for a steady median. */
const maxFirstReplies = 500;
/**
 * In `queue_key` a time since when a visitor waits lies far below this, and the key of a conversation in which nobody
 * waits far above; see `inboxKey`.
 */
const waitingKeysEnd = 1_000_000_000_000_000;

export async function agentLoads(db: Db, { siteId }: ArgsOf<'agentLoads'>): Promise<AgentLoad[]> {
  const members = await db
    .selectFrom('memberships')
    .select(['agent_id', 'capacity', 'last_assigned_at_ms'])
    .where('site_id', '=', siteId)
    .orderBy('agent_id')
    .execute();
  const counts = await db
    .selectFrom('conversations')
    .select(['assignee_id', sql<number>`count(*)`.as('count')])
    .where('site_id', '=', siteId)
    .where('status', '=', 'open')
    .where('assignee_id', '>', '')
    .groupBy('assignee_id')
    .execute();
  const openOf = new Map(counts.map(({ assignee_id, count }) => [assignee_id, count]));
  return members.map(({ agent_id, capacity, last_assigned_at_ms }) => ({
    agentId: agent_id,
    open: openOf.get(agent_id) ?? 0,
    capacity,
    lastAssignedAtMs: last_assigned_at_ms,
  }));
}

/** Somebody who has left the site stays assigned, and has no turn to count. */
export async function markAssigned(db: Db, siteId: string, agentId: string, atMs: number): Promise<void> {
  await db
    .updateTable('memberships')
    .set({ last_assigned_at_ms: atMs })
    .where('site_id', '=', siteId)
    .where('agent_id', '=', agentId)
    .where('last_assigned_at_ms', '<', atMs)
    .execute();
}

export async function queue(db: Db, { siteId }: ArgsOf<'queue'>): Promise<ResultOf<'queue'>> {
  const rows = await db
    .selectFrom('conversations')
    .select(['id', 'visitor_id', 'team_id'])
    .where('site_id', '=', siteId)
    .where('status', '=', 'open')
    .where('assignee_id', '=', '')
    .where('queue_key', '<', waitingKeysEnd)
    .orderBy('queue_key')
    .orderBy('id', 'desc')
    .limit(maxQueue)
    .execute();
  return rows.map(({ id, visitor_id, team_id }) => ({
    conversationId: id,
    visitorId: visitor_id,
    teamId: team_id || null,
  }));
}

export async function snoozesDue(db: Db, { nowMs }: ArgsOf<'snoozesDue'>): Promise<ResultOf<'snoozesDue'>> {
  const due = await db
    .selectFrom('conversations')
    .select('id')
    .where('snoozed_until_ms', '<=', nowMs)
    .orderBy('snoozed_until_ms')
    .execute();
  const next = await db
    .selectFrom('conversations')
    .select('snoozed_until_ms')
    .where('snoozed_until_ms', '>', nowMs)
    .orderBy('snoozed_until_ms')
    .limit(1)
    .executeTakeFirst();
  return { conversationIds: due.map(({ id }) => id), nextAtMs: next?.snoozed_until_ms ?? null };
}

export async function firstReplies(db: Db, { siteId, sinceMs }: ArgsOf<'firstReplies'>): Promise<number[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('first_reply_after_ms')
    .where('site_id', '=', siteId)
    .where('first_message_at_ms', '>=', sinceMs)
    .where('first_reply_after_ms', 'is not', null)
    .orderBy('first_message_at_ms', 'desc')
    .limit(maxFirstReplies)
    .execute();
  return rows.flatMap(({ first_reply_after_ms }) =>
    first_reply_after_ms === null ? [] : [first_reply_after_ms],
  );
}
