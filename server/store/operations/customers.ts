import { RapportError } from '../../../shared/errors.ts';
import { maxAttributes } from '../../../shared/limits.ts';
import type { Attributes } from '../../../shared/model/visitor.ts';
import type { ArgsOf } from '../calls.ts';
import type { Db } from '../schema.ts';
import type { StoredVisitor } from '../store.ts';
import {
  externalKey,
  heldVisitor,
  revisited,
  saveVisitor,
  signedNames,
  takeVisitor,
  visitorById,
  visitorOf,
  visitorRows,
} from './visitors.ts';

/** Records of one person that are looked at; more come only from a site that gives everybody the same id. */
const maxSamePerson = 200;

export async function identifyVisitor(db: Db, args: ArgsOf<'identifyVisitor'>): Promise<StoredVisitor> {
  const { externalId, name, email, attributes, visit, browser, nowMs } = args;
  const { visitor } = await takeVisitor(db, args);
  if (visitor.externalId !== null && visitor.externalId !== externalId) throw new RapportError('forbidden');
  const identified = await saveVisitor(
    db,
    visitor,
    {
      ...revisited(visitor, visit, browser),
      externalId,
      verified: true,
      name: name ?? visitor.name,
      email: email ?? visitor.email,
      attributes: signedAttributes(visitor.attributes, attributes),
    },
    nowMs,
  );
  await signNames(db, identified, Object.keys(attributes));
  if (!visitor.verified) {
    await db
      .updateTable('conversations')
      .set({ is_verified: 1 })
      .where('site_id', '=', visitor.siteId)
      .where('visitor_id', '=', visitor.id)
      .execute();
  }
  return identified;
}

/** What was signed once stays as it was signed, until the site signs it anew. */
async function signNames(db: Db, { id, attributes }: StoredVisitor, names: string[]): Promise<void> {
  const before = await signedNames(db, id);
  if (names.every((name) => before.includes(name))) return;
  const kept = before.filter((name) => Object.hasOwn(attributes, name) && !names.includes(name));
  await db
    .updateTable('visitors')
    .set({ signed_names: JSON.stringify([...kept, ...names]) })
    .where('id', '=', id)
    .execute();
}

/** What the site signs always has room; of the rest the oldest stay. */
function signedAttributes(before: Attributes, signed: Attributes): Attributes {
  const others = Object.entries(before).filter(([name]) => !Object.hasOwn(signed, name));
  const room = Math.max(0, maxAttributes - Object.keys(signed).length);
  return { ...Object.fromEntries(others.slice(0, room)), ...signed };
}

const newestFirst = (db: Db, siteId: string) =>
  visitorRows(db)
    .where('visitors.site_id', '=', siteId)
    .orderBy('visitors.first_seen_ms', 'desc')
    .orderBy('visitors.id', 'desc')
    .limit(maxSamePerson);

export async function visitorsByExternalId(
  db: Db,
  { siteId, externalId }: ArgsOf<'visitorsByExternalId'>,
): Promise<StoredVisitor[]> {
  const rows = await newestFirst(db, siteId)
    .where('visitors.external_id', '=', externalKey(externalId))
    .execute();
  return rows.map(visitorOf);
}

export async function samePerson(
  db: Db,
  { siteId, visitorId }: ArgsOf<'samePerson'>,
): Promise<StoredVisitor[]> {
  const first = await visitorById(db, { siteId, visitorId });
  if (!first) return [];
  const known = new Map([[first.id, first]]);
  for (const visitor of known.values()) {
    if (known.size > maxSamePerson) break;
    // A map is walked to its end, also over what is added on the way.
    for (const other of await neighbours(db, visitor)) if (!known.has(other.id)) known.set(other.id, other);
  }
  known.delete(first.id);
  return [...known.values()].sort((a, b) => b.firstSeenMs - a.firstSeenMs || (a.id > b.id ? -1 : 1));
}

/** One step away: merged into this one, the one this is merged into, and those with the same signed id. */
async function neighbours(db: Db, visitor: StoredVisitor): Promise<StoredVisitor[]> {
  const { id, siteId, mergedInto, externalId } = visitor;
  const merged = await newestFirst(db, siteId).where('visitors.merged_into', '=', id).execute();
  const others = merged.map(visitorOf);
  if (mergedInto) {
    const target = await visitorById(db, { siteId, visitorId: mergedInto.id });
    if (target) others.push(target);
  }
  if (externalId !== null) others.push(...(await visitorsByExternalId(db, { siteId, externalId })));
  return others;
}

export async function mergeVisitor(
  db: Db,
  { siteId, visitorId, intoId }: ArgsOf<'mergeVisitor'>,
): Promise<StoredVisitor> {
  // Both rows in the order of their ids: two agents who merge crosswise wait for each other in turn, not for ever.
  for (const id of [visitorId, ...(intoId === null ? [] : [intoId])].sort()) {
    await heldVisitor(db, siteId, id);
  }
  const visitor = await heldVisitor(db, siteId, visitorId);
  if (intoId !== null && (visitor.mergedInto || (await endsUpIn(db, siteId, intoId, visitorId)))) {
    throw new RapportError('wrong_phase');
  }
  await db.updateTable('visitors').set({ merged_into: intoId }).where('id', '=', visitorId).execute();
  return await heldVisitor(db, siteId, visitorId);
}

/** Whether following the merges from `fromId` leads to `visitorId`. */
async function endsUpIn(db: Db, siteId: string, fromId: string, visitorId: string): Promise<boolean> {
  const passed = new Set<string>();
  for (let id: string | undefined = fromId; id !== undefined; ) {
    // Two merges that hold different rows may have closed a circle: who leads into it is refused, and nobody walks for ever.
    if (id === visitorId || passed.has(id)) return true;
    passed.add(id);
    const next: StoredVisitor | null = await visitorById(db, { siteId, visitorId: id });
    id = next?.mergedInto?.id;
  }
  return false;
}
