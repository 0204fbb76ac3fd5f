import type { Agent, Availability, Role } from '../../shared/model/agent.ts';
import type { ChatFile } from '../../shared/model/chat-file.ts';
import type { CobrowseSession, CobrowseState } from '../../shared/model/cobrowse.ts';
import type { CobrowseFact } from '../../shared/model/cobrowse-summary.ts';
import type { ConversationState, Entry, EntryKind, EntryPayloads } from '../../shared/model/conversation.ts';
import type { InboxCounts, InboxFilter, InboxView } from '../../shared/model/inbox.ts';
import type { Page, Visit } from '../../shared/model/page.ts';
import type { ShareLogEntry } from '../../shared/model/share-log.ts';
import type { Site, SiteSettings } from '../../shared/model/site.ts';
import type { SatisfactionFacts } from '../../shared/model/survey.ts';
import type { Attributes, Visitor, VisitorChange, VisitorEvent } from '../../shared/model/visitor.ts';
import type { Workspace, WorkspaceItem, WorkspaceKind } from '../../shared/model/workspace.ts';
import type {
  FoundCustomer,
  FoundMessage,
  IdentityKey,
  SatisfactionAnswer,
  VisitorEventSeen,
} from '../../shared/wire.ts';

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
    /**
     * Ids of files for a message or note. They must have been uploaded by `owner` and not belong to another message;
     * the append gives them to the conversation and puts them into the payload. Else `not_found`.
     */
    files?: { ids: string[]; owner: string };
    /**
     * Left out, and missing in what comes back, if an agent has the conversation by then, or if the entry before it in
     * the same append is a repeat.
     */
    ifUntaken?: true;
  };
}[Exclude<EntryKind, 'hidden'>];

export interface Appended {
  entry: Entry;
  /** The conversation after the entry. */
  conversation: ConversationState;
  /** The entry stood already: nothing was written and nothing is to be published. */
  repeated: boolean;
}

export interface StoredAgent extends Agent {
  passwordHash: string;
  availability: Availability;
}

export interface InboxPage {
  rows: Array<{ conversation: ConversationState; visitor: StoredVisitor }>;
  /** Where the next page starts; null at the end. */
  cursor: { key: number; id: string } | null;
}

/** A file as stored: what it is and whose. Its bytes lie in the file shelf under `id`. */
export interface StoredFile extends ChatFile {
  siteId: string;
  /** Who uploaded it: the hash of a visitor's token, or an agent's id. */
  owner: string;
  /** Null until a message or note has taken it. */
  conversationId: string | null;
  /** It belongs to a note: visitors never get it. */
  isInternal: boolean;
  createdAtMs: number;
}

/** What is known of a recording; the recording itself is a file. */
export interface StoredRecording {
  sessionId: string;
  siteId: string;
  conversationId: string;
  /** Its name in the folder of recordings. */
  file: string;
  startedAtMs: number;
  /** Null while it is written. */
  endedAtMs: number | null;
  /** So many chunks and bytes are in the file at least. */
  chunks: number;
  bytes: number;
  deleteAtMs: number;
}

/** An agent who may get new conversations, and how many open ones it has. */
export interface AgentLoad {
  agentId: string;
  /** Open conversations assigned to the agent. */
  open: number;
  /** The agent's own; null: the site's holds. */
  capacity: number | null;
  /** When a conversation was assigned to the agent last; 0 for never. */
  lastAssignedAtMs: number;
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
  /** Changes the agent's own card. Entries show the new name from then on. */
  updateAgent(args: { agentId: string; name?: string; avatar?: string | null }): Promise<Agent>;
  setAvailability(args: { agentId: string; availability: Availability }): Promise<void>;
  /** `not_found` when the agent does not belong to the site. */
  setCapacity(args: { siteId: string; agentId: string; capacity: number | null }): Promise<void>;
  /** Adds or changes the role of an agent on a site. */
  setRole(args: { siteId: string; agentId: string; role: Role }): Promise<void>;
  sitesOfAgent(args: { agentId: string }): Promise<Array<{ site: Site; role: Role }>>;
  team(args: {
    siteId: string;
  }): Promise<Array<{ agent: Agent; role: Role; capacity: number | null; availability: Availability }>>;
  /** All agents of a site. */
  agentLoads(args: { siteId: string }): Promise<AgentLoad[]>;

  workspace(args: { siteId: string }): Promise<Workspace>;
  /** Adds or replaces by id. `already_exists` when another item of the kind has the name or shortcut (case aside). */
  saveItem(args: { siteId: string; item: WorkspaceItem; nowMs: number }): Promise<Workspace>;
  /** Removing one that is not there changes nothing. Conversations keep the id of a removed label or team. */
  removeItem(args: { siteId: string; kind: WorkspaceKind; id: string }): Promise<Workspace>;

  /** Keys that sign identities, oldest first. */
  identityKeys(args: { siteId: string }): Promise<Array<IdentityKey & { secret: string }>>;
  /** `wrong_phase` when two keys live already. */
  addIdentityKey(args: { siteId: string; kid: string; secret: string; nowMs: number }): Promise<IdentityKey>;
  removeIdentityKey(args: { siteId: string; kid: string }): Promise<IdentityKey[]>;
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
   * Unsigned facts. They never change `externalId` or `verified`, and of a verified visitor not the name, the address and
   * the attributes that the site has signed.
   */
  changeVisitor(args: {
    siteId: string;
    visitorId: string;
    change: VisitorChange;
    nowMs: number;
  }): Promise<StoredVisitor>;
  /**
   * The host has vouched for who holds this token: makes the record at the first call. Name, address and attributes
   * that are given replace the old ones. A record that belongs to another external id is not touched: `forbidden`.
   */
  identifyVisitor(args: {
    siteId: string;
    tokenHash: string;
    /** Used if there is no record yet. */
    visitorId: string;
    externalId: string;
    name: string | null;
    email: string | null;
    attributes: Attributes;
    visit: Visit;
    browser: string;
    nowMs: number;
  }): Promise<StoredVisitor>;
  /** All records with this signed id, newest first. */
  visitorsByExternalId(args: { siteId: string; externalId: string }): Promise<StoredVisitor[]>;
  /** Others that are the same person: merged with it (either way, over any number of steps) or with its signed id. */
  samePerson(args: { siteId: string; visitorId: string }): Promise<StoredVisitor[]>;
  /**
   * `wrong_phase` when `visitorId` is merged already, or `intoId` is (or ends up) merged into `visitorId`.
   * `intoId` null takes the merge back.
   */
  mergeVisitor(args: { siteId: string; visitorId: string; intoId: string | null }): Promise<StoredVisitor>;
  /** Keeps the newest `maxEventsPerVisitor`; an event with a known client id is not kept twice. */
  addEvents(args: {
    siteId: string;
    visitorId: string;
    events: VisitorEvent[];
    nowMs: number;
  }): Promise<void>;
  /** Newest first. */
  events(args: { siteId: string; visitorId: string }): Promise<VisitorEventSeen[]>;

  /**
   * The visitor (made at the first call, by token hash), a conversation and, with `text`, its first message, all or
   * nothing. Repeats with the same `clientId` return what the first call made; with another text they throw
   * `client_id_reused`.
   */
  startConversation(args: {
    siteId: string;
    /** Null: an agent writes to the known visitor `visitorId`, else `not_found`; its visit and browser stay as they are. */
    tokenHash: string | null;
    /** Used if there is no such visitor or conversation yet. */
    visitorId: string;
    conversationId: string;
    visit: Visit;
    browser: string;
    clientId: string;
    /** Null starts a conversation without a message (an offer to co-browse). */
    text: string | null;
    /** Ids of files that were uploaded with this token. */
    fileIds?: string[];
    /** Stands before the message. Name and address in `change` become the visitor's. */
    form?: { payload: EntryPayloads['form']; change: VisitorChange };
    /** Set: an agent writes first, and the message is the agent's. */
    agentId?: string;
    nowMs: number;
  }): Promise<{
    visitor: StoredVisitor;
    conversation: ConversationState;
    entry: Entry | null;
    repeated: boolean;
  }>;
  conversation(args: { conversationId: string }): Promise<ConversationState | null>;
  /** Of all these visitors together, newest first. */
  conversationsOfVisitors(args: { siteId: string; visitorIds: string[] }): Promise<ConversationState[]>;
  /** A page of a view, in the order of `inboxKey` over all these sites. */
  inbox(args: {
    siteIds: string[];
    view: InboxView;
    agentId: string;
    filter: InboxFilter;
    before: { key: number; id: string } | null;
    limit: number;
  }): Promise<InboxPage>;
  /** Each up to `maxInboxCount`. */
  inboxCounts(args: { siteIds: string[]; agentId: string; filter: InboxFilter }): Promise<InboxCounts>;
  inboxRow(args: { conversationId: string }): Promise<InboxPage['rows'][number] | null>;
  /** Unassigned open conversations of a site whose visitor waits, the longest wait first, at most 1,000. */
  queue(args: {
    siteId: string;
  }): Promise<Array<{ conversationId: string; visitorId: string; teamId: string | null }>>;
  /** Snoozed conversations whose time has come, and when the next one's comes. */
  snoozesDue(args: { nowMs: number }): Promise<{ conversationIds: string[]; nextAtMs: number | null }>;
  /** Times from first message to first reply of conversations since then, at most the newest 500. */
  firstReplies(args: { siteId: string; sinceMs: number }): Promise<number[]>;
  /**
   * Messages, notes and customers that hold all words of the text, the last word as a beginning; case and accents aside.
   * Newest first, 20 messages a page; at most 10 customers, on the first page.
   */
  search(args: { siteIds: string[]; text: string; beforeMs: number | null }): Promise<{
    messages: FoundMessage[];
    customers: Array<Omit<FoundCustomer, 'visitor'> & { visitor: StoredVisitor }>;
    hasMore: boolean;
  }>;

  /** Those of these pictures that no agent shows. */
  unusedAvatars(args: { ids: string[] }): Promise<string[]>;

  addFile(args: { file: StoredFile }): Promise<void>;
  file(args: { fileId: string }): Promise<StoredFile | null>;
  /** Takes away files that no message has taken since before `beforeMs`, and those of deleted messages; returns their ids. */
  dropFiles(args: { beforeMs: number; limit: number }): Promise<string[]>;

  /**
   * Appends all entries in this order, all or nothing. An `edit` or `deletion` must name a message (or note) of the same
   * sender: else `not_found`. A deletion erases text and files from the entry it names, from its edits and from the
   * search.
   * The state of the conversation moves by `applyEntry`.
   */
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
  /** Beyond `maxCobrowseFacts`, or of a session that is not there, it changes nothing. */
  addCobrowseFact(args: { sessionId: string; fact: CobrowseFact }): Promise<void>;
  /** In the order in which they were noted. */
  cobrowseFacts(args: { sessionId: string }): Promise<CobrowseFact[]>;

  /** A session has one recording; a repeat changes nothing. */
  createRecording(args: { recording: StoredRecording }): Promise<void>;
  /** Null for one that is deleted, too. */
  recording(args: { sessionId: string }): Promise<StoredRecording | null>;
  /** So much of it is safely in its file; `endedAtMs` when no more will come. One that has ended stays as it is. */
  advanceRecording(args: {
    sessionId: string;
    chunks: number;
    bytes: number;
    endedAtMs: number | null;
  }): Promise<void>;
  /** How long the site keeps its recordings, those that there are included. */
  keepRecordings(args: { siteId: string; keepMs: number }): Promise<void>;
  /** Nobody can read it from then on; its file is still there. False when there was none to delete. */
  deleteRecording(args: { sessionId: string }): Promise<boolean>;
  /** Forgets a deleted one: its file is gone. */
  dropRecording(args: { sessionId: string }): Promise<void>;
  /** Those that are deleted, and those whose time is over. */
  recordingsDue(args: {
    nowMs: number;
    limit: number;
  }): Promise<Array<StoredRecording & { isDeleted: boolean }>>;
  /**
   * The visitor's record of what was shared, up to `shareLogPage` entries after this one. It is written with the session's
   * states and facts, in their transactions, and goes with the visitor's record.
   */
  shareLog(args: { siteId: string; visitorId: string; afterSeq: number }): Promise<ShareLogEntry[]>;

  /** The visitor's only code from now on. `already_exists` when another visitor has the same one. */
  saveCobrowseCode(args: {
    codeHash: string;
    siteId: string;
    visitorId: string;
    expiresAtMs: number;
    nowMs: number;
  }): Promise<void>;
  /** Uses the code up: of several who take it at once one gets it. Null: there is none on these sites. */
  takeCobrowseCode(args: {
    codeHash: string;
    siteIds: string[];
    nowMs: number;
  }): Promise<{ siteId: string; visitorId: string } | null>;

  /** Resolves when a trivial query has run: for health checks. */
  ping(): Promise<void>;
  /** Waits for what is under way. May be called twice. */
  close(): Promise<void>;
}
