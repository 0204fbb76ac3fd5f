import { sql } from 'kysely';
import type { EntryPayloads } from '../../../shared/model/conversation.ts';
import type { Db } from '../schema.ts';
import { isPostgres } from './dialect.ts';
import { locked } from './row-lock.ts';
import { docWords, rewordCustomer, rewordMessage, searchableText } from './search-docs.ts';
import { namesIn } from './visitors.ts';

/** To be raised whenever other words are made of the same text, or other texts are found. */
const searchVersion = '2';

const batchRows = 500;

/**
 * Words that older rules made, or none, are made anew. The caller has opened a transaction; of the nodes that start
 * together one does the work, and the others wait for it. `afterBatch` may put away what has been made so far.
 */
export async function refreshSearch(db: Db, afterBatch: () => void): Promise<void> {
  const name = 'search';
  await db
    .insertInto('meta')
    .values({ name, value: '' })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const version = db.selectFrom('meta').select('value').where('name', '=', name);
  const { value } = await locked(db, version, 'meta').executeTakeFirstOrThrow();
  if (value === searchVersion) return;
  await forgetWords(db);
  await rewordMessages(db, afterBatch);
  await rewordCustomers(db, afterBatch);
  await db.updateTable('meta').set({ value: searchVersion }).where('name', '=', name).execute();
}

async function forgetWords(db: Db): Promise<void> {
  if (isPostgres(db)) return;
  for (const table of ['message_words', 'customer_words']) {
    await sql`insert into ${sql.ref(table)} (${sql.ref(table)}) values ('delete-all')`.execute(db);
  }
}

async function rewordMessages(db: Db, afterBatch: () => void): Promise<void> {
  let after = { conversation_id: '', seq: 0 };
  for (;;) {
    const rows = await db
      .selectFrom('entries')
      .innerJoin('conversations', 'conversations.id', 'entries.conversation_id')
      .select(['entries.conversation_id', 'entries.seq', 'entries.payload', 'entries.at_ms', 'entries.kind'])
      .select('conversations.site_id')
      .where('entries.kind', 'in', ['message', 'note'])
      .where(sql<boolean>`(entries.conversation_id, entries.seq) > (${after.conversation_id}, ${after.seq})`)
      .orderBy('entries.conversation_id')
      .orderBy('entries.seq')
      .limit(batchRows)
      .execute();
    for (const { conversation_id: conversationId, seq, payload, at_ms, site_id } of rows) {
      const text = await standingText(db, conversationId, seq, payload);
      const message = { conversationId, seq, atMs: at_ms };
      await rewordMessage(db, message, text === null ? null : docWords(site_id, text));
    }
    afterBatch();
    const last = rows.at(-1);
    if (!last) return;
    after = last;
  }
}

/** As edited last; null when it was taken back. */
async function standingText(
  db: Db,
  conversationId: string,
  seq: number,
  payload: string,
): Promise<string | null> {
  const written: EntryPayloads['message'] = JSON.parse(payload);
  const amendment = await db
    .selectFrom('entries')
    .select(['kind', 'payload'])
    .where('conversation_id', '=', conversationId)
    .where('of_seq', '=', seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (amendment?.kind === 'deletion') return null;
  const edit: Partial<EntryPayloads['edit']> = amendment ? JSON.parse(amendment.payload) : {};
  return searchableText({ ...written, text: edit.text ?? written.text });
}

async function rewordCustomers(db: Db, afterBatch: () => void): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('visitors')
      .select(['id', 'site_id', 'profile'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(batchRows)
      .execute();
    for (const { id, site_id, profile } of rows) {
      await rewordCustomer(db, { id, siteId: site_id, ...namesIn(profile) });
    }
    afterBatch();
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
