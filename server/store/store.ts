import type { Agent, Role } from '../../shared/model/agent.ts';
import type { CobrowseSession, CobrowseState } from '../../shared/model/cobrowse.ts';
import type { ConversationState, Entry, EntryKind, EntryPayloads } from '../../shared/model/conversation.ts';
import type { Page, Visit } from '../../shared/model/page.ts';
import type { Site, SiteSettings } from '../../shared/model/site.ts';
import type { SatisfactionFacts } from '../../shared/model/survey.ts';
import type { Visitor } from '../../shared/model/visitor.ts';
import type { SatisfactionAnswer } from '../../shared/wire.ts';

/** A visitor as stored; whether one is online is known to the realtime part only. */
export type StoredVisitor = Omit<Visitor, 'online'>;

/** Who appends. Names are joined when entries are read. */
export type StoredSender = { role: 'visitor' | 'agent'; id: string } | { role: 'system' };

/** A new line for a log. The pair of kind and payload is kept together by the union. */
export type NewEntry = {
  [K in EntryKind]: {
    conversationId: string;
    kind: K;
    /** Unique per conversation and sender, for ever: a repeat returns the first entry. */
    clientId: string;
    sender: StoredSender;
    payload: EntryPayloads[K];
    atMs: number;
  };
}[EntryKind];

export interface Appended {
  entry: Entry;
  /** The conversation after the entry. */
  conversation: ConversationState;
  /** The entry stood already: nothing was written and nothing is to be published. */
  repeated: boolean;
}

export interface StoredAgent extends Agent {
  passwordHash: string;
}

export interface InboxPage {
  rows: Array<{ conversation: ConversationState; visitor: StoredVisitor }>;
  /** Where the next page starts; null at the end. */
  cursor: { atMs: number; id: string } | null;
  /** Of the whole site, each up to `maxInboxCount`. */
  counts: { open: number; resolved: number };
}

/**
 * Everything Rapport keeps. Arguments and results are plain data (structured-clone), so that a store may live in a
 * worker thread. Every method is one transaction that is on disk when its promise resolves. Methods that take a
 * `siteId` never touch or return another site's rows. Failures throw `RapportError` (`not_found`,
 * `client_id_reused`, `already_exists`, `wrong_phase`), or `unavailable` when the database cannot be reached.
 */
export interface Store {
  /** Id of this log's history; a restored backup gets a new one. */
  epoch(): Promise<string>;
  /** A named secret made at the first call and kept: signing keys. 32 random bytes, base64url. */
  secret(args: { name: string }): Promise<string>;

  createSite(args: { site: Site }): Promise<void>;
  listSites(): Promise<Site[]>;
  siteByKey(args: { key: string }): Promise<Site | null>;
  updateSite(args: { siteId: string; settings: SiteSettings }): Promise<Site>;

  /** `already_exists` when the e-mail address is taken. */
  createAgent(args: { agent: StoredAgent }): Promise<void>;
  agentByEmail(args: { email: string }): Promise<StoredAgent | null>;
  agentById(args: { agentId: string }): Promise<StoredAgent | null>;
  setPassword(args: { agentId: string; passwordHash: string }): Promise<void>;
  /** Adds or changes the role of an agent on a site. */
  setRole(args: { siteId: string; agentId: string; role: Role }): Promise<void>;
  sitesOfAgent(args: { agentId: string }): Promise<Array<{ site: Site; role: Role }>>;
  team(args: { siteId: string }): Promise<Array<{ agent: Agent; role: Role }>>;
  /** Sign-ins that can be renewed; only the hash of the cookie is kept. */
  createAgentSession(args: {
    id: string;
    agentId: string;
    tokenHash: string;
    expiresAtMs: number;
  }): Promise<void>;
  /** The agent whose sign-in this is; null when it is over. */
  agentOfSession(args: { sessionId: string; agentId: string }): Promise<Agent | null>;
  /**
   * Exchanges a renewal token for a new one, in one step; null when it is unknown or expired. The old token counts
   * until one made from it is used, because the reply may be lost, and 30 s longer (two tabs renew at once).
   */
  rotateAgentSession(args: {
    tokenHash: string;
    nextTokenHash: string;
    nowMs: number;
    expiresAtMs: number;
  }): Promise<{ id: string; agentId: string } | null>;
  endAgentSession(args: { tokenHash: string }): Promise<{ id: string } | null>;
  /** Signs an agent out everywhere; used when the password changes. */
  endAgentSessions(args: { agentId: string; exceptId: string | null }): Promise<void>;

  visitorByTokenHash(args: { siteId: string; tokenHash: string }): Promise<StoredVisitor | null>;
  visitorById(args: { siteId: string; visitorId: string }): Promise<StoredVisitor | null>;
  /** Changes the page a visitor was last seen on. */
  updateVisit(args: { siteId: string; visitorId: string; page: Page; nowMs: number }): Promise<StoredVisitor>;

  /**
   * The visitor (made at the first call, by token hash), a conversation and, with `text`, its first message, all or
   * nothing. Repeats with the same `clientId` return what the first call made; with another text they throw
   * `client_id_reused`.
   */
  startConversation(args: {
    siteId: string;
    tokenHash: string;
    /** Used if there is no such visitor or conversation yet. */
    visitorId: string;
    conversationId: string;
    visit: Visit;
    browser: string;
    clientId: string;
    text: string | null;
    nowMs: number;
  }): Promise<{
    visitor: StoredVisitor;
    conversation: ConversationState;
    entry: Entry | null;
    repeated: boolean;
  }>;
  conversation(args: { conversationId: string }): Promise<ConversationState | null>;
  /** Newest first. */
  conversationsOfVisitor(args: { siteId: string; visitorId: string }): Promise<ConversationState[]>;
  inbox(args: {
    siteId: string;
    status: 'open' | 'resolved';
    before: { atMs: number; id: string } | null;
    limit: number;
  }): Promise<InboxPage>;
  inboxRow(args: { conversationId: string }): Promise<InboxPage['rows'][number] | null>;
  /** Appends all entries in this order, all or nothing. The state of the conversation moves by `applyEntry`. */
  append(args: { entries: NewEntry[] }): Promise<Appended[]>;
  /** Entries after `afterSeq`, oldest first, at most `limit`. */
  entries(args: {
    conversationId: string;
    afterSeq: number;
    limit: number;
  }): Promise<{ entries: Entry[]; lastSeq: number }>;
  /** Heads of the site's conversations that changed since `sinceMs`. */
  heads(args: {
    siteId: string;
    sinceMs: number;
  }): Promise<Array<{ conversationId: string; lastSeq: number }>>;

  satisfactionFacts(args: { conversationId: string }): Promise<SatisfactionFacts>;
  satisfactionResults(args: { siteId: string; fromMs: number }): Promise<{
    distribution: [number, number, number, number, number];
    asked: number;
    dismissed: number;
    /** The newest 100. */
    answers: SatisfactionAnswer[];
  }>;

  /** `already_exists` when the visitor has a session that is not over. */
  createCobrowse(args: { session: CobrowseSession; nowMs: number }): Promise<void>;
  cobrowse(args: { sessionId: string }): Promise<CobrowseSession | null>;
  /** Replaces the state if it still is in phase `from`; else throws `wrong_phase`. */
  setCobrowseState(args: {
    sessionId: string;
    from: CobrowseState['phase'];
    state: CobrowseState;
  }): Promise<void>;
  /** The visitor's session that is not over. */
  openCobrowse(args: { visitorId: string }): Promise<CobrowseSession | null>;
  /** All sessions that are not over: looked at when the server starts. */
  openCobrowses(): Promise<CobrowseSession[]>;

  /** Resolves when a trivial query has run: for health checks. */
  ping(): Promise<void>;
  /** Waits for what is under way. May be called twice. */
  close(): Promise<void>;
}
