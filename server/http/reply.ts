import type { Context } from 'hono';
import { errorTable, type Refusal } from '../../shared/errors.ts';

/** A refusal with the HTTP status that the errors table gives it. */
export function refuse(context: Context, refusal: Refusal): Response {
  if (refusal.retryAfterMs !== undefined) {
    context.header('Retry-After', String(Math.ceil(refusal.retryAfterMs / 1000)));
  }
  context.header('Cache-Control', 'no-store');
  return context.json(refusal, errorTable[refusal.error].status);
}
