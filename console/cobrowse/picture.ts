import type { StreamFault } from '../viewer/port.ts';

/** How far the picture on the screen is behind what has arrived. */
export type Picture =
  /** No epoch has begun for the tab that is shown. */
  | { state: 'none' }
  /** An epoch arrives; nothing of it is on the screen yet. `lastBatch` is -1 before its first. */
  | { state: 'building'; tab: string; epoch: number; lastBatch: number; sinceMs: number }
  /** `waitingSinceMs`: since when something has arrived and is not on the screen; null when all is. */
  | { state: 'shown'; tab: string; epoch: number; lastBatch: number; waitingSinceMs: number | null }
  | { state: 'failed'; tab: string; epoch: number; fault: StreamFault };

export type PictureEvent =
  | { type: 'epoch'; tab: string; epoch: number; atMs: number }
  | { type: 'arrived'; batch: number; atMs: number }
  /** `delayMs`: from the batch's arrival to the screen. */
  | { type: 'shown'; tab: string; epoch: number; batch: number; delayMs: number; atMs: number }
  | { type: 'failed'; tab: string; epoch: number; fault: StreamFault }
  | { type: 'cleared' };

export function nextPicture(picture: Picture, event: PictureEvent): Picture {
  switch (event.type) {
    case 'cleared':
      return { state: 'none' };
    case 'epoch':
      return { state: 'building', tab: event.tab, epoch: event.epoch, lastBatch: -1, sinceMs: event.atMs };
    case 'arrived':
      if (picture.state === 'building') return { ...picture, lastBatch: event.batch };
      if (picture.state !== 'shown') return picture;
      return {
        ...picture,
        lastBatch: event.batch,
        waitingSinceMs: picture.waitingSinceMs ?? event.atMs,
      };
    case 'shown': {
      if (picture.state !== 'building' && picture.state !== 'shown') return picture;
      if (picture.tab !== event.tab || picture.epoch !== event.epoch) return picture;
      const { tab, epoch, lastBatch } = picture;
      const isBehind = event.batch < lastBatch;
      return {
        state: 'shown',
        tab,
        epoch,
        lastBatch,
        /** The next one waits about as long as this one has. */
        waitingSinceMs: isBehind ? event.atMs - event.delayMs : null,
      };
    }
    case 'failed':
      return { state: 'failed', tab: event.tab, epoch: event.epoch, fault: event.fault };
  }
}

/** Everything that arrived is on the screen. */
export function isUpToDate(picture: Picture): boolean {
  return picture.state === 'shown' && picture.waitingSinceMs === null;
}

/** When a picture failed, the epoch is asked for again after these pauses; then the agent is told. */
const pausesMs = [200, 1_000, 3_000];

export interface Failure {
  tab: string;
  epoch: number;
  tries: number;
}

/**
 * What to do about a failed picture. The first try asks for the same bytes again (they may have come in disorder), later
 * ones for a fresh snapshot. `null`: it has failed too often in this epoch.
 */
export function nextTry(
  before: Failure | null,
  failed: { tab: string; epoch: number },
): { failure: Failure; again: { afterMs: number; isDamaged: boolean } | null } {
  const isSame = before?.tab === failed.tab && before.epoch === failed.epoch;
  const tries = isSame ? before.tries + 1 : 1;
  const afterMs = pausesMs[tries - 1];
  return {
    failure: { tab: failed.tab, epoch: failed.epoch, tries },
    again: afterMs === undefined ? null : { afterMs, isDamaged: tries > 1 },
  };
}
