import { h, render } from 'preact';
import type { AgentCard } from '../../shared/model/agent.ts';
import {
  type CobrowseConsent,
  type CobrowseSession,
  isRecorded,
  isSharing,
} from '../../shared/model/cobrowse.ts';
import type { Cobrowse, CobrowseParts } from '../cobrowse-contract.ts';
import { createAssistDoor } from './assist-door.ts';
import { Banner, type BannerState } from './banner.tsx';
import type { Consent } from './consent.ts';
import { createOverlay } from './overlay.ts';
import type { Sharing } from './sharing.ts';
import * as texts from './texts.ts';

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
      isBlocked = blocked;
      running?.sharing?.pause(blocked);
      showSharing();
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
  let dialog: Consent | undefined;
  let banner: BannerState | null = null;
  let isAtBottom = false;
  let viewers: AgentCard[] = [];
  let isConnected = false;
  let lineWords = '';
  let isBlocked = false;
  let running: { sessionId: string; sharing: Sharing | null } | null = null;
  let noteTimer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
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
    import('./sharing.ts').then(
      ({ createSharing }) => {
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
          onAssist: assist.hear,
          onConnected(connected) {
            isConnected = connected;
            if (!connected) assist.lost();
            showSharing();
          },
        });
        started.sharing = sharing;
        sharing.pause(isBlocked);
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

  function stop(sessionId: string): void {
    const wasSharing = running !== null;
    stopSharing();
    over.add(sessionId);
    note(wasSharing ? texts.stopped : null);
    // Repeated by the composition root until the server knows.
    requests.stop(sessionId).catch(() => undefined);
  }

  // ── banner ───────────────────────────────────────────────────────────────────────────────────────────────

  function show(state: BannerState | null): void {
    banner = state;
    clearTimeout(noteTimer);
    overlay.edge.hidden = state?.kind !== 'sharing';
    if (!state) {
      render(null, overlay.banner);
      overlay.hide();
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
      onStop() {
        if (session) stop(session.id);
      },
    };
    render(h(Banner, props), overlay.banner);
    overlay.show();
    if (state.kind === 'note') noteTimer = setTimeout(() => show(null), noteMs);
  }

  function showSharing(): void {
    if (running) show({ kind: 'sharing', viewers, isConnected: isConnected && !isBlocked, line: lineWords });
  }

  function note(text: string | null): void {
    show(text === null ? null : { kind: 'note', text });
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
    if (state.phase === 'requested') {
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

  function end(): void {
    if (asked !== null && asked !== offerKey) closeDialog();
    const wasShown = banner !== null && banner.kind !== 'note';
    stopSharing();
    session = null;
    if (wasShown) note(texts.ended);
  }

  return {
    update,
    offer() {
      if (!isClosed && !session) ask(offerKey, null, offer);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      stopSharing();
      show(null);
      closeDialog();
      overlay.close();
    },
  };
}

const offerKey = 'offer';
const ownSelector = '[data-rapport-own]';
