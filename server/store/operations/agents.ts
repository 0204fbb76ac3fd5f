import { RapportError } from '../../../shared/errors.ts';
import type { Agent, AgentCard, Role } from '../../../shared/model/agent.ts';
import type { Site } from '../../../shared/model/site.ts';
import type { ArgsOf } from '../calls.ts';
import type { AgentTable, Db } from '../schema.ts';
import type { StoredAgent } from '../store.ts';
import { compiled } from './compiled.ts';
import { siteOf } from './sites.ts';

export function agentOf(row: Pick<AgentTable, 'id' | 'email' | 'card'>): Agent {
  const { name, color }: Omit<AgentCard, 'id'> = JSON.parse(row.card);
  return { id: row.id, name, email: row.email, color };
}

const storedAgentOf = (row: AgentTable): StoredAgent => ({
  ...agentOf(row),
  passwordHash: row.password_hash,
});

const cardRow = compiled((db, { id }: { id: string }) =>
  db.selectFrom('agents').select('card').where('id', '=', id),
);

/** Names and colours by id; an id that is not there is not in the map. */
export async function agentCards(db: Db, agentIds: Set<string>): Promise<Map<string, AgentCard>> {
  const cards = new Map<string, AgentCard>();
  for (const id of agentIds) {
    const row = (await cardRow(db, { id })).rows[0];
    if (!row) continue;
    const { name, color }: Omit<AgentCard, 'id'> = JSON.parse(row.card);
    cards.set(id, { id, name, color });
  }
  return cards;
}

export async function createAgent(db: Db, { agent }: ArgsOf<'createAgent'>): Promise<void> {
  const { id, email, name, color, passwordHash } = agent;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('agents')
    .values({ id, email, card: JSON.stringify({ name, color }), password_hash: passwordHash })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new RapportError('already_exists');
}

export async function agentByEmail(db: Db, { email }: ArgsOf<'agentByEmail'>): Promise<StoredAgent | null> {
  const row = await db.selectFrom('agents').selectAll().where('email', '=', email).executeTakeFirst();
  return row ? storedAgentOf(row) : null;
}

export async function agentById(db: Db, { agentId }: ArgsOf<'agentById'>): Promise<StoredAgent | null> {
  const row = await db.selectFrom('agents').selectAll().where('id', '=', agentId).executeTakeFirst();
  return row ? storedAgentOf(row) : null;
}

export async function setPassword(db: Db, { agentId, passwordHash }: ArgsOf<'setPassword'>): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('agents')
    .set({ password_hash: passwordHash })
    .where('id', '=', agentId)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new RapportError('not_found');
}

/** An unknown site or agent fails by its foreign key: `not_found`. */
export async function setRole(db: Db, { siteId, agentId, role }: ArgsOf<'setRole'>): Promise<void> {
  await db
    .insertInto('memberships')
    .values({ site_id: siteId, agent_id: agentId, role })
    .onConflict((conflict) => conflict.columns(['site_id', 'agent_id']).doUpdateSet({ role }))
    .execute();
}

export async function sitesOfAgent(
  db: Db,
  { agentId }: ArgsOf<'sitesOfAgent'>,
): Promise<Array<{ site: Site; role: Role }>> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('sites', 'sites.id', 'memberships.site_id')
    .selectAll('sites')
    .select('memberships.role')
    .where('memberships.agent_id', '=', agentId)
    .orderBy('sites.created_at_ms')
    .orderBy('sites.id')
    .execute();
  return rows.map(({ role, ...site }) => ({ site: siteOf(site), role }));
}

export async function team(db: Db, { siteId }: ArgsOf<'team'>): Promise<Array<{ agent: Agent; role: Role }>> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('agents', 'agents.id', 'memberships.agent_id')
    .select(['agents.id', 'agents.email', 'agents.card', 'memberships.role'])
    .where('memberships.site_id', '=', siteId)
    .execute();
  return rows
    .map(({ role, ...agent }) => ({ agent: agentOf(agent), role }))
    .sort((a, b) => a.agent.name.localeCompare(b.agent.name) || (a.agent.id < b.agent.id ? -1 : 1));
}
