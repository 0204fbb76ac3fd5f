import { sql } from 'kysely';
import type { ChatFile } from '../../../shared/model/chat-file.ts';
import { visitorNumber } from '../../../shared/model/visitor.ts';
import type { Db, WordChangeTable } from '../schema.ts';
import { indexedWords } from '../search/words.ts';
import { compiled } from './compiled.ts';
import { isPostgres } from './dialect.ts';

/**
 * What the search knows. Each row's words stand with those of its site in front, so that one site's words never lead
 * through the rows of another. PostgreSQL keeps them in the row itself. SQLite keeps them in FTS5 tables whose row
 * numbers (`doc_id`) grow with time, so that the newest come first without sorting.
 */

/** Numbers for messages of one millisecond. They stay exact until the year 2248. */
const docsPerMs = 1024;

/** The text that finds a message: what it says, and what its files are called. */
export function searchableText({
  text,
  files = [],
}: {
  text: string;
  files?: readonly Pick<ChatFile, 'name'>[];
}): string {
  return [text, ...files.map(({ name }) => name)].filter((part) => part !== '').join('\n');
}

export function docWords(siteId: string, text: string): string[] {
  return [siteId, ...indexedWords(text)];
}

/** As PostgreSQL takes them; null for none. */
export const wordVector = (words: string[] | null) => sql<string | null>`array_to_tsvector(${words}::text[])`;

/** First number whose message is of that time. */
export const firstDocOf = (atMs: number) => atMs * docsPerMs;

const lastDocIn = compiled((db, { from, to }: { from: number; to: number }) =>
  db
    .selectFrom('entries')
    .select((row) => row.fn.max('doc_id').as('last'))
    .where('doc_id', '>=', from)
    .where('doc_id', '<', to),
);

/** SQLite: a free number for a message of that time. */
export async function freeMessageDoc(db: Db, atMs: number): Promise<number> {
  for (let from = firstDocOf(atMs); ; from += docsPerMs) {
    const to = from + docsPerMs;
    const last = (await lastDocIn(db, { from, to })).rows[0]?.last ?? null;
    const free = last === null ? from : Number(last) + 1;
    if (free < to) return free;
  }
}

const putChange = compiled((db, change: WordChangeTable) =>
  db
    .insertInto('word_changes')
    .values({ target: change.target, doc_id: change.doc_id, words: change.words })
    .onConflict((conflict) => conflict.columns(['target', 'doc_id']).doUpdateSet({ words: change.words })),
);

/** SQLite: takes effect with the commit. Words null: the row is not found any more. */
export async function changeDoc(
  db: Db,
  target: WordChangeTable['target'],
  docId: number,
  words: string[] | null,
): Promise<void> {
  await putChange(db, { target, doc_id: docId, words: words?.join(' ') ?? null });
}

/** Changes the words of a message or note that stands; null takes it out of the search. */
export async function rewordMessage(
  db: Db,
  message: { conversationId: string; seq: number; atMs: number },
  words: string[] | null,
): Promise<void> {
  const row = db
    .updateTable('entries')
    .where('conversation_id', '=', message.conversationId)
    .where('seq', '=', message.seq);
  if (isPostgres(db)) {
    await row.set({ words: wordVector(words) }).execute();
    return;
  }
  const known = await db
    .selectFrom('entries')
    .select('doc_id')
    .where('conversation_id', '=', message.conversationId)
    .where('seq', '=', message.seq)
    .executeTakeFirst();
  const docId = known?.doc_id ?? (words === null ? null : await freeMessageDoc(db, message.atMs));
  if (docId === null) return;
  await row.set({ doc_id: words === null ? null : docId }).execute();
  await changeDoc(db, 'message', docId, words);
}

/** Makes a visitor found by name and address as they are now, without both by the number that stands for the name. */
export async function rewordCustomer(
  db: Db,
  visitor: { id: string; siteId: string; name: string | null; email: string | null },
): Promise<void> {
  const known = [visitor.name, visitor.email].filter((part) => part !== null).join('\n');
  const words = docWords(visitor.siteId, known || visitorNumber(visitor.id));
  const row = db.updateTable('visitors').where('id', '=', visitor.id);
  if (isPostgres(db)) {
    await row.set({ words: wordVector(words) }).execute();
    return;
  }
  const indexed = await db
    .selectFrom('visitors')
    .select('doc_id')
    .where('id', '=', visitor.id)
    .executeTakeFirst();
  const docId = indexed?.doc_id ?? (await freeCustomerDoc(db));
  await row.set({ doc_id: docId }).execute();
  await changeDoc(db, 'customer', docId, words);
}

async function freeCustomerDoc(db: Db): Promise<number> {
  const last = await db
    .selectFrom('visitors')
    .select((row) => row.fn.max('doc_id').as('last'))
    .where('doc_id', 'is not', null)
    .executeTakeFirst();
  return Number(last?.last ?? 0) + 1;
}
