import { sql } from 'kysely';
import { RapportError } from '../../../shared/errors.ts';
import { maxInboxCount } from '../../../shared/limits.ts';
import {
  type ConversationState,
  type ConversationStatus,
  newConversation,
  type Sender,
} from '../../../shared/model/conversation.ts';
import { bodyHash } from '../body-hash.ts';
import type { ArgsOf, ResultOf } from '../calls.ts';
import type { ConversationTable, Db, VisitorTable } from '../schema.ts';
import type { InboxPage, StoredVisitor } from '../store.ts';
import { append, entryByClientId } from './entries.ts';
import { renewVisit, takeVisitor, visitorOf } from './visitors.ts';

/** More than anybody scrolls through in a widget; older ones stay in the console. */
const maxConversationsOfVisitor = 100;

function stateOf(row: Pick<ConversationTable, 'state'>): ConversationState {
  return JSON.parse(row.state);
}

export async function startConversation(
  db: Db,
  args: ArgsOf<'startConversation'>,
): Promise<ResultOf<'startConversation'>> {
  const { siteId, conversationId, visit, browser, clientId, text, nowMs } = args;
  const { visitor, isNew } = await takeVisitor(db, args);
  const startHash = text === null ? '' : bodyHash('message', { text });
  const state = newConversation({
    id: conversationId,
    siteId,
    visitorId: visitor.id,
    createdAtMs: nowMs,
  });
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('conversations')
    .values({
      id: state.id,
      site_id: siteId,
      visitor_id: visitor.id,
      start_client_id: clientId,
      start_hash: startHash,
      created_at_ms: nowMs,
      status: state.status,
      last_seq: state.lastSeq,
      last_activity_ms: nowMs,
      changed_at_ms: nowMs,
      state: JSON.stringify(state),
    })
    .onConflict((conflict) => conflict.columns(['visitor_id', 'start_client_id']).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return await startedBefore(db, visitor, clientId, startHash);

  const current = isNew ? visitor : await renewVisit(db, visitor, visit, browser, nowMs);
  if (text === null) return { visitor: current, conversation: state, entry: null, repeated: false };
  const [message] = await append(db, {
    entries: [
      {
        conversationId,
        kind: 'message',
        clientId,
        sender: { role: 'visitor', id: visitor.id },
        payload: { text },
        atMs: nowMs,
      },
    ],
  });
  return {
    visitor: current,
    conversation: message?.conversation ?? state,
    entry: message?.entry ?? null,
    repeated: false,
  };
}

/** What the first call with this client id made, as it stands now. */
async function startedBefore(
  db: Db,
  visitor: StoredVisitor,
  clientId: string,
  startHash: string,
): Promise<ResultOf<'startConversation'>> {
  const row = await db
    .selectFrom('conversations')
    .select(['id', 'start_hash', 'state'])
    .where('visitor_id', '=', visitor.id)
    .where('start_client_id', '=', clientId)
    .executeTakeFirstOrThrow();
  if (row.start_hash !== startHash) throw new RapportError('client_id_reused');
  const sender: Sender = { role: 'visitor', id: visitor.id, name: visitor.name };
  const first = startHash === '' ? null : await entryByClientId(db, row.id, sender, clientId);
  return { visitor, conversation: stateOf(row), entry: first?.entry ?? null, repeated: true };
}

export async function conversation(
  db: Db,
  { conversationId }: ArgsOf<'conversation'>,
): Promise<ConversationState | null> {
  const row = await db
    .selectFrom('conversations')
    .select('state')
    .where('id', '=', conversationId)
    .executeTakeFirst();
  return row ? stateOf(row) : null;
}

export async function conversationsOfVisitor(
  db: Db,
  { siteId, visitorId }: ArgsOf<'conversationsOfVisitor'>,
): Promise<ConversationState[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('state')
    .where('site_id', '=', siteId)
    .where('visitor_id', '=', visitorId)
    .orderBy('created_at_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(maxConversationsOfVisitor)
    .execute();
  return rows.map(stateOf);
}

const inboxRows = (db: Db) =>
  db
    .selectFrom('conversations')
    .innerJoin('visitors', 'visitors.id', 'conversations.visitor_id')
    .select([
      'conversations.id as conversation_id',
      'conversations.last_activity_ms',
      'conversations.state',
      'visitors.id',
      'visitors.site_id',
      'visitors.profile',
      'visitors.first_seen_ms',
      'visitors.last_seen_ms',
    ]);

function inboxRowOf(row: Pick<ConversationTable, 'state'> & Omit<VisitorTable, 'token_hash'>) {
  return { conversation: stateOf(row), visitor: visitorOf(row) };
}

export async function inbox(db: Db, { siteId, status, before, limit }: ArgsOf<'inbox'>): Promise<InboxPage> {
  const ofStatus = inboxRows(db)
    .where('conversations.site_id', '=', siteId)
    .where('conversations.status', '=', status)
    .orderBy('conversations.last_activity_ms', 'desc')
    .orderBy('conversations.id', 'desc')
    .limit(limit + 1);
  const place = sql`(conversations.last_activity_ms, conversations.id)`;
  const rows = await (before === null
    ? ofStatus
    : ofStatus.where(sql<boolean>`${place} < (${before.atMs}, ${before.id})`)
  ).execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(inboxRowOf),
    cursor: last && rows.length > limit ? { atMs: last.last_activity_ms, id: last.conversation_id } : null,
    counts: {
      open: await inboxCount(db, siteId, 'open'),
      resolved: await inboxCount(db, siteId, 'resolved'),
    },
  };
}

async function inboxCount(db: Db, siteId: string, status: ConversationStatus): Promise<number> {
  const counted = db
    .selectFrom('conversations')
    .select('id')
    .where('site_id', '=', siteId)
    .where('status', '=', status)
    .limit(maxInboxCount);
  const { count } = await db
    .selectFrom(counted.as('counted'))
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function inboxRow(
  db: Db,
  { conversationId }: ArgsOf<'inboxRow'>,
): Promise<InboxPage['rows'][number] | null> {
  const row = await inboxRows(db).where('conversations.id', '=', conversationId).executeTakeFirst();
  return row ? inboxRowOf(row) : null;
}

export async function heads(
  db: Db,
  { siteId, sinceMs }: ArgsOf<'heads'>,
): Promise<Array<{ conversationId: string; lastSeq: number }>> {
  return await db
    .selectFrom('conversations')
    .select(['id as conversationId', 'last_seq as lastSeq'])
    .where('site_id', '=', siteId)
    .where('changed_at_ms', '>=', sinceMs)
    .execute();
}
