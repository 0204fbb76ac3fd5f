import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { StreamRecord } from '../../../shared/model/recording.ts';
import type { ToViewer } from '../../viewer/port.ts';
import { epochOf, idleMs, indexAfter, nextSeenMs, pictureAt } from './recorded-frames.ts';

export const speeds = [1, 2, 4, 8] as const;
export type Speed = (typeof speeds)[number];

/** Idle time is left out but for this, so that a change does not come out of nothing. */
const leadMs = 500;
/** Positions are told to the slider this often; what is seen does not wait for it. */
const tickMs = 50;

export interface PlaybackParts {
  send(message: ToViewer): void;
  nowMs(): number;
  /** Runs once after `ms`, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void;
}

export interface Playback {
  atMs: ReadonlySignal<number>;
  isPlaying: ReadonlySignal<boolean>;
  speed: ReadonlySignal<Speed>;
  skipsIdle: ReadonlySignal<boolean>;
  /** More of the recording is here; `durationMs`: how far it goes, as far as is known. */
  load(records: readonly StreamRecord[], durationMs: number, isAll: boolean): void;
  play(): void;
  pause(): void;
  seek(atMs: number): void;
  setSpeed(speed: Speed): void;
  setSkipsIdle(skips: boolean): void;
  /** The viewer is new, or has lost its place: it gets the picture again. */
  redraw(): void;
  close(): void;
}

/** Plays the records into the viewer, which takes them for a live stream: what is sent is seen. */
export function createPlayback({ send, nowMs, after }: PlaybackParts): Playback {
  const atMs = signal(0);
  const isPlaying = signal(false);
  const speed = signal<Speed>(1);
  const skipsIdle = signal(true);
  let records: readonly StreamRecord[] = [];
  let durationMs = 0;
  let isAll = false;
  /** The next record that has not been shown. */
  let next = 0;
  let tab: string | null = null;
  /** Images and fonts go once: the viewer keeps them over epochs. */
  let sentAssets = new Set<StreamRecord>();
  let lastTickMs = 0;
  let cancel: (() => void) | null = null;

  function show({ head, bytes }: StreamRecord, record: StreamRecord) {
    /** The viewer takes over what it gets; the recording keeps its own for the next time. */
    const copy = () => bytes.slice();
    switch (head.type) {
      case 'asset':
        if (sentAssets.has(record)) return;
        sentAssets.add(record);
        send({ type: 'asset', header: head, bytes: copy() });
        break;
      case 'epoch':
        send({ type: 'epoch', start: head });
        break;
      case 'batch':
        send({ type: 'batch', header: head, bytes: copy(), arrivedAtMs: Date.now() });
        break;
    }
  }

  function pass(record: StreamRecord, index: number) {
    const { head } = record;
    if (head.type === 'shown') {
      if (head.tab === tab) return;
      tab = head.tab;
      if (tab === null) send({ type: 'clear' });
      else for (const frame of epochOf(records, tab, index)) show(frame, frame);
    } else if (head.type === 'asset' || (head.type !== 'action' && head.tab === tab)) show(record, record);
  }

  function draw() {
    for (const record of records.slice(0, next)) if (record.head.type === 'asset') show(record, record);
    const picture = pictureAt(records, next);
    tab = picture.tab;
    if (picture.frames.length === 0) send({ type: 'clear' });
    for (const frame of picture.frames) show(frame, frame);
  }

  function seek(toMs: number) {
    atMs.value = Math.min(Math.max(0, toMs), durationMs);
    next = indexAfter(records, atMs.value);
    lastTickMs = nowMs();
    draw();
  }

  function tick() {
    cancel = null;
    if (!isPlaying.value) return;
    const now = nowMs();
    let toMs = atMs.value + (now - lastTickMs) * speed.value;
    lastTickMs = now;
    const comingMs = nextSeenMs(records, next);
    if (skipsIdle.value && comingMs !== null && comingMs - toMs > idleMs) toMs = comingMs - leadMs;
    /** What is not here yet cannot be passed. */
    const endMs = isAll ? durationMs : (records.at(-1)?.head.atMs ?? 0);
    atMs.value = Math.min(toMs, endMs);
    for (let record = records[next]; record && record.head.atMs <= atMs.value; record = records[next]) {
      next += 1;
      pass(record, next - 1);
    }
    if (isAll && (atMs.value >= durationMs || (skipsIdle.value && comingMs === null))) {
      atMs.value = durationMs;
      isPlaying.value = false;
      return;
    }
    cancel = after(tickMs, tick);
  }

  function pause() {
    isPlaying.value = false;
    cancel?.();
    cancel = null;
  }

  return {
    atMs: computed(() => atMs.value),
    isPlaying: computed(() => isPlaying.value),
    speed: computed(() => speed.value),
    skipsIdle: computed(() => skipsIdle.value),
    load(all, untilMs, complete) {
      records = all;
      durationMs = untilMs;
      isAll = complete;
    },
    play() {
      if (isPlaying.value) return;
      if (isAll && atMs.value >= durationMs) seek(0);
      isPlaying.value = true;
      lastTickMs = nowMs();
      tick();
    },
    pause,
    seek,
    setSpeed(to) {
      speed.value = to;
    },
    setSkipsIdle(skips) {
      skipsIdle.value = skips;
    },
    redraw() {
      sentAssets = new Set();
      draw();
    },
    close: pause,
  };
}
