import { join } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as v from 'valibot';
import { siteKeySchema } from '../../shared/model/ids.ts';
import { isListedOrigin } from '../domain/web-origin.ts';
import type { HttpParts } from './http-parts.ts';
import { popoutPolicy } from './popout-policy.ts';
import { refuse } from './reply.ts';
import { createStaticFiles } from './static-files.ts';

/**
 * The chat in a window of its own. The page holds nothing of a visitor: the window that opened it hands the visitor's
 * token over, which it can only where both may know each other.
 */
export function popoutRoutes(parts: Pick<HttpParts, 'directory' | 'distFolder' | 'ownOrigin'>) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const widget = createStaticFiles(join(parts.distFolder, 'widget'));

  app.get('/popout/:siteKey', async (context) => {
    const key = context.req.param('siteKey');
    const site = v.is(siteKeySchema, key) ? await parts.directory.byKey(key) : null;
    if (!site) return refuse(context, { ok: false, error: 'unknown_site' });
    const page = await widget.read('popout.html', undefined);
    if (!page) return refuse(context, { ok: false, error: 'not_found' });
    context.header('Content-Security-Policy', popoutPolicy(parts.ownOrigin()));
    context.header('Cross-Origin-Opener-Policy', 'unsafe-none');
    context.header('Cache-Control', 'no-cache');
    context.header('Content-Type', page.mimeType);
    return context.body(page.body);
  });

  // The window lets no page hand a visitor over that could not show the chat itself.
  app.get('/popout/:siteKey/opener', async (context) => {
    const key = context.req.param('siteKey');
    const site = v.is(siteKeySchema, key) ? await parts.directory.byKey(key) : null;
    if (!site) return refuse(context, { ok: false, error: 'unknown_site' });
    context.header('Cache-Control', 'no-store');
    const origin = context.req.query('origin') ?? '';
    const isAllowed = origin === parts.ownOrigin() || isListedOrigin(site.settings.origins, origin);
    if (!isAllowed) return refuse(context, { ok: false, error: 'origin_not_allowed' });
    return context.json({ ok: true });
  });

  return app;
}
