import type { Kysely } from 'kysely';
import type { Role } from '../../shared/model/agent.ts';
import type { CobrowseState } from '../../shared/model/cobrowse.ts';
import type { ConversationStatus, EntryKind, Sender } from '../../shared/model/conversation.ts';

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
}

export interface MembershipTable {
  site_id: string;
  agent_id: string;
  role: Role;
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
  /** The columns down to `changed_at_ms` follow from `state`; they are here to be searched and sorted by. */
  status: ConversationStatus;
  last_seq: number;
  last_activity_ms: number;
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
  satisfaction: SatisfactionTable;
  cobrowse_sessions: CobrowseTable;
}

/** A connection or an open transaction; operations do not care which. */
export type Db = Kysely<Tables>;
