import { SqliteError } from 'better-sqlite3';
import { type ErrorCode, RapportError } from '../../../shared/errors.ts';

/** What an error of an operation means to the caller. */
export function sqliteErrorCode(error: unknown): ErrorCode {
  if (error instanceof RapportError) return error.code;
  if (!(error instanceof SqliteError)) return 'internal';
  switch (error.code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
      return 'already_exists';
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return 'not_found';
  }
  // Extended codes begin with the plain one: SQLITE_IOERR_FSYNC.
  const passing = ['BUSY', 'FULL', 'IOERR', 'READONLY', 'CANTOPEN', 'NOMEM', 'LOCKED', 'CORRUPT', 'NOTADB'];
  return passing.some((code) => error.code.startsWith(`SQLITE_${code}`)) ? 'unavailable' : 'internal';
}
