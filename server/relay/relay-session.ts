import type { AgentCard } from '../../shared/model/agent.ts';
import type { AssetPart, BatchPart, EpochStart, Pointer, TabState } from '../../shared/protocol.ts';
import { AssetShelf } from './asset-shelf.ts';
import { EpochBuffer } from './epoch-buffer.ts';
import type { RelayTap } from './relay-tap.ts';

/** The connection of one tab of the visitor's. */
export interface TabLink {
  wantEpoch(reason: 'oversize' | 'gap' | 'overflow'): void;
  showPointer(agent: AgentCard, pointer: Pointer | null): void;
  showViewers(viewers: AgentCard[]): void;
}

/** The connection of one agent. A send is refused by not being called: see {@link RelaySession.pump}. */
export interface ViewerLink {
  agent: AgentCard;
  /** Nothing waits in the connection's own buffer: a frame given now leaves at once. */
  isWritable(): boolean;
  sendEpoch(epoch: EpochStart): void;
  sendBatch(header: BatchPart, bytes: Uint8Array): void;
  sendAsset(header: AssetPart, bytes: Uint8Array): void;
  sendTabs(facts: TabFacts): void;
  sendViewers(viewers: AgentCard[]): void;
}

export interface TabFacts {
  tabs: TabState[];
  shown: string | null;
  online: boolean;
  /** Round trip of the shown tab's line. */
  lineMs: number | null;
}

interface TabStream {
  buffer: EpochBuffer;
  link: TabLink | null;
  state: TabState | null;
  /** An epoch was asked for and has not begun: further wishes are the same wish. */
  epochWanted: boolean;
  focusedAt: number;
  lineMs: number | null;
  /** When an agent last said that the epoch cannot be read, and the page was asked for it. */
  damagedAtMs: number;
}

/**
 * A viewer holds a place in the shown tab's epoch instead of a queue of its own: a stalled viewer costs nothing but
 * the numbers below.
 */
interface Viewer {
  link: ViewerLink;
  wantedTab: string | null;
  /** Tab and epoch whose frames it gets, and the index of the next one; null: waits for an epoch to begin. */
  place: { tab: string; epoch: number; started: boolean; next: number; liveFrom: number } | null;
  nextAsset: number;
  tabsChanged: boolean;
  viewersChanged: boolean;
}

export interface RelayBounds {
  maxEpochBytes: number;
  maxPartsPerBatch: number;
  maxAssetBytes: number;
  maxOneAssetBytes: number;
  /** Live bytes that a viewer may be behind before it is skipped to a new epoch. */
  maxBehindBytes: number;
  maxTabs: number;
}

/** Bytes handed to a connection in one go. Small enough that a stalled one holds next to nothing. */
const chunkBytes = 64 * 1024;
/** A line that differs by less is the same line. */
const toldLineMs = 10;
/** A full snapshot costs the visitor's page up to a second: agents who cannot read it get one at most this often. */
const damagedEveryMs = 2_000;

/**
 * One co-browse session on the relay: tabs of the visitor's send, agents follow. Knows nothing of stores, rules or
 * sockets, and never looks inside a batch.
 *
 * CB1 a late agent gets the epoch so far and is live, without the visitor's page doing anything.
 * CB2 a mutation never follows a hole: after one, nothing is passed on until the next epoch.
 * CB3 wishes for an epoch by many agents become one.
 * CB4 a stalled agent never slows the visitor, the relay or another agent; it is skipped to a new epoch.
 */
export class RelaySession {
  readonly #bounds: RelayBounds;
  readonly #tabs = new Map<string, TabStream>();
  readonly #viewers = new Set<Viewer>();
  readonly #assets: AssetShelf;
  readonly #tap: RelayTap | null;
  #shown: string | null = null;
  #focusCount = 0;

  constructor(bounds: RelayBounds, tap: RelayTap | null = null) {
    this.#bounds = bounds;
    this.#tap = tap;
    this.#assets = new AssetShelf({
      maxBytes: bounds.maxAssetBytes,
      maxOneBytes: bounds.maxOneAssetBytes,
      maxParts: bounds.maxPartsPerBatch,
    });
  }

  /** At least one tab of the visitor's is connected. */
  get isVisitorOnline(): boolean {
    for (const tab of this.#tabs.values()) if (tab.link) return true;
    return false;
  }
  /** Nobody sends, nobody looks. */
  get isEmpty(): boolean {
    return !this.isVisitorOnline && this.#viewers.size === 0;
  }
  get viewerCount(): number {
    return this.#viewers.size;
  }
  /** False once another connection has taken the tab's place. */
  isLinked(tab: string, link: TabLink): boolean {
    return this.#tabs.get(tab)?.link === link;
  }
  heldAssetIds(): string[] {
    return this.#assets.heldIds();
  }

  // ── visitor's tabs ─────────────────────────────────────────────────────────────────────────────────────────

  /** False when the session has its most tabs already. A tab that comes back replaces its old connection. */
  joinTab(tab: string, link: TabLink): boolean {
    const known = this.#tabs.get(tab);
    if (known) {
      known.link = link;
      known.epochWanted = false;
      known.buffer.takeAnyNumber();
    } else {
      if (!this.#makeRoom()) return false;
      const buffer = new EpochBuffer({
        maxBytes: this.#bounds.maxEpochBytes,
        maxPartsPerBatch: this.#bounds.maxPartsPerBatch,
      });
      this.#tabs.set(tab, {
        buffer,
        link,
        state: null,
        epochWanted: false,
        focusedAt: 0,
        lineMs: null,
        damagedAtMs: -Infinity,
      });
    }
    link.showViewers(this.#viewerCards());
    this.#chooseShown();
    this.#tellTabs();
    return true;
  }

  #makeRoom(): boolean {
    for (const [tab, stream] of this.#tabs) {
      if (this.#tabs.size < this.#bounds.maxTabs) break;
      if (!stream.link) this.#tabs.delete(tab);
    }
    return this.#tabs.size < this.#bounds.maxTabs;
  }

  /** The connection is gone; what the tab showed stays visible until it comes back or another tab is shown. */
  leaveTab(tab: string, link: TabLink): void {
    const stream = this.#tabs.get(tab);
    if (!stream || stream.link !== link) return;
    stream.link = null;
    stream.epochWanted = false;
    this.#assets.forgetUnfinished(tab);
    this.#chooseShown();
    this.#tellTabs();
  }

  /** The tab said goodbye. Its stream goes unless it is the only one: a page load says goodbye, too. */
  closeTab(tab: string, link: TabLink): void {
    const stream = this.#tabs.get(tab);
    if (!stream || stream.link !== link) return;
    this.#assets.forgetUnfinished(tab);
    if (this.#tabs.size > 1) this.#tabs.delete(tab);
    else stream.link = null;
    this.#chooseShown();
    this.#tellTabs();
  }

  changeTab(tab: string, state: TabState): void {
    const stream = this.#tabs.get(tab);
    if (!stream) return;
    if (state.focused && !stream.state?.focused) {
      this.#focusCount += 1;
      stream.focusedAt = this.#focusCount;
    }
    stream.state = state;
    this.#chooseShown();
    this.#tellTabs();
  }

  /** The line of a tab was measured. Small differences are not told. */
  measureLine(tab: string, link: TabLink, roundTripMs: number): void {
    const stream = this.#tabs.get(tab);
    if (stream?.link !== link) return;
    const before = stream.lineMs;
    if (before !== null && Math.abs(roundTripMs - before) < Math.max(toldLineMs, before * 0.2)) return;
    stream.lineMs = roundTripMs;
    this.#tellTabs();
  }

  startEpoch(tab: string, epoch: EpochStart): void {
    const stream = this.#tabs.get(tab);
    if (!stream?.buffer.start(epoch)) return;
    stream.epochWanted = false;
    this.#tap?.epoch(epoch);
    for (const viewer of this.#viewers) {
      if (this.#tabFor(viewer) !== tab) continue;
      this.#placeAtStart(viewer, tab);
      this.pump(viewer);
    }
  }

  addBatch(tab: string, header: BatchPart, bytes: Uint8Array): void {
    const stream = this.#tabs.get(tab);
    if (!stream) return;
    const placed = stream.buffer.add(header, bytes);
    if (placed === 'hole') this.#wantEpoch(stream, 'gap');
    if (placed === 'oversize') this.#wantEpoch(stream, 'oversize');
    if (placed !== 'kept') return;
    this.#tap?.batch(header, bytes);
    // Ask before the bound is reached: the stream then goes on without a break.
    if (stream.buffer.bytes > this.#bounds.maxEpochBytes * 0.75) this.#wantEpoch(stream, 'oversize');
    for (const viewer of this.#viewers) if (viewer.place?.tab === tab) this.pump(viewer);
  }

  addAsset(tab: string, header: AssetPart, bytes: Uint8Array): void {
    const before = this.#assets.frames.length;
    if (!this.#assets.add(tab, header, bytes)) return;
    if (this.#tap)
      for (const part of this.#assets.frames.slice(before)) this.#tap.asset(part.header, part.bytes);
    for (const viewer of this.#viewers) this.pump(viewer);
  }

  // ── agents ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** Returns a handle for the calls below. */
  joinViewer(link: ViewerLink): Viewer {
    const viewer: Viewer = {
      link,
      wantedTab: null,
      place: null,
      nextAsset: 0,
      tabsChanged: true,
      viewersChanged: true,
    };
    this.#viewers.add(viewer);
    this.#tellViewers();
    const tab = this.#tabFor(viewer);
    if (tab) this.#placeAtStart(viewer, tab);
    this.pump(viewer);
    return viewer;
  }

  leaveViewer(viewer: Viewer): void {
    if (!this.#viewers.delete(viewer)) return;
    for (const tab of this.#tabs.values()) tab.link?.showPointer(viewer.link.agent, null);
    this.#tellViewers();
  }

  /** Shows one tab, or the visitor's focused one (null). */
  chooseTab(viewer: Viewer, tab: string | null): void {
    viewer.wantedTab = tab;
    viewer.tabsChanged = true;
    this.#follow(viewer);
    this.pump(viewer);
  }

  /**
   * The viewer lost its place and starts the epoch again. The visitor's page is asked for a new one only when the
   * buffer cannot help, or when what it holds is `damaged`: the viewer could not read it. So soon after the last such
   * complaint it is taken for one about the epoch before, and the viewer gets the newer one.
   */
  restartEpoch(viewer: Viewer, tab: string, damaged: boolean, nowMs: number): void {
    const stream = this.#tabs.get(tab);
    if (!stream || this.#tabFor(viewer) !== tab) return;
    if (damaged && stream.epochWanted) {
      viewer.place = null;
    } else if (damaged && nowMs - stream.damagedAtMs >= damagedEveryMs) {
      stream.damagedAtMs = nowMs;
      viewer.place = null;
      this.#wantEpoch(stream, 'gap');
    } else {
      this.#placeAtStart(viewer, tab);
      this.pump(viewer);
    }
  }

  /** Passes a pointer to the page it points at. */
  movePointer(viewer: Viewer, pointer: Pointer | null): void {
    for (const [tab, stream] of this.#tabs) {
      if (pointer === null || pointer.tab === tab) stream.link?.showPointer(viewer.link.agent, pointer);
    }
  }

  /** Sends what the viewer lacks, as long as its connection takes it. Called when there is more, or more room. */
  pump(viewer: Viewer): void {
    const { link } = viewer;
    while (link.isWritable()) {
      if (viewer.tabsChanged) {
        viewer.tabsChanged = false;
        link.sendTabs(this.#tabFacts(this.#tabFor(viewer)));
      } else if (viewer.viewersChanged) {
        viewer.viewersChanged = false;
        link.sendViewers(this.#viewerCards());
      } else if (!this.#sendFrames(viewer) && !this.#sendAssets(viewer)) return;
    }
    this.#skipIfFarBehind(viewer);
  }

  #sendFrames(viewer: Viewer): boolean {
    const { place, link } = viewer;
    const stream = place && this.#tabs.get(place.tab);
    const started = stream?.buffer.started;
    if (!place || !stream || !started || started.epoch !== place.epoch) return false;
    let sent = 0;
    if (!place.started) {
      place.started = true;
      link.sendEpoch(started);
      sent = 1;
    }
    for (let frame = stream.buffer.frames[place.next]; frame; frame = stream.buffer.frames[place.next]) {
      if (sent > chunkBytes) return true;
      link.sendBatch(frame.header, frame.bytes);
      place.next += 1;
      sent += frame.bytes.length;
    }
    return sent > 0;
  }

  #sendAssets(viewer: Viewer): boolean {
    const frame = this.#assets.frames[viewer.nextAsset];
    if (!frame) return false;
    viewer.nextAsset += 1;
    viewer.link.sendAsset(frame.header, frame.bytes);
    return true;
  }

  #skipIfFarBehind(viewer: Viewer): void {
    const { place } = viewer;
    const stream = place && this.#tabs.get(place.tab);
    if (!place || !stream) return;
    const behind = stream.buffer.bytesFrom(Math.max(place.next, place.liveFrom));
    if (behind <= this.#bounds.maxBehindBytes) return;
    viewer.place = null;
    this.#wantEpoch(stream, 'overflow');
  }

  #placeAtStart(viewer: Viewer, tab: string): void {
    const stream = this.#tabs.get(tab);
    const epoch = stream?.buffer.started;
    viewer.place = null;
    if (!stream || !epoch) return;
    if (!stream.buffer.isWhole) this.#wantEpoch(stream, 'gap');
    else {
      const liveFrom = stream.buffer.frames.length;
      viewer.place = { tab, epoch: epoch.epoch, started: false, next: 0, liveFrom };
    }
  }

  #wantEpoch(stream: TabStream, reason: 'oversize' | 'gap' | 'overflow'): void {
    if (stream.epochWanted || !stream.link) return;
    stream.epochWanted = true;
    stream.link.wantEpoch(reason);
  }

  // ── which tab is shown ─────────────────────────────────────────────────────────────────────────────────────

  #tabFor(viewer: Viewer): string | null {
    return viewer.wantedTab !== null && this.#tabs.has(viewer.wantedTab) ? viewer.wantedTab : this.#shown;
  }

  /** The tab that was focused last among the connected ones; without any, the one shown before. */
  #chooseShown(): void {
    let best: [string, TabStream] | null = null;
    for (const entry of this.#tabs) {
      const [, stream] = entry;
      if (!stream.link) continue;
      if (!best || stream.focusedAt > best[1].focusedAt) best = entry;
    }
    const before = this.#shown;
    if (best) this.#shown = best[0];
    else if (this.#shown !== null && !this.#tabs.has(this.#shown))
      this.#shown = this.#tabs.keys().next().value ?? null;
    if (this.#shown !== before) for (const viewer of this.#viewers) this.#follow(viewer);
  }

  #follow(viewer: Viewer): void {
    const tab = this.#tabFor(viewer);
    if (tab === null || viewer.place?.tab === tab) return;
    this.#placeAtStart(viewer, tab);
  }

  #tabFacts(shown: string | null): TabFacts {
    const tabs: TabState[] = [];
    for (const [tab, { state, link }] of this.#tabs) if (state && (link || tab === shown)) tabs.push(state);
    const lineMs = (shown !== null && this.#tabs.get(shown)?.lineMs) || null;
    return { tabs, shown, online: this.isVisitorOnline, lineMs };
  }

  #viewerCards(): AgentCard[] {
    const byId = new Map<string, AgentCard>();
    for (const viewer of this.#viewers) byId.set(viewer.link.agent.id, viewer.link.agent);
    return [...byId.values()];
  }

  #tellTabs(): void {
    this.#tap?.tabs(this.#tabFacts(this.#shown));
    for (const viewer of this.#viewers) {
      viewer.tabsChanged = true;
      this.pump(viewer);
    }
  }

  #tellViewers(): void {
    const cards = this.#viewerCards();
    this.#tap?.viewers(cards);
    for (const tab of this.#tabs.values()) tab.link?.showViewers(cards);
    for (const viewer of this.#viewers) {
      viewer.viewersChanged = true;
      this.pump(viewer);
    }
  }
}

export type { Viewer };
