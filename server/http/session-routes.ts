import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import { agentSessionMs, maxJsonDepth } from '../../shared/limits.ts';
import { signIn as signInRequest } from '../../shared/protocol.ts';
import { findShapeFault } from '../domain/json-shape.ts';
import { refusalOf } from '../domain/request-gate.ts';
import type { SignedIn } from '../domain/sign-in.ts';
import { clientAddress } from './client-address.ts';
import type { HttpParts } from './http-parts.ts';
import { jsonBody } from './json-body.ts';
import { refuse } from './reply.ts';

const cookieName = 'rapport_session';
const cookiePath = '/api/session';
/** An e-mail address and a password of the longest kind, escaped. */
const maxSignInBytes = 4 * 1024;

/** Agents sign in, renew and sign out. The renewal token lives in a cookie that no script can read. */
export function sessionRoutes(parts: Pick<HttpParts, 'signIn' | 'ownOrigin' | 'trustedProxies' | 'log'>) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const { signIn, log } = parts;

  const cookieOptions = () =>
    ({
      path: cookiePath,
      httpOnly: true,
      sameSite: 'Strict',
      secure: parts.ownOrigin().startsWith('https:'),
    }) as const;

  const give = (context: Context, { renewalToken, ...reply }: SignedIn) => {
    setCookie(context, cookieName, renewalToken, { ...cookieOptions(), maxAge: agentSessionMs / 1000 });
    context.header('Cache-Control', 'no-store');
    return context.json({ ok: true, ...reply });
  };

  /** The cookie comes by itself: only our own pages may make use of it. */
  const requireOwnPage = (context: Context) => {
    if (context.req.header('origin') !== parts.ownOrigin()) throw new RapportError('origin_not_allowed');
  };

  app.post('/', async (context) => {
    const origin = context.req.header('origin');
    if (origin !== undefined && origin !== parts.ownOrigin()) throw new RapportError('origin_not_allowed');
    const body = await jsonBody(context.req.raw, maxSignInBytes);
    const request = v.safeParse(signInRequest.payload, body);
    if (findShapeFault(body, maxJsonDepth)) return refuse(context, { ok: false, error: 'malformed' });
    if (!request.success) return refuse(context, refusalOf(request.issues));
    const address = clientAddress(context.env.incoming, parts.trustedProxies);
    try {
      const signedIn = await signIn.signIn({ ...request.output, address });
      log.info({ agentId: signedIn.agent.id, address }, 'agent signed in');
      return give(context, signedIn);
    } catch (error) {
      if (error instanceof RapportError) log.warn({ code: error.code, address }, 'sign-in refused');
      throw error;
    }
  });

  app.post('/renew', async (context) => {
    requireOwnPage(context);
    const token = getCookie(context, cookieName);
    if (!token) throw new RapportError('unauthenticated');
    try {
      return give(context, await signIn.renew(token));
    } catch (error) {
      if (error instanceof RapportError && error.code === 'unauthenticated') {
        deleteCookie(context, cookieName, cookieOptions());
      }
      throw error;
    }
  });

  app.delete('/', async (context) => {
    requireOwnPage(context);
    const token = getCookie(context, cookieName);
    if (token) await signIn.signOut(token);
    deleteCookie(context, cookieName, cookieOptions());
    context.header('Cache-Control', 'no-store');
    return context.json({ ok: true });
  });

  return app;
}
