import type { IncomingMessage } from 'node:http';
import type { AddressLimits } from '../domain/address-limits.ts';
import { browserName } from '../domain/browser-name.ts';
import type { VisitorCaller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import type { LiveVisitors } from '../domain/live-visitors.ts';
import type { Presence } from '../domain/presence.ts';
import type { RequestGate } from '../domain/request-gate.ts';
import { createRequestLimits } from '../domain/request-limits.ts';
import { readVisitorAuth } from '../domain/visitor-auth.ts';
import type { VisitorDoor } from '../domain/visitor-door.ts';
import { requestOrigin } from '../domain/web-origin.ts';
import type { Log } from '../log.ts';
import { door } from './door.ts';
import type { VisitorNamespace } from './live-server.ts';
import { answerRequests } from './request-lane.ts';
import { room } from './rooms.ts';
import { followRecords } from './visitor-socket.ts';

/** Sockets of visitors' pages. */
export function createVisitorGateway(parts: {
  visitors: VisitorNamespace;
  visitorDoor: VisitorDoor;
  gate: RequestGate<VisitorCaller>;
  presence: Presence;
  liveVisitors: Pick<LiveVisitors, 'connect' | 'disconnect'>;
  addressLimits: AddressLimits;
  addressOf(request: IncomingMessage): string;
  ownOrigin(): string;
  clock: Clock;
  log: Log;
}): void {
  const { visitors, presence, liveVisitors, clock, log } = parts;

  visitors.use(
    door(log, 'visitor', async (socket) => {
      const auth = readVisitorAuth(socket.handshake.auth, 'malformed');
      const { headers } = socket.handshake;
      const secFetchSite = headers['sec-fetch-site'];
      const origin = requestOrigin(
        {
          origin: headers.origin,
          secFetchSite: typeof secFetchSite === 'string' ? secFetchSite : undefined,
        },
        parts.ownOrigin(),
      );
      const browser = browserName(headers['user-agent']);
      const caller = await parts.visitorDoor.admit({ ...auth, browser }, origin);
      socket.data = {
        caller: { ...caller, connection: socket.id },
        origin: origin === undefined || origin === parts.ownOrigin() ? null : origin,
      };
    }),
  );

  visitors.on('connection', (socket) => {
    const { siteId, tokenHash, identity, visitorIds } = socket.data.caller;
    socket.join([room.visitorsOf(siteId), room.token(siteId, tokenHash)]);
    if (identity) socket.join(room.customer(siteId, identity.externalId));
    followRecords(socket, presence, visitorIds);
    liveVisitors.connect(socket.id);
    // Not a `disconnect` packet, after which clients would stay away: it comes back with a fresh token, or without a name.
    const endOfProof = identity
      ? clock.after(identity.provesUntilMs - clock.nowMs(), () => socket.conn.close())
      : () => undefined;
    socket.on('disconnect', () => {
      endOfProof();
      presence.disconnectVisitor(socket.id);
      liveVisitors.disconnect(socket.id);
    });

    answerRequests<VisitorCaller>(socket, {
      gate: parts.gate,
      limits: parts.addressLimits.join(createRequestLimits(clock.nowMs()), {
        address: parts.addressOf(socket.request),
        hasRecord: () => socket.data.caller.visitorId !== null,
      }),
      async caller() {
        const caller = await parts.visitorDoor.refresh(socket.data.caller);
        socket.data.caller = caller;
        // Records that appeared elsewhere since the connection was made.
        if (socket.connected) followRecords(socket, presence, caller.visitorIds);
        return caller;
      },
    });
  });
}
