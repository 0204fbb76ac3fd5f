import type { Asset } from './asset-reader.ts';
import { createAssetShelf } from './asset-shelf.ts';
import type { FromWorker, ToWorker } from './inflate-worker.ts';
import type { PastEpoch } from './past.ts';
import { createPlayer, type Player } from './player.ts';

/** A moment of the past on the screen, beside the live page, which goes on unseen. */
export interface PastView {
  /** Shows an epoch as it was after so many of its parts. */
  show(epoch: PastEpoch, count: number): void;
  hold(asset: Asset): void;
  close(): void;
}

export interface PastViewParts {
  root: HTMLElement;
  assets: Iterable<Asset>;
  calm(): boolean;
  onSized(widthPx: number, heightPx: number): void;
  /** The moment cannot be shown. */
  onFailed(): void;
}

export function createPastView(parts: PastViewParts): PastView {
  const worker = new Worker(new URL('./inflate-worker.ts', import.meta.url), { type: 'module' });
  const shelf = createAssetShelf();
  for (const asset of parts.assets) shelf.hold(asset);
  let run = 0;
  let player: Player | null = null;
  let previous: Player | null = null;
  let isBuilt = false;
  let shown: { epoch: PastEpoch; count: number } | null = null;

  worker.onmessage = ({ data: message }: MessageEvent<FromWorker>) => {
    if (message.type === 'asset' || message.run !== run) return;
    if (message.type === 'steps') player?.play(message.steps, message.batch, message.arrivedAtMs);
    else parts.onFailed();
  };
  const work = (message: ToWorker) => worker.postMessage(message);

  function begin(epoch: PastEpoch) {
    run += 1;
    if (isBuilt) {
      previous?.close();
      previous = player;
    } else player?.close();
    isBuilt = false;
    let size: [number, number] | null = null;
    const made = createPlayer({
      root: parts.root,
      shelf,
      calm: parts.calm,
      onBuilt() {
        delete made.layer.dataset.coming;
        previous?.close();
        previous = null;
        isBuilt = true;
        if (size) parts.onSized(...size);
      },
      onShown() {},
      onSized(...next) {
        size = next;
        if (isBuilt) parts.onSized(...next);
      },
      onFailed: parts.onFailed,
    });
    made.layer.dataset.coming = '';
    made.layer.dataset.past = '';
    player = made;
    work({ type: 'epoch', run, tab: epoch.tab, epoch: epoch.epoch });
    shown = { epoch, count: 0 };
  }

  return {
    show(epoch, count) {
      if (!shown || shown.epoch !== epoch || count < shown.count) begin(epoch);
      for (const { header, bytes, arrivedAtMs } of epoch.parts.slice(shown?.count ?? 0, count))
        work({ type: 'batch', run, header, bytes, arrivedAtMs });
      shown = { epoch, count };
    },
    hold: (asset) => shelf.hold(asset),
    close() {
      run += 1;
      worker.terminate();
      previous?.close();
      player?.close();
      shelf.close();
    },
  };
}
