import type { Asset } from './asset-reader.ts';
import { createPast, type PastPart } from './past.ts';
import { createPastView, type PastView } from './past-view.ts';

export interface RewindParts {
  root: HTMLElement;
  calm(): boolean;
  /** The size of what is looked at. */
  onSized(widthPx: number, heightPx: number): void;
  /** The live page is looked at again. */
  onLive(): void;
  /** The earliest moment that can be shown has changed; null: none can. */
  onReach(earliestMs: number | null): void;
}

const reachEveryMs = 1_000;
/** While the slider moves, the moment it passes is shown at most this often: each may build a page anew. */
const seekEveryMs = 120;

/** Keeps what arrives for a minute, and shows a moment of it on request while live goes on behind. */
export function createRewind(parts: RewindParts) {
  const past = createPast();
  const assets: Asset[] = [];
  let view: PastView | null = null;
  let wantedMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldMs: number | null = null;

  const reach = setInterval(() => {
    const earliestMs = past.earliestMs(Date.now());
    if (earliestMs === toldMs) return;
    toldMs = earliestMs;
    parts.onReach(earliestMs);
  }, reachEveryMs);

  function live() {
    clearTimeout(timer);
    timer = undefined;
    wantedMs = null;
    if (!view) return;
    view.close();
    view = null;
    delete parts.root.dataset.past;
    parts.onLive();
  }

  function seek() {
    timer = undefined;
    const moment = wantedMs === null ? null : past.at(wantedMs);
    if (!moment) return live();
    parts.root.dataset.past = '';
    view ??= createPastView({
      root: parts.root,
      assets,
      calm: parts.calm,
      onSized: parts.onSized,
      onFailed: live,
    });
    view.show(moment.epoch, moment.count);
  }

  return {
    isPast: () => view !== null,
    startEpoch: (tab: string, epoch: number) => past.startEpoch(tab, epoch, Date.now()),
    /** The bytes are copied: the worker takes the ones that came. */
    add: ({ header, bytes, arrivedAtMs }: PastPart) =>
      past.add({ header, bytes: bytes.slice(), arrivedAtMs }),
    hold(asset: Asset) {
      assets.push(asset);
      view?.hold(asset);
    },
    end: () => past.end(Date.now()),
    /** Shows that moment, on the clock of this machine; null: live. */
    to(atMs: number | null) {
      if (atMs === null) return live();
      wantedMs = atMs;
      timer ??= setTimeout(seek, seekEveryMs);
    },
    /** Nothing of the page stays to be looked at. */
    clear() {
      live();
      past.clear();
    },
    close() {
      this.clear();
      clearInterval(reach);
    },
  };
}
