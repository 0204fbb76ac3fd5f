import type { Connections } from '../domain/connections.ts';
import type { Presence } from '../domain/presence.ts';
import type { LiveServer } from './live-server.ts';
import type { RelayGateway } from './relay-gateway.ts';
import { room } from './rooms.ts';

/** What the domain asks of the sockets of this node. */
export function createSocketConnections({
  visitors,
  agents,
  presence,
  relay,
}: Pick<LiveServer, 'visitors' | 'agents'> & {
  presence: Presence;
  relay: Pick<RelayGateway, 'endAgentSession' | 'endAgentSessions' | 'checkOrigins'>;
}): Connections {
  /** Sockets of a room on this node. */
  const inRoom = <S>(
    namespace: { adapter: { rooms: Map<string, Set<string>> }; sockets: Map<string, S> },
    name: string,
  ) => [...(namespace.adapter.rooms.get(name) ?? [])].flatMap((id) => namespace.sockets.get(id) ?? []);

  return {
    knowVisitor({ siteId, tokenHash, visitorId }) {
      for (const socket of inRoom(visitors, room.token(siteId, tokenHash))) {
        if (socket.rooms.has(room.visitor(visitorId))) continue;
        socket.data.caller = { ...socket.data.caller, visitorId };
        socket.join(room.visitor(visitorId));
        presence.connectVisitor({ siteId, visitorId }, socket.id);
      }
    },
    joinSite: (agentId, siteId) => agents.in(room.agent(agentId)).socketsJoin(room.site(siteId)),
    endAgentSession(sessionId) {
      agents.in(room.agentSession(sessionId)).disconnectSockets(true);
      relay.endAgentSession(sessionId);
    },
    endAgentSessions(agentId, exceptSessionId) {
      relay.endAgentSessions(agentId, exceptSessionId);
      agents.in(room.agent(agentId)).except(room.agentSession(exceptSessionId)).disconnectSockets(true);
    },
    checkOrigins(siteId, isListed) {
      relay.checkOrigins(siteId, isListed);
      for (const socket of inRoom(visitors, room.visitorsOf(siteId))) {
        const { origin } = socket.data;
        if (origin !== null && !isListed(origin)) socket.disconnect(true);
      }
    },
  };
}
