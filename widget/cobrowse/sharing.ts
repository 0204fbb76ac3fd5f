import { batchEveryMs } from '../../shared/limits.ts';
import type { AgentCard } from '../../shared/model/agent.ts';
import { assetTag } from '../../shared/model/cobrowse-assets.ts';
import type { PauseReason } from '../../shared/model/cobrowse-rules.ts';
import { type Fidelity, isAtMost } from '../../shared/model/fidelity.ts';
import type { EpochStart } from '../../shared/protocol.ts';
import type { CobrowseParts } from '../cobrowse-contract.ts';
import type { HearAssist, SayAssist } from './assist-door.ts';
import { createEpochCompressor } from './epoch-compressor.ts';
import { nextEpoch } from './epoch-number.ts';
import { epochDelayMs, nextFlush } from './epoch-pace.ts';
import type { Governor } from './governor.ts';
import type { PageReader } from './page-reader.ts';
import { createPageRecording } from './page-recording.ts';
import type { PrivacyFilter } from './privacy-filter.ts';
import type { RecordedEvent } from './recorded-event.ts';
import { createRelayConnection } from './relay-connection.ts';
import type { PageStates } from './states/page-states.ts';
import { StormGuard } from './storm-guard.ts';
import { createWorkMeter } from './work-meter.ts';

/** The page being shared: from consent to stop. Loaded only after consent. */
export interface Sharing {
  readonly tab: string;
  /** Agents see nothing of what happens now. */
  isPaused(): boolean;
  /** The live element that an agent names; null when it is gone, or of the page before. */
  element(at: { epoch: number; node: number }): Element | null;
  /** How agents name an element; null when the mirror does not have it. */
  anchor(element: Element): { tab: string; epoch: number; node: number } | null;
  privacyOf: PrivacyFilter['privacyOf'];
  say: SayAssist;
  /** While paused nothing is sent; a new epoch follows. Asked of `paused`, too, before anything leaves. */
  pause(): void;
  /** At once: nothing is recorded or sent from here on. */
  close(): void;
}

export interface SharingParts
  extends Pick<CobrowseParts, 'origin' | 'siteKey' | 'token' | 'identity' | 'tab' | 'config' | 'page'> {
  sessionId: string;
  /** Consent was given on this page, not on one before. */
  isFirstPage: boolean;
  /** Our own elements in the page. */
  isOwn(node: Node): boolean;
  ownSelector: string;
  onViewers(viewers: AgentCard[]): void;
  onAssist: HearAssist;
  onConnected(isConnected: boolean): void;
  /** How long the line is, what it carries and how much of the page is followed, in words. */
  onLine(words: string): void;
  /** Why nothing may be sent now; null: it may. */
  paused(): PauseReason | null;
}

type Reason = EpochStart['reason'];

const roomRetryMs = 250;
/** Longest wait for the site's settings before those that are known go on. */
const privacyReadMs = 5_000;
/** A page of more elements is read in slices; a smaller one takes no longer than a slice. */
const largePageElements = 400;
/** Groups what happens in the same moment, when nothing has been sent for a while. */
const firstDelayMs = 12;

export function createSharing(parts: SharingParts): Sharing {
  const { config, tab } = parts;
  let epoch = 0;
  /** The mirror's numbers hold within a page load, through all of its epochs. */
  let firstEpoch = 0;
  let batch = 0;
  let pending: RecordedEvent[] = [];
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let restartTimer: ReturnType<typeof setTimeout> | undefined;
  let lastFlushMs = 0;
  let lastPrivacyEpochMs = 0;
  let lastWantedEpochMs = 0;
  let wantedTimer: ReturnType<typeof setTimeout> | undefined;
  let isPaused: PauseReason | null = null;
  /** False: events are dropped until the next epoch. */
  let isFlowing = false;
  /** A large page is read in slices; nothing flows until it is there. */
  let isReading = false;
  let reader: PageReader | null = null;
  let governor: Governor | null = null;
  let fidelity: Fidelity = 'full';
  let sentBytes = 0;
  let roundTripMs: number | null = null;
  const meter = createWorkMeter(() => performance.now());
  let reason: Reason = parts.isFirstPage ? 'started' : 'page_loaded';
  let isClosed = false;
  let privacyReads = 0;
  let isReadingPrivacy = false;
  const storm = new StormGuard(Date.now());

  const { recorder, filter, assets, styles } = createPageRecording({
    config: config.privacy,
    isOwn: parts.isOwn,
    ownSelector: parts.ownSelector,
    onEvent: guarded(onEvent),
    run: meter.run,
    onError: breakStream,
    onStyle: guarded((link: HTMLLinkElement, css: string) => {
      if (isFlowing) push(...filter.styleLoaded(link, css));
    }),
    bind: (binding) => bind({ type: 5, timestamp: Date.now(), data: { tag: assetTag, payload: binding } }),
    send: (asset, bytes) => {
      const hasRoom = relay.hasRoom(bytes.length);
      if (hasRoom) relay.sendAsset(asset, bytes);
      else setTimeout(() => assets.resume(), roomRetryMs);
      return hasRoom;
    },
  });

  /** What rrweb does not record; a part of its own that the page need not wait for. */
  let states: PageStates | undefined;
  import('./states/page-states.ts').then(
    guarded(({ createPageStates }: typeof import('./states/page-states.ts')) => {
      states = createPageStates({
        nodes: recorder,
        inside: filter.inside,
        push,
        pass: guarded(onEvent),
        onStyle: guarded((element: Element, css: string) => {
          if (isFlowing) push(...filter.styleLoaded(element, css));
        }),
        run: meter.run,
        showsPictures: () => !isAtMost(fidelity, 'no_canvas'),
        restart(isNewDocument) {
          if (isNewDocument) recorder.reset();
          restart('wanted', 0);
        },
      });
    }),
    () => {},
  );

  const compressor = createEpochCompressor(async (bytes, dictionary) =>
    (await import('./batch-deflate.ts')).deflateBatch(bytes, dictionary),
  );

  const relay = createRelayConnection({
    origin: parts.origin,
    sessionId: parts.sessionId,
    tab,
    async auth() {
      const identity = await parts.identity();
      return { site: parts.siteKey, token: parts.token(), tab, ...(identity && { identity }) };
    },
    nowMs: () => Date.now(),
    on: {
      connected() {
        parts.onConnected(true);
        readPrivacy();
      },
      lost() {
        isFlowing = false;
        stopReading();
        reason = 'reconnected';
        parts.onConnected(false);
      },
      epochWanted() {
        if (isReading) return;
        const nowMs = Date.now();
        wantedTimer ??= setTimeout(() => restart('wanted', 0), epochDelayMs(lastWantedEpochMs, nowMs));
      },
      privacyChanged: readPrivacy,
      assist: parts.onAssist,
      viewersChanged: parts.onViewers,
      assetsHeld: assets.onHeld,
      lineMeasured(ms) {
        roundTripMs = ms;
      },
    },
  });

  /** Nothing of ours may throw into the page, and nothing unfiltered may leave it: a fault ends the epoch. */
  function guarded<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      if (isClosed) return;
      try {
        meter.run(() => run(...args));
      } catch {
        breakStream();
      }
    };
  }

  function breakStream(): void {
    restart('oversize', storm.pause(Date.now()));
  }

  /** Drops what is not sent and starts a new epoch, now or later; of several wishes the first one counts. */
  function restart(because: Reason, afterMs: number): void {
    isFlowing = false;
    stopReading();
    pending = [];
    if (restartTimer !== undefined || isClosed) return;
    restartTimer = setTimeout(
      guarded(() => {
        restartTimer = undefined;
        if (!relay.isConnected()) return;
        reason = because;
        if (relay.hasRoom(1)) startEpoch();
        else restart(because, roomRetryMs);
      }),
      afterMs,
    );
  }

  const startEpoch = guarded(() => {
    clearTimeout(restartTimer);
    clearTimeout(wantedTimer);
    restartTimer = undefined;
    wantedTimer = undefined;
    stopReading();
    if (followPause() || isReadingPrivacy) return;
    if (reason === 'wanted') lastWantedEpochMs = Date.now();
    epoch = nextEpoch(epoch, Date.now());
    firstEpoch ||= epoch;
    batch = 0;
    pending = [];
    compressor.startEpoch();
    assets.startEpoch();
    filter.startEpoch();
    if (document.getElementsByTagName('*').length > largePageElements) readInSlices();
    else picture(() => recorder.snapshot());
  });

  /** The first batch of an epoch. */
  function picture(take: () => void, spentMs = 0): void {
    const startMs = performance.now();
    relay.startEpoch({ tab, epoch, reason });
    isFlowing = true;
    states?.startEpoch();
    take();
    styles.readUnreadable();
    scheduleFlush(0);
    governor?.pictured(spentMs + performance.now() - startMs);
    if (fidelity === 'snapshots') recorder.reset();
  }

  function readInSlices(): void {
    const own = epoch;
    isReading = true;
    const atOnce = guarded(() => {
      if (own !== epoch || !isReading) return;
      stopReading();
      picture(() => recorder.snapshot());
    });
    import('./page-reader.ts').then(
      guarded(({ createPageReader }: typeof import('./page-reader.ts')) => {
        if (own !== epoch || !isReading) return;
        const reading = recorder.read();
        if (!reading) return atOnce();
        reader = createPageReader({
          document,
          reading,
          idOf: recorder.idOf,
          nodeOf: recorder.nodeOf,
          filter: { ...filter.pieces, pass: filter.pass },
          onFault: breakStream,
          onRead(events, follow, spentMs) {
            stopReading();
            picture(() => {
              // With the names of images in it, which were given while it was read.
              pending.push(...events);
              follow();
            }, spentMs);
          },
        });
      }),
      atOnce,
    );
  }

  function stopReading(): void {
    isReading = false;
    reader?.stop();
    reader = null;
  }

  function onEvent(event: RecordedEvent): void {
    if (followPause()) return;
    if (reader) reader.heard(event);
    const followed = governor ? governor.admit(event) : event;
    if (!isFlowing || !followed) return;
    push(...filter.pass(followed));
    states?.see(followed);
  }

  /** A name that events use; while the page is read it is kept for the picture. */
  function bind(event: RecordedEvent): void {
    if (isReading) pending.push(event);
    else push(event);
  }

  /** Whether nothing may leave now. Of a pause nothing is kept: a new epoch follows it. */
  function followPause(): boolean {
    const next = parts.paused();
    if (next !== isPaused) {
      isPaused = next;
      tellTab();
      restart('wanted', 0);
    }
    return isPaused !== null;
  }

  function push(...events: RecordedEvent[]): void {
    if (!isFlowing || events.length === 0) return;
    pending.push(...events);
    scheduleFlush(Math.max(firstDelayMs, lastFlushMs + batchEveryMs - Date.now()));
  }

  function scheduleFlush(afterMs: number): void {
    if (flushTimer !== undefined && afterMs > 0) return;
    clearTimeout(flushTimer);
    flushTimer = setTimeout(guarded(flush), afterMs);
  }

  function flush(): void {
    flushTimer = undefined;
    if (!isFlowing || followPause()) return;
    const nowMs = Date.now();
    const step = nextFlush({ hasPrivacyChanged: filter.hasPrivacyChanged(), lastPrivacyEpochMs, nowMs });
    if (!step.leaves) {
      lastPrivacyEpochMs = nowMs + step.restartAfterMs;
      restart('wanted', step.restartAfterMs);
      return;
    }
    if (pending.length === 0) return;
    lastFlushMs = nowMs;
    const text = JSON.stringify(pending);
    pending = [];
    // The snapshot is as large as the page; what changes after it is what the guard is about.
    const pauseMs = batch === 0 ? 0 : storm.take(text.length, nowMs);
    if (pauseMs > 0) {
      restart('oversize', pauseMs);
      return;
    }
    send(text, { epoch, batch });
    batch += 1;
  }

  function send(text: string, place: { epoch: number; batch: number }): void {
    compressor.add(text).then(
      guarded((bytes) => {
        if (!isFlowing || place.epoch !== epoch) return;
        sentBytes += bytes.length;
        if (relay.hasRoom(bytes.length)) relay.sendBatch(place, bytes);
        else restart('oversize', roomRetryMs);
      }),
      () => {
        if (!isClosed && place.epoch === epoch) breakStream();
      },
    );
  }

  /**
   * The page may have been open for hours: nothing leaves it under the settings of then. Where they cannot be had, those
   * that it has go on. The one object follows them, so that address and title are told by the same rules.
   */
  function readPrivacy(): void {
    const own = ++privacyReads;
    isFlowing = false;
    isReadingPrivacy = true;
    fetch(`${parts.origin}/site/${parts.siteKey}`, {
      credentials: 'omit',
      cache: 'no-cache',
      signal: AbortSignal.timeout(privacyReadMs),
    })
      .then((response) => response.json())
      .then(
        ({ privacy }) => Object.assign(config.privacy, privacy),
        () => {},
      )
      .then(() => {
        if (own !== privacyReads) return;
        isReadingPrivacy = false;
        if (!relay.isConnected()) return;
        tellTab();
        startEpoch();
      });
  }

  // ── the tab ──────────────────────────────────────────────────────────────────────────────────────────────

  const tellTab = guarded(() => {
    const { url, title } = parts.page.current();
    relay.changeTab({
      page: {
        url,
        title: filter.shownTitle(title),
      },
      focused: document.hasFocus(),
      hidden: document.visibilityState === 'hidden',
      widthPx: Math.max(0, innerWidth),
      heightPx: Math.max(0, innerHeight),
      ...(fidelity !== 'full' && { fidelity }),
      ...(isPaused && { paused: isPaused }),
    });
  });

  const onPageChanged = guarded(() => {
    tellTab();
    scheduleFlush(batchEveryMs);
  });

  const onLoad = guarded((event: Event) => {
    const element = event.target;
    if (!(element instanceof HTMLImageElement)) return;
    if (isFlowing) push(...filter.imageLoaded(element));
    reader?.again(element);
  });

  const onPageHide = guarded(() => {
    isFlowing = false;
    stopReading();
    relay.leave();
  });

  const onPageShow = guarded((event: PageTransitionEvent) => {
    if (!event.persisted) return;
    reason = 'page_restored';
    relay.reopen();
  });

  import('./governor.ts').then(
    ({ createGovernor }) => {
      if (isClosed) return;
      governor = createGovernor({
        meter,
        nowMs: () => performance.now(),
        onFidelity: guarded((next: Fidelity) => {
          const before = fidelity;
          fidelity = next;
          tellTab();
          if (next === 'snapshots' || before === 'snapshots') restart('wanted', 0);
        }),
        onKept: guarded((event: RecordedEvent) => {
          if (isFlowing) push(...filter.pass(event));
        }),
        onPictureDue: () => restart('wanted', 0),
        line: () => ({ sentBytes, roundTripMs }),
        onLine: parts.onLine,
      });
    },
    // Not there: everything is followed, as without it.
    () => undefined,
  );

  const listening = new AbortController();
  const { signal } = listening;
  for (const name of ['focus', 'blur', 'resize'] as const) addEventListener(name, tellTab, { signal });
  document.addEventListener('visibilitychange', tellTab, { signal });
  document.addEventListener('load', onLoad, { signal, capture: true, passive: true });
  addEventListener('pagehide', onPageHide, { signal });
  addEventListener('pageshow', onPageShow, { signal });
  const unfollow = parts.page.onChange(onPageChanged);

  return {
    tab,
    isPaused: () => isPaused !== null || isReadingPrivacy,
    element(at) {
      if (isClosed || at.epoch < firstEpoch || at.epoch > epoch) return null;
      const node = recorder.nodeOf(at.node);
      return node?.nodeType === 1 && node.isConnected ? (node as Element) : null;
    },
    anchor(element) {
      const node = recorder.idOf(element);
      return node > 0 && epoch > 0 ? { tab, epoch, node } : null;
    },
    privacyOf: filter.privacyOf,
    say: relay.say,
    pause: guarded(() => void followPause()),
    close() {
      if (isClosed) return;
      isClosed = true;
      isFlowing = false;
      stopReading();
      governor?.close();
      recorder.close();
      relay.close();
      pending = [];
      clearTimeout(flushTimer);
      clearTimeout(restartTimer);
      clearTimeout(wantedTimer);
      listening.abort();
      unfollow();
      assets.close();
      states?.close();
      styles.close();
      compressor.close();
    },
  };
}
