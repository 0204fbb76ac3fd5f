import { describe, expect, it } from 'vitest';
import type { Fidelity } from '../../../../shared/model/fidelity.ts';
import {
  type FidelityState,
  fullFidelity,
  lookEveryMs,
  nextFidelity,
  snapshotPauseMs,
} from '../../../../widget/cobrowse/next-fidelity.ts';

const idle = { totalMs: 2, longestMs: 2 };
const looks = (state: FidelityState, ...work: Array<{ totalMs: number; longestMs: number }>) =>
  work.reduce((before, each) => nextFidelity(before, each, lookEveryMs), state);
const times = (count: number) => Array.from({ length: count }, () => idle);
const at = (fidelity: Fidelity): FidelityState => ({ ...fullFidelity, fidelity });

describe('what is followed', () => {
  it.each<[string, Fidelity, { totalMs: number; longestMs: number }, Fidelity]>([
    ['little work: all of it', 'full', { totalMs: 90, longestMs: 49 }, 'full'],
    ['more than 5 % of a core', 'full', { totalMs: 101, longestMs: 10 }, 'no_pointer'],
    ['a task over 50 ms', 'full', { totalMs: 60, longestMs: 51 }, 'no_pointer'],
    ['still too much', 'no_pointer', { totalMs: 300, longestMs: 10 }, 'no_canvas'],
    ['and still', 'no_canvas', { totalMs: 300, longestMs: 10 }, 'fewer_changes'],
    ['and still', 'fewer_changes', { totalMs: 300, longestMs: 10 }, 'snapshots'],
    ['nothing is less than pictures', 'snapshots', { totalMs: 300, longestMs: 400 }, 'snapshots'],
    ['one calm look changes nothing', 'no_canvas', idle, 'no_canvas'],
  ])('%s: %s', (_, before, work, after) => {
    expect(looks(at(before), work).fidelity).toBe(after);
  });

  it('comes back a step at a time after five calm looks', () => {
    expect(looks(at('fewer_changes'), ...times(4)).fidelity).toBe('fewer_changes');
    expect(looks(at('fewer_changes'), ...times(5)).fidelity).toBe('no_canvas');
    expect(looks(at('fewer_changes'), ...times(20)).fidelity).toBe('full');
  });

  it('looks that are neither calm nor too much keep it as it is, and start the count again', () => {
    const between = { totalMs: 80, longestMs: 30 };
    expect(looks(at('no_pointer'), ...times(4), between, ...times(4)).fidelity).toBe('no_pointer');
  });

  it('what was raised too early waits for twice as long, and a long calm forgets it', () => {
    const storm = { totalMs: 400, longestMs: 80 };
    const again = looks(at('no_pointer'), ...times(5), storm);
    expect(again).toMatchObject({ fidelity: 'no_pointer', patience: 10 });
    expect(looks(again, ...times(9)).fidelity).toBe('no_pointer');
    expect(looks(again, ...times(10)).fidelity).toBe('full');
    expect(looks(again, ...times(100))).toMatchObject({ fidelity: 'full', patience: 5 });
  });

  it('pictures keep to the limit as well, and come at least each minute', () => {
    expect(snapshotPauseMs(10)).toBe(5_000);
    expect(snapshotPauseMs(400)).toBe(8_000);
    expect(snapshotPauseMs(60_000)).toBe(60_000);
  });
});
