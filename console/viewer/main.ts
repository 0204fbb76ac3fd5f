import './viewer.css';
import type { Verb } from '../../shared/model/control.ts';
import { createAssetShelf } from './asset-shelf.ts';
import { createDrawTool } from './draw-tool.ts';
import { createHand, type HandVerb } from './hand.ts';
import type { FromWorker, ToWorker } from './inflate-worker.ts';
import { createMarksLayer } from './marks-layer.ts';
import { createPlayer, type Player } from './player.ts';
import { type FromViewer, hello, type StreamFault, type ToViewer } from './port.ts';
import { createRewind } from './rewind.ts';
import { createStage } from './stage.ts';

/** Composition root of the isolated viewer. It holds no secret, asks no host for anything, and obeys one port. */

interface Tab {
  tab: string;
  epoch: number;
}

function startViewer(room: HTMLElement, port: MessagePort) {
  const worker = new Worker(new URL('./inflate-worker.ts', import.meta.url), { type: 'module' });
  const shelf = createAssetShelf();
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
  /** Counts passes through epochs: what belongs to an earlier one is late and dropped. */
  let run = 0;
  let shown: Tab | null = null;
  let player: Player | null = null;
  let isBuilt = false;
  /** Stays on the screen until the next page is there, so that a page load does not flash. */
  let previous: Player | null = null;
  /** Until the next epoch nothing is believed. */
  let isStopped = true;

  const tell = (message: FromViewer) => port.postMessage(message);
  const work = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);

  const stage = createStage({
    room,
    onPointed(place) {
      tell({
        type: 'pointer',
        pointer: place && shown && !isStopped && !rewind.isPast() ? { ...shown, ...place } : null,
      });
    },
    onScaled: (size, scale) => tell({ type: 'sized', ...size, scale }),
  });

  const marks = createMarksLayer(stage.cover);
  /** Places that the agent's hand names are of the epoch on the screen. */
  const dated = (verb: HandVerb, epoch: number) => {
    const at = 'at' in verb ? { at: { ...verb.at, epoch } } : {};
    const to = 'to' in verb ? { to: { ...verb.to, epoch } } : {};
    return { ...verb, ...at, ...to } as Verb;
  };
  const hand = createHand({
    stage,
    onVerb(verb) {
      if (shown && !isStopped) tell({ type: 'verb', tab: shown.tab, verb: dated(verb, shown.epoch) });
    },
    onLeft: () => tell({ type: 'left' }),
  });
  createDrawTool({
    stage,
    onDrawn(mark) {
      if (shown && !isStopped) tell({ type: 'drawn', mark: { ...mark, ...shown } });
    },
    onPreview: (path) => marks.preview(path, stage.settings().color),
  });
  let liveSize: { widthPx: number; heightPx: number } | null = null;
  const rewind = createRewind({
    root: stage.scaled,
    calm: () => reducedMotion.matches,
    onSized: (widthPx, heightPx) => stage.resize({ widthPx, heightPx }),
    onLive: () => liveSize && stage.resize(liveSize),
    onReach: (earliestMs) => tell({ type: 'reach', earliestMs }),
  });

  function stop() {
    isStopped = true;
    run += 1;
    rewind.end();
  }

  function fail(fault: StreamFault, detail: string) {
    if (isStopped || !shown) return;
    stop();
    tell({ type: 'failed', ...shown, fault, detail });
  }

  function clear() {
    stop();
    shelf.endEpoch();
    stage.show(null);
    marks.show(null, null);
    hand.drop();
    liveSize = null;
    previous?.close();
    player?.close();
    previous = null;
    player = null;
    isBuilt = false;
    shown = null;
  }

  function startEpoch(next: Tab) {
    if (shown && shown.tab !== next.tab) clear();
    stop();
    shown = { tab: next.tab, epoch: next.epoch };
    if (document.hidden) return;
    if (isBuilt) {
      previous?.close();
      previous = player;
    } else player?.close();
    isBuilt = false;
    isStopped = false;
    const ownRun = run;
    let size: { widthPx: number; heightPx: number } | null = null;
    rewind.startEpoch(next.tab, next.epoch);
    const made = createPlayer({
      root: stage.scaled,
      shelf,
      calm: () => reducedMotion.matches,
      onBuilt() {
        delete made.layer.dataset.coming;
        previous?.close();
        previous = null;
        isBuilt = true;
        stage.show(made);
        marks.show(made, next.tab);
        liveSize = size;
        if (size && !rewind.isPast()) stage.resize(size);
        if (size) marks.resize(size);
      },
      onShown(batch, arrivedAtMs) {
        if (run !== ownRun || !isBuilt) return;
        tell({ type: 'shown', ...next, batch, delayMs: Math.max(0, Date.now() - arrivedAtMs) });
      },
      onSized(widthPx, heightPx) {
        size = { widthPx, heightPx };
        if (!isBuilt) return;
        liveSize = size;
        if (!rewind.isPast()) stage.resize(size);
        marks.resize(size);
      },
      onFailed: (detail) => run === ownRun && fail('replay_failed', detail),
    });
    made.layer.dataset.coming = '';
    player = made;
    work({ type: 'epoch', run, ...shown });
  }

  worker.onmessage = ({ data: message }: MessageEvent<FromWorker>) => {
    switch (message.type) {
      case 'steps':
        if (message.run === run) player?.play(message.steps, message.batch, message.arrivedAtMs);
        break;
      case 'failed':
        if (message.run === run) fail(message.fault, message.detail);
        break;
      case 'asset':
        shelf.hold(message.asset);
        rewind.hold(message.asset);
        break;
    }
  };
  worker.onerror = (event) => fail('replay_failed', event.message);

  port.onmessage = ({ data: message }: MessageEvent<ToViewer>) => {
    switch (message.type) {
      case 'epoch':
        startEpoch({ tab: message.start.tab, epoch: message.start.epoch });
        break;
      case 'batch': {
        const { header, bytes, arrivedAtMs } = message;
        if (isStopped) break;
        rewind.add({ header, bytes, arrivedAtMs });
        work({ type: 'batch', run, header, bytes, arrivedAtMs }, [bytes.buffer]);
        break;
      }
      case 'asset':
        work({ type: 'asset', header: message.header, bytes: message.bytes }, [message.bytes.buffer]);
        break;
      case 'view':
        if (message.settings.tool !== stage.settings().tool) hand.drop();
        stage.apply(message.settings);
        break;
      case 'marks':
        marks.set(message.marks);
        break;
      case 'rewind':
        rewind.to(message.atMs);
        break;
      case 'clear':
        rewind.clear();
        clear();
        break;
    }
  };

  /** The Replayer's clock stands still in a hidden tab: drop what comes, and start over when it is seen again. */
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) stop();
    else if (shown) tell({ type: 'wanted', tab: shown.tab });
  });
  addEventListener('error', ({ message }) => {
    // A size that changes while sizes are told is told in the next frame: nothing is lost.
    if (!message.startsWith('ResizeObserver loop')) fail('replay_failed', message);
  });
  addEventListener('unhandledrejection', (event) => fail('replay_failed', String(event.reason)));

  tell({ type: 'ready' });
}

/**
 * The first greeting from the window around us brings the port. Who may be around us is decided by the server, in this
 * page's `frame-ancestors`; where the browser tells, the greeting's origin must be that frame's as well.
 */
function greeted(event: MessageEvent) {
  const [port] = event.ports;
  const around = location.ancestorOrigins;
  if (event.source !== parent || parent === window || !port) return;
  if (around && (around.length !== 1 || around[0] !== event.origin)) return;
  if (typeof event.data !== 'object' || event.data?.type !== hello) return;
  removeEventListener('message', greeted);
  const room = document.getElementById('room');
  if (room) startViewer(room, port);
}

addEventListener('message', greeted);
