import pino, { type DestinationStream, type Logger } from 'pino';
import { errorTable, RapportError } from '../shared/errors.ts';

export type Log = Logger;

/** Keys that never reach a line, wherever somebody logs an object that has them. */
const secretKeys = [
  'text',
  'comment',
  'preview',
  'password',
  'passwordHash',
  'token',
  'tokenHash',
  'accessToken',
  'renewalToken',
  'authorization',
  'cookie',
  'secret',
  'email',
];
/** Passwords under names that mean other things elsewhere. */
const secretPaths = ['payload.current', 'payload.next', '*.payload.current', '*.payload.next'];

/** Structured lines, one JSON object each: what happened and to which ids, never what people wrote. */
export function createLog(options: { level: string; destination?: DestinationStream }): Log {
  const paths = [...secretPaths, ...secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])];
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, remove: true },
      // An error's message may quote what was sent; `errorFacts` keeps what does not.
      serializers: { err: errorFacts, error: errorFacts },
      formatters: { level: (label) => ({ level: label }) },
    },
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** Kind, code and place of an error. Its message is left out: databases quote values in theirs. */
export function errorFacts(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? error : { name: typeof error };
  const code = codeOf(error);
  const at = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const { cause } = error;
  return {
    name: error.name,
    code,
    ...(cause instanceof Error ? { cause: { name: cause.name, code: codeOf(cause) } } : {}),
    at: at.slice(0, 8).map((line) => line.trim().slice(3)),
  };
}

const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Whether something is wrong with the server, beyond a request that was rightly refused. */
export function isFault(error: unknown): boolean {
  if (!(error instanceof RapportError)) return true;
  return error.cause !== undefined && errorTable[error.code].status >= 500;
}
