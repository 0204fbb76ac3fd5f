import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import { idSchema } from '../../shared/model/ids.ts';
import { createCallers } from './callers.ts';
import type { HttpParts } from './http-parts.ts';

const sessionId = idSchema('cobrowse');
const chunkNumber = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number));

/** A recording's chunks, one a request, with the authority of who asks in the headers. Kept nowhere on the way. */
export function recordingRoutes(
  parts: Pick<HttpParts, 'ownOrigin' | 'recordings' | 'signIn' | 'trustedProxies' | 'visitorDoor'>,
) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const callers = createCallers(parts);
  app.get('/agent/recordings/:id/:chunk', async (context) => {
    const caller = await callers.agent(context);
    const { id, chunk } = context.req.param();
    const index = v.safeParse(chunkNumber, chunk);
    if (!v.is(sessionId, id) || !index.success) throw new RapportError('not_found');
    const bytes = await parts.recordings.read(caller, id, index.output);
    context.header('Cache-Control', 'no-store');
    context.header('Content-Type', 'application/octet-stream');
    context.header('Content-Disposition', 'attachment');
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
    return context.body(new Uint8Array(bytes));
  });
  return app;
}
