import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as v from 'valibot';
import { siteKeySchema } from '../../shared/model/ids.ts';
import { siteConfig } from '../../shared/model/site.ts';
import { isListedOrigin } from '../domain/web-origin.ts';
import type { HttpParts } from './http-parts.ts';
import { refuse } from './reply.ts';

/** Public configuration of a site, which the loader fetches at each page view. */
export function siteRoutes(parts: Pick<HttpParts, 'directory' | 'ownOrigin'>) {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/site/:key', async (context) => {
    // Readable by any page also when refused: the loader tells the page's developer what is wrong.
    context.header('Access-Control-Allow-Origin', '*');
    context.header('Cross-Origin-Resource-Policy', 'cross-origin');
    context.header('Vary', 'Origin');
    const key = context.req.param('key');
    const site = v.is(siteKeySchema, key) ? await parts.directory.byKey(key) : null;
    if (!site) return refuse(context, { ok: false, error: 'unknown_site' });
    const origin = context.req.header('origin');
    const isAllowed =
      origin === undefined || origin === parts.ownOrigin() || isListedOrigin(site.settings.origins, origin);
    if (!isAllowed) return refuse(context, { ok: false, error: 'origin_not_allowed' });
    context.header('Cache-Control', 'public, max-age=60');
    return context.json(siteConfig(site.settings));
  });

  return app;
}
