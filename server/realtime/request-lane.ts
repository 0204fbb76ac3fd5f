import type { Socket } from 'socket.io';
import { type AskedBy, asRefusal, type RequestGate } from '../domain/request-gate.ts';

/** Answers whatever a socket asks, one request after the other: what one page sends is stored in its order. */
export function answerRequests<Caller>(
  socket: Socket,
  parts: Pick<AskedBy<Caller>, 'caller' | 'limits'> & { gate: RequestGate<Caller> },
): void {
  let lane: Promise<unknown> = Promise.resolve();
  socket.onAny((event: unknown, ...args: unknown[]) => {
    const last = args.at(-1);
    const reply = typeof last === 'function' ? last : null;
    const payload = reply ? args.slice(0, -1)[0] : args[0];
    const turn = lane;
    // Counted when it arrives, not when its turn comes: a flood must not queue up.
    const answered = parts.gate.answer(event, payload, {
      limits: parts.limits,
      connection: socket.id,
      caller: async () => {
        await turn;
        return parts.caller();
      },
    });
    // Both: what is refused at once is answered before its predecessors, and must not let its successors pass them.
    lane = Promise.allSettled([turn, answered]);
    answered.then(
      (answer) => reply?.(answer),
      (error: unknown) => reply?.(asRefusal(error)),
    );
    if (parts.limits.isFlood()) socket.disconnect(true);
  });
}
