import type { ErrorCode } from '../../../shared/errors.ts';
import type { ArgsOf, StoreMethod } from '../calls.ts';
import type { StoreOpenCode } from '../open-error.ts';

/** What the main thread and the worker that owns the database say to each other. */

export interface WorkerOptions {
  file: string;
}

/** One method with its arguments. */
export type MethodCall = { [M in StoreMethod]: { method: M; args: ArgsOf<M> } }[StoreMethod];

export type ToWorker =
  | { type: 'call'; id: number; call: MethodCall }
  | { type: 'ping'; id: number }
  /** Finish what has arrived, close the files, end. */
  | { type: 'close' };

export type Outcome =
  | { ok: true; value: unknown }
  /** What the database said, and its own code if it has one. */
  | { ok: false; code: ErrorCode; detail: string; databaseCode: string | null };

export type FromWorker =
  | { type: 'ready' }
  | { type: 'not_opened'; code: StoreOpenCode; what: string }
  | { type: 'replies'; replies: Array<{ id: number; outcome: Outcome }> };
