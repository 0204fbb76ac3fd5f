import { RapportError } from '../../../shared/errors.ts';
import type { AgentCard } from '../../../shared/model/agent.ts';
import {
  applyEntry,
  type ConversationState,
  type Entry,
  lastActivityMs,
  type Sender,
} from '../../../shared/model/conversation.ts';
import { bodyHash } from '../body-hash.ts';
import type { ArgsOf } from '../calls.ts';
import type { ConversationTable, Db, EntryTable } from '../schema.ts';
import type { Appended, NewEntry, StoredSender } from '../store.ts';
import { agentCards } from './agents.ts';
import { compiled } from './compiled.ts';
import { locked } from './row-lock.ts';
import { recordSurvey } from './satisfaction.ts';
import { nameInProfile } from './visitors.ts';

/** A conversation whose row this transaction holds, as it stands after the entries appended so far. */
interface OpenLog {
  state: ConversationState;
  visitorName: string | null;
  changedAtMs: number;
  changed: boolean;
}

const keyOf = (sender: StoredSender) => (sender.role === 'system' ? 'system' : sender.id);

/**
 * The rows of the conversations are held first, in the order of their ids so that two calls cannot wait for each other:
 * whoever appends to the same log waits, and the order of seqs is the order of commits.
 */
export async function append(db: Db, { entries }: ArgsOf<'append'>): Promise<Appended[]> {
  const logs = new Map<string, OpenLog>();
  for (const id of new Set(entries.map((entry) => entry.conversationId).sort())) {
    logs.set(id, logOf((await heldLog(db, { id })).rows[0]));
  }
  const agents = await agentCards(
    db,
    new Set(entries.flatMap(({ sender }) => (sender.role === 'agent' ? [sender.id] : []))),
  );
  const appended: Appended[] = [];
  for (const entry of entries) {
    const log = logs.get(entry.conversationId);
    if (!log) throw new RapportError('not_found');
    appended.push(await appendOne(db, log, entry, senderOf(entry.sender, log, agents)));
  }
  for (const log of logs.values()) if (log.changed) await saveLog(db, log);
  return appended;
}

const logRow = (db: Db, id: string) =>
  db
    .selectFrom('conversations')
    .innerJoin('visitors', 'visitors.id', 'conversations.visitor_id')
    .select(['conversations.state', 'conversations.changed_at_ms as changedAtMs', 'visitors.profile'])
    .where('conversations.id', '=', id);

const seenLog = compiled((db, { id }: { id: string }) => logRow(db, id));
const heldLog = compiled((db, { id }: { id: string }) => locked(db, logRow(db, id), 'conversations'));

function logOf(row: { state: string; profile: string; changedAtMs: number } | undefined): OpenLog {
  if (!row) throw new RapportError('not_found');
  return {
    state: JSON.parse(row.state),
    visitorName: nameInProfile(row.profile),
    changedAtMs: row.changedAtMs,
    changed: false,
  };
}

/** A visitor writes only in an own conversation; a sender who does not exist is refused. */
function senderOf(sender: StoredSender, log: OpenLog, agents: Map<string, AgentCard>): Sender {
  if (sender.role === 'system') return { role: 'system' };
  if (sender.role === 'agent') {
    const card = agents.get(sender.id);
    if (!card) throw new RapportError('not_found');
    return { role: 'agent', ...card };
  }
  if (sender.id !== log.state.visitorId) throw new RapportError('not_found');
  return { role: 'visitor', id: sender.id, name: log.visitorName };
}

const insertEntry = compiled((db, row: EntryTable) =>
  db
    .insertInto('entries')
    .values({
      conversation_id: row.conversation_id,
      seq: row.seq,
      sender_role: row.sender_role,
      sender_key: row.sender_key,
      client_id: row.client_id,
      kind: row.kind,
      body_hash: row.body_hash,
      payload: row.payload,
      at_ms: row.at_ms,
    })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'sender_key', 'client_id']).doNothing()),
);

async function appendOne(db: Db, log: OpenLog, newEntry: NewEntry, sender: Sender): Promise<Appended> {
  const entry: Entry = { ...newEntry, seq: log.state.lastSeq + 1, sender };
  const hash = bodyHash(entry.kind, entry.payload);
  const { numAffectedRows } = await insertEntry(db, {
    conversation_id: entry.conversationId,
    seq: entry.seq,
    sender_role: sender.role,
    sender_key: keyOf(sender),
    client_id: entry.clientId,
    kind: entry.kind,
    body_hash: hash,
    payload: JSON.stringify(entry.payload),
    at_ms: entry.atMs,
  });
  if (numAffectedRows !== 1n) {
    const first = await entryByClientId(db, entry.conversationId, sender, entry.clientId);
    if (first?.bodyHash !== hash) throw new RapportError('client_id_reused');
    return { entry: first.entry, conversation: log.state, repeated: true };
  }
  if (entry.kind === 'survey') await recordSurvey(db, log.state, entry.payload, entry.atMs);
  log.state = applyEntry(log.state, entry);
  log.changedAtMs = Math.max(log.changedAtMs, entry.atMs);
  log.changed = true;
  return { entry, conversation: log.state, repeated: false };
}

type LogColumns = Pick<
  ConversationTable,
  'id' | 'status' | 'last_seq' | 'last_activity_ms' | 'changed_at_ms' | 'state'
>;

const updateLog = compiled((db, row: LogColumns) =>
  db
    .updateTable('conversations')
    .set({
      status: row.status,
      last_seq: row.last_seq,
      last_activity_ms: row.last_activity_ms,
      changed_at_ms: row.changed_at_ms,
      state: row.state,
    })
    .where('id', '=', row.id),
);

async function saveLog(db: Db, { state, changedAtMs }: OpenLog): Promise<void> {
  await updateLog(db, {
    id: state.id,
    status: state.status,
    last_seq: state.lastSeq,
    last_activity_ms: lastActivityMs(state),
    changed_at_ms: changedAtMs,
    state: JSON.stringify(state),
  });
}

export async function entryByClientId(
  db: Db,
  conversationId: string,
  sender: Sender,
  clientId: string,
): Promise<{ entry: Entry; bodyHash: string } | null> {
  const row = await db
    .selectFrom('entries')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('sender_key', '=', keyOf(sender))
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row ? { entry: entryOf(row, sender), bodyHash: row.body_hash } : null;
}

function entryOf(row: EntryTable, sender: Sender): Entry {
  return {
    conversationId: row.conversation_id,
    seq: row.seq,
    kind: row.kind,
    clientId: row.client_id,
    sender,
    payload: JSON.parse(row.payload),
    atMs: row.at_ms,
  };
}

const entryRows = compiled((db, { conversationId, afterSeq, limit }: ArgsOf<'entries'>) =>
  db
    .selectFrom('entries')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit),
);

export async function entries(
  db: Db,
  { conversationId, afterSeq, limit }: ArgsOf<'entries'>,
): Promise<{ entries: Entry[]; lastSeq: number }> {
  const log = logOf((await seenLog(db, { id: conversationId })).rows[0]);
  const { rows } = await entryRows(db, { conversationId, afterSeq, limit });
  const agentIds = rows.flatMap((row) => (row.sender_role === 'agent' ? [row.sender_key] : []));
  const agents = await agentCards(db, new Set(agentIds));
  return {
    entries: rows.map((row) =>
      entryOf(row, senderOf({ role: row.sender_role, id: row.sender_key }, log, agents)),
    ),
    lastSeq: log.state.lastSeq,
  };
}
