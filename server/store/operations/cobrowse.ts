import { sql } from 'kysely';
import { RapportError } from '../../../shared/errors.ts';
import type { CobrowseSession } from '../../../shared/model/cobrowse.ts';
import { type CobrowseFact, maxCobrowseFacts } from '../../../shared/model/cobrowse-summary.ts';
import { eventOfFact, eventOfState } from '../../../shared/model/share-log.ts';
import type { ArgsOf } from '../calls.ts';
import type { CobrowseTable, Db } from '../schema.ts';
import { appendShareFact } from './share-log.ts';

function sessionOf(row: CobrowseTable): CobrowseSession {
  return {
    id: row.id,
    siteId: row.site_id,
    conversationId: row.conversation_id,
    visitorId: row.visitor_id,
    state: JSON.parse(row.state),
  };
}

/** Written out, because neither database finds the partial index by a bound value. */
const isOpen = sql<boolean>`phase <> 'ended'`;

/** The partial unique index refuses a second open session, also when two nodes ask at once. */
export async function createCobrowse(db: Db, { session, nowMs }: ArgsOf<'createCobrowse'>): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('cobrowse_sessions')
    .values({
      id: session.id,
      site_id: session.siteId,
      conversation_id: session.conversationId,
      visitor_id: session.visitorId,
      phase: session.state.phase,
      state: JSON.stringify(session.state),
      created_at_ms: nowMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new RapportError('already_exists');
}

export async function cobrowse(db: Db, { sessionId }: ArgsOf<'cobrowse'>): Promise<CobrowseSession | null> {
  const row = await db
    .selectFrom('cobrowse_sessions')
    .selectAll()
    .where('id', '=', sessionId)
    .executeTakeFirst();
  return row ? sessionOf(row) : null;
}

export async function setCobrowseState(
  db: Db,
  { sessionId, from, state }: ArgsOf<'setCobrowseState'>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('cobrowse_sessions')
    .set({ phase: state.phase, state: JSON.stringify(state) })
    .where('id', '=', sessionId)
    .where('phase', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) {
    const fact = eventOfState(from, state);
    const session = fact && (await cobrowse(db, { sessionId }));
    if (session) await appendShareFact(db, session.visitorId, { sessionId, ...fact });
    return;
  }
  throw new RapportError((await cobrowse(db, { sessionId })) ? 'wrong_phase' : 'not_found');
}

export async function openCobrowse(
  db: Db,
  { visitorId }: ArgsOf<'openCobrowse'>,
): Promise<CobrowseSession | null> {
  const row = await db
    .selectFrom('cobrowse_sessions')
    .selectAll()
    .where('visitor_id', '=', visitorId)
    .where(isOpen)
    .executeTakeFirst();
  return row ? sessionOf(row) : null;
}

export async function openCobrowses(db: Db): Promise<CobrowseSession[]> {
  const rows = await db
    .selectFrom('cobrowse_sessions')
    .selectAll()
    .where(isOpen)
    .orderBy('created_at_ms')
    .orderBy('id')
    .execute();
  return rows.map(sessionOf);
}

/** Notes nothing more than `maxCobrowseFacts`, nor for a session that is not there. */
export async function addCobrowseFact(db: Db, { sessionId, fact }: ArgsOf<'addCobrowseFact'>): Promise<void> {
  const { last } = await db
    .selectFrom('cobrowse_facts')
    .select(({ fn }) => fn.max<number | null>('seq').as('last'))
    .where('session_id', '=', sessionId)
    .executeTakeFirstOrThrow();
  const seq = Number(last ?? 0) + 1;
  const session = seq > maxCobrowseFacts ? null : await cobrowse(db, { sessionId });
  if (!session) return;
  await db
    .insertInto('cobrowse_facts')
    .values({ session_id: sessionId, seq, fact: JSON.stringify(fact) })
    .execute();
  const shared = eventOfFact(fact);
  if (shared) await appendShareFact(db, session.visitorId, { sessionId, ...shared });
}

export async function cobrowseFacts(db: Db, { sessionId }: ArgsOf<'cobrowseFacts'>): Promise<CobrowseFact[]> {
  const rows = await db
    .selectFrom('cobrowse_facts')
    .select('fact')
    .where('session_id', '=', sessionId)
    .orderBy('seq')
    .execute();
  return rows.map(({ fact }) => JSON.parse(fact));
}
