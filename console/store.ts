import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Refusal } from '../shared/errors.ts';
import type { Agent, Role, TeamMember } from '../shared/model/agent.ts';
import type { Site } from '../shared/model/site.ts';
import type { Connection } from './connection.ts';
import { type Conversations, createConversations } from './conversations.ts';
import type { KeptText } from './kept-text.ts';
import { createOutbox, type Outbox } from './outbox.ts';

export interface SiteAccess {
  site: Site;
  role: Role;
}

export interface Store {
  /** `ready` once the session was opened for the first time. */
  phase: ReadonlySignal<'loading' | 'ready' | Refusal>;
  agent: ReadonlySignal<Agent | null>;
  sites: ReadonlySignal<readonly SiteAccess[]>;
  /** The site in view; null until ready, or when the agent has none. */
  current: ReadonlySignal<SiteAccess | null>;
  /** Null until asked for with {@link loadTeam}. */
  team: ReadonlySignal<readonly TeamMember[] | null>;
  conversations: Conversations;
  outbox: Outbox;
  /** The server's clock: expiry times are its. */
  serverNowMs(): number;
  showSite(siteId: string): void;
  loadTeam(): Promise<Refusal | null>;
  takeSite(site: Site): void;
  /** Text that was begun in a conversation and not sent. */
  draft(conversationId: string): string;
  keepDraft(conversationId: string, text: string): void;
  /** A message that was not sent and is to be changed: on its way back to the composer. */
  returned: ReadonlySignal<{ conversationId: string; text: string } | null>;
  returnToDraft(conversationId: string, text: string): void;
  takeReturned(): void;
  close(): void;
}

export interface StoreParts {
  connection: Connection;
  /** Site that was in view last time. */
  preferredSiteId: string | null;
  onSite(siteId: string): void;
  /** Kept for this agent and this tab. */
  kept: KeptText;
}

/** What the console knows, and how it stays true: the session, its sites, and one site's conversations. */
export function createStore({ connection, preferredSiteId, onSite, kept }: StoreParts): Store {
  const phase = signal<'loading' | 'ready' | Refusal>('loading');
  const agent = signal<Agent | null>(null);
  const sites = signal<readonly SiteAccess[]>([]);
  const current = signal<SiteAccess | null>(null);
  const team = signal<readonly TeamMember[] | null>(null);
  const returned = signal<{ conversationId: string; text: string } | null>(null);
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

  const conversations = createConversations({
    connection,
    isKnownEpoch,
    isOnline,
    onEntry(entry) {
      if (entry.sender.role === 'agent' && entry.sender.id === agent.value?.id) outbox.settle(entry.clientId);
    },
  });
  const outbox = createOutbox({ send: (message) => conversations.sendMessage(message), isOnline, kept });

  async function openSession() {
    const opening = ++openings;
    const askedAtMs = Date.now();
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
    batch(() => {
      epoch = reply.epoch;
      agent.value = reply.agent;
      sites.value = reply.sites;
      current.value = access;
      phase.value = 'ready';
    });
    if (access) {
      if (sameLog && before === access.site.id) conversations.resync();
      else enterSite(access);
    }
    outbox.resume();
  }

  function enterSite(access: SiteAccess) {
    batch(() => {
      current.value = access;
      team.value = null;
      conversations.reset(access.site.id);
    });
    onSite(access.site.id);
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
    connection.onFact('presence:changed', ({ siteId, agents }) => {
      if (siteId !== current.value?.site.id) return;
      const present = new Set(agents.map(({ id }) => id));
      team.value = team.value?.map((member) => ({ ...member, online: present.has(member.id) })) ?? null;
    }),
  ];

  return {
    phase,
    agent,
    sites,
    current,
    team,
    conversations,
    outbox,
    serverNowMs: () => Date.now() + clockOffsetMs,
    showSite(siteId) {
      const access = sites.value.find(({ site }) => site.id === siteId);
      if (access && access.site.id !== current.value?.site.id) enterSite(access);
    },
    async loadTeam() {
      const siteId = current.value?.site.id;
      if (siteId === undefined) return null;
      const reply = await connection.request('team:list', { siteId });
      if (!reply.ok) return reply;
      if (siteId === current.value?.site.id) team.value = reply.members;
      return null;
    },
    takeSite,
    draft: (conversationId) => kept.read(`draft ${conversationId}`) ?? '',
    keepDraft: (conversationId, text) => kept.write(`draft ${conversationId}`, text === '' ? null : text),
    returned,
    returnToDraft(conversationId, text) {
      returned.value = { conversationId, text };
    },
    takeReturned() {
      returned.value = null;
    },
    close() {
      openings += 1;
      for (const stop of stops) stop();
      outbox.close();
      conversations.close();
    },
  };
}
