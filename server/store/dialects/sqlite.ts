import { Worker } from 'node:worker_threads';
import { RapportError } from '../../../shared/errors.ts';
import { type ArgsOf, type ResultOf, type StoreMethod, storeOfCalls } from '../calls.ts';
import { DatabaseFault } from '../database-fault.ts';
import { StoreOpenError } from '../open-error.ts';
import type { Store } from '../store.ts';
import type { FromWorker, MethodCall, Outcome, ToWorker, WorkerOptions } from './sqlite-messages.ts';

/**
 * The store over a SQLite file, which a worker thread owns: a commit waits for the disk, and must not hold up sockets.
 * When the worker is lost, every call is refused as `unavailable`: what it had not confirmed may or may not be on disk,
 * and callers repeat it with the same client id.
 */
export async function createSqliteStore({
  file,
  workerUrl = new URL('./sqlite-worker.js', import.meta.url),
}: {
  file: string;
  workerUrl?: URL;
}): Promise<Store> {
  const workerOptions: WorkerOptions = { file };
  const worker = new Worker(workerUrl, { workerData: workerOptions });
  const pending = new Map<number, (outcome: Outcome) => void>();
  let lastId = 0;
  /** Why no call can be taken any more. */
  let ended: string | null = null;

  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (exitCode) => {
      lose(`the database thread has ended (${exitCode})`);
      resolve();
    });
  });

  function lose(detail: string): void {
    ended ??= detail;
    for (const settle of pending.values()) settle(lost(detail));
    pending.clear();
  }

  await new Promise<void>((resolve, reject) => {
    worker.on('error', (error) => {
      lose(`the database thread has failed: ${error.message}`);
      reject(new StoreOpenError('database_broken', error.message, error));
    });
    worker.on('message', (message: FromWorker) => {
      switch (message.type) {
        case 'ready':
          return resolve();
        case 'not_opened':
          return reject(new StoreOpenError(message.code, message.what));
        case 'replies':
          for (const { id, outcome } of message.replies) {
            pending.get(id)?.(outcome);
            pending.delete(id);
          }
      }
    });
  });

  const send = (message: ToWorker) => worker.postMessage(message);

  function ask<T>(message: (id: number) => ToWorker): Promise<T> {
    return new Promise((resolve, reject) => {
      if (ended !== null) return reject(refusal(lost(ended)));
      const id = ++lastId;
      pending.set(id, (outcome) => (outcome.ok ? resolve(outcome.value as T) : reject(refusal(outcome))));
      send(message(id));
    });
  }

  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    if (ended === null) send({ type: 'close' });
    ended ??= 'the store is closed';
    await exited;
  }

  return storeOfCalls(
    <M extends StoreMethod>(method: M, args: ArgsOf<M>) =>
      ask<ResultOf<M>>((id) => ({ type: 'call', id, call: { method, args } as MethodCall })),
    {
      ping: () => ask<void>((id) => ({ type: 'ping', id })),
      close: () => {
        closing ??= close();
        return closing;
      },
    },
  );
}

type Failed = Extract<Outcome, { ok: false }>;

const lost = (detail: string): Failed => ({ ok: false, code: 'unavailable', detail, databaseCode: null });

function refusal({ code, detail, databaseCode }: Failed): RapportError {
  const error = new RapportError(code);
  error.cause = new DatabaseFault(detail, databaseCode);
  return error;
}
