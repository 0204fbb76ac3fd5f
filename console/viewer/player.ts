import { Replayer } from '@rrweb/replay';
import type { eventWithTime } from '@rrweb/types';
import type { AssetShelf } from './asset-shelf.ts';
import { type DocumentMode, openIn } from './document-mode.ts';
import { keepFocusAway } from './quiet-focus.ts';
import { replayRules } from './replay-rules.ts';
import { createStatePlayer } from './states/state-player.ts';
import { eventType, type Step, source } from './validator.ts';
import {
  createVisitorPresence,
  type PointerAction,
  type PointerMoves,
  type Scrolled,
} from './visitor-presence.ts';

/** Shows one epoch. A fresh one is made for each: the Replayer keeps what it has seen, and after an error it is unsound. */

export interface PlayerParts {
  root: HTMLElement;
  shelf: AssetShelf;
  calm(): boolean;
  /** The page is there for the first time. */
  onBuilt(): void;
  /** Everything of a batch is on the screen. */
  onShown(batch: number, arrivedAtMs: number): void;
  onSized(widthPx: number, heightPx: number): void;
  onFailed(detail: string): void;
}

type EventStep = Extract<Step, { kind: 'event' }>;
type StateStep = Extract<Step, { kind: 'state' }>;

/** Handled by us and not by the Replayer, but in turn with its events. */
const ownSources: ReadonlySet<number> = new Set([
  source.mouseMove,
  source.touchMove,
  source.drag,
  source.mouseInteraction,
  source.scroll,
]);
const ownTag = 'rapport-presence';
const stateTag = 'rapport-state';
/** Scrolls within this of the first picture are part of catching up. */
const settlingMs = 400;
/** Changes for nodes that are gone are normal in small numbers: the page goes on while the recorder reads it. */
const benignWarning = /not found/;

export function createPlayer({ root, shelf, calm, onBuilt, onShown, onSized, onFailed }: PlayerParts) {
  const layer = document.createElement('div');
  layer.className = 'page-layer';
  const cursor = document.createElement('div');
  cursor.className = 'visitor-cursor';
  cursor.append(document.createElement('span'));
  root.append(layer);

  let closed = false;
  let builtAtMs: number | null = null;
  const extras = new WeakMap<object, EventStep>();
  const told = new WeakMap<object, StateStep>();
  const batchEnds = new WeakMap<object, { batch: number; arrivedAtMs: number }>();
  const startMs = performance.now();

  const fail = (detail: string) => {
    if (!closed) onFailed(detail);
  };
  const warn = (...words: unknown[]) => {
    const text = words.filter((word) => typeof word === 'string' || word instanceof Error).join(' ');
    if (!benignWarning.test(text)) fail(text.slice(0, 200));
  };

  const replayer = new Replayer([], {
    root: layer,
    liveMode: true,
    speed: 1,
    mouseTail: false,
    triggerFocus: false,
    pauseAnimation: false,
    useVirtualDom: false,
    UNSAFE_replayCanvas: false,
    showWarning: true,
    insertStyleRules: replayRules,
    /** No element is blocked by class here: what is blocked comes marked by the validator. */
    blockClass: 'rapport-unused',
    logger: { log: () => {}, warn },
    plugins: [
      {
        onBuild(node) {
          if (!('nodeType' in node) || node.nodeType !== 9) return;
          keepFocusAway(node as Document);
          shelf.dress(node as Document);
        },
      },
    ],
  });
  layer.append(cursor);
  replayer.iframe.tabIndex = -1;
  replayer.iframe.title = 'The visitor’s page';

  const mirror = replayer.getMirror();
  const page = {
    nodeById: (id: number) => mirror.getNode(id),
    document: () => replayer.iframe.contentDocument,
    documents() {
      const all: Document[] = [];
      const collect = (inner: Document | null) => {
        if (!inner) return;
        all.push(inner);
        for (const frame of inner.querySelectorAll('iframe')) collect(frame.contentDocument);
      };
      collect(replayer.iframe.contentDocument);
      return all;
    },
  };
  shelf.startEpoch(page);
  const presence = createVisitorPresence(page, cursor, calm);
  const states = createStatePlayer({ ...page, hover: presence.hover });
  const growth = new ResizeObserver(() => presence.resized());

  replayer.on('fullsnapshot-rebuilded', (event) => {
    const root = replayer.iframe.contentDocument?.documentElement;
    growth.disconnect();
    if (root) growth.observe(root);
    const { initialOffset } = (event as { data: { initialOffset: { left: number; top: number } } }).data;
    presence.startsAt(initialOffset.left, initialOffset.top);
    if (builtAtMs === null) {
      builtAtMs = performance.now();
      onBuilt();
    }
  });
  replayer.on('resize', (size) => {
    const { width, height } = size as { width: number; height: number };
    onSized(width, height);
  });
  replayer.on('event-cast', (cast) => {
    if (closed) return;
    const event = cast as eventWithTime;
    const extra = extras.get(event);
    if (extra) {
      if (event.type === eventType.custom) own(extra);
      shelf.put(extra.places, extra.fonts);
      if (event.type === eventType.incremental && event.data.source === 0) states.renew();
    }
    const state = told.get(event);
    if (state) states.apply(state.state);
    const end = batchEnds.get(event);
    /** A task of its own after this frame's work: the frame has been drawn. */
    if (end) setTimeout(() => !closed && onShown(end.batch, end.arrivedAtMs));
    const { events } = replayer.service.state.context;
    if (events.length > 1_000) events.splice(1, events.length - 500);
  });
  replayer.startLive(1);

  function own({ event }: EventStep) {
    const data = event.data as PointerMoves | PointerAction | Scrolled | { source?: undefined };
    switch (data.source) {
      case source.mouseMove:
      case source.touchMove:
      case source.drag:
        return presence.moved(data);
      case source.mouseInteraction:
        return presence.acted(data);
      case source.scroll:
        return presence.scrolled(data, builtAtMs === null || performance.now() - builtAtMs < settlingMs);
    }
  }

  function enqueueState(step: StateStep): void {
    const timestamp = 1 + performance.now() - startMs;
    const event = { type: eventType.custom, data: { tag: stateTag, payload: null }, timestamp };
    told.set(event, step);
    replayer.addEvent(event as eventWithTime);
  }

  function enqueue(step: EventStep): object {
    const { type, data } = step.event;
    if ('mode' in data) openIn(data.mode as DocumentMode, replayer.iframe.contentDocument);
    const isOwn = type === eventType.incremental && 'source' in data && ownSources.has(Number(data.source));
    /** On arrival: the visitor's clock says nothing here, and nothing waits. */
    const timestamp = 1 + performance.now() - startMs;
    const event = isOwn
      ? { type: eventType.custom, data: { tag: ownTag, payload: null }, timestamp }
      : { type, data, timestamp };
    extras.set(event, step);
    replayer.addEvent(event as eventWithTime);
    return event;
  }

  return {
    layer,
    document: page.document,
    idOf: (node: Node) => mirror.getId(node),
    nodeById: page.nodeById,
    play(steps: Step[], batch: number, arrivedAtMs: number) {
      try {
        for (const step of steps) {
          if (step.kind === 'asset') shelf.bind(step.binding);
          else if (step.kind === 'state') enqueueState(step);
          else enqueue(step);
        }
        const mark: EventStep = {
          kind: 'event',
          event: { type: eventType.custom, data: { tag: 'rapport-batch', payload: null } },
          places: [],
          fonts: [],
        };
        batchEnds.set(enqueue(mark), { batch, arrivedAtMs });
      } catch (error) {
        fail(String(error).slice(0, 200));
      }
    },
    close() {
      if (closed) return;
      closed = true;
      growth.disconnect();
      presence.close();
      states.close();
      replayer.timer.clear();
      replayer.service.stop();
      replayer.speedService.stop();
      replayer.resetCache();
      replayer.destroy();
      layer.remove();
    },
  };
}

export type Player = ReturnType<typeof createPlayer>;
