import type { Kysely } from 'kysely';
import type { Availability, Role } from '../../shared/model/agent.ts';
import type { CobrowseState } from '../../shared/model/cobrowse.ts';
import type { ConversationStatus, EntryKind, Sender } from '../../shared/model/conversation.ts';
import type { WorkspaceKind } from '../../shared/model/workspace.ts';

/**
 * Rows as both databases hold them. Whatever a person typed stands in a JSON column: JSON escapes NUL, which
 * PostgreSQL's `text` refuses, and lone surrogates, which UTF-8 cannot hold. Plain columns hold ids, hashes, numbers
 * and words of ours. JSON is kept as text, because neither database has to look inside.
 */
type Json = string;

export interface MetaTable {
  name: string;
  value: string;
}

export interface SiteTable {
  id: string;
  key: string;
  settings: Json;
  created_at_ms: number;
}

export interface AgentTable {
  id: string;
  email: string;
  /** Name and colour. */
  card: Json;
  password_hash: string;
  /** Id of a picture. */
  avatar: string | null;
  availability: Availability;
}

export interface MembershipTable {
  site_id: string;
  agent_id: string;
  role: Role;
  /** Null: the site's own holds. */
  capacity: number | null;
  /** 0 for never. */
  last_assigned_at_ms: number;
}

export interface AgentSessionTable {
  id: string;
  agent_id: string;
  expires_at_ms: number;
}

/** In `replaced_at_ms`: exchanged, but nobody has used a token made from it yet. */
export const exchangedToken = -1;

export interface AgentTokenTable {
  token_hash: string;
  session_id: string;
  /** When one made from it was used, or {@link exchangedToken}; null while it has not been exchanged. */
  replaced_at_ms: number | null;
}

export interface VisitorTable {
  id: string;
  site_id: string;
  token_hash: string;
  profile: Json;
  first_seen_ms: number;
  last_seen_ms: number;
  /** Null until the site has vouched for the visitor. */
  external_id: Json | null;
  /** Names of the attributes that the site has signed; null for none. */
  signed_names: Json | null;
  merged_into: string | null;
  /** SQLite: row of `customer_words`; null while there is no name and no address. */
  doc_id: number | null;
  /** PostgreSQL: words of name and address. */
  words: string | null;
}

export interface ConversationTable {
  id: string;
  site_id: string;
  visitor_id: string;
  /** The request that started it; a repeat of that request finds it by this. */
  start_client_id: string;
  /** Hash of the first message, empty when it was started without one. */
  start_hash: string;
  created_at_ms: number;
  /** The visitor's `verified`, 0 or 1: views are filtered by it. */
  is_verified: number;
  /** The columns down to `changed_at_ms` follow from `state`; they are here to be searched and sorted by. */
  status: ConversationStatus;
  /** Empty for none, as for the team: null would fall out of the indexes' comparisons. */
  assignee_id: string;
  team_id: string;
  /** `inboxKey`. */
  queue_key: number;
  snoozed_until_ms: number | null;
  first_message_at_ms: number | null;
  first_reply_after_ms: number | null;
  last_seq: number;
  /** Time of the newest entry of any kind. */
  changed_at_ms: number;
  state: Json;
}

export interface EntryTable {
  conversation_id: string;
  seq: number;
  sender_role: Sender['role'];
  /** The sender's id, or `system`. */
  sender_key: string;
  client_id: string;
  kind: EntryKind;
  body_hash: string;
  payload: Json;
  at_ms: number;
  /** The entry that an edit or deletion is about. */
  of_seq: number | null;
  /** SQLite: row of `message_words`, in the order of time; null for what is not searched. */
  doc_id: number | null;
  /** PostgreSQL: words of the message or note as it stands. */
  words: string | null;
}

/** Labels on conversations, as in their states. */
export interface ConversationLabelTable {
  conversation_id: string;
  label_id: string;
}

/** Agents whom notes mention, as in the states. */
export interface ConversationMentionTable {
  conversation_id: string;
  agent_id: string;
}

/** Labels, teams, canned replies and macros. */
export interface SiteItemTable {
  site_id: string;
  kind: WorkspaceKind;
  id: string;
  /** Name or shortcut in lower case: one of a kind. */
  name_key: Json;
  body: Json;
  changed_at_ms: number;
}

export interface IdentityKeyTable {
  site_id: string;
  kid: string;
  secret: string;
  created_at_ms: number;
}

export interface FileTable {
  id: string;
  site_id: string;
  owner: string;
  /** The message or note that has taken it; both null before, and after it was erased. */
  conversation_id: string | null;
  seq: number | null;
  /** 0 or 1. */
  is_internal: number;
  /** 1: its message was taken back, its bytes are to be removed. */
  is_erased: number;
  /** Name, type, size. */
  card: Json;
  created_at_ms: number;
}

export interface VisitorEventTable {
  visitor_id: string;
  client_id: string;
  site_id: string;
  /** Order in which they came. */
  seq: number;
  body: Json;
  at_ms: number;
}

/**
 * SQLite: what the write under way changes in the search. It lives in memory and is moved into the index once per
 * commit, because FTS5 writes out a segment at each savepoint. Words null: take it out.
 */
export interface WordChangeTable {
  target: 'message' | 'customer';
  doc_id: number;
  words: string | null;
}

/** What became of each satisfaction question. It follows from the log, and moves in the same transaction. */
export interface SatisfactionTable {
  conversation_id: string;
  survey_id: string;
  site_id: string;
  visitor_id: string;
  /** Who helped: the agent who wrote last before the question was asked, else the assignee. */
  agent_id: string | null;
  outcome: 'asked' | 'answered' | 'dismissed';
  score: number | null;
  comment: Json | null;
  /** When the outcome came about. */
  at_ms: number;
}

export interface CobrowseTable {
  id: string;
  site_id: string;
  conversation_id: string;
  visitor_id: string;
  phase: CobrowseState['phase'];
  state: Json;
  created_at_ms: number;
}

/** What was shared, as a chain of hashes for each visitor. */
export interface ShareLogTable {
  visitor_id: string;
  seq: number;
  session_id: string;
  at_ms: number;
  event: Json;
  /** SHA-256 over this entry and the hash of the one before. */
  hash: string;
}

export interface CobrowseFactTable {
  session_id: string;
  seq: number;
  fact: Json;
}

/** A recording's file lies in the data folder under its `file`; the row goes when the file is gone. */
export interface RecordingTable {
  session_id: string;
  site_id: string;
  conversation_id: string;
  file: string;
  started_at_ms: number;
  /** Null while it is being written. */
  ended_at_ms: number | null;
  /** Chunks that are safely in the file: one that has fewer was cut. */
  chunks: number;
  bytes: number;
  /** 1: deleted for everybody, the file is about to go. */
  is_deleted: number;
  delete_at_ms: number;
}

export interface CobrowseCodeTable {
  code_hash: string;
  site_id: string;
  visitor_id: string;
  expires_at_ms: number;
}

export interface Tables {
  meta: MetaTable;
  sites: SiteTable;
  agents: AgentTable;
  memberships: MembershipTable;
  agent_sessions: AgentSessionTable;
  agent_tokens: AgentTokenTable;
  visitors: VisitorTable;
  conversations: ConversationTable;
  entries: EntryTable;
  conversation_labels: ConversationLabelTable;
  conversation_mentions: ConversationMentionTable;
  site_items: SiteItemTable;
  identity_keys: IdentityKeyTable;
  files: FileTable;
  visitor_events: VisitorEventTable;
  word_changes: WordChangeTable;
  satisfaction: SatisfactionTable;
  cobrowse_sessions: CobrowseTable;
  cobrowse_facts: CobrowseFactTable;
  share_log: ShareLogTable;
  recordings: RecordingTable;
  cobrowse_codes: CobrowseCodeTable;
}

/** A connection or an open transaction; operations do not care which. */
export type Db = Kysely<Tables>;
