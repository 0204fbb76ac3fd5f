import { RapportError } from '../../../shared/errors.ts';
import {
  type ConversationState,
  type Entry,
  newConversation,
  type Sender,
} from '../../../shared/model/conversation.ts';
import { bodyHash } from '../body-hash.ts';
import type { ArgsOf, ResultOf } from '../calls.ts';
import type { ConversationTable, Db } from '../schema.ts';
import type { NewEntry, StoredVisitor } from '../store.ts';
import { agentCards } from './agents.ts';
import { append, entryByClientId, logColumns } from './entries.ts';
import { formed, heldVisitor, revisited, saveVisitor, takeVisitor, unsignedPart } from './visitors.ts';

/** More than anybody scrolls through in a widget; older ones stay in the console. */
const maxConversationsOfVisitors = 100;

export function stateOf(row: Pick<ConversationTable, 'state'>): ConversationState {
  return JSON.parse(row.state);
}

export async function startConversation(
  db: Db,
  args: ArgsOf<'startConversation'>,
): Promise<ResultOf<'startConversation'>> {
  const { siteId, tokenHash, visitorId, conversationId, visit, browser, clientId, form, nowMs } = args;
  const { visitor, isNew } =
    tokenHash === null
      ? { visitor: await heldVisitor(db, siteId, visitorId), isNew: false }
      : await takeVisitor(db, { ...args, tokenHash });
  const startHash = hashOfStart(args);
  const state = newConversation({
    id: conversationId,
    siteId,
    visitorId: visitor.id,
    createdAtMs: nowMs,
  });
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('conversations')
    .values({
      ...logColumns(state, nowMs),
      site_id: siteId,
      visitor_id: visitor.id,
      start_client_id: clientId,
      start_hash: startHash,
      created_at_ms: nowMs,
      is_verified: visitor.verified ? 1 : 0,
    })
    .onConflict((conflict) => conflict.columns(['visitor_id', 'start_client_id']).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return await startedBefore(db, visitor, args, startHash);

  const present = isNew || tokenHash === null ? visitor : revisited(visitor, visit, browser);
  const current = form ? formed(present, await unsignedPart(db, visitor, form.change)) : present;
  const saved = current === visitor ? visitor : await saveVisitor(db, visitor, current, nowMs);

  const appended = await append(db, { entries: firstEntries(args, visitor.id) });
  const last = appended.at(-1);
  return {
    visitor: saved,
    conversation: last?.conversation ?? state,
    entry: args.text === null ? null : (last?.entry ?? null),
    repeated: false,
  };
}

/** The form, then the message. */
function firstEntries(args: ArgsOf<'startConversation'>, visitorId: string): NewEntry[] {
  const { conversationId, tokenHash, clientId, text, fileIds = [], form, agentId, nowMs: atMs } = args;
  const entries: NewEntry[] = [];
  if (form) {
    const sender = { role: 'visitor', id: visitorId } as const;
    const { payload } = form;
    entries.push({ conversationId, kind: 'form', clientId: `${clientId}-form`, sender, payload, atMs });
  }
  if (text !== null) {
    entries.push({
      conversationId,
      kind: 'message',
      clientId,
      sender: firstSender(visitorId, agentId),
      payload: { text },
      atMs,
      ...(fileIds.length > 0 ? { files: { ids: fileIds, owner: agentId ?? tokenHash ?? '' } } : {}),
    });
  }
  return entries;
}

const firstSender = (visitorId: string, agentId: string | undefined) =>
  agentId === undefined
    ? ({ role: 'visitor', id: visitorId } as const)
    : ({ role: 'agent', id: agentId } as const);

function hashOfStart({ text, fileIds = [] }: ArgsOf<'startConversation'>): string {
  if (text === null) return '';
  return bodyHash('message', fileIds.length > 0 ? { text, files: fileIds } : { text });
}

/** What the first call with this client id made, as it stands now. */
async function startedBefore(
  db: Db,
  visitor: StoredVisitor,
  { clientId, agentId }: ArgsOf<'startConversation'>,
  startHash: string,
): Promise<ResultOf<'startConversation'>> {
  const row = await db
    .selectFrom('conversations')
    .select(['id', 'start_hash', 'state'])
    .where('visitor_id', '=', visitor.id)
    .where('start_client_id', '=', clientId)
    .executeTakeFirstOrThrow();
  if (row.start_hash !== startHash) throw new RapportError('client_id_reused');
  const first = startHash === '' ? null : await firstMessage(db, row.id, visitor, clientId, agentId);
  return { visitor, conversation: stateOf(row), entry: first, repeated: true };
}

async function firstMessage(
  db: Db,
  conversationId: string,
  visitor: StoredVisitor,
  clientId: string,
  agentId: string | undefined,
): Promise<Entry | null> {
  let sender: Sender = { role: 'visitor', id: visitor.id, name: visitor.name };
  if (agentId !== undefined) {
    const card = (await agentCards(db, new Set([agentId]))).get(agentId);
    if (!card) throw new RapportError('not_found');
    sender = { role: 'agent', id: card.id, name: card.name, color: card.color };
  }
  return (await entryByClientId(db, conversationId, sender, clientId))?.entry ?? null;
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

export async function conversationsOfVisitors(
  db: Db,
  { siteId, visitorIds }: ArgsOf<'conversationsOfVisitors'>,
): Promise<ConversationState[]> {
  if (visitorIds.length === 0) return [];
  const rows = await db
    .selectFrom('conversations')
    .select('state')
    .where('site_id', '=', siteId)
    .where('visitor_id', 'in', visitorIds)
    .orderBy('created_at_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(maxConversationsOfVisitors)
    .execute();
  return rows.map(stateOf);
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
