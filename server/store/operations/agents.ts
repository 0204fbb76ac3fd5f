import { RapportError } from '../../../shared/errors.ts';
import type { Agent, AgentCard, Role } from '../../../shared/model/agent.ts';
import type { Site } from '../../../shared/model/site.ts';
import type { ArgsOf, ResultOf } from '../calls.ts';
import type { AgentTable, Db } from '../schema.ts';
import type { StoredAgent } from '../store.ts';
import { compiled } from './compiled.ts';
import { locked } from './row-lock.ts';
import { siteOf } from './sites.ts';

type Card = Pick<AgentCard, 'name' | 'color'>;

export const agentColumns = ['agents.id', 'agents.email', 'agents.card', 'agents.avatar'] as const;

export function agentOf(row: Pick<AgentTable, 'id' | 'email' | 'card' | 'avatar'>): Agent {
  const { name, color }: Card = JSON.parse(row.card);
  return { id: row.id, name, email: row.email, color, avatar: row.avatar };
}

const storedAgentOf = (row: AgentTable): StoredAgent => ({
  ...agentOf(row),
  passwordHash: row.password_hash,
  availability: row.availability,
});

const cardRow = compiled((db, { id }: { id: string }) =>
  db.selectFrom('agents').select(['card', 'avatar']).where('id', '=', id),
);

/** Names and colours by id; an id that is not there is not in the map. */
export async function agentCards(db: Db, agentIds: Set<string>): Promise<Map<string, AgentCard>> {
  const cards = new Map<string, AgentCard>();
  for (const id of agentIds) {
    const row = (await cardRow(db, { id })).rows[0];
    if (!row) continue;
    const { name, color }: Card = JSON.parse(row.card);
    cards.set(id, { id, name, color, avatar: row.avatar });
  }
  return cards;
}

export async function createAgent(db: Db, { agent }: ArgsOf<'createAgent'>): Promise<void> {
  const { id, email, name, color, avatar, passwordHash, availability } = agent;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('agents')
    .values({
      id,
      email,
      card: JSON.stringify({ name, color } satisfies Card),
      password_hash: passwordHash,
      avatar,
      availability,
    })
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

export async function updateAgent(db: Db, { agentId, name, avatar }: ArgsOf<'updateAgent'>): Promise<Agent> {
  const row = await locked(
    db,
    db.selectFrom('agents').select(agentColumns).where('id', '=', agentId),
    'agents',
  ).executeTakeFirst();
  if (!row) throw new RapportError('not_found');
  const before = agentOf(row);
  const agent: Agent = {
    ...before,
    name: name ?? before.name,
    avatar: avatar === undefined ? before.avatar : avatar,
  };
  const card: Card = { name: agent.name, color: agent.color };
  await db
    .updateTable('agents')
    .set({ card: JSON.stringify(card), avatar: agent.avatar })
    .where('id', '=', agentId)
    .execute();
  return agent;
}

export async function unusedAvatars(db: Db, { ids }: ArgsOf<'unusedAvatars'>): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('agents').select('avatar').where('avatar', 'in', ids).execute();
  const shown = new Set(rows.map(({ avatar }) => avatar));
  return ids.filter((id) => !shown.has(id));
}

export async function setAvailability(
  db: Db,
  { agentId, availability }: ArgsOf<'setAvailability'>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('agents')
    .set({ availability })
    .where('id', '=', agentId)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new RapportError('not_found');
}

export async function setCapacity(
  db: Db,
  { siteId, agentId, capacity }: ArgsOf<'setCapacity'>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('memberships')
    .set({ capacity })
    .where('site_id', '=', siteId)
    .where('agent_id', '=', agentId)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new RapportError('not_found');
}

/** An unknown site or agent fails by its foreign key: `not_found`. */
export async function setRole(db: Db, { siteId, agentId, role }: ArgsOf<'setRole'>): Promise<void> {
  await db
    .insertInto('memberships')
    .values({ site_id: siteId, agent_id: agentId, role, capacity: null, last_assigned_at_ms: 0 })
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

export async function team(db: Db, { siteId }: ArgsOf<'team'>): Promise<ResultOf<'team'>> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('agents', 'agents.id', 'memberships.agent_id')
    .select([...agentColumns, 'agents.availability', 'memberships.role', 'memberships.capacity'])
    .where('memberships.site_id', '=', siteId)
    .execute();
  return rows
    .map(({ role, capacity, availability, ...agent }) => ({
      agent: agentOf(agent),
      role,
      capacity,
      availability,
    }))
    .sort((a, b) => a.agent.name.localeCompare(b.agent.name) || (a.agent.id < b.agent.id ? -1 : 1));
}
