import { h, render } from 'preact';
import type { AgentCard } from '../../shared/model/agent.ts';
import {
  type CobrowseConsent,
  type CobrowseSession,
  isRecorded,
  isSharing,
} from '../../shared/model/cobrowse.ts';
import { cobrowseRuleAt } from '../../shared/model/cobrowse-rules.ts';
import type { Cobrowse, CobrowseParts } from '../cobrowse-contract.ts';
import { adoptStyles } from '../ui/adopt-styles.ts';
import { createAssistDoor } from './assist-door.ts';
import type { BannerState } from './banner.tsx';
import type { CodeCard } from './code-card.tsx';
import type { Consent } from './consent.ts';
import { createOverlay } from './overlay.ts';
import { createPausing } from './pausing.ts';
import type { Sharing } from './sharing.ts';

/** How long the last word of a session stays. */
const noteMs = 5_000;

/**
 * The visitor's side of a co-browse session: asks, shows that the page is shared and by whom it is seen, and stops at
 * once when told to. What records and sends is fetched after consent, see `sharing.ts`.
 */
export function createCobrowse(parts: CobrowseParts): Cobrowse {
  const { config, host, requests } = parts;
  const overlay = createOverlay({
    styles: parts.root,
    onBlocked(blocked) {
      pausing.change({ isBlocked: blocked });
    },
  });
  host.setAttribute('data-rapport-own', '');

  let session: CobrowseSession | null = null;
  /** Sessions that the visitor has stopped or declined: what the server still says of them is late. */
  const over = new Set<string>();
  /** Sessions whose consent was given on this page. */
  const consented = new Set<string>();
  /** The session whose agents the visitor has allowed, on this page, to help along. */
  let helped = '';
  let asked: string | null = null;
  /** The question, or the code: one at a time. */
  let dialog: Consent | CodeCard | undefined;
  let banner: BannerState | null = null;
  let isAtBottom = false;
  let viewers: AgentCard[] = [];
  let isConnected = false;
  let lineWords = '';
  let running: { sessionId: string; sharing: Sharing | null } | null = null;
  let noteTimer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let sign: typeof import('./banner.tsx') | undefined;
  let mark: typeof import('./recorded-mark.tsx') | undefined;

  const isOwn = (node: Node) => node === host || node === overlay.host;
  const assist = createAssistDoor({
    overlay,
    page: parts.page,
    tell: parts.tell,
    sharing: () => running?.sharing ?? null,
    sessionId: () => running?.sessionId ?? '',
    isAllowed: () => running?.sessionId === helped,
  });
  const pausing = createPausing({
    rules: config.cobrowse.rules,
    path: () => location.pathname,
    onChange(reason) {
      running?.sharing?.pause();
      showSharing();
      if (running) parts.onPaused(reason);
    },
  });
  /** The visitor's last wish that the server has not confirmed. */
  let wish: boolean | null = null;
  // What was refused here may be asked for on the next page.
  const unfollow = parts.page.onChange(() => {
    pausing.reason();
    if (session?.state.phase === 'requested') update(session);
  });

  // ── consent ──────────────────────────────────────────────────────────────────────────────────────────────

  function ask(
    key: string,
    agent: AgentCard | null,
    onAnswer: (accept: boolean, consent: CobrowseConsent) => Promise<void>,
  ): void {
    if (asked === key) return;
    closeDialog();
    asked = key;
    import('./consent.ts').then(
      ({ openConsent }) => {
        if (asked !== key || dialog) return;
        dialog = openConsent(parts.root, {
          agent,
          site: config.name,
          picture: { config: config.privacy, isOwn, ownSelector },
          keepDays: config.recording?.keepDays,
          onAnswer,
        });
      },
      () => {
        // Asked again with the next word of the session.
        if (asked === key) asked = null;
      },
    );
  }

  function showCode(): void {
    if (asked !== null) return;
    asked = codeKey;
    import('./code-card.tsx').then(({ openCode }) => {
      if (asked !== codeKey || dialog) return;
      dialog = openCode(parts.root, { getCode: requests.code, onClose: closeDialog });
    }, closeDialog);
  }

  function closeDialog(): void {
    asked = null;
    dialog?.close();
    dialog = undefined;
  }

  async function answer(sessionId: string, accept: boolean, consent: CobrowseConsent): Promise<void> {
    if (asked !== sessionId) return;
    if (consent.allowsControl) helped = sessionId;
    if (accept) consented.add(sessionId);
    else over.add(sessionId);
    try {
      const answered = await requests.answer(sessionId, accept, consent);
      if (asked === sessionId) closeDialog();
      if (accept) {
        parts.closePanel();
        update(answered);
      }
    } catch (error) {
      over.delete(sessionId);
      throw error;
    }
  }

  async function offer(accept: boolean, consent: CobrowseConsent): Promise<void> {
    if (accept) {
      const offered = await requests.offer(consent);
      consented.add(offered.id);
      if (consent.allowsControl) helped = offered.id;
      closeDialog();
      parts.closePanel();
      update(offered);
    } else closeDialog();
  }

  // ── sharing ──────────────────────────────────────────────────────────────────────────────────────────────

  function start(sessionId: string): void {
    if (running?.sessionId === sessionId) return;
    stopSharing();
    const started: { sessionId: string; sharing: Sharing | null } = { sessionId, sharing: null };
    running = started;
    viewers = [];
    isConnected = true;
    // Nothing is shared before the visitor can see that it is, and stop it.
    Promise.all([import('./sharing.ts'), loadSign()]).then(
      ([{ createSharing }]) => {
        if (running !== started || isClosed) return;
        const sharing = createSharing({
          origin: parts.origin,
          siteKey: parts.siteKey,
          token: parts.token,
          identity: parts.identity,
          tab: parts.tab,
          config,
          page: parts.page,
          sessionId,
          isFirstPage: consented.has(sessionId),
          isOwn,
          ownSelector,
          onViewers(cards) {
            viewers = cards;
            if (cards.length > 0) assist.watched();
            showSharing();
          },
          onLine(words) {
            lineWords = words;
            showSharing();
          },
          paused: pausing.reason,
          onAssist: assist.hear,
          onConnected(connected) {
            isConnected = connected;
            if (!connected) assist.lost();
            showSharing();
          },
        });
        started.sharing = sharing;
        sharing.pause();
      },
      () => {
        // The files could not be fetched: the session ends rather than pretend.
        if (running === started) stop(sessionId);
      },
    );
  }

  function stopSharing(): void {
    running?.sharing?.close();
    running = null;
    assist.close();
  }

  /** In this tab at once, in the others as soon as the server has told them. */
  function pause(paused: boolean): void {
    if (!session) return;
    wish = paused;
    pausing.change({ isPausedByVisitor: paused });
    // Tried again with the next word of the session.
    requests.pause(session.id, paused).catch(() => undefined);
  }

  function stop(sessionId: string): void {
    const wasSharing = running !== null;
    stopSharing();
    over.add(sessionId);
    note(wasSharing ? 'stopped' : null);
    // Repeated by the composition root until the server knows.
    requests.stop(sessionId).catch(() => undefined);
  }

  // ── banner ───────────────────────────────────────────────────────────────────────────────────────────────

  async function loadSign(): Promise<void> {
    const loaded = await import('./banner.tsx');
    if (sign) return;
    sign = loaded;
    adoptStyles(overlay.banner.getRootNode() as ShadowRoot, loaded.bannerStyles);
    show(banner);
  }

  function show(state: BannerState | null): void {
    banner = state;
    clearTimeout(noteTimer);
    overlay.edge.hidden = state?.kind !== 'sharing';
    if (!state) {
      render(null, overlay.banner);
      overlay.hide();
      return;
    }
    if (!sign) {
      // Tried again with whatever there is to show next.
      loadSign().catch(() => undefined);
      return;
    }
    const { id = '' } = session ?? {};
    const aside =
      mark && session && isRecorded(session)
        ? h(mark.RecordedMark, { onStop: () => requests.stopRecording(id).then(update) })
        : null;
    const props = {
      state,
      isAtBottom,
      aside,
      onMove() {
        isAtBottom = !isAtBottom;
        show(banner);
      },
      onPause() {
        pause(state.kind === 'sharing' && state.paused !== 'visitor');
      },
      onStop() {
        if (session) stop(session.id);
      },
    };
    render(h(sign.Banner, props), overlay.banner);
    overlay.show();
    if (state.kind === 'note') noteTimer = setTimeout(() => show(null), noteMs);
  }

  function showSharing(): void {
    if (running) show({ kind: 'sharing', viewers, isConnected, paused: pausing.reason(), line: lineWords });
  }

  function note(words: Extract<BannerState, { kind: 'note' }>['note'] | null): void {
    show(words === null ? null : { kind: 'note', note: words });
  }

  // ── what the server says ─────────────────────────────────────────────────────────────────────────────────

  function update(next: CobrowseSession | null): void {
    if (isClosed) return;
    if (next === null || next.state.phase === 'ended' || over.has(next.id)) {
      end();
      return;
    }
    if (session && session.id !== next.id) stopSharing();
    session = next;
    const { id, state } = next;
    const isPausedByVisitor = 'isPaused' in state && state.isPaused === true;
    if (wish === isPausedByVisitor) wish = null;
    else if (wish !== null && isSharing(state)) pause(wish);
    pausing.change({
      isPausedByVisitor: wish ?? isPausedByVisitor,
      ...(next.rules && { rules: next.rules }),
    });
    if (state.phase === 'requested') {
      // Not on a page that the site never shares; another tab, or the next page, may ask.
      if (isNeverShared()) {
        closeDialog();
        return;
      }
      if (banner?.kind !== 'note') show(null);
      ask(id, state.agent, (accept, consent) => answer(id, accept, consent));
      return;
    }
    closeDialog();
    if (isSharing(state)) {
      start(id);
      if (isRecorded(next) && !mark) void loadMark();
      showSharing();
    } else show({ kind: 'offered' });
  }

  /** Without it nobody would know of the recording: then the recording ends. */
  function loadMark(): Promise<void> {
    return import('./recorded-mark.tsx').then(
      (loaded) => {
        mark = loaded;
        mark.dressRecordedMark(overlay.banner.getRootNode() as ShadowRoot);
        showSharing();
      },
      () => void (session && requests.stopRecording(session.id).catch(() => undefined)),
    );
  }

  /** What the visitor begins, where nothing is under way and the site lets the page be shared. */
  function begin(run: () => void): void {
    if (isClosed || session) return;
    if (isNeverShared()) note('pausedByPage');
    else run();
  }

  function isNeverShared(): boolean {
    return cobrowseRuleAt(session?.rules ?? config.cobrowse.rules, location.pathname) === 'never';
  }

  function end(): void {
    if (asked !== null && asked !== offerKey && asked !== codeKey) closeDialog();
    const wasShown = banner !== null && banner.kind !== 'note';
    stopSharing();
    session = null;
    wish = null;
    if (wasShown) note('ended');
  }

  return {
    update,
    offer: () => begin(() => ask(offerKey, null, offer)),
    code: () => begin(showCode),
    close() {
      if (isClosed) return;
      isClosed = true;
      unfollow();
      stopSharing();
      show(null);
      closeDialog();
      overlay.close();
    },
  };
}

const offerKey = 'offer';
const codeKey = 'code';
const ownSelector = '[data-rapport-own]';
