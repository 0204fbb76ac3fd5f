import type { RequestListener } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { asRefusal } from '../domain/request-gate.ts';
import { isFault } from '../log.ts';
import { browserPrograms } from './browser-programs.ts';
import { avatarRoutes, fileRoutes } from './file-routes.ts';
import type { HttpParts } from './http-parts.ts';
import { openApiDocument } from './openapi.ts';
import { popoutRoutes } from './popout-routes.ts';
import { recordingRoutes } from './recording-routes.ts';
import { refuse } from './reply.ts';
import { requestRoutes } from './request-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { siteRoutes } from './site-routes.ts';
import { visitorCors } from './visitor-cors.ts';

/** Everything over plain HTTP. Errors are JSON from the errors table; nothing tells of our insides. */
export function createHttpListener(parts: HttpParts): RequestListener {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.use(async (context, next) => {
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cross-Origin-Opener-Policy', 'same-origin');
    context.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
    context.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    if (parts.ownOrigin().startsWith('https:')) {
      context.header('Strict-Transport-Security', 'max-age=31536000');
    }
    await next();
  });

  app.get('/healthz', async (context) => {
    context.header('Cache-Control', 'no-store');
    try {
      await parts.checkHealth();
      return context.json({ ok: true });
    } catch (error) {
      if (isFault(error)) parts.log.error({ error }, 'health check failed');
      return refuse(context, { ok: false, error: 'unavailable' });
    }
  });

  // The viewer's host shows nothing but the viewer, so that a hole in it leads nowhere.
  app.use(async (context, next) => {
    if (!parts.isViewerHostSeparate) return next();
    const viewerOrigin = parts.viewerOrigin();
    const isViewerHost = viewerOrigin !== null && context.req.header('host') === new URL(viewerOrigin).host;
    const isViewerPath = /^\/viewer(\/|$)/.test(context.req.path);
    return isViewerHost === isViewerPath ? next() : refuse(context, { ok: false, error: 'not_found' });
  });

  app.route('/', browserPrograms(parts));
  app.route('/', siteRoutes(parts));
  app.route('/api/session', sessionRoutes(parts));
  app.get('/api/openapi.json', (context) => {
    context.header('Cache-Control', 'public, max-age=300');
    context.header('Access-Control-Allow-Origin', '*');
    return context.json(openApiDocument(parts.ownOrigin()));
  });
  app.route('/', avatarRoutes(parts));
  app.route('/', popoutRoutes(parts));
  app.route('/api', visitorCors(parts));
  // Before the requests by name, of which none is called `files`.
  app.route('/api', fileRoutes(parts));
  app.route('/api', recordingRoutes(parts));
  app.route('/api', requestRoutes(parts));

  app.notFound((context) => refuse(context, { ok: false, error: 'not_found' }));
  app.onError((error, context) => {
    const refusal = asRefusal(error);
    if (isFault(error)) parts.log.error({ error, path: context.req.routePath }, 'request failed');
    return refuse(context, refusal);
  });

  const listener = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      parts.log.info({ error }, 'request could not be read');
      return Response.json({ ok: false, error: 'malformed' }, { status: 400 });
    },
  });
  return (request, response) => void listener(request, response);
}
