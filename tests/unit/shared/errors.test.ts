import { expect, it } from 'vitest';
import { type ErrorCode, errorTable, retryableErrors } from '../../../shared/errors.ts';

it('the list of retryable errors is the table’s', () => {
  const codes = Object.keys(errorTable) as ErrorCode[];
  expect([...retryableErrors].sort()).toEqual(codes.filter((code) => errorTable[code].retryable).sort());
});
