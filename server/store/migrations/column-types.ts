import { type ColumnDataType, type RawBuilder, sql } from 'kysely';

export type DialectName = 'sqlite' | 'postgres';

/** Column types that differ between the databases. */
export interface ColumnTypes {
  dialect: DialectName;
  /** Ids, hashes and words: compared byte by byte. */
  key: ColumnDataType | RawBuilder<string>;
  /** Whole numbers up to 2^53, for milliseconds since 1970. */
  bigNumber: ColumnDataType;
  /** Ends a `create table`. */
  tableEnd: RawBuilder<unknown>;
}

export const columnTypes: Record<DialectName, ColumnTypes> = {
  sqlite: { dialect: 'sqlite', key: 'text', bigNumber: 'integer', tableEnd: sql`strict` },
  // A locale's collation can change with the operating system and would then spoil the indexes.
  postgres: { dialect: 'postgres', key: sql`text collate "C"`, bigNumber: 'bigint', tableEnd: sql`` },
};
