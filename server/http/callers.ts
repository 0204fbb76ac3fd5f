import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import { agentAuth } from '../../shared/protocol.ts';
import { browserName } from '../domain/browser-name.ts';
import type { AgentCaller, VisitorCaller } from '../domain/caller.ts';
import { digest } from '../domain/identifier.ts';
import { readVisitorAuth } from '../domain/visitor-auth.ts';
import { clientAddress } from './client-address.ts';
import type { HttpParts } from './http-parts.ts';

export type HttpContext = Context<{ Bindings: HttpBindings }>;

/** A visitor who has shown something at the door, and was not let in yet. */
export interface VisitorAtDoor {
  /** Names the caller where limits are kept. */
  key: string;
  admit(): Promise<VisitorCaller>;
}

/** Who asks, by the headers of a request. Authority never stands in an address. */
export function createCallers(
  parts: Pick<HttpParts, 'visitorDoor' | 'signIn' | 'ownOrigin' | 'trustedProxies'>,
) {
  const bearer = (context: HttpContext): string => {
    const [, token] = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
    if (!token) throw new RapportError('unauthenticated');
    return token;
  };

  return {
    addressOf: (context: HttpContext): string => clientAddress(context.env.incoming, parts.trustedProxies),

    /** `unauthenticated`, or `identity_invalid` for an identity that can be no token. */
    visitor(context: HttpContext): VisitorAtDoor {
      const token = bearer(context);
      const site = context.req.header('x-rapport-site');
      const identity = context.req.header('x-rapport-identity');
      const auth = readVisitorAuth({ site, token, ...(identity ? { identity } : {}) }, 'unauthenticated');
      const browser = browserName(context.req.header('user-agent'));
      return {
        key: digest(token),
        admit: () => parts.visitorDoor.admit({ ...auth, browser }, context.req.header('origin')),
      };
    },

    /** Agents' requests come from the console's own pages, or from programs. */
    async agent(context: HttpContext): Promise<AgentCaller> {
      const origin = context.req.header('origin');
      if (origin !== undefined && origin !== parts.ownOrigin()) throw new RapportError('origin_not_allowed');
      const accessToken = bearer(context);
      if (!v.is(agentAuth, { accessToken })) throw new RapportError('unauthenticated');
      return parts.signIn.authenticate(accessToken);
    },
  };
}
