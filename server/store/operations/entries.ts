import { RapportError } from '../../../shared/errors.ts';
import type { AgentCard } from '../../../shared/model/agent.ts';
import type { ChatFile } from '../../../shared/model/chat-file.ts';
import {
  applyEntry,
  type ConversationState,
  type Entry,
  type Sender,
} from '../../../shared/model/conversation.ts';
import { inboxKey } from '../../../shared/model/inbox.ts';
import { bodyHash } from '../body-hash.ts';
import type { ArgsOf } from '../calls.ts';
import type { ConversationTable, Db, EntryTable } from '../schema.ts';
import type { Appended, NewEntry, StoredSender } from '../store.ts';
import { agentCards } from './agents.ts';
import { amend } from './amendments.ts';
import { compiled } from './compiled.ts';
import { recordMarks } from './conversation-marks.ts';
import { isPostgres } from './dialect.ts';
import { sendableFiles, takeFiles } from './files.ts';
import { markAssigned } from './routing.ts';
import { locked } from './row-lock.ts';
import { recordSurvey } from './satisfaction.ts';
import { changeDoc, docWords, freeMessageDoc, searchableText, wordVector } from './search-docs.ts';
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
    if (entry.ifUntaken && (log.state.assignee !== null || appended.at(-1)?.repeated)) continue;
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
    return { role: 'agent', id: card.id, name: card.name, color: card.color };
  }
  if (sender.id !== log.state.visitorId) throw new RapportError('not_found');
  return { role: 'visitor', id: sender.id, name: log.visitorName };
}

type NewRow = Omit<EntryTable, 'words'> & { words: string[] | null };

const insertEntry = compiled((db, row: NewRow) =>
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
      of_seq: row.of_seq,
      ...(isPostgres(db) ? { words: wordVector(row.words) } : { doc_id: row.doc_id }),
    })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'sender_key', 'client_id']).doNothing()),
);

async function appendOne(db: Db, log: OpenLog, newEntry: NewEntry, sender: Sender): Promise<Appended> {
  const { files, ifUntaken, ...facts } = newEntry;
  const { conversationId, kind, clientId, payload } = facts;
  const hash = bodyHash(kind, files ? { ...payload, files: files.ids } : payload);
  if (files) {
    // Before the files are looked for: a repeat would find them taken, by itself.
    const first = await entryByClientId(db, conversationId, sender, clientId);
    if (first) return repeated(first, hash, log);
  }
  const sent = files ? await sendableFiles(db, log.state.siteId, files) : null;
  const entry: Entry = withFiles({ ...facts, seq: log.state.lastSeq + 1, sender }, sent);
  const isText = entry.kind === 'message' || entry.kind === 'note';
  const words = isText ? docWords(log.state.siteId, searchableText(entry.payload)) : null;
  const docId = words && !isPostgres(db) ? await freeMessageDoc(db, entry.atMs) : null;
  const { numAffectedRows } = await insertEntry(db, {
    conversation_id: conversationId,
    seq: entry.seq,
    sender_role: sender.role,
    sender_key: keyOf(sender),
    client_id: clientId,
    kind,
    body_hash: hash,
    payload: JSON.stringify(entry.payload),
    at_ms: entry.atMs,
    of_seq: entry.kind === 'edit' || entry.kind === 'deletion' ? entry.payload.seq : null,
    doc_id: docId,
    words,
  });
  if (numAffectedRows !== 1n) {
    return repeated(await entryByClientId(db, conversationId, sender, clientId), hash, log);
  }
  if (docId !== null) await changeDoc(db, 'message', docId, words);
  if (files) {
    await takeFiles(db, { conversationId, seq: entry.seq, isInternal: entry.kind === 'note' }, files.ids);
  }
  const before = log.state;
  log.state = applyEntry(before, entry);
  log.changedAtMs = Math.max(log.changedAtMs, entry.atMs);
  log.changed = true;
  await follow(db, before, log.state, entry);
  return { entry, conversation: log.state, repeated: false };
}

function repeated(first: { entry: Entry; bodyHash: string } | null, hash: string, log: OpenLog): Appended {
  if (first?.bodyHash !== hash) throw new RapportError('client_id_reused');
  return { entry: first.entry, conversation: log.state, repeated: true };
}

function withFiles(entry: Entry, files: ChatFile[] | null): Entry {
  if (files === null) return entry;
  if (entry.kind === 'message') return { ...entry, payload: { ...entry.payload, files } };
  if (entry.kind === 'note') return { ...entry, payload: { ...entry.payload, files } };
  return entry;
}

/** What an entry moves beside the log and the state. */
async function follow(
  db: Db,
  before: ConversationState,
  after: ConversationState,
  entry: Entry,
): Promise<void> {
  switch (entry.kind) {
    case 'note':
    case 'labels':
      await recordMarks(db, before, after);
      return;
    case 'edit':
    case 'deletion':
      await amend(db, { ...entry, siteId: after.siteId, senderKey: keyOf(entry.sender) });
      return;
    case 'assignment':
      if (after.assignee) await markAssigned(db, after.siteId, after.assignee.id, entry.atMs);
      return;
    case 'survey':
      await recordSurvey(db, before, entry.payload, entry.atMs);
  }
}

type LogColumns = Pick<
  ConversationTable,
  | 'id'
  | 'status'
  | 'assignee_id'
  | 'team_id'
  | 'queue_key'
  | 'snoozed_until_ms'
  | 'first_message_at_ms'
  | 'first_reply_after_ms'
  | 'last_seq'
  | 'changed_at_ms'
  | 'state'
>;

/** The columns by which a conversation is found, as they follow from its state. */
export function logColumns(state: ConversationState, changedAtMs: number): LogColumns {
  return {
    id: state.id,
    status: state.status,
    assignee_id: state.assignee?.id ?? '',
    team_id: state.team?.id ?? '',
    queue_key: inboxKey(state),
    snoozed_until_ms: state.snoozedUntilMs,
    first_message_at_ms: state.firstMessageAtMs,
    first_reply_after_ms: state.firstReplyAfterMs,
    last_seq: state.lastSeq,
    changed_at_ms: changedAtMs,
    state: JSON.stringify(state),
  };
}

const updateLog = compiled((db, row: LogColumns) =>
  db
    .updateTable('conversations')
    .set({
      status: row.status,
      assignee_id: row.assignee_id,
      team_id: row.team_id,
      queue_key: row.queue_key,
      snoozed_until_ms: row.snoozed_until_ms,
      first_message_at_ms: row.first_message_at_ms,
      first_reply_after_ms: row.first_reply_after_ms,
      last_seq: row.last_seq,
      changed_at_ms: row.changed_at_ms,
      state: row.state,
    })
    .where('id', '=', row.id),
);

async function saveLog(db: Db, { state, changedAtMs }: OpenLog): Promise<void> {
  await updateLog(db, logColumns(state, changedAtMs));
}

const entryColumns = [
  'conversation_id',
  'seq',
  'sender_role',
  'sender_key',
  'client_id',
  'kind',
  'body_hash',
  'payload',
  'at_ms',
] as const satisfies Array<keyof EntryTable>;
type EntryRow = Pick<EntryTable, (typeof entryColumns)[number]>;

export async function entryByClientId(
  db: Db,
  conversationId: string,
  sender: Sender,
  clientId: string,
): Promise<{ entry: Entry; bodyHash: string } | null> {
  const row = await db
    .selectFrom('entries')
    .select(entryColumns)
    .where('conversation_id', '=', conversationId)
    .where('sender_key', '=', keyOf(sender))
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row ? { entry: entryOf(row, sender), bodyHash: row.body_hash } : null;
}

function entryOf(row: EntryRow, sender: Sender): Entry {
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
    .select(entryColumns)
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
