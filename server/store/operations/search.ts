import { type RawBuilder, sql } from 'kysely';
import type { EntryPayloads } from '../../../shared/model/conversation.ts';
import type { FoundMessage } from '../../../shared/wire.ts';
import type { ArgsOf, ResultOf } from '../calls.ts';
import type { Db, EntryTable } from '../schema.ts';
import { foundExcerpt, foundText } from '../search/found-text.ts';
import { searchedWords, type TextWord, type WordSought, wordsSought } from '../search/words.ts';
import { agentCards } from './agents.ts';
import { isPostgres, planEachTime } from './dialect.ts';
import { firstDocOf, searchableText } from './search-docs.ts';
import { nameInProfile, shownName, visitorOf, visitorRows } from './visitors.ts';

const messagesPerPage = 20;
/** Messages of one millisecond that a page may hold beyond that: a page is told by its time, and must not split one. */
const maxOfOneMs = 200;
const maxCustomers = 10;

type Found = ResultOf<'search'>;

export async function search(db: Db, { siteIds, text, beforeMs }: ArgsOf<'search'>): Promise<Found> {
  const searched = searchedWords(text);
  if (searched.length === 0 || siteIds.length === 0) return { messages: [], customers: [], hasMore: false };
  const ids = [...new Set(siteIds)];
  const expression = matchExpression(db, ids, wordsSought(searched));
  await planEachTime(db);
  const { messages, hasMore } = await messagePage(db, expression, beforeMs);
  return {
    messages: await foundMessages(db, messages, searched),
    customers:
      beforeMs === null
        ? await customersFound(db, matchExpression(db, ids, wordsSought(customerWords(searched))), searched)
        : [],
    hasMore,
  };
}

/** Of "Visitor 4821" the number is what customers without a name are found by. */
function customerWords(searched: TextWord[]): TextWord[] {
  const [first, second, ...rest] = searched;
  const isNumbered = first?.text === 'visitor' && /^\d+$/.test(second?.text ?? '') && rest.length === 0;
  return isNumbered ? searched.slice(1) : searched;
}

/** A page ends between two milliseconds, because the next one is asked for by time. */
async function messagePage(
  db: Db,
  expression: string,
  beforeMs: number | null,
): Promise<{ messages: MessageRow[]; hasMore: boolean }> {
  const rows = await messagesFound(db, expression, { fromMs: 0, beforeMs }, messagesPerPage + 1);
  const [last, next] = rows.slice(messagesPerPage - 1);
  if (!last || !next) return { messages: rows, hasMore: false };
  if (next.at_ms < last.at_ms) return { messages: rows.slice(0, messagesPerPage), hasMore: true };
  const lastMs = { fromMs: last.at_ms, beforeMs: last.at_ms + 1 };
  const ofLastMs = await messagesFound(db, expression, lastMs, maxOfOneMs);
  const older = await messagesFound(db, expression, { fromMs: 0, beforeMs: last.at_ms }, 1);
  return {
    messages: [...rows.filter(({ at_ms }) => at_ms > last.at_ms), ...ofLastMs],
    hasMore: older.length > 0,
  };
}

/** For FTS5 or for `tsquery`. Words are letters and digits, ids of sites word characters: nothing can be an operator. */
function matchExpression(db: Db, siteIds: string[], words: WordSought[]): string {
  const quote = isPostgres(db) ? "'" : '"';
  const beginning = isPostgres(db) ? ':*' : '*';
  const [and, or] = isPostgres(db) ? [' & ', ' | '] : [' AND ', ' OR '];
  const quoted = (word: string) => `${quote}${word}${quote}`;
  const sites = `(${siteIds.map(quoted).join(or)})`;
  return [...words.map(({ word, isBeginning }) => quoted(word) + (isBeginning ? beginning : '')), sites].join(
    and,
  );
}

type MessageRow = Pick<
  EntryTable,
  'conversation_id' | 'seq' | 'kind' | 'sender_role' | 'sender_key' | 'payload' | 'at_ms'
> & {
  site_id: string;
  visitor_id: string;
  profile: string;
  target_profile: string | null;
};

async function messagesFound(
  db: Db,
  expression: string,
  { fromMs, beforeMs }: { fromMs: number; beforeMs: number | null },
  limit: number,
): Promise<MessageRow[]> {
  const found: RawBuilder<unknown> = isPostgres(db)
    ? sql`(
        select * from entries
        where words @@ ${expression}::tsquery and at_ms >= ${fromMs}
          ${beforeMs === null ? sql`` : sql`and at_ms < ${beforeMs}`}
        order by at_ms desc, conversation_id desc, seq desc limit ${limit}
      ) as entries`
    : sql`(
        select rowid as doc_id from message_words
        where message_words match ${expression} and rowid >= ${firstDocOf(fromMs)}
          ${beforeMs === null ? sql`` : sql`and rowid < ${firstDocOf(beforeMs)}`}
        order by rowid desc limit ${limit}
      ) as found cross join entries on entries.doc_id = found.doc_id`;
  const { rows } = await sql<MessageRow>`
    select entries.conversation_id, entries.seq, entries.kind, entries.sender_role, entries.sender_key,
      entries.payload, entries.at_ms, conversations.site_id, visitors.id as visitor_id,
      visitors.profile, target.profile as target_profile
    from ${found}
    join conversations on conversations.id = entries.conversation_id
    join visitors on visitors.id = conversations.visitor_id
    left join visitors as target on target.id = visitors.merged_into
    order by entries.at_ms desc, entries.conversation_id desc, entries.seq desc`.execute(db);
  return rows;
}

async function foundMessages(db: Db, rows: MessageRow[], searched: TextWord[]): Promise<FoundMessage[]> {
  const agentIds = rows.flatMap((row) => (row.sender_role === 'agent' ? [row.sender_key] : []));
  const agents = await agentCards(db, new Set(agentIds));
  const messages: FoundMessage[] = [];
  for (const row of rows) {
    messages.push({
      siteId: row.site_id,
      conversationId: row.conversation_id,
      seq: row.seq,
      kind: row.kind === 'note' ? 'note' : 'message',
      senderName:
        row.sender_role === 'visitor'
          ? nameInProfile(row.profile)
          : (agents.get(row.sender_key)?.name ?? null),
      visitorName: shownName(row),
      excerpt: foundExcerpt(await standingText(db, row), searched),
      atMs: row.at_ms,
    });
  }
  return messages;
}

/** As edited last. What was taken back is not found. */
async function standingText(db: Db, row: MessageRow): Promise<string> {
  const written: EntryPayloads['message'] = JSON.parse(row.payload);
  const edit = await db
    .selectFrom('entries')
    .select('payload')
    .where('conversation_id', '=', row.conversation_id)
    .where('of_seq', '=', row.seq)
    .where('kind', '=', 'edit')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const edited: EntryPayloads['edit'] | null = edit ? JSON.parse(edit.payload) : null;
  return searchableText({ ...written, text: edited?.text ?? written.text });
}

async function customersFound(db: Db, expression: string, searched: TextWord[]): Promise<Found['customers']> {
  const rows = isPostgres(db)
    ? visitorRows(db)
        .where(sql<boolean>`visitors.words @@ ${expression}::tsquery`)
        .orderBy('visitors.first_seen_ms', 'desc')
        .orderBy('visitors.id', 'desc')
        .limit(maxCustomers)
    : visitorRows(db)
        .where(
          'visitors.doc_id',
          'in',
          sql<number>`(
            select rowid from customer_words where customer_words match ${expression}
            order by rowid desc limit ${maxCustomers}
          )`,
        )
        .orderBy('visitors.doc_id', 'desc');
  const found: Found['customers'] = [];
  for (const row of await rows.execute()) {
    const visitor = visitorOf(row);
    const newest = await db
      .selectFrom('conversations')
      .select('id')
      .where('site_id', '=', visitor.siteId)
      .where('visitor_id', '=', visitor.id)
      .orderBy('created_at_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    found.push({
      visitor,
      name: foundText(visitor.name ?? '', searched),
      email: foundText(visitor.email ?? '', searched),
      conversationId: newest?.id ?? null,
    });
  }
  return found;
}
