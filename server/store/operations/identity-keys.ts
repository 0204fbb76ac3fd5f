import { RapportError } from '../../../shared/errors.ts';
import type { IdentityKey } from '../../../shared/wire.ts';
import type { ArgsOf, ResultOf } from '../calls.ts';
import type { Db } from '../schema.ts';
import { locked } from './row-lock.ts';

/** The one in use, and the next while hosts change over. */
const maxKeys = 2;

export async function identityKeys(
  db: Db,
  { siteId }: ArgsOf<'identityKeys'>,
): Promise<ResultOf<'identityKeys'>> {
  const rows = await db
    .selectFrom('identity_keys')
    .select(['kid', 'secret', 'created_at_ms'])
    .where('site_id', '=', siteId)
    .orderBy('created_at_ms')
    .orderBy('kid')
    .execute();
  return rows.map(({ kid, secret, created_at_ms }) => ({ kid, secret, createdAtMs: created_at_ms }));
}

export async function addIdentityKey(
  db: Db,
  { siteId, kid, secret, nowMs }: ArgsOf<'addIdentityKey'>,
): Promise<IdentityKey> {
  // Held, so that two owners who add a key at once cannot make three.
  const site = db.selectFrom('sites').select('id').where('id', '=', siteId);
  if (!(await locked(db, site, 'sites').executeTakeFirst())) throw new RapportError('not_found');
  if ((await identityKeys(db, { siteId })).length >= maxKeys) throw new RapportError('wrong_phase');
  await db
    .insertInto('identity_keys')
    .values({ site_id: siteId, kid, secret, created_at_ms: nowMs })
    .execute();
  return { kid, createdAtMs: nowMs };
}

export async function removeIdentityKey(
  db: Db,
  { siteId, kid }: ArgsOf<'removeIdentityKey'>,
): Promise<IdentityKey[]> {
  await db.deleteFrom('identity_keys').where('site_id', '=', siteId).where('kid', '=', kid).execute();
  const left = await identityKeys(db, { siteId });
  return left.map(({ kid: leftKid, createdAtMs }) => ({ kid: leftKid, createdAtMs }));
}
