import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { maxChatFrameBytes } from '../../shared/limits.ts';
import type { AgentCaller, VisitorCaller } from '../domain/caller.ts';
import { createCallerLimits } from '../domain/caller-limits.ts';
import type { RequestGate } from '../domain/request-gate.ts';
import type { RequestLimits } from '../domain/request-limits.ts';
import { createCallers, type HttpContext } from './callers.ts';
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
  >,
) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const visitorLimits = createCallerLimits({ maxCallers });
  const agentLimits = createCallerLimits({ maxCallers, role: 'agent' });

  const callers = createCallers(parts);

  const answer = async <Caller>(
    context: HttpContext,
    gate: RequestGate<Caller>,
    limits: RequestLimits,
    caller: () => Promise<Caller>,
  ) => {
    const payload = await jsonBody(context.req.raw, maxChatFrameBytes);
    const reply = await gate.answer(context.req.param('event'), payload, {
      limits,
      connection: `http ${callers.addressOf(context)}`,
      caller,
    });
    context.header('Cache-Control', 'no-store');
    return reply.ok ? context.json(reply) : refuse(context, reply);
  };

  app.post('/visitor/:event', (context) => {
    const visitor = callers.visitor(context);
    const limits = parts.addressLimits.join(visitorLimits.of(visitor.key, parts.clock.nowMs()), {
      address: callers.addressOf(context),
      hasRecord: () => visitorLimits.isTrusted(visitor.key),
    });
    return answer<VisitorCaller>(context, parts.visitorGate, limits, async () => {
      const caller = await visitor.admit();
      if (caller.visitorId !== null) visitorLimits.trust(visitor.key);
      return caller;
    });
  });

  app.post('/agent/:event', async (context) => {
    const caller = await callers.agent(context);
    const limits = agentLimits.of(caller.sessionId, parts.clock.nowMs());
    return answer<AgentCaller>(context, parts.agentGate, limits, async () => caller);
  });

  return app;
}
