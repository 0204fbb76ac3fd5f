import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Refusal } from '../shared/errors.ts';
import type { Agent, Availability, Role, TeamMember } from '../shared/model/agent.ts';
import type { Entry } from '../shared/model/conversation.ts';
import type { Site } from '../shared/model/site.ts';
import type { Workspace } from '../shared/model/workspace.ts';
import type { InboxRow } from '../shared/wire.ts';
import type { Connection } from './connection.ts';
import { type ConversationActions, createConversationActions } from './conversation-actions.ts';
import { type Conversations, createConversations } from './conversations.ts';
import type { KeptText } from './kept-text.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createSiteFacts } from './site-facts.ts';

export interface SiteAccess {
  site: Site;
  role: Role;
}

export interface Store {
  /** `ready` once the session was opened for the first time. */
  phase: ReadonlySignal<'loading' | 'ready' | Refusal>;
  agent: ReadonlySignal<Agent | null>;
  /** What the agent says of itself: the server keeps it, so it outlives a reload. */
  availability: ReadonlySignal<Availability>;
  setAvailability(availability: Availability): Promise<Refusal | null>;
  sites: ReadonlySignal<readonly SiteAccess[]>;
  /** The site in view; null until ready, or when the agent has none. */
  current: ReadonlySignal<SiteAccess | null>;
  /** Team of the site in view; null until fetched. */
  team: ReadonlySignal<readonly TeamMember[] | null>;
  /** Members of a site with their presence; null until fetched, which the first call does. */
  teamOf(siteId: string): ReadonlySignal<readonly TeamMember[] | null>;
  /** Labels, teams, canned replies and macros of a site; null until fetched, which the first call does. */
  workspaceOf(siteId: string): ReadonlySignal<Workspace | null>;
  /** Takes in the workspace of a reply. */
  takeWorkspace(siteId: string, workspace: Workspace): void;
  conversations: Conversations;
  actions: ConversationActions;
  outbox: Outbox;
  /** The server's clock: expiry times are its. */
  serverNowMs(): number;
  showSite(siteId: string): void;
  /** Fetches a site's team again; of the site in view unless told. */
  loadTeam(siteId?: string): Promise<Refusal | null>;
  loadWorkspace(siteId?: string): Promise<Refusal | null>;
  takeSite(site: Site): void;
  takeAgent(agent: Agent): void;
  /** Calls `listener` for each entry that this console has not known before, until the returned function is called. */
  onEntry(listener: (entry: Entry, row: InboxRow | null) => void): () => void;
  /** The same for conversations that have just begun; their first entries are not told one by one. */
  onConversation(listener: (row: InboxRow) => void): () => void;
  /** Text that was begun in a conversation and not sent. */
  draft(conversationId: string): string;
  keepDraft(conversationId: string, text: string): void;
  close(): void;
}

export interface StoreParts {
  connection: Connection;
  /** Site that was in view last time. */
  preferredSiteId: string | null;
  onSite(siteId: string): void;
  /** An answer has made a conversation the agent's that nobody had. */
  onTaken(conversationId: string): void;
  /** Kept for this agent and this tab. */
  kept: KeptText;
}

/** What the console knows, and how it stays true: the session, its sites, and their conversations. */
export function createStore({ connection, preferredSiteId, onSite, onTaken, kept }: StoreParts): Store {
  const phase = signal<'loading' | 'ready' | Refusal>('loading');
  const agent = signal<Agent | null>(null);
  const availability = signal<Availability>('online');
  const sites = signal<readonly SiteAccess[]>([]);
  const current = signal<SiteAccess | null>(null);
  const entryListeners = new Set<(entry: Entry, row: InboxRow | null) => void>();
  const conversationListeners = new Set<(row: InboxRow) => void>();
  let epoch: string | null = null;
  let clockOffsetMs = 0;
  let openings = 0;

  function isKnownEpoch(told: string): boolean {
    if (epoch === null || told === epoch) return true;
    // A restored backup: numbers of the old log mean nothing in the new one.
    epoch = null;
    void openSession();
    return false;
  }
  const isOnline = () => connection.link.value === 'online';
  const ownId = () => agent.peek()?.id ?? '';

  const conversations = createConversations({
    connection,
    isKnownEpoch,
    isOnline,
    agentId: ownId,
    onEntry(entry, row) {
      if (entry.sender.role === 'agent' && entry.sender.id === ownId()) outbox.settle(entry.clientId);
      for (const listener of entryListeners) listener(entry, row);
    },
    onConversation(row) {
      for (const listener of conversationListeners) listener(row);
    },
  });
  const actions = createConversationActions({
    connection,
    conversations,
    allSent: (conversationId) => outbox.allSent(conversationId),
    onTaken,
  });
  const outbox = createOutbox({ send: (message) => actions.sendMessage(message), isOnline, kept });
  const siteFacts = createSiteFacts({
    connection,
    onRoster(_, roster) {
      // Another tab of this agent may have changed it.
      const told = roster.get(ownId());
      if (told && settingAvailability === 0) availability.value = told;
    },
  });
  let settingAvailability = 0;
  /** How often it was set here. */
  let availabilityChoices = 0;
  const team = computed(() => (current.value ? siteFacts.team(current.value.site.id).value : null));

  async function openSession() {
    const opening = ++openings;
    const askedAtMs = Date.now();
    const choicesBefore = availabilityChoices;
    const reply = await connection.request('session:open', {});
    if (opening !== openings) return;
    if (!reply.ok) {
      if (phase.value !== 'ready') phase.value = reply;
      return;
    }
    // The server read its clock about half a round trip ago. Whole, as every time on the wire is.
    clockOffsetMs = Math.round(reply.nowMs - (askedAtMs + Date.now()) / 2);
    const sameLog = epoch === reply.epoch;
    const before = current.value?.site.id;
    const wanted = before ?? preferredSiteId;
    const access = reply.sites.find(({ site }) => site.id === wanted) ?? reply.sites[0] ?? null;
    const siteIds = reply.sites.map(({ site }) => site.id);
    batch(() => {
      epoch = reply.epoch;
      agent.value = reply.agent;
      // What was chosen while the reply was under way is newer.
      if (choicesBefore === availabilityChoices) availability.value = reply.availability;
      sites.value = reply.sites;
      current.value = access;
      if (sameLog) conversations.resync(siteIds);
      else conversations.reset(siteIds);
      phase.value = 'ready';
    });
    if (access && access.site.id !== before) onSite(access.site.id);
    siteFacts.resync();
    outbox.resume();
  }

  function takeSite(site: Site) {
    batch(() => {
      sites.value = sites.value.map((access) => (access.site.id === site.id ? { ...access, site } : access));
      if (current.value?.site.id === site.id) current.value = { ...current.value, site };
    });
  }

  const stops = [
    connection.onConnect(() => void openSession()),
    connection.onFact('site:changed', ({ site }) => takeSite(site)),
  ];

  return {
    phase,
    agent,
    availability,
    async setAvailability(next) {
      const before = availability.value;
      availability.value = next;
      settingAvailability += 1;
      availabilityChoices += 1;
      const reply = await connection.request('agent:setAvailability', { availability: next });
      settingAvailability -= 1;
      if (reply.ok) return null;
      if (availability.value === next) availability.value = before;
      return reply;
    },
    sites,
    current,
    team,
    teamOf: siteFacts.team,
    workspaceOf: siteFacts.workspace,
    takeWorkspace: siteFacts.takeWorkspace,
    conversations,
    actions,
    outbox,
    serverNowMs: () => Date.now() + clockOffsetMs,
    showSite(siteId) {
      const access = sites.value.find(({ site }) => site.id === siteId);
      if (!access || access.site.id === current.value?.site.id) return;
      current.value = access;
      onSite(siteId);
    },
    async loadTeam(siteId = current.value?.site.id) {
      return siteId === undefined ? null : siteFacts.loadTeam(siteId);
    },
    async loadWorkspace(siteId = current.value?.site.id) {
      return siteId === undefined ? null : siteFacts.loadWorkspace(siteId);
    },
    takeSite,
    takeAgent(next) {
      agent.value = next;
    },
    onEntry(listener) {
      entryListeners.add(listener);
      return () => entryListeners.delete(listener);
    },
    onConversation(listener) {
      conversationListeners.add(listener);
      return () => conversationListeners.delete(listener);
    },
    draft: (conversationId) => kept.read(`draft ${conversationId}`) ?? '',
    keepDraft: (conversationId, text) => kept.write(`draft ${conversationId}`, text === '' ? null : text),
    close() {
      openings += 1;
      for (const stop of stops) stop();
      outbox.close();
      siteFacts.close();
      conversations.close();
    },
  };
}
