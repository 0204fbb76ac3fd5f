import { SqliteError } from 'better-sqlite3';
import { expect, it } from 'vitest';
import { sqliteErrorCode } from '../../../../../server/store/dialects/sqlite-error.ts';
import { RapportError } from '../../../../../shared/errors.ts';

it.each([
  ['SQLITE_CONSTRAINT_UNIQUE', 'already_exists'],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'already_exists'],
  ['SQLITE_CONSTRAINT_FOREIGNKEY', 'not_found'],
  ['SQLITE_CONSTRAINT_NOTNULL', 'internal'],
  ['SQLITE_FULL', 'unavailable'],
  ['SQLITE_IOERR_FSYNC', 'unavailable'],
  ['SQLITE_BUSY', 'unavailable'],
  ['SQLITE_ERROR', 'internal'],
])('%s is %s', (code, expected) => {
  expect(sqliteErrorCode(new SqliteError('words', code))).toBe(expected);
});

it('keeps the code of an error of ours, and calls any other internal', () => {
  expect(sqliteErrorCode(new RapportError('wrong_phase'))).toBe('wrong_phase');
  expect(sqliteErrorCode(new TypeError('x is not a function'))).toBe('internal');
  expect(sqliteErrorCode('thrown text')).toBe('internal');
});
