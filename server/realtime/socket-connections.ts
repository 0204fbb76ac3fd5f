import type { Connections } from '../domain/connections.ts';
import type { LiveVisitors } from '../domain/live-visitors.ts';
import type { Presence } from '../domain/presence.ts';
import type { LiveServer, VisitorSocket } from './live-server.ts';
import type { RelayGateway } from './relay-gateway.ts';
import { room } from './rooms.ts';
import { followRecords } from './visitor-socket.ts';

/** What the domain asks of the sockets of this node. */
export function createSocketConnections({
  visitors,
  agents,
  presence,
  liveVisitors,
  relay,
}: Pick<LiveServer, 'visitors' | 'agents'> & {
  presence: Presence;
  liveVisitors: Pick<LiveVisitors, 'know'>;
  relay: Pick<RelayGateway, 'endAgentSession' | 'endAgentSessions' | 'checkOrigins'>;
}): Connections {
  /** Sockets of a room on this node. */
  const inRoom = <S>(
    namespace: { adapter: { rooms: Map<string, Set<string>> }; sockets: Map<string, S> },
    name: string,
  ) => [...(namespace.adapter.rooms.get(name) ?? [])].flatMap((id) => namespace.sockets.get(id) ?? []);

  const follow = (socket: VisitorSocket, visitorId: string) => {
    const { caller } = socket.data;
    const visitorIds = [...new Set([...caller.visitorIds, visitorId])];
    socket.data.caller = { ...caller, visitorIds };
    followRecords(socket, presence, visitorIds);
  };

  return {
    knowVisitor({ siteId, tokenHash, visitorId }) {
      for (const socket of inRoom(visitors, room.token(siteId, tokenHash))) {
        socket.data.caller = { ...socket.data.caller, visitorId };
        follow(socket, visitorId);
      }
      liveVisitors.know({ siteId, tokenHash, visitorId });
    },
    knowCustomer({ siteId, externalId, visitorId }) {
      for (const socket of inRoom(visitors, room.customer(siteId, externalId))) follow(socket, visitorId);
    },
    endUnproved(siteId, tokenHash) {
      for (const socket of inRoom(visitors, room.token(siteId, tokenHash))) {
        if (socket.data.caller.identity === null) socket.conn.close();
      }
    },
    endAllUnproved(siteId) {
      for (const socket of inRoom(visitors, room.visitorsOf(siteId))) {
        const { identity, visitorIds } = socket.data.caller;
        // A stranger's record need not be shut off, but that is known at the door only.
        if (identity === null && visitorIds.length > 0) socket.conn.close();
      }
    },
    endIdentities(siteId, kid) {
      for (const socket of inRoom(visitors, room.visitorsOf(siteId))) {
        // Not a `disconnect` packet, after which clients would stay away.
        if (socket.data.caller.identity?.kid === kid) socket.conn.close();
      }
    },
    joinSite: (agentId, siteId) => agents.in(room.agent(agentId)).socketsJoin(room.site(siteId)),
    changeAgent(agent) {
      for (const socket of inRoom(agents, room.agent(agent.id))) {
        socket.data.caller = { ...socket.data.caller, agent };
      }
    },
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
