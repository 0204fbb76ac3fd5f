import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import { visitorAuth } from '../../shared/protocol.ts';
import type { AddressLimits } from '../domain/address-limits.ts';
import { browserName } from '../domain/browser-name.ts';
import type { VisitorCaller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import type { Presence } from '../domain/presence.ts';
import type { RequestGate } from '../domain/request-gate.ts';
import { createRequestLimits } from '../domain/request-limits.ts';
import type { VisitorDoor } from '../domain/visitor-door.ts';
import { requestOrigin } from '../domain/web-origin.ts';
import type { Log } from '../log.ts';
import { door } from './door.ts';
import type { VisitorNamespace } from './live-server.ts';
import { answerRequests } from './request-lane.ts';
import { room } from './rooms.ts';

/** Sockets of visitors' pages. */
export function createVisitorGateway(parts: {
  visitors: VisitorNamespace;
  visitorDoor: VisitorDoor;
  gate: RequestGate<VisitorCaller>;
  presence: Presence;
  addressLimits: AddressLimits;
  addressOf(request: IncomingMessage): string;
  ownOrigin(): string;
  clock: Clock;
  log: Log;
}): void {
  const { visitors, presence, clock, log } = parts;

  visitors.use(
    door(log, 'visitor', async (socket) => {
      const auth = v.safeParse(visitorAuth, socket.handshake.auth);
      if (!auth.success) throw new RapportError('malformed');
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
      const caller = await parts.visitorDoor.admit({ ...auth.output, browser }, origin);
      socket.data = { caller, origin: origin === undefined || origin === parts.ownOrigin() ? null : origin };
    }),
  );

  visitors.on('connection', (socket) => {
    const { siteId, tokenHash, visitorId } = socket.data.caller;
    socket.join([room.visitorsOf(siteId), room.token(siteId, tokenHash)]);
    if (visitorId !== null) {
      socket.join(room.visitor(visitorId));
      presence.connectVisitor({ siteId, visitorId }, socket.id);
    }
    socket.on('disconnect', () => presence.disconnectVisitor(socket.id));

    answerRequests<VisitorCaller>(socket, {
      gate: parts.gate,
      limits: parts.addressLimits.join(createRequestLimits(clock.nowMs()), {
        address: parts.addressOf(socket.request),
        hasRecord: () => socket.data.caller.visitorId !== null,
      }),
      async caller() {
        socket.data.caller = await parts.visitorDoor.refresh(socket.data.caller);
        return socket.data.caller;
      },
    });
  });
}
