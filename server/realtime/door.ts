import { RapportError } from '../../shared/errors.ts';
import { asRefusal } from '../domain/request-gate.ts';
import type { Log } from '../log.ts';

/** Socket.IO middleware: who is refused hears the code as the error's message, and the refusal as its data. */
export const door =
  <S extends { id: string }>(log: Log, role: 'visitor' | 'agent', admit: (socket: S) => Promise<void>) =>
  (socket: S, next: (error?: Error) => void): void => {
    admit(socket).then(
      () => next(),
      (error: unknown) => {
        const refusal = asRefusal(error);
        const facts = { role, code: refusal.error, connection: socket.id };
        if (error instanceof RapportError) log.info(facts, 'connection refused');
        else log.error({ ...facts, error }, 'connection failed');
        next(Object.assign(new Error(refusal.error), { data: refusal }));
      },
    );
  };
