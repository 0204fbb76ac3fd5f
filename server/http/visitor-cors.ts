import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { HttpParts } from './http-parts.ts';

/** Pages of any site ask in a visitor's name; which site's they are is looked at when the visitor is let in. */
export function visitorCors(parts: Pick<HttpParts, 'directory'>) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(
    '/visitor/*',
    cors({
      origin: async (origin) => ((await parts.directory.isOriginListed(origin)) ? origin : null),
      allowHeaders: [
        'Authorization',
        'Content-Type',
        'If-None-Match',
        'Range',
        'X-File-Name',
        'X-Rapport-Identity',
        'X-Rapport-Site',
      ],
      exposeHeaders: ['Accept-Ranges', 'Content-Disposition', 'Content-Range', 'ETag', 'Retry-After'],
      allowMethods: ['GET', 'HEAD', 'POST'],
      maxAge: 600,
    }),
  );
  return app;
}
