import { join } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { consolePolicy } from './console-policy.ts';
import type { HttpParts } from './http-parts.ts';
import { refuse } from './reply.ts';
import { createStaticFiles, type StaticFiles } from './static-files.ts';
import { viewerPolicy } from './viewer-policy.ts';

/** Names with a hash of their content never change it. */
const hashedName = /-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/;
const forEver = 'public, max-age=31536000, immutable';
/** Pages of customers load it at each view: short, so that an update arrives, and cheap to ask again by ETag. */
const loaderCache = 'public, max-age=300, stale-while-revalidate=86400';

/** The loader, the widget's parts, the console and the viewer, as they were built. */
export function browserPrograms(parts: Pick<HttpParts, 'distFolder' | 'ownOrigin' | 'viewerOrigin'>) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const widget = createStaticFiles(join(parts.distFolder, 'widget'));
  const console = createStaticFiles(join(parts.distFolder, 'console'));
  const viewer = createStaticFiles(join(parts.distFolder, 'viewer'));

  const send = async (context: Context, files: StaticFiles, path: string, cacheControl: string) => {
    const file = await files.read(path, context.req.header('accept-encoding'));
    if (!file) return null;
    context.header('ETag', file.etag);
    context.header('Cache-Control', cacheControl);
    context.header('Vary', 'Accept-Encoding', { append: true });
    if (context.req.header('if-none-match')?.split(/,\s*/).includes(file.etag))
      return context.body(null, 304);
    context.header('Content-Type', file.mimeType);
    if (file.encoding) context.header('Content-Encoding', file.encoding);
    return context.body(file.body);
  };
  const missing = (context: Context) => refuse(context, { ok: false, error: 'not_found' });

  /** For pages of other origins. */
  const openToAll = (context: Context) => {
    context.header('Access-Control-Allow-Origin', '*');
    context.header('Cross-Origin-Resource-Policy', 'cross-origin');
    // A worker is held to the policy that comes with its script.
    context.header('Content-Security-Policy', undefined);
  };

  app.get('/widget.js', async (context) => {
    openToAll(context);
    return (await send(context, widget, 'widget.js', loaderCache)) ?? missing(context);
  });

  /** Types of the page's commands, for those who write the page in TypeScript. */
  app.get('/rapport.d.ts', async (context) => {
    openToAll(context);
    return (await send(context, widget, 'rapport.d.ts', loaderCache)) ?? missing(context);
  });

  app.get('/parts/:name', async (context) => {
    openToAll(context);
    const name = context.req.param('name');
    const cacheControl = hashedName.test(name) ? forEver : 'public, max-age=60';
    return (await send(context, widget, `parts/${name}`, cacheControl)) ?? missing(context);
  });

  const files = (path: string) => (hashedName.test(path) ? forEver : 'no-cache');

  app.get('/console/*', async (context) => {
    // Where the viewer has only another name of this host, the console must not be opened under that name.
    const viewerOrigin = parts.viewerOrigin();
    if (viewerOrigin !== null && context.req.header('host') === new URL(viewerOrigin).host) {
      return context.redirect(parts.ownOrigin() + context.req.path, 302);
    }
    context.header('Content-Security-Policy', consolePolicy(parts.ownOrigin(), viewerOrigin));
    const path = context.req.path.replace(/^\/console\/?/, '') || 'index.html';
    const file = await send(context, console, path, files(path));
    if (file) return file;
    // Addresses inside the console are its own matter; files are not.
    if (/\.[a-z0-9]+$/.test(path)) return missing(context);
    return (await send(context, console, 'index.html', 'no-cache')) ?? missing(context);
  });
  app.get('/console', (context) => context.redirect('/console/', 302));
  app.get('/', (context) => context.redirect('/console/', 302));

  app.get('/viewer/*', async (context) => {
    context.header('Content-Security-Policy', viewerPolicy(parts.ownOrigin()));
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
    const path = context.req.path.replace(/^\/viewer\/?/, '') || 'index.html';
    return (await send(context, viewer, path, files(path))) ?? missing(context);
  });
  app.get('/viewer', (context) => context.redirect('/viewer/', 302));

  return app;
}
