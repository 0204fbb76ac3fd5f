import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import { maxChatFrameBytes } from '../../shared/limits.ts';
import { agentAuth, visitorAuth } from '../../shared/protocol.ts';
import { browserName } from '../domain/browser-name.ts';
import type { AgentCaller, VisitorCaller } from '../domain/caller.ts';
import { createCallerLimits } from '../domain/caller-limits.ts';
import { digest } from '../domain/identifier.ts';
import { asRefusal, type RequestGate } from '../domain/request-gate.ts';
import type { RequestLimits } from '../domain/request-limits.ts';
import { clientAddress } from './client-address.ts';
import type { HttpParts } from './http-parts.ts';
import { jsonBody } from './json-body.ts';
import { refuse } from './reply.ts';

/** Callers of each role whose limits are remembered; the one that has been silent longest goes first. */
const maxCallers = 10_000;

/** The requests of the protocol tables over HTTP: `POST /api/visitor/message:send`. */
export function requestRoutes(
  parts: Pick<
    HttpParts,
    | 'visitorDoor'
    | 'visitorGate'
    | 'agentGate'
    | 'signIn'
    | 'ownOrigin'
    | 'trustedProxies'
    | 'addressLimits'
    | 'clock'
    | 'directory'
  >,
) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const visitorLimits = createCallerLimits({ maxCallers });
  const agentLimits = createCallerLimits({ maxCallers });

  const bearer = (context: Context): string => {
    const [, token] = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
    if (!token) throw new RapportError('unauthenticated');
    return token;
  };

  const addressOf = (context: Context<{ Bindings: HttpBindings }>): string =>
    clientAddress(context.env.incoming, parts.trustedProxies);

  const answer = async <Caller>(
    context: Context<{ Bindings: HttpBindings }>,
    gate: RequestGate<Caller>,
    limits: RequestLimits,
    caller: () => Promise<Caller>,
  ) => {
    const payload = await jsonBody(context.req.raw, maxChatFrameBytes);
    const reply = await gate.answer(context.req.param('event'), payload, {
      limits,
      connection: `http ${addressOf(context)}`,
      caller,
    });
    context.header('Cache-Control', 'no-store');
    return reply.ok ? context.json(reply) : refuse(context, reply);
  };

  app.use(
    '/visitor/*',
    cors({
      origin: async (origin) => ((await parts.directory.isOriginListed(origin)) ? origin : null),
      allowHeaders: ['Authorization', 'Content-Type', 'X-Rapport-Site'],
      allowMethods: ['POST'],
      maxAge: 600,
    }),
  );

  app.post('/visitor/:event', async (context) => {
    const token = bearer(context);
    const auth = v.safeParse(visitorAuth, { site: context.req.header('x-rapport-site'), token });
    if (!auth.success) return refuse(context, { ok: false, error: 'unauthenticated' });
    const browser = browserName(context.req.header('user-agent'));
    const key = digest(token);
    const limits = parts.addressLimits.join(visitorLimits.of(key, parts.clock.nowMs()), {
      address: addressOf(context),
      hasRecord: () => visitorLimits.isTrusted(key),
    });
    return answer<VisitorCaller>(context, parts.visitorGate, limits, async () => {
      const caller = await parts.visitorDoor.admit({ ...auth.output, browser }, context.req.header('origin'));
      if (caller.visitorId !== null) visitorLimits.trust(key);
      return caller;
    });
  });

  app.post('/agent/:event', async (context) => {
    const origin = context.req.header('origin');
    if (origin !== undefined && origin !== parts.ownOrigin()) throw new RapportError('origin_not_allowed');
    const accessToken = bearer(context);
    const auth = v.safeParse(agentAuth, { accessToken });
    if (!auth.success) return refuse(context, { ok: false, error: 'unauthenticated' });
    let caller: AgentCaller;
    try {
      caller = await parts.signIn.authenticate(accessToken);
    } catch (error) {
      return refuse(context, asRefusal(error));
    }
    const limits = agentLimits.of(caller.sessionId, parts.clock.nowMs());
    return answer<AgentCaller>(context, parts.agentGate, limits, async () => caller);
  });

  return app;
}
