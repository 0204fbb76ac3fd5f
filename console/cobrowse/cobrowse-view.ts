import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Agent, AgentCard } from '../../shared/model/agent.ts';
import { type CobrowseSession, isSharing } from '../../shared/model/cobrowse.ts';
import type { Visitor } from '../../shared/model/visitor.ts';
import type { TabState } from '../../shared/protocol.ts';
import type { AgentConnection } from '../agent-connection.ts';
import type { FromViewer, ViewSettings } from '../viewer/port.ts';
import { createByteRate } from './byte-rate.ts';
import { createLineDelay } from './line-delay.ts';
import {
  type Failure,
  isUpToDate,
  nextPicture,
  nextTry,
  type Picture,
  type PictureEvent,
} from './picture.ts';
import { createRelayConnection, type RelayConnection, type RelayLink } from './relay-connection.ts';
import { type Assist, createAssist } from './tools/assist.ts';
import { createViewerLink, type ViewerLink } from './viewer-link.ts';

export interface Tabs {
  tabs: TabState[];
  shown: string | null;
  online: boolean;
  /** Round trip of the shown tab's line to the server; null until it is measured. */
  lineMs?: number | null | undefined;
}

export interface CobrowseView {
  session: ReadonlySignal<CobrowseSession | null>;
  visitor: ReadonlySignal<Visitor | null>;
  refusal: ReadonlySignal<ErrorCode | null>;
  viewerOrigin: ReadonlySignal<string | null>;
  viewer: ReadonlySignal<'starting' | 'ready' | 'unreachable'>;
  /** Grows when the viewer has to be loaded anew. */
  viewerTries: ReadonlySignal<number>;
  relay: ReadonlySignal<RelayLink>;
  tabs: ReadonlySignal<Tabs | null>;
  /** The tab that this agent wants to see; null: the one the visitor is on. */
  chosenTab: ReadonlySignal<string | null>;
  viewers: ReadonlySignal<AgentCard[]>;
  picture: ReadonlySignal<Picture>;
  hasGivenUp: ReadonlySignal<boolean>;
  delayMs: ReadonlySignal<number | null>;
  bytesPerSecond: ReadonlySignal<number>;
  /** The earliest moment that can be looked at again; null: none. */
  earliestMs: ReadonlySignal<number | null>;
  /** The moment of the past that is looked at; null: live. */
  pastAtMs: ReadonlySignal<number | null>;
  size: ReadonlySignal<{ widthPx: number; heightPx: number; scale: number } | null>;
  settings: ReadonlySignal<ViewSettings>;
  assist: Assist;
  /** Puts the viewer into a frame. Returns how to take it out. */
  attach(frame: HTMLIFrameElement): () => void;
  change(settings: Partial<ViewSettings>): void;
  chooseTab(tab: string | null): void;
  /** Looks at a moment of the last minute; null: live. */
  rewind(atMs: number | null): void;
  retry(): void;
  /** Ends the session for everybody. */
  stop(): Promise<ErrorCode | null>;
  close(): void;
}

export interface CobrowseViewParts {
  sessionId: string;
  connection: AgentConnection;
  agent: Agent;
  theme: 'light' | 'dark';
}

/** After the relay has cut the line, the session is asked for again after this; twice as long each time. */
const rejoinMs = 1_000;
const maxRejoinMs = 16_000;

/** One agent's view of one co-browse session: joins it, and passes the stream from the relay to the viewer. */
export function createCobrowseView({ sessionId, connection, agent, theme }: CobrowseViewParts): CobrowseView {
  const session = signal<CobrowseSession | null>(null);
  const visitor = signal<Visitor | null>(null);
  const refusal = signal<ErrorCode | null>(null);
  const viewerOrigin = signal<string | null>(null);
  const viewer = signal<'starting' | 'ready' | 'unreachable'>('starting');
  const viewerTries = signal(0);
  const relay = signal<RelayLink>('connecting');
  const tabs = signal<Tabs | null>(null);
  const chosenTab = signal<string | null>(null);
  const viewers = signal<AgentCard[]>([]);
  const picture = signal<Picture>({ state: 'none' });
  const hasGivenUp = signal(false);
  const size = signal<{ widthPx: number; heightPx: number; scale: number } | null>(null);
  const settings = signal<ViewSettings>({
    zoom: 'fit',
    device: 'window',
    pointing: false,
    tool: 'look',
    theme,
    color: agent.color,
  });

  let link: ViewerLink | null = null;
  let stream: RelayConnection | null = null;
  let stopFollowing: (() => void) | null = null;
  let failure: Failure | null = null;
  let tryTimer: ReturnType<typeof setTimeout> | undefined;
  let rejoinTimer: ReturnType<typeof setTimeout> | undefined;
  let rejoins = 0;
  let isJoining = false;
  let isClosed = false;

  const assist = createAssist({
    agent,
    say: (name, ...fact) => stream?.say(name, ...fact),
    toViewer: (message) => link?.send(message),
  });
  const delay = createLineDelay({
    roundTrip: () => fetch('/healthz', { cache: 'no-store' }).then((response) => response.text()),
    nowMs: () => performance.now(),
  });
  const rate = createByteRate();
  const earliestMs = signal<number | null>(null);
  const pastAtMs = signal<number | null>(null);
  const happened = (event: PictureEvent) => {
    picture.value = nextPicture(picture.value, event);
  };

  function follow(next: CobrowseSession) {
    if (next.id !== sessionId || isClosed) return;
    const wasSharing = session.value && isSharing(session.value.state);
    session.value = next;
    if (next.state.phase === 'ended') endStream();
    else if (isSharing(next.state) && (!wasSharing || refusal.value)) void join();
  }

  async function join() {
    if (isJoining || isClosed) return;
    isJoining = true;
    const reply = await connection.request('cobrowse:join', { sessionId });
    isJoining = false;
    if (isClosed) return;
    if (!reply.ok) {
      refusal.value = reply.error;
      if (reply.error === 'unavailable' || reply.error === 'rate_limited') joinLater();
      return;
    }
    batch(() => {
      refusal.value = null;
      session.value = reply.session;
      visitor.value = reply.visitor;
      viewerOrigin.value = reply.viewerOrigin;
      if (reply.viewerOrigin === '') refusal.value = 'viewer_not_configured';
    });
    startStream();
  }

  function joinLater() {
    clearTimeout(rejoinTimer);
    rejoinTimer = setTimeout(() => void join(), Math.min(maxRejoinMs, rejoinMs * 2 ** rejoins));
    rejoins += 1;
  }

  /** The relay is asked when the viewer can take what it sends. */
  function startStream() {
    if (stream || viewer.value !== 'ready' || !session.value || !isSharing(session.value.state)) return;
    stream = createRelayConnection({
      sessionId,
      accessToken: () => connection.accessToken(),
      facts: {
        'epoch:started': (start) => {
          link?.send({ type: 'epoch', start });
          happened({ type: 'epoch', tab: start.tab, epoch: start.epoch, atMs: Date.now() });
          rejoins = 0;
          if (failure && (failure.tab !== start.tab || failure.epoch !== start.epoch)) forgetFailure();
        },
        'batch:sent': (header, bytes) => {
          const arrivedAtMs = Date.now();
          rate.add(bytes.length);
          if (header.part === header.parts - 1)
            happened({ type: 'arrived', batch: header.batch, atMs: arrivedAtMs });
          link?.send({ type: 'batch', header, bytes, arrivedAtMs });
        },
        'asset:sent': (header, bytes) => {
          rate.add(bytes.length);
          link?.send({ type: 'asset', header, bytes });
        },
        'tabs:changed': (next) => {
          tabs.value = next;
          if (next.shown === null) {
            link?.send({ type: 'clear' });
            happened({ type: 'cleared' });
          }
          if (chosenTab.value && !next.tabs.some(({ tab }) => tab === chosenTab.value))
            chosenTab.value = null;
        },
        'viewers:changed': (next) => {
          viewers.value = next.viewers;
        },
        ...assist.facts,
      },
      onRefused(code) {
        dropStream();
        relay.value = 'offline';
        if (code === 'forbidden' || code === 'not_found') refusal.value = code;
        else joinLater();
      },
    });
    const { link: relayLink } = stream;
    stopFollowing = relayLink.subscribe((state) => {
      relay.value = state;
      if (state !== 'online') assist.forget();
      if (state === 'online' && chosenTab.value) stream?.chooseTab(chosenTab.value);
    });
  }

  function dropStream() {
    stopFollowing?.();
    stopFollowing = null;
    stream?.close();
    stream = null;
  }

  function forgetFailure() {
    clearTimeout(tryTimer);
    failure = null;
    hasGivenUp.value = false;
  }

  /** Nothing of the visitor's page stays after the end. */
  function endStream() {
    forgetFailure();
    clearTimeout(rejoinTimer);
    dropStream();
    link?.send({ type: 'clear' });
    batch(() => {
      happened({ type: 'cleared' });
      tabs.value = null;
      viewers.value = [];
      size.value = null;
    });
  }

  function failed(message: Extract<FromViewer, { type: 'failed' }>) {
    happened({ type: 'failed', tab: message.tab, epoch: message.epoch, fault: message.fault });
    const { failure: next, again } = nextTry(failure, message);
    failure = next;
    hasGivenUp.value = again === null;
    clearTimeout(tryTimer);
    if (again) tryTimer = setTimeout(() => stream?.wantEpoch(message.tab, again.isDamaged), again.afterMs);
  }

  function heard(message: FromViewer) {
    switch (message.type) {
      case 'ready':
        viewer.value = 'ready';
        link?.send({ type: 'view', settings: settings.value });
        assist.refill();
        startStream();
        break;
      case 'shown':
        happened({ ...message, atMs: Date.now() });
        /** A first picture takes longer than a change, and says nothing about how live the view is. */
        if (message.batch > 0 && isUpToDate(picture.value)) delay.drawn(message.delayMs);
        break;
      case 'sized':
        size.value = { widthPx: message.widthPx, heightPx: message.heightPx, scale: message.scale };
        break;
      case 'reach':
        earliestMs.value = message.earliestMs;
        if (message.earliestMs === null) pastAtMs.value = null;
        break;
      case 'wanted':
        stream?.wantEpoch(message.tab, false);
        break;
      case 'failed':
        failed(message);
        break;
      case 'pointer':
        if (message.pointer === null || settings.value.pointing) stream?.point(message.pointer);
        break;
      case 'verb':
        if (settings.value.tool === 'control') assist.use(message.tab, message.verb);
        break;
      case 'drawn':
        assist.draw(message.mark);
        break;
      case 'left':
        view.change({ tool: 'look' });
        break;
    }
  }

  const stopFacts = connection.onFact('cobrowse:changed', ({ session: next }) => follow(next));
  void join();

  const view: CobrowseView = {
    session,
    visitor,
    refusal,
    viewerOrigin,
    viewer,
    viewerTries,
    relay,
    tabs,
    chosenTab,
    viewers,
    picture,
    hasGivenUp,
    delayMs: delay.delayMs,
    bytesPerSecond: rate.bytesPerSecond,
    earliestMs,
    pastAtMs,
    size,
    settings,
    assist,
    attach(frame) {
      const origin = viewerOrigin.value;
      if (!origin) return () => {};
      viewer.value = 'starting';
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
        dropStream();
        own.close();
        if (link === own) link = null;
      };
    },
    change(next) {
      settings.value = { ...settings.value, ...next };
      if (next.pointing === false) stream?.point(null);
      link?.send({ type: 'view', settings: settings.value });
    },
    chooseTab(tab) {
      chosenTab.value = tab;
      stream?.chooseTab(tab);
    },
    rewind(atMs) {
      pastAtMs.value = atMs;
      link?.send({ type: 'rewind', atMs });
    },
    retry() {
      const at = picture.value;
      if (at.state === 'failed' && stream) {
        forgetFailure();
        stream.wantEpoch(at.tab, true);
        happened({ type: 'epoch', tab: at.tab, epoch: at.epoch, atMs: Date.now() });
        return;
      }
      if (viewer.value === 'unreachable') viewerTries.value += 1;
      refusal.value = null;
      rejoins = 0;
      void join();
    },
    async stop() {
      const reply = await connection.request('cobrowse:stop', { sessionId });
      if (!reply.ok) return reply.error;
      follow(reply.session);
      return null;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      stopFacts();
      forgetFailure();
      clearTimeout(rejoinTimer);
      dropStream();
      delay.close();
      rate.close();
      link?.close();
      link = null;
    },
  };
  return view;
}
