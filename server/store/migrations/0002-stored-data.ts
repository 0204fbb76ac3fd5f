import type { Kysely } from 'kysely';
import type { ConversationState } from '../../../shared/model/conversation.ts';
import { inboxKey } from '../../../shared/model/inbox.ts';
import { defaultSiteSettings } from '../../../shared/model/site.ts';
import { bodyHash } from '../body-hash.ts';

/** The columns that this upgrade reads and writes, as they are at this point of the history. */
interface Tables {
  sites: { id: string; settings: string };
  visitors: { id: string; profile: string };
  conversations: {
    id: string;
    status: string;
    assignee_id: string;
    queue_key: number;
    first_message_at_ms: number | null;
    first_reply_after_ms: number | null;
    state: string;
  };
  entries: {
    conversation_id: string;
    seq: number;
    sender_role: string;
    kind: string;
    body_hash: string;
    payload: string;
    at_ms: number;
  };
}

/** Rows held in memory at once. */
const batchRows = 300;

/** Gives the rows of before the facts that are new. Whoever looks at them with the new code sees them complete. */
export async function upgradeStoredData(upgraded: Kysely<unknown>): Promise<void> {
  const db = upgraded as Kysely<Tables>;
  await upgradeSites(db);
  await eachBatch(
    (afterId) =>
      db
        .selectFrom('visitors')
        .select(['id', 'profile'])
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(batchRows)
        .execute(),
    (rows) => upgradeVisitors(db, rows),
  );
  await eachBatch(
    (afterId) =>
      db
        .selectFrom('conversations')
        .select(['id', 'state'])
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(batchRows)
        .execute(),
    (rows) => upgradeConversations(db, rows),
  );
  const closed = { status: 'closed' };
  await db
    .updateTable('entries')
    .set({ payload: JSON.stringify(closed), body_hash: bodyHash('status', closed) })
    .where('kind', '=', 'status')
    .where('payload', '=', JSON.stringify({ status: 'resolved' }))
    .execute();
}

async function eachBatch<Row extends { id: string }>(
  read: (afterId: string) => Promise<Row[]>,
  upgrade: (rows: Row[]) => Promise<void>,
): Promise<void> {
  for (let rows = await read(''); rows.length > 0; rows = await read(rows.at(-1)?.id ?? '')) {
    await upgrade(rows);
  }
}

async function upgradeSites(db: Kysely<Tables>): Promise<void> {
  const { chat, hours, routing, identity, liveVisitors } = defaultSiteSettings('', []);
  const added = { chat, hours, routing, identity, liveVisitors };
  for (const { id, settings } of await db.selectFrom('sites').select(['id', 'settings']).execute()) {
    const stored: object = JSON.parse(settings);
    await db
      .updateTable('sites')
      .set({ settings: JSON.stringify({ ...added, ...stored }) })
      .where('id', '=', id)
      .execute();
  }
}

async function upgradeVisitors(
  db: Kysely<Tables>,
  rows: Array<{ id: string; profile: string }>,
): Promise<void> {
  for (const { id, profile } of rows) {
    const stored: object = JSON.parse(profile);
    const added = { externalId: null, verified: false, attributes: {} };
    await db
      .updateTable('visitors')
      .set({ profile: JSON.stringify({ ...added, ...stored }) })
      .where('id', '=', id)
      .execute();
  }
}

async function upgradeConversations(
  db: Kysely<Tables>,
  rows: Array<{ id: string; state: string }>,
): Promise<void> {
  const messages = await db
    .selectFrom('entries')
    .select(['conversation_id', 'seq', 'sender_role', 'at_ms'])
    .where(
      'conversation_id',
      'in',
      rows.map(({ id }) => id),
    )
    .where('kind', '=', 'message')
    .orderBy('conversation_id')
    .orderBy('seq')
    .execute();
  const logs = new Map<string, typeof messages>();
  for (const message of messages) {
    const log = logs.get(message.conversation_id);
    if (log) log.push(message);
    else logs.set(message.conversation_id, [message]);
  }
  for (const { id, state: json } of rows) {
    const stored: ConversationState & { status: string } = JSON.parse(json);
    const log = logs.get(id) ?? [];
    const asked = log.find((message) => message.sender_role === 'visitor');
    const reply = log.find(
      (message) => message.sender_role === 'agent' && asked !== undefined && message.seq > asked.seq,
    );
    const state: ConversationState = {
      ...stored,
      status: stored.status === 'open' ? 'open' : 'closed',
      snoozedUntilMs: null,
      team: null,
      priority: 'normal',
      labels: [],
      mentions: [],
      visitorDeliveredSeq: 0,
      agentDeliveredSeq: 0,
      firstMessageAtMs: asked?.at_ms ?? null,
      firstReplyAfterMs: asked && reply ? reply.at_ms - asked.at_ms : null,
    };
    await db
      .updateTable('conversations')
      .set({
        status: state.status,
        assignee_id: state.assignee?.id ?? '',
        queue_key: inboxKey(state),
        first_message_at_ms: state.firstMessageAtMs,
        first_reply_after_ms: state.firstReplyAfterMs,
        state: JSON.stringify(state),
      })
      .where('id', '=', id)
      .execute();
  }
}
