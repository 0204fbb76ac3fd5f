import type { Workspace, WorkspaceItem } from '../../../shared/model/workspace.ts';
import type { ArgsOf } from '../calls.ts';
import type { Db } from '../schema.ts';

const nameOf = (item: WorkspaceItem) => (item.kind === 'canned' ? item.shortcut : item.name);

/** Two names are one when they look alike but for case. */
const nameKey = (item: WorkspaceItem) => JSON.stringify(nameOf(item).normalize('NFKC').toLowerCase());

export async function workspace(db: Db, { siteId }: ArgsOf<'workspace'>): Promise<Workspace> {
  const rows = await db.selectFrom('site_items').select('body').where('site_id', '=', siteId).execute();
  const items = rows
    .map(({ body }): WorkspaceItem => JSON.parse(body))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)) || (a.id < b.id ? -1 : 1));
  return {
    labels: items.filter((item) => item.kind === 'label'),
    teams: items.filter((item) => item.kind === 'team'),
    canned: items.filter((item) => item.kind === 'canned'),
    macros: items.filter((item) => item.kind === 'macro'),
  };
}

/** A name that is taken fails by its unique constraint: `already_exists`; an unknown site by its key: `not_found`. */
export async function saveItem(db: Db, { siteId, item, nowMs }: ArgsOf<'saveItem'>): Promise<Workspace> {
  const written = { name_key: nameKey(item), body: JSON.stringify(item), changed_at_ms: nowMs };
  await db
    .insertInto('site_items')
    .values({ site_id: siteId, kind: item.kind, id: item.id, ...written })
    .onConflict((conflict) => conflict.columns(['site_id', 'kind', 'id']).doUpdateSet(written))
    .execute();
  return await workspace(db, { siteId });
}

export async function removeItem(db: Db, { siteId, kind, id }: ArgsOf<'removeItem'>): Promise<Workspace> {
  await db
    .deleteFrom('site_items')
    .where('site_id', '=', siteId)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .execute();
  return await workspace(db, { siteId });
}
