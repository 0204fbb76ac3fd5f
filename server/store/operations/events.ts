import { maxEventsPerVisitor } from '../../../shared/limits.ts';
import type { VisitorEvent } from '../../../shared/model/visitor.ts';
import type { VisitorEventSeen } from '../../../shared/wire.ts';
import type { ArgsOf } from '../calls.ts';
import type { Db } from '../schema.ts';
import { heldVisitor } from './visitors.ts';

type Body = Pick<VisitorEvent, 'name' | 'properties'>;

const ofVisitor = (db: Db, siteId: string, visitorId: string) =>
  db
    .selectFrom('visitor_events')
    .where('site_id', '=', siteId)
    .where('visitor_id', '=', visitorId)
    .orderBy('at_ms', 'desc')
    .orderBy('seq', 'desc');

export async function addEvents(
  db: Db,
  { siteId, visitorId, events: added, nowMs }: ArgsOf<'addEvents'>,
): Promise<void> {
  // One who adds at a time, so that no two events have one place.
  await heldVisitor(db, siteId, visitorId);
  const { last } = await db
    .selectFrom('visitor_events')
    .select((row) => row.fn.max('seq').as('last'))
    .where('site_id', '=', siteId)
    .where('visitor_id', '=', visitorId)
    .executeTakeFirstOrThrow();
  for (const [index, { clientId, name, properties, atMs }] of added.entries()) {
    await db
      .insertInto('visitor_events')
      .values({
        visitor_id: visitorId,
        client_id: clientId,
        site_id: siteId,
        seq: Number(last ?? 0) + 1 + index,
        body: JSON.stringify({ name, properties } satisfies Body),
        at_ms: Math.min(atMs, nowMs),
      })
      .onConflict((conflict) => conflict.columns(['visitor_id', 'client_id']).doNothing())
      .execute();
  }
  const kept = ofVisitor(db, siteId, visitorId).select('client_id').limit(maxEventsPerVisitor);
  await db
    .deleteFrom('visitor_events')
    .where('site_id', '=', siteId)
    .where('visitor_id', '=', visitorId)
    .where('client_id', 'not in', kept)
    .execute();
}

export async function events(db: Db, { siteId, visitorId }: ArgsOf<'events'>): Promise<VisitorEventSeen[]> {
  const rows = await ofVisitor(db, siteId, visitorId).select(['body', 'at_ms']).execute();
  return rows.map(({ body, at_ms }) => {
    const { name, properties }: Body = JSON.parse(body);
    return { name, properties, atMs: at_ms };
  });
}
