import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { createRequestGate } from '../../../../server/domain/request-gate.ts';
import { createRequestLimits } from '../../../../server/domain/request-limits.ts';
import { createLog } from '../../../../server/log.ts';
import { answerRequests } from '../../../../server/realtime/request-lane.ts';

it('a request that is refused at once lets nobody pass those before it', async () => {
  const stored: string[] = [];
  let commitFirst = () => {};
  const gate = createRequestGate({
    table: { 'note:add': { payload: v.strictObject({ text: v.string() }), reply: v.object({}) } },
    handlers: {
      async 'note:add'(_caller, { text }) {
        if (text === '1') await new Promise<void>((commit) => (commitFirst = commit));
        stored.push(text);
        return {};
      },
    },
    role: 'visitor',
    nowMs: () => 0,
    log: createLog({ level: 'silent' }),
  });
  const httpServer = createServer();
  const server = new Server(httpServer);
  server.on('connection', (socket) =>
    answerRequests(socket, { gate, limits: createRequestLimits(0), caller: async () => null }),
  );
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  const client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], reconnection: false });
  try {
    const [first, bad, third] = [{ text: '1' }, { text: 2 }, { text: '3' }].map((payload) =>
      client.emitWithAck('note:add', payload),
    );
    expect(await bad).toEqual({ ok: false, error: 'malformed', field: 'text' });
    // Another round trip: whatever could pass has passed.
    expect(await client.emitWithAck('note:add', null)).toMatchObject({ error: 'malformed' });
    expect(stored).toEqual([]);
    commitFirst();
    expect(await Promise.all([first, third])).toEqual([{ ok: true }, { ok: true }]);
    expect(stored).toEqual(['1', '3']);
  } finally {
    client.close();
    await server.close();
  }
});
