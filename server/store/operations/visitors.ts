import { RapportError } from '../../../shared/errors.ts';
import { maxAttributes } from '../../../shared/limits.ts';
import type { Visit } from '../../../shared/model/page.ts';
import { type Attributes, type VisitorChange, visitorName } from '../../../shared/model/visitor.ts';
import type { ArgsOf } from '../calls.ts';
import type { Db, VisitorTable } from '../schema.ts';
import type { StoredVisitor } from '../store.ts';
import { locked } from './row-lock.ts';
import { rewordCustomer } from './search-docs.ts';

type Profile = Omit<StoredVisitor, 'id' | 'siteId' | 'firstSeenMs' | 'lastSeenMs' | 'mergedInto'>;

/** A visitor with the one it is merged into (`target`). */
export type VisitorRow = Pick<
  VisitorTable,
  'id' | 'site_id' | 'profile' | 'first_seen_ms' | 'last_seen_ms' | 'merged_into'
> & { target_profile: string | null };

export const visitorColumns = [
  'visitors.id',
  'visitors.site_id',
  'visitors.profile',
  'visitors.first_seen_ms',
  'visitors.last_seen_ms',
  'visitors.merged_into',
  'target.profile as target_profile',
] as const;

export const visitorRows = (db: Db) =>
  db
    .selectFrom('visitors')
    .leftJoin('visitors as target', 'target.id', 'visitors.merged_into')
    .select(visitorColumns);

export function visitorOf(row: VisitorRow): StoredVisitor {
  const profile: Profile = JSON.parse(row.profile);
  return {
    ...profile,
    id: row.id,
    siteId: row.site_id,
    mergedInto:
      row.merged_into === null || row.target_profile === null
        ? null
        : { id: row.merged_into, ...namesIn(row.target_profile) },
    firstSeenMs: row.first_seen_ms,
    lastSeenMs: row.last_seen_ms,
  };
}

export function namesIn(profileJson: string): { name: string | null; email: string | null } {
  const { name, email }: Profile = JSON.parse(profileJson);
  return { name, email };
}

/** Name for the sender of an entry; null when the visitor gave none. */
export function nameInProfile(json: string): string | null {
  return namesIn(json).name;
}

/** The columns that {@link shownName} wants, of a query that joins `visitors` and, as `target`, whom they are merged into. */
export const shownNameColumns = [
  'visitors.id as visitor_id',
  'visitors.profile',
  'target.profile as target_profile',
] as const;

/** Name for a list, as `visitorName` makes it. */
export function shownName(row: {
  visitor_id: string;
  profile: string;
  target_profile: string | null;
}): string {
  const mergedInto = row.target_profile === null ? null : namesIn(row.target_profile);
  return visitorName({ id: row.visitor_id, ...namesIn(row.profile), mergedInto });
}

export async function visitorByTokenHash(
  db: Db,
  { siteId, tokenHash }: ArgsOf<'visitorByTokenHash'>,
): Promise<StoredVisitor | null> {
  const row = await byTokenHash(db, siteId, tokenHash).executeTakeFirst();
  return row ? visitorOf(row) : null;
}

const byTokenHash = (db: Db, siteId: string, tokenHash: string) =>
  visitorRows(db).where('visitors.site_id', '=', siteId).where('visitors.token_hash', '=', tokenHash);

export async function visitorById(
  db: Db,
  { siteId, visitorId }: ArgsOf<'visitorById'>,
): Promise<StoredVisitor | null> {
  const row = await byId(db, siteId, visitorId).executeTakeFirst();
  return row ? visitorOf(row) : null;
}

const byId = (db: Db, siteId: string, visitorId: string) =>
  visitorRows(db).where('visitors.site_id', '=', siteId).where('visitors.id', '=', visitorId);

/** Holds the visitor until the transaction ends. */
export async function heldVisitor(db: Db, siteId: string, visitorId: string): Promise<StoredVisitor> {
  const row = await locked(db, byId(db, siteId, visitorId), 'visitors').executeTakeFirst();
  if (!row) throw new RapportError('not_found');
  return visitorOf(row);
}

export async function updateVisit(
  db: Db,
  { siteId, visitorId, page, nowMs }: ArgsOf<'updateVisit'>,
): Promise<StoredVisitor> {
  const visitor = await heldVisitor(db, siteId, visitorId);
  return await saveVisitor(db, visitor, { ...visitor, page }, nowMs);
}

export async function changeVisitor(
  db: Db,
  { siteId, visitorId, change, nowMs }: ArgsOf<'changeVisitor'>,
): Promise<StoredVisitor> {
  const visitor = await heldVisitor(db, siteId, visitorId);
  return await saveVisitor(db, visitor, changed(visitor, await unsignedPart(db, visitor, change)), nowMs);
}

/** The change without the attributes that the site has signed. */
export async function unsignedPart(
  db: Db,
  { id, verified }: StoredVisitor,
  change: VisitorChange,
): Promise<VisitorChange> {
  if (!verified || !change.attributes) return change;
  const signed = await signedNames(db, id);
  const attributes = Object.entries(change.attributes).filter(([name]) => !signed.includes(name));
  return { ...change, attributes: Object.fromEntries(attributes) };
}

export async function signedNames(db: Db, visitorId: string): Promise<string[]> {
  const row = await db
    .selectFrom('visitors')
    .select('signed_names')
    .where('id', '=', visitorId)
    .executeTakeFirstOrThrow();
  return row.signed_names === null ? [] : JSON.parse(row.signed_names);
}

/** What anybody in the visitor's page may claim: the name and address that the site has signed stay. */
function changed(visitor: StoredVisitor, change: VisitorChange): StoredVisitor {
  const { name = visitor.name, email = visitor.email, attributes = {} } = change;
  const merged = Object.entries({ ...visitor.attributes, ...attributes }).filter(
    (pair): pair is [string, Attributes[string]] => pair[1] !== null,
  );
  if (merged.length > maxAttributes) throw new RapportError('too_large');
  return {
    ...visitor,
    ...(visitor.verified ? {} : { name, email }),
    attributes: Object.fromEntries(merged),
  };
}

/** What a form says. Where there is no room for another attribute it stays in the log alone: a message must not fail by it. */
export function formed(visitor: StoredVisitor, change: VisitorChange): StoredVisitor {
  const room = maxAttributes - Object.keys(visitor.attributes).length;
  const given = Object.entries(change.attributes ?? {});
  const known = given.filter(([name]) => Object.hasOwn(visitor.attributes, name));
  const added = given.filter(([name]) => !Object.hasOwn(visitor.attributes, name)).slice(0, room);
  return changed(visitor, { ...change, attributes: Object.fromEntries([...known, ...added]) });
}

/** The visitor with this token; made when there is none yet. */
export async function takeVisitor(
  db: Db,
  args: Pick<ArgsOf<'identifyVisitor'>, 'siteId' | 'tokenHash' | 'visitorId' | 'visit' | 'browser' | 'nowMs'>,
): Promise<{ visitor: StoredVisitor; isNew: boolean }> {
  const { siteId, tokenHash, visitorId, visit, browser, nowMs } = args;
  const profile: Profile = {
    name: null,
    email: null,
    externalId: null,
    verified: false,
    attributes: {},
    browser,
    ...visit,
  };
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
  const visitor = visitorOf(row);
  const isNew = numInsertedOrUpdatedRows === 1n;
  if (isNew) await rewordCustomer(db, visitor);
  return { visitor, isNew };
}

/** A visitor who comes back: what is known of the visit is replaced, the name stays. */
export const revisited = (visitor: StoredVisitor, visit: Visit, browser: string): StoredVisitor => ({
  ...visitor,
  ...visit,
  browser,
});

/** Writes what has changed of a visitor whose row is held, and moves the search along. */
export async function saveVisitor(
  db: Db,
  before: StoredVisitor,
  visitor: StoredVisitor,
  nowMs: number,
): Promise<StoredVisitor> {
  const { id, siteId, firstSeenMs, lastSeenMs, mergedInto, ...profile } = visitor;
  const seenMs = Math.max(lastSeenMs, nowMs);
  await db
    .updateTable('visitors')
    .set({
      profile: JSON.stringify(profile satisfies Profile),
      external_id: externalKey(profile.externalId),
      last_seen_ms: seenMs,
    })
    .where('id', '=', id)
    .execute();
  if (before.name !== visitor.name || before.email !== visitor.email) await rewordCustomer(db, visitor);
  return { ...profile, id, siteId, mergedInto, firstSeenMs, lastSeenMs: seenMs };
}

/** Text of others: JSON keeps it storable and comparable. */
export function externalKey(externalId: string): string;
export function externalKey(externalId: string | null): string | null;
export function externalKey(externalId: string | null): string | null {
  return externalId === null ? null : JSON.stringify(externalId);
}
