import type { CobrowseConsent, CobrowseSession } from '../shared/model/cobrowse.ts';
import type { PauseReason } from '../shared/model/cobrowse-rules.ts';
import type { Page } from '../shared/model/page.ts';
import type { SiteConfig } from '../shared/model/site.ts';
import type { RapportEvents } from './rapport.d.ts';

/**
 * What the composition root and the co-browsing part (`cobrowse/cobrowse.ts`, a chunk of its own) agree on.
 * Colours are there as custom properties on the host, see `shell/tokens.ts`.
 */
export interface CobrowseParts {
  /** Origin that serves Rapport, e.g. `https://help.example`. */
  origin: string;
  siteKey: string;
  /** The visitor's token as it stands now: another tab may replace it. */
  token(): string;
  /** The signed identity, fresh; null where the page gives none. */
  identity(): Promise<string | null> | null;
  /** Names this browser tab, over page loads too. */
  tab: string;
  config: SiteConfig;
  /** The widget's host element: never recorded. */
  host: HTMLElement;
  /** Dialog and banner are drawn in here, in a container element of their own. */
  root: ShadowRoot;
  requests: CobrowseRequests;
  page: PageSource;
  /** Nothing is sent from now on, and why; null: the sharing goes on. */
  onPaused(reason: PauseReason | null): void;
  /** The visitor's page should be visible while it is shared. */
  closePanel(): void;
  /** Tells the host's page. */
  tell<E extends keyof RapportEvents>(name: E, detail: RapportEvents[E]): void;
}

/** Each rejects with a `RapportError` when the server refused or could not be reached. */
export interface CobrowseRequests {
  offer(consent: CobrowseConsent): Promise<CobrowseSession>;
  answer(sessionId: string, accept: boolean, consent: CobrowseConsent): Promise<CobrowseSession>;
  /** The page stays shared. */
  stopRecording(sessionId: string): Promise<CobrowseSession>;
  /** A code to read out on the telephone. */
  code(): Promise<{ code: string; expiresAtMs: number }>;
  pause(sessionId: string, paused: boolean): Promise<CobrowseSession>;
  /** Takes effect at once in this browser; repeated until the server knows, over page loads too. */
  stop(sessionId: string): Promise<CobrowseSession>;
}

/** The host page's address and title, as they may be shown to agents. */
export interface PageSource {
  current(): Page;
  onChange(listener: () => void): () => void;
}

export interface Cobrowse {
  /** The session that is not over, as last told by the server; null when there is none. */
  update(session: CobrowseSession | null): void;
  /** Asks the visitor for consent and then offers to share. */
  offer(): void;
  /** Shows a code to read out on the telephone. */
  code(): void;
  close(): void;
}

export type CreateCobrowse = (parts: CobrowseParts) => Cobrowse;
