import { PostgresAdapter, sql } from 'kysely';
import type { Db } from '../schema.ts';

/** For the few places where the two databases have no words in common. */
export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * PostgreSQL keeps one plan for a statement that it has seen five times, whatever its values. Where a rare word or label
 * needs another plan than a common one, it is to plan each time, in this transaction.
 */
export async function planEachTime(db: Db): Promise<void> {
  if (isPostgres(db)) await sql`set local plan_cache_mode = force_custom_plan`.execute(db);
}
