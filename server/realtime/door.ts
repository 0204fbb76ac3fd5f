import { asRefusal } from '../domain/request-gate.ts';
import { isFault, type Log } from '../log.ts';

/** Socket.IO middleware: who is refused hears the code as the error's message, and the refusal as its data. */
export const door =
  <S extends { id: string }>(log: Log, role: 'visitor' | 'agent', admit: (socket: S) => Promise<void>) =>
  (socket: S, next: (error?: Error) => void): void => {
    admit(socket).then(
      () => next(),
      (error: unknown) => {
        const refusal = asRefusal(error);
        const facts = { role, code: refusal.error, connection: socket.id };
        if (isFault(error)) log.error({ ...facts, error }, 'connection failed');
        else log.info(facts, 'connection refused');
        next(Object.assign(new Error(refusal.error), { data: refusal }));
      },
    );
  };
