import { RapportError } from '../../../shared/errors.ts';
import type { Visit } from '../../../shared/model/page.ts';
import type { ArgsOf } from '../calls.ts';
import type { Db, VisitorTable } from '../schema.ts';
import type { StoredVisitor } from '../store.ts';
import { locked } from './row-lock.ts';

type Profile = Omit<StoredVisitor, 'id' | 'siteId' | 'firstSeenMs' | 'lastSeenMs'>;

export function visitorOf(row: Omit<VisitorTable, 'token_hash'>): StoredVisitor {
  const profile: Profile = JSON.parse(row.profile);
  return {
    ...profile,
    id: row.id,
    siteId: row.site_id,
    firstSeenMs: row.first_seen_ms,
    lastSeenMs: row.last_seen_ms,
  };
}

/** Name for the sender of an entry; null when the visitor gave none. */
export function nameInProfile(json: string): string | null {
  const { name }: Profile = JSON.parse(json);
  return name;
}

/** Name for a list: the name, else the e-mail address, else null. */
export function labelInProfile(json: string): string | null {
  const { name, email }: Profile = JSON.parse(json);
  return name || email || null;
}

export async function visitorByTokenHash(
  db: Db,
  { siteId, tokenHash }: ArgsOf<'visitorByTokenHash'>,
): Promise<StoredVisitor | null> {
  const row = await byTokenHash(db, siteId, tokenHash).executeTakeFirst();
  return row ? visitorOf(row) : null;
}

const byTokenHash = (db: Db, siteId: string, tokenHash: string) =>
  db.selectFrom('visitors').selectAll().where('site_id', '=', siteId).where('token_hash', '=', tokenHash);

export async function visitorById(
  db: Db,
  { siteId, visitorId }: ArgsOf<'visitorById'>,
): Promise<StoredVisitor | null> {
  const row = await byId(db, siteId, visitorId).executeTakeFirst();
  return row ? visitorOf(row) : null;
}

const byId = (db: Db, siteId: string, visitorId: string) =>
  db.selectFrom('visitors').selectAll().where('site_id', '=', siteId).where('id', '=', visitorId);

export async function updateVisit(
  db: Db,
  { siteId, visitorId, page, nowMs }: ArgsOf<'updateVisit'>,
): Promise<StoredVisitor> {
  const row = await locked(db, byId(db, siteId, visitorId), 'visitors').executeTakeFirst();
  if (!row) throw new RapportError('not_found');
  return await saveVisitor(db, { ...visitorOf(row), page }, nowMs);
}

/** The visitor with this token; made when there is none yet. */
export async function takeVisitor(
  db: Db,
  args: Pick<
    ArgsOf<'startConversation'>,
    'siteId' | 'tokenHash' | 'visitorId' | 'visit' | 'browser' | 'nowMs'
  >,
): Promise<{ visitor: StoredVisitor; isNew: boolean }> {
  const { siteId, tokenHash, visitorId, visit, browser, nowMs } = args;
  const profile: Profile = { name: null, email: null, browser, ...visit };
  // Waits for another transaction that is making the same visitor, and then inserts nothing.
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('visitors')
    .values({
      id: visitorId,
      site_id: siteId,
      token_hash: tokenHash,
      profile: JSON.stringify(profile),
      first_seen_ms: nowMs,
      last_seen_ms: nowMs,
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'token_hash']).doNothing())
    .executeTakeFirst();
  const row = await locked(db, byTokenHash(db, siteId, tokenHash), 'visitors').executeTakeFirstOrThrow();
  return { visitor: visitorOf(row), isNew: numInsertedOrUpdatedRows === 1n };
}

/** A visitor who comes back: what is known of the visit is replaced, the name stays. */
export async function renewVisit(
  db: Db,
  visitor: StoredVisitor,
  visit: Visit,
  browser: string,
  nowMs: number,
): Promise<StoredVisitor> {
  return await saveVisitor(db, { ...visitor, ...visit, browser }, nowMs);
}

async function saveVisitor(db: Db, visitor: StoredVisitor, nowMs: number): Promise<StoredVisitor> {
  const { id, siteId, firstSeenMs, lastSeenMs, ...profile } = visitor;
  const seenMs = Math.max(lastSeenMs, nowMs);
  await db
    .updateTable('visitors')
    .set({ profile: JSON.stringify(profile satisfies Profile), last_seen_ms: seenMs })
    .where('id', '=', id)
    .execute();
  return { ...visitor, id, siteId, firstSeenMs, lastSeenMs: seenMs };
}
