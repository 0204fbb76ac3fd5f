import { DatabaseError } from 'pg';
import { expect, it } from 'vitest';
import { isPassing, postgresErrorCode } from '../../../../../server/store/dialects/postgres-error.ts';
import { RapportError } from '../../../../../shared/errors.ts';

function databaseError(code: string): DatabaseError {
  const error = new DatabaseError('words', 5, 'error');
  error.code = code;
  return error;
}

it.each([
  ['23505', 'already_exists'],
  ['23503', 'not_found'],
  ['23502', 'internal'],
  ['42601', 'internal'],
  ['40P01', 'unavailable'],
  ['08006', 'unavailable'],
  ['53300', 'unavailable'],
  ['57P01', 'unavailable'],
])('SQLSTATE %s is %s', (code, expected) => {
  expect(postgresErrorCode(databaseError(code))).toBe(expected);
});

it('knows an error of the connection from one of the program', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

  expect(postgresErrorCode(refused)).toBe('unavailable');
  expect(postgresErrorCode(new Error('Connection terminated unexpectedly'))).toBe('unavailable');
  expect(postgresErrorCode(new Error('timeout exceeded when trying to connect'))).toBe('unavailable');
  expect(postgresErrorCode(new TypeError('x is not a function'))).toBe('internal');
  expect(postgresErrorCode(new RapportError('not_found'))).toBe('not_found');
});

it('tries again what the database gave up for another transaction, and nothing else', () => {
  expect(isPassing(databaseError('40001'))).toBe(true);
  expect(isPassing(databaseError('40P01'))).toBe(true);
  expect(isPassing(databaseError('23505'))).toBe(false);
  expect(isPassing(new Error('40001'))).toBe(false);
});
