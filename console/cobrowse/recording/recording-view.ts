import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { ErrorCode } from '../../../shared/errors.ts';
import { decodeRecords, type StreamRecord } from '../../../shared/model/recording.ts';
import type { Visitor } from '../../../shared/model/visitor.ts';
import type { Recording } from '../../../shared/wire.ts';
import type { AgentConnection } from '../../agent-connection.ts';
import type { FromViewer, ViewSettings } from '../../viewer/port.ts';
import { createViewerLink, type ViewerLink } from '../viewer-link.ts';
import { createPlayback, type Playback } from './playback.ts';
import { type Outline, outlineOf } from './recorded-frames.ts';

export interface RecordingView {
  recording: ReadonlySignal<Recording | null>;
  visitor: ReadonlySignal<Visitor | null>;
  refusal: ReadonlySignal<ErrorCode | null>;
  viewerOrigin: ReadonlySignal<string | null>;
  viewer: ReadonlySignal<'starting' | 'ready' | 'unreachable'>;
  /** How far it goes, and how much of it has been fetched, 0 to 1. */
  durationMs: ReadonlySignal<number>;
  loaded: ReadonlySignal<number>;
  outline: ReadonlySignal<Outline>;
  /** A picture is on the screen. */
  isShown: ReadonlySignal<boolean>;
  hasFailed: ReadonlySignal<boolean>;
  size: ReadonlySignal<{ widthPx: number; heightPx: number; scale: number } | null>;
  settings: ReadonlySignal<ViewSettings>;
  playback: Playback;
  attach(frame: HTMLIFrameElement): () => void;
  change(settings: Partial<ViewSettings>): void;
  remove(): Promise<ErrorCode | null>;
  close(): void;
}

/** One agent's view of a recording: opens it, fetches its chunks one after the other, plays them into the viewer. */
export function createRecordingView(parts: {
  sessionId: string;
  connection: AgentConnection;
  /** Where to begin. */
  atMs: number;
  theme: 'light' | 'dark';
}): RecordingView {
  const { sessionId, connection } = parts;
  const recording = signal<Recording | null>(null);
  const visitor = signal<Visitor | null>(null);
  const refusal = signal<ErrorCode | null>(null);
  const viewerOrigin = signal<string | null>(null);
  const viewer = signal<'starting' | 'ready' | 'unreachable'>('starting');
  const durationMs = signal(0);
  const loaded = signal(0);
  const outline = signal<Outline>({ marks: [], gaps: [] });
  const isShown = signal(false);
  const hasFailed = signal(false);
  const size = signal<{ widthPx: number; heightPx: number; scale: number } | null>(null);
  const settings = signal<ViewSettings>({
    zoom: 'fit',
    device: 'window',
    pointing: false,
    tool: 'look',
    theme: parts.theme,
    color: '#0072b2',
  });
  const records: StreamRecord[] = [];
  const stop = new AbortController();
  let link: ViewerLink | null = null;
  let hasBegun = false;
  let retries = 0;

  const playback = createPlayback({
    send: (message) => link?.send(message),
    nowMs: () => performance.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });

  async function open() {
    const reply = await connection.request('recording:open', { sessionId });
    if (stop.signal.aborted) return;
    if (!reply.ok) {
      refusal.value = reply.error;
      return;
    }
    batch(() => {
      recording.value = reply.recording;
      visitor.value = reply.visitor;
      viewerOrigin.value = reply.viewerOrigin;
    });
    try {
      await fetchChunks(reply.recording);
    } catch (error) {
      if (!stop.signal.aborted) refusal.value = error instanceof Refused ? error.code : 'unavailable';
    }
  }

  async function fetchChunks({ chunks, startedAtMs, endedAtMs }: Recording) {
    for (let index = 0; index < chunks; index += 1) {
      const answer = await fetch(`/api/agent/recordings/${sessionId}/${index}`, {
        headers: { authorization: `Bearer ${await connection.accessToken()}` },
        cache: 'no-store',
        signal: stop.signal,
      });
      if (!answer.ok) throw new Refused((await answer.json()).error);
      records.push(...decodeRecords(new Uint8Array(await answer.arrayBuffer())));
      const lastMs = records.at(-1)?.head.atMs ?? 0;
      const isAll = index === chunks - 1;
      batch(() => {
        durationMs.value = Math.max(lastMs, endedAtMs === null ? 0 : endedAtMs - startedAtMs);
        loaded.value = (index + 1) / chunks;
        outline.value = outlineOf(records, isAll ? durationMs.value : lastMs);
      });
      playback.load(records, durationMs.value, isAll);
      begin(lastMs, isAll);
    }
  }

  /** Plays as soon as there is something to see at the place that was asked for. */
  function begin(lastMs: number, isAll: boolean) {
    if (hasBegun || viewer.value !== 'ready' || records.length === 0) return;
    if (lastMs < parts.atMs && !isAll) return;
    hasBegun = true;
    playback.seek(parts.atMs);
    playback.play();
  }

  function heard(message: FromViewer) {
    switch (message.type) {
      case 'ready':
        viewer.value = 'ready';
        link?.send({ type: 'view', settings: settings.value });
        if (hasBegun) playback.redraw();
        else begin(records.at(-1)?.head.atMs ?? 0, loaded.value === 1);
        break;
      case 'shown':
        isShown.value = true;
        hasFailed.value = false;
        retries = 0;
        break;
      case 'sized':
        size.value = { widthPx: message.widthPx, heightPx: message.heightPx, scale: message.scale };
        break;
      case 'wanted':
        playback.redraw();
        break;
      case 'failed':
        /** Once more from the epoch's start; what fails twice is what was recorded. */
        retries += 1;
        if (retries > 1) hasFailed.value = true;
        else playback.redraw();
        break;
    }
  }

  void open();

  return {
    recording,
    visitor,
    refusal,
    viewerOrigin,
    viewer,
    durationMs,
    loaded,
    outline,
    isShown,
    hasFailed,
    size,
    settings,
    playback,
    attach(frame) {
      const origin = viewerOrigin.value;
      if (!origin) return () => {};
      const own = createViewerLink({
        frame,
        viewerOrigin: origin,
        onMessage: heard,
        onUnreachable: () => {
          viewer.value = 'unreachable';
        },
      });
      link = own;
      return () => {
        own.close();
        if (link === own) link = null;
      };
    },
    change(next) {
      settings.value = { ...settings.value, ...next };
      link?.send({ type: 'view', settings: settings.value });
    },
    async remove() {
      const reply = await connection.request('recording:delete', { sessionId });
      return reply.ok ? null : reply.error;
    },
    close() {
      stop.abort();
      playback.close();
      link?.close();
      link = null;
    },
  };
}

class Refused extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}
