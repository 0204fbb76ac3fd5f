import { beforeEach, describe, expect, it } from 'vitest';
import { createPlayback, type Playback } from '../../../../../console/cobrowse/recording/playback.ts';
import { outlineOf } from '../../../../../console/cobrowse/recording/recorded-frames.ts';
import type { RecordHead, StreamRecord } from '../../../../../shared/model/recording.ts';
import { createFakeClock, type FakeClock } from '../../../../integration/fake-clock.ts';

const record = (head: RecordHead): StreamRecord => ({ head, bytes: new Uint8Array([1]) });
const page = (atMs: number, tab: string | null, path: string, online = true) =>
  record({ type: 'shown', atMs, tab, url: `https://shop.example/${path}`, title: path, online });
const epoch = (atMs: number, tab: string, number: number) =>
  record({ type: 'epoch', atMs, tab, epoch: number, reason: 'started' });
const batch = (atMs: number, tab: string, number: number, index: number) =>
  record({ type: 'batch', atMs, tab, epoch: number, batch: index, part: 0, parts: 1 });

/** Two tabs: `a` with two epochs, `b` that is looked at for a while. */
const records: StreamRecord[] = [
  page(0, 'a', 'chairs'),
  epoch(0, 'a', 1),
  batch(0, 'a', 1, 0),
  record({ type: 'asset', atMs: 100, id: 'f'.repeat(64), mime: 'image/png', part: 0, parts: 1 }),
  batch(1_000, 'a', 1, 1),
  epoch(1_500, 'b', 7),
  batch(1_500, 'b', 7, 0),
  batch(2_000, 'a', 1, 2),
  page(3_000, 'b', 'tables'),
  batch(3_500, 'b', 7, 1),
  page(4_000, 'a', 'chairs'),
  epoch(20_000, 'a', 2),
  batch(20_000, 'a', 2, 0),
  record({ type: 'action', atMs: 20_500, agentName: 'Ada', words: 'clicked “Buy”' }),
];
const durationMs = 22_000;

let clock: FakeClock;
let sent: string[];
let playback: Playback;
beforeEach(() => {
  clock = createFakeClock(0);
  sent = [];
  playback = createPlayback({
    send(message) {
      if (message.type === 'epoch') sent.push(`epoch ${message.start.tab}${message.start.epoch}`);
      else if (message.type === 'batch') {
        sent.push(`${message.header.tab}${message.header.epoch}.${message.header.batch}`);
      } else sent.push(message.type);
    },
    ...clock,
  });
  playback.load(records, durationMs, true);
});
const taken = () => sent.splice(0);

describe('playing', () => {
  it('shows each thing at its time, of the tab that agents saw', () => {
    playback.setSkipsIdle(false);
    playback.seek(0);
    expect(taken()).toEqual(['epoch a1', 'a1.0']);
    playback.play();
    clock.pass(999);
    expect(taken()).toEqual(['asset']);
    clock.pass(1_101);
    expect(taken()).toEqual(['a1.1', 'a1.2']);
    clock.pass(1_000);
    expect(taken()).toEqual(['epoch b7', 'b7.0']);
    clock.pass(1_000);
    expect(taken()).toEqual(['b7.1', 'epoch a1', 'a1.0', 'a1.1', 'a1.2']);
    clock.pass(15_000);
    expect(taken()).toEqual([]);
    clock.pass(10_000);
    expect(taken()).toEqual(['epoch a2', 'a2.0']);
    expect([playback.isPlaying.value, playback.atMs.value]).toEqual([false, durationMs]);
    expect(clock.waiting()).toBe(0);
  });

  it('goes up to eight times as fast', () => {
    playback.setSkipsIdle(false);
    playback.setSpeed(8);
    playback.play();
    clock.pass(500);
    expect(playback.atMs.value).toBe(4_000);
  });

  it('leaves out idle time, and stops where nothing more is seen', () => {
    playback.seek(4_000);
    playback.play();
    clock.pass(50);
    expect(playback.atMs.value).toBe(19_550);
    clock.pass(1_200);
    expect(playback.atMs.value).toBe(durationMs);
    expect(playback.isPlaying.value).toBe(false);
    playback.play();
    expect(playback.atMs.value).toBe(0);
  });

  it('stands still while it is paused', () => {
    playback.play();
    clock.pass(500);
    playback.pause();
    taken();
    clock.pass(60_000);
    expect([playback.atMs.value, taken(), clock.waiting()]).toEqual([500, [], 0]);
  });

  it('waits at the end of what is here until more is', () => {
    playback.load(records.slice(0, 5), 1_000, false);
    playback.play();
    clock.pass(10_000);
    expect(playback.atMs.value).toBe(1_000);
    expect(playback.isPlaying.value).toBe(true);
    playback.load(records, durationMs, true);
    clock.pass(1_000);
    expect(playback.atMs.value).toBeGreaterThan(1_900);
  });
});

describe('going to a place', () => {
  it.each([
    [0, ['epoch a1', 'a1.0']],
    [1_000, ['asset', 'epoch a1', 'a1.0', 'a1.1']],
    [3_200, ['asset', 'epoch b7', 'b7.0']],
    [4_500, ['asset', 'epoch a1', 'a1.0', 'a1.1', 'a1.2']],
    [21_000, ['asset', 'epoch a2', 'a2.0']],
  ])('%i ms shows the picture of then, from its epoch’s start', (atMs, expected) => {
    playback.seek(atMs);
    expect(taken()).toEqual(expected);
  });

  it('back and forth sends each image once; a new viewer gets everything again', () => {
    playback.seek(1_000);
    playback.seek(0);
    playback.seek(3_200);
    expect(taken().filter((one) => one === 'asset')).toHaveLength(1);
    playback.redraw();
    expect(taken()).toEqual(['asset', 'epoch b7', 'b7.0']);
  });

  it('stays within the recording', () => {
    playback.seek(-5);
    expect(playback.atMs.value).toBe(0);
    playback.seek(1e9);
    expect(playback.atMs.value).toBe(durationMs);
  });

  it('without a page leaves nothing on the screen', () => {
    playback.load([page(0, 'a', 'chairs'), epoch(0, 'a', 1), page(5, null, '')], 10, true);
    playback.seek(7);
    expect(taken()).toEqual(['clear']);
  });
});

it('a page is marked where its picture is there, not where it begins to load', () => {
  const load = [
    ...records.slice(0, 3),
    page(2_000, 'a', 'tables'),
    epoch(2_300, 'a', 2),
    batch(2_700, 'a', 2, 0),
  ];
  expect(outlineOf(load, 3_000).marks.map(({ words, atMs }) => [words, atMs])).toEqual([
    ['chairs', 0],
    ['tables', 2_700],
  ]);
});

it('the timeline marks pages, actions, idle time and absences', () => {
  const away = [...records.slice(0, 3), page(2_000, 'a', 'chairs', false), page(9_000, 'a', 'chairs')];
  expect(outlineOf(records, durationMs)).toEqual({
    marks: [
      { kind: 'page', atMs: 0, words: 'chairs', url: 'https://shop.example/chairs' },
      { kind: 'page', atMs: 3_000, words: 'tables', url: 'https://shop.example/tables' },
      { kind: 'page', atMs: 4_000, words: 'chairs', url: 'https://shop.example/chairs' },
      { kind: 'action', atMs: 20_500, words: 'Ada clicked “Buy”', url: '' },
    ],
    gaps: [{ kind: 'idle', fromMs: 4_000, toMs: 20_000 }],
  });
  expect(outlineOf(away, 20_000).gaps).toEqual([
    { kind: 'away', fromMs: 2_000, toMs: 9_000 },
    { kind: 'idle', fromMs: 9_000, toMs: 20_000 },
  ]);
});
