import pino, { type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** Keys that never reach a line, wherever somebody logs an object that has them. */
const secretKeys = [
  'text',
  'comment',
  'preview',
  'password',
  'current',
  'next',
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

/** Structured lines, one JSON object each: what happened and to which ids, never what people wrote. */
export function createLog(options: { level: string; destination?: DestinationStream }): Log {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), remove: true },
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
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const at = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { name: error.name, code, at: at.slice(0, 8).map((line) => line.trim().slice(3)) };
}
