import type { ArgsOf } from '../calls.ts';
import type { Db } from '../schema.ts';
import { locked } from './row-lock.ts';

/** How long an exchanged token still counts: two tabs that renew at once send the same one. */
const exchangedCountsMs = 30_000;

export async function createAgentSession(
  db: Db,
  { id, agentId, tokenHash, expiresAtMs }: ArgsOf<'createAgentSession'>,
): Promise<void> {
  await db
    .insertInto('agent_sessions')
    .values({ id, agent_id: agentId, expires_at_ms: expiresAtMs })
    .execute();
  await db
    .insertInto('agent_tokens')
    .values({ token_hash: tokenHash, session_id: id, replaced_at_ms: null })
    .execute();
}

async function sessionByToken(db: Db, tokenHash: string) {
  const query = db
    .selectFrom('agent_sessions')
    .innerJoin('agent_tokens', 'agent_tokens.session_id', 'agent_sessions.id')
    .select(['agent_sessions.id', 'agent_sessions.agent_id', 'agent_sessions.expires_at_ms'])
    .where('agent_tokens.token_hash', '=', tokenHash);
  return await locked(db, query, 'agent_sessions').executeTakeFirst();
}

/**
 * The browser's one cookie ends up with the token of whichever reply came last, so tokens made from the same old one
 * are all good, until the first of them is used: that one ends the others.
 */
export async function rotateAgentSession(
  db: Db,
  { tokenHash, nextTokenHash, nowMs, expiresAtMs }: ArgsOf<'rotateAgentSession'>,
): Promise<{ id: string; agentId: string } | null> {
  const session = await sessionByToken(db, tokenHash);
  if (!session || session.expires_at_ms <= nowMs) return null;
  // Read again now that the session is locked: another tab may have exchanged the token meanwhile.
  const token = await db
    .selectFrom('agent_tokens')
    .select('replaced_at_ms')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (!token) return null;
  if (token.replaced_at_ms !== null && token.replaced_at_ms + exchangedCountsMs <= nowMs) return null;

  if (token.replaced_at_ms === null) {
    await db
      .updateTable('agent_tokens')
      .set({ replaced_at_ms: nowMs })
      .where('session_id', '=', session.id)
      .where('replaced_at_ms', 'is', null)
      .execute();
  }
  await db
    .deleteFrom('agent_tokens')
    .where('session_id', '=', session.id)
    .where('replaced_at_ms', '<=', nowMs - exchangedCountsMs)
    .execute();
  await db
    .insertInto('agent_tokens')
    .values({ token_hash: nextTokenHash, session_id: session.id, replaced_at_ms: null })
    .execute();
  await db
    .updateTable('agent_sessions')
    .set({ expires_at_ms: expiresAtMs })
    .where('id', '=', session.id)
    .execute();
  await db
    .deleteFrom('agent_sessions')
    .where('agent_id', '=', session.agent_id)
    .where('expires_at_ms', '<=', nowMs)
    .execute();
  return { id: session.id, agentId: session.agent_id };
}

export async function endAgentSession(
  db: Db,
  { tokenHash }: ArgsOf<'endAgentSession'>,
): Promise<{ id: string } | null> {
  const session = await sessionByToken(db, tokenHash);
  if (!session) return null;
  await db.deleteFrom('agent_sessions').where('id', '=', session.id).execute();
  return { id: session.id };
}

export async function endAgentSessions(
  db: Db,
  { agentId, exceptId }: ArgsOf<'endAgentSessions'>,
): Promise<void> {
  const ofAgent = db.deleteFrom('agent_sessions').where('agent_id', '=', agentId);
  await (exceptId === null ? ofAgent : ofAgent.where('id', '<>', exceptId)).execute();
}
