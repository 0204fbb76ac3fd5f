import type { AssetPart, BatchPart } from '../../shared/protocol.ts';
import { type Asset, createAssetReader } from './asset-reader.ts';
import { type BatchReader, createBatchReader } from './inflate.ts';
import type { StreamFault } from './port.ts';
import { createValidator, type Step, type Validator } from './validator.ts';

/** Reads and cleans the stream away from the page, so that a hostile batch can at worst stall this worker. */

export type ToWorker =
  /** `run` names this pass through an epoch: the same epoch may be sent again. */
  | { type: 'epoch'; run: number; tab: string; epoch: number }
  | { type: 'batch'; run: number; header: BatchPart; bytes: Uint8Array; arrivedAtMs: number }
  | { type: 'asset'; header: AssetPart; bytes: Uint8Array };

export type FromWorker =
  | { type: 'steps'; run: number; batch: number; steps: Step[]; arrivedAtMs: number }
  | { type: 'failed'; run: number; fault: StreamFault; detail: string }
  | { type: 'asset'; asset: Asset };

let run = -1;
let stream: { reader: BatchReader; validator: Validator } | null = null;

const assets = createAssetReader(async (bytes) => {
  /** Absent on a page that is neither HTTPS nor this machine: then nothing can be checked, and nothing is shown. */
  if (!('subtle' in crypto)) return new ArrayBuffer(0);
  return crypto.subtle.digest('SHA-256', bytes);
});

const tell = (message: FromWorker) => postMessage(message);

function readBatch({ header, bytes, arrivedAtMs }: Extract<ToWorker, { type: 'batch' }>) {
  if (!stream) return;
  const batch = stream.reader.read(header, bytes);
  if (!batch) return;
  if (!batch.ok) {
    stream = null;
    tell({ type: 'failed', run, fault: batch.fault, detail: '' });
    return;
  }
  const checked = stream.validator.check(batch.events);
  if (checked.ok) {
    tell({ type: 'steps', run, batch: header.batch, steps: checked.steps, arrivedAtMs });
  } else {
    stream = null;
    tell({ type: 'failed', run, fault: 'malformed_events', detail: checked.reason });
  }
}

addEventListener('message', async ({ data: message }: MessageEvent<ToWorker>) => {
  switch (message.type) {
    case 'epoch':
      run = message.run;
      stream = { reader: createBatchReader(message), validator: createValidator() };
      break;
    case 'batch':
      if (message.run === run) readBatch(message);
      break;
    case 'asset': {
      const asset = await assets.read(message.header, message.bytes);
      if (asset) tell({ type: 'asset', asset });
      break;
    }
  }
});
