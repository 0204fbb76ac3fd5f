import type { Agent } from '../../../shared/model/agent.ts';
import type { ArgsOf } from '../calls.ts';
import { type Db, exchangedToken } from '../schema.ts';
import { agentColumns, agentOf } from './agents.ts';
import { locked } from './row-lock.ts';

/** How long a token still counts once a successor was used: another tab may have sent it at the same moment. */
const replacedCountsMs = 30_000;

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
 * A reply may get lost, and the browser's one cookie ends up with the token of whichever reply came last. So the old
 * token and all that were made from it are good until the first of those is used: only then the browser is known to
 * have it, and the others end.
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
  const { replaced_at_ms: replacedAtMs } = token;
  const isReplaced = replacedAtMs !== null && replacedAtMs !== exchangedToken;
  if (isReplaced && replacedAtMs + replacedCountsMs <= nowMs) return null;

  if (replacedAtMs === null) {
    await db
      .updateTable('agent_tokens')
      .set({ replaced_at_ms: nowMs })
      .where('session_id', '=', session.id)
      .where((row) => row.or([row('replaced_at_ms', 'is', null), row('replaced_at_ms', '=', exchangedToken)]))
      .execute();
    await db
      .updateTable('agent_tokens')
      .set({ replaced_at_ms: exchangedToken })
      .where('token_hash', '=', tokenHash)
      .execute();
  }
  await db
    .deleteFrom('agent_tokens')
    .where('session_id', '=', session.id)
    .where('replaced_at_ms', '<>', exchangedToken)
    .where('replaced_at_ms', '<=', nowMs - replacedCountsMs)
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

export async function agentOfSession(
  db: Db,
  { sessionId, agentId }: ArgsOf<'agentOfSession'>,
): Promise<Agent | null> {
  const row = await db
    .selectFrom('agent_sessions')
    .innerJoin('agents', 'agents.id', 'agent_sessions.agent_id')
    .select(agentColumns)
    .where('agent_sessions.id', '=', sessionId)
    .where('agent_sessions.agent_id', '=', agentId)
    .executeTakeFirst();
  return row ? agentOf(row) : null;
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
