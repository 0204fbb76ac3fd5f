import type { SelectQueryBuilder } from 'kysely';
import type { Db, Tables } from '../schema.ts';
import { isPostgres } from './dialect.ts';

/**
 * Holds the selected rows of `table` until the transaction ends. SQLite has one writer at a time and needs no row
 * lock, nor the words for it.
 */
export function locked<DB, TB extends keyof DB & string, O>(
  db: Db,
  query: SelectQueryBuilder<DB, TB, O>,
  table: TB & keyof Tables,
): SelectQueryBuilder<DB, TB, O> {
  return isPostgres(db) ? query.forNoKeyUpdate(table) : query;
}
