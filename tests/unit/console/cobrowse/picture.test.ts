import { describe, expect, it } from 'vitest';
import {
  nextPicture,
  nextTry,
  type Picture,
  type PictureEvent,
} from '../../../../console/cobrowse/picture.ts';

const at = { tab: 'tab_one_1', epoch: 4 };
const pictureAfter = (...events: PictureEvent[]) => events.reduce<Picture>(nextPicture, { state: 'none' });
const epoch: PictureEvent = { type: 'epoch', ...at, atMs: 0 };
const arrived = (batch: number, atMs: number): PictureEvent => ({ type: 'arrived', batch, atMs });
const shown = (batch: number, atMs: number, delayMs = 5): PictureEvent => ({
  type: 'shown',
  ...at,
  batch,
  atMs,
  delayMs,
});

describe('the picture', () => {
  it('is up to date when the last batch that arrived is on the screen', () => {
    expect(pictureAfter(epoch, arrived(0, 10), shown(0, 20))).toMatchObject({
      state: 'shown',
      waitingSinceMs: null,
    });
  });

  it('waits from the arrival of what is not on the screen', () => {
    expect(pictureAfter(epoch, arrived(0, 10), shown(0, 20), arrived(1, 100), arrived(2, 200))).toMatchObject(
      {
        waitingSinceMs: 100,
      },
    );
  });

  it('stays behind while a late agent catches up with the epoch', () => {
    const catching = pictureAfter(epoch, arrived(0, 10), arrived(1, 11), arrived(2, 12), shown(0, 900, 890));
    expect(catching).toMatchObject({ state: 'shown', waitingSinceMs: 10 });
    expect(nextPicture(catching, shown(2, 950, 938))).toMatchObject({ waitingSinceMs: null });
  });

  it('is not moved by what belongs to another epoch', () => {
    const building = pictureAfter(epoch, arrived(0, 10));
    expect(nextPicture(building, { ...shown(0, 20), epoch: 3 } as PictureEvent)).toBe(building);
  });

  it('starts over with the next epoch, after a failure too', () => {
    const failed = pictureAfter(epoch, { type: 'failed', ...at, fault: 'cut_off' });
    expect(failed).toMatchObject({ state: 'failed', fault: 'cut_off' });
    expect(nextPicture(failed, shown(0, 1))).toBe(failed);
    expect(nextPicture(failed, { ...epoch, epoch: 5 })).toMatchObject({ state: 'building', epoch: 5 });
  });
});

describe('after a failure', () => {
  it('the same bytes are asked for first, then a fresh snapshot, and in the end the agent is told', () => {
    const first = nextTry(null, at);
    const second = nextTry(first.failure, at);
    const third = nextTry(second.failure, at);
    expect(first.again).toMatchObject({ isDamaged: false });
    expect(second.again).toMatchObject({ isDamaged: true });
    expect(third.again?.afterMs).toBeGreaterThan(second.again?.afterMs ?? Number.POSITIVE_INFINITY);
    expect(nextTry(third.failure, at).again).toBeNull();
  });

  it('another epoch starts with fresh tries', () => {
    const { failure } = nextTry(nextTry(null, at).failure, at);
    expect(nextTry(failure, { ...at, epoch: 5 })).toMatchObject({
      failure: { tries: 1 },
      again: { isDamaged: false },
    });
  });
});
