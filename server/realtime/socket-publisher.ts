import type { Publisher } from '../domain/publisher.ts';
import type { LiveServer } from './live-server.ts';
import { room } from './rooms.ts';

/** Facts go out over Socket.IO rooms. */
export function createSocketPublisher({
  visitors,
  agents,
}: Pick<LiveServer, 'visitors' | 'agents'>): Publisher {
  return {
    toSite: (siteId, fact, ...args) => void agents.to(room.site(siteId)).emit(fact, ...args),
    toVisitor: (visitorId, fact, ...args) => void visitors.to(room.visitor(visitorId)).emit(fact, ...args),
    toVisitorsOfSite: (siteId, fact, ...args) =>
      void visitors.to(room.visitorsOf(siteId)).emit(fact, ...args),
  };
}
