import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import type { Availability } from '../../shared/model/agent.ts';
import { agentAuth } from '../../shared/protocol.ts';
import type { AgentCaller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import type { Membership } from '../domain/membership.ts';
import type { Presence } from '../domain/presence.ts';
import type { RequestGate } from '../domain/request-gate.ts';
import { createRequestLimits } from '../domain/request-limits.ts';
import type { SignIn } from '../domain/sign-in.ts';
import type { Viewing } from '../domain/viewing.ts';
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
  viewing: Pick<Viewing, 'connect' | 'disconnect'>;
  availabilityOf(agentId: string): Promise<Availability>;
  /** The console's own origin; programs have none. */
  ownOrigin(): string;
  clock: Clock;
  log: Log;
}): void {
  const { agents, presence, viewing, clock, log } = parts;

  agents.use(
    door(log, 'agent', async (socket) => {
      const { origin } = socket.handshake.headers;
      if (origin !== undefined && origin !== parts.ownOrigin()) throw new RapportError('origin_not_allowed');
      const auth = v.safeParse(agentAuth, socket.handshake.auth);
      if (!auth.success) throw new RapportError('malformed');
      const caller = await parts.signIn.authenticate(auth.output.accessToken);
      const [sites, availability] = await Promise.all([
        parts.membership.sitesOf(caller),
        parts.availabilityOf(caller.agent.id),
      ]);
      socket.data = {
        caller: { ...caller, connection: socket.id },
        siteIds: sites.map(({ site }) => site.id),
        availability,
      };
    }),
  );

  agents.on('connection', (socket) => {
    const { caller, siteIds, availability } = socket.data;
    socket.join([
      room.agent(caller.agent.id),
      room.agentSession(caller.sessionId),
      ...siteIds.map(room.site),
    ]);
    presence.connectAgent({ agent: caller.agent, availability }, siteIds, socket.id);
    viewing.connect(socket.id);
    socket.on('disconnect', () => {
      presence.disconnectAgent(socket.id);
      viewing.disconnect(socket.id);
    });

    answerRequests<AgentCaller>(socket, {
      gate: parts.gate,
      limits: createRequestLimits(clock.nowMs(), 'agent'),
      caller: async () => socket.data.caller,
    });
  });
}
