import { DatabaseError } from 'pg';
import { type ErrorCode, RapportError } from '../../../shared/errors.ts';

/** SQLSTATEs after which the same transaction, tried again, may pass: serialization failure, deadlock. */
export function isPassing(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '40001' || error.code === '40P01');
}

/** A schema or table went away while the catalog was read: undefined schema, undefined table, a relation's lost OID. */
export function hasCatalogMoved(error: unknown): boolean {
  return error instanceof DatabaseError && ['3F000', '42P01', 'XX000'].includes(error.code ?? '');
}

/**
 * What an error of an operation means to the caller. An error without an SQLSTATE comes from the connection, not from
 * the database: refused, reset, timed out.
 */
export function postgresErrorCode(error: unknown): ErrorCode {
  if (error instanceof RapportError) return error.code;
  if (!(error instanceof DatabaseError)) return isOfConnection(error) ? 'unavailable' : 'internal';
  if (error.code === '23505') return 'already_exists';
  if (error.code === '23503') return 'not_found';
  // 08 connection, 53 out of disk, memory or connections, 57P shutting down, 58 input or output, 25006 read-only standby.
  return isPassing(error) || /^(08|53|57P|58|25006)/.test(error.code ?? '') ? 'unavailable' : 'internal';
}

function isOfConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && /^E[A-Z_]+$/.test(error.code)) return true;
  return /connection terminated|timeout exceeded when trying to connect|not queryable|pool after calling end/i.test(
    error.message,
  );
}
