import type { Presence } from '../domain/presence.ts';
import type { VisitorSocket } from './live-server.ts';
import { room } from './rooms.ts';

/** The socket hears what is told to these records: its own, or those of the customer it proved to be. */
export function followRecords(
  socket: VisitorSocket,
  presence: Pick<Presence, 'connectVisitor'>,
  visitorIds: readonly string[],
): void {
  const { siteId } = socket.data.caller;
  for (const visitorId of visitorIds) {
    if (socket.rooms.has(room.visitor(visitorId))) continue;
    socket.join(room.visitor(visitorId));
    presence.connectVisitor({ siteId, visitorId }, socket.id);
  }
}
