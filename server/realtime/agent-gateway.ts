import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import { agentAuth } from '../../shared/protocol.ts';
import type { AgentCaller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import type { Membership } from '../domain/membership.ts';
import type { Presence } from '../domain/presence.ts';
import type { RequestGate } from '../domain/request-gate.ts';
import { createRequestLimits } from '../domain/request-limits.ts';
import type { SignIn } from '../domain/sign-in.ts';
import type { Log } from '../log.ts';
import { door } from './door.ts';
import type { AgentNamespace } from './live-server.ts';
import { answerRequests } from './request-lane.ts';
import { room } from './rooms.ts';

/** Sockets of agents' consoles. */
export function createAgentGateway(parts: {
  agents: AgentNamespace;
  signIn: Pick<SignIn, 'authenticate'>;
  membership: Pick<Membership, 'sitesOf'>;
  gate: RequestGate<AgentCaller>;
  presence: Presence;
  /** The console's own origin; programs have none. */
  ownOrigin(): string;
  clock: Clock;
  log: Log;
}): void {
  const { agents, presence, clock, log } = parts;

  agents.use(
    door(log, 'agent', async (socket) => {
      const { origin } = socket.handshake.headers;
      if (origin !== undefined && origin !== parts.ownOrigin()) throw new RapportError('origin_not_allowed');
      const auth = v.safeParse(agentAuth, socket.handshake.auth);
      if (!auth.success) throw new RapportError('malformed');
      const caller = await parts.signIn.authenticate(auth.output.accessToken);
      const siteIds = (await parts.membership.sitesOf(caller)).map(({ site }) => site.id);
      socket.data = { caller, siteIds };
    }),
  );

  agents.on('connection', (socket) => {
    const { caller, siteIds } = socket.data;
    socket.join([
      room.agent(caller.agent.id),
      room.agentSession(caller.sessionId),
      ...siteIds.map(room.site),
    ]);
    presence.connectAgent(caller.agent, siteIds, socket.id);
    socket.on('disconnect', () => presence.disconnectAgent(socket.id));

    answerRequests<AgentCaller>(socket, {
      gate: parts.gate,
      limits: createRequestLimits(clock.nowMs()),
      caller: async () => caller,
    });
  });
}
