import type { Server } from 'node:http';
import pino from 'pino';
import { createRelayGateway } from '../../../server/realtime/relay-gateway.ts';
import { joinTaps } from '../../../server/relay/relay-tap.ts';

/** The relay's gateway as the server makes it; who may come in is not what is measured here. */
export function relayOn(httpServer: Server): void {
  createRelayGateway({
    httpServer,
    isOriginAllowed: async () => true,
    authorizeVisitor: async () => ({ siteId: 'sit_bench', origin: null }),
    authorizeAgent: async () => ({
      agent: { id: 'agt_bench', name: 'Bench', color: '#0072b2', avatar: null },
      agentSessionId: 'ags_bench',
    }),
    addressOf: (request) => request.socket.remoteAddress ?? '',
    maxSocketsPerAddress: 10_000,
    onVisitorPresence: () => undefined,
    tap: () => joinTaps(),
    log: pino({ level: 'warn' }),
  });
}
