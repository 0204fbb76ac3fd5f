import { RapportError } from '../../shared/errors.ts';
import { maxLiveVisitors } from '../../shared/limits.ts';
import type { Page, Visit } from '../../shared/model/page.ts';
import type { Site } from '../../shared/model/site.ts';
import type { LiveVisitor } from '../../shared/model/visitor.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { StoredVisitor } from '../store/store.ts';
import type { AgentCaller, VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import { randomId } from './identifier.ts';
import type { Membership } from './membership.ts';
import { leaveGraceMs } from './presence.ts';
import type { Publisher } from './publisher.ts';
import { createRoster } from './roster.ts';
import type { SiteDirectory } from './site-directory.ts';

/** A visitor on the site: all tabs that hold one token. */
interface Stay {
  live: Omit<LiveVisitor, 'tabs'>;
  tokenHash: string;
  visit: Visit;
  connections: Set<string>;
  /** Agents have been told of it. */
  isTold: boolean;
}

export type LiveVisitors = ReturnType<typeof createLiveVisitors>;

/**
 * Who is on the sites of this node now. It lives in memory and as long as the connections. Agents hear of it only for
 * sites that want it so, one by one up to a bound; they never learn the token, only an id that is made for the stay.
 */
export function createLiveVisitors(parts: {
  directory: Pick<SiteDirectory, 'byId'>;
  membership: Pick<Membership, 'requireMember'>;
  publisher: Pick<Publisher, 'toSite'>;
  readVisitor(visitor: { siteId: string; visitorId: string }): Promise<StoredVisitor | null>;
  clock: Clock;
  onFailure(error: unknown): void;
  /** How many are told one by one. */
  maxTold?: number;
}) {
  const { publisher, clock, maxTold = maxLiveVisitors } = parts;
  /** Stays of a site by token, and how many of them agents have been told of. */
  const sites = new Map<string, { here: Map<string, Stay>; told: number }>();
  const stayOf = new Map<string, Stay>();
  const connected = new Set<string>();

  const seen = ({ live, connections }: Stay): LiveVisitor => ({
    ...live,
    tabs: Math.max(1, connections.size),
  });

  const isOn = async (siteId: string): Promise<boolean> =>
    (await parts.directory.byId(siteId))?.settings.liveVisitors ?? false;

  const siteOf = (siteId: string) => {
    const site = sites.get(siteId) ?? { here: new Map<string, Stay>(), told: 0 };
    sites.set(siteId, site);
    return site;
  };
  const find = (siteId: string, tokenHash: string) => sites.get(siteId)?.here.get(tokenHash);
  const key = ({ live, tokenHash }: Stay) => `${live.siteId} ${tokenHash}`;

  /** Tells of one who is told already, or for whom there is room. */
  const tell = (stay: Stay) => {
    const { siteId } = stay.live;
    const site = siteOf(siteId);
    if (!stay.isTold) {
      if (site.told >= maxTold) return;
      stay.isTold = true;
      site.told += 1;
    }
    publisher.toSite(siteId, 'live:changed', { visitor: seen(stay) });
  };

  /** Takes back what agents were told. */
  const untell = (stay: Stay) => {
    if (!stay.isTold) return;
    const { siteId, id } = stay.live;
    stay.isTold = false;
    siteOf(siteId).told -= 1;
    publisher.toSite(siteId, 'live:left', { siteId, id });
  };

  const roster = createRoster({
    clock,
    graceMs: leaveGraceMs,
    onChange(stayKey, isThere) {
      if (isThere) return;
      const [siteId = '', tokenHash = ''] = stayKey.split(' ');
      const site = siteOf(siteId);
      const stay = site.here.get(tokenHash);
      if (!stay) return;
      site.here.delete(tokenHash);
      const isRoomMade = stay.isTold;
      untell(stay);
      if (site.here.size === 0) sites.delete(siteId);
      const next = isRoomMade ? [...site.here.values()].find(({ isTold }) => !isTold) : undefined;
      if (next) tell(next);
    },
  });

  const nameOf = async (siteId: string, visitorId: string | null) => {
    const visitor = visitorId === null ? null : await parts.readVisitor({ siteId, visitorId });
    return { visitorId, name: visitor?.name ?? null, verified: visitor?.verified ?? false };
  };

  const showPage = (stay: Stay, page: Page) => {
    const isSame = stay.live.page.url === page.url;
    stay.visit = { ...stay.visit, page };
    stay.live = { ...stay.live, page, pageSinceMs: isSame ? stay.live.pageSinceMs : clock.nowMs() };
  };

  return {
    connect(connection: string): void {
      connected.add(connection);
    },
    disconnect(connection: string): void {
      connected.delete(connection);
      const stay = stayOf.get(connection);
      if (!stay) return;
      stayOf.delete(connection);
      stay.connections.delete(connection);
      roster.remove(key(stay), connection);
      if (stay.isTold && stay.connections.size > 0) tell(stay);
    },

    /** A page has said what it is. Over HTTP nobody stays. */
    async open(
      { siteId, tokenHash, visitorId, browser, connection }: VisitorCaller,
      visit: Visit,
    ): Promise<void> {
      const isShown = await isOn(siteId);
      // Where nobody sees it the name is not looked up: it comes with the record's next change.
      const who = isShown ? await nameOf(siteId, visitorId) : { visitorId };
      if (connection === undefined || !connected.has(connection)) return;
      const nowMs = clock.nowMs();
      const stay: Stay = find(siteId, tokenHash) ?? {
        live: {
          id: randomId('live'),
          siteId,
          visitorId,
          name: null,
          verified: false,
          page: visit.page,
          referrer: visit.referrer,
          browser,
          language: visit.language,
          sinceMs: nowMs,
          pageSinceMs: nowMs,
        },
        tokenHash,
        visit,
        connections: new Set(),
        isTold: false,
      };
      stay.live = { ...stay.live, ...who };
      showPage(stay, visit.page);
      stay.connections.add(connection);
      siteOf(siteId).here.set(tokenHash, stay);
      stayOf.set(connection, stay);
      roster.add(key(stay), connection);
      if (isShown) tell(stay);
    },

    async changePage({ siteId, tokenHash }: VisitorCaller, page: Page): Promise<void> {
      const stay = find(siteId, tokenHash);
      if (!stay) return;
      showPage(stay, page);
      if (await isOn(siteId)) tell(stay);
    },

    /** The visitor with this token has a record now. */
    know({ siteId, tokenHash, visitorId }: { siteId: string; tokenHash: string; visitorId: string }): void {
      const stay = find(siteId, tokenHash);
      if (!stay || stay.live.visitorId === visitorId) return;
      stay.live = { ...stay.live, visitorId };
      nameOf(siteId, visitorId)
        .then(async (who) => {
          stay.live = { ...stay.live, ...who };
          if ((await isOn(siteId)) && stay.connections.size > 0) tell(stay);
        })
        .catch(parts.onFailure);
    },

    /** The record of a visitor has changed. */
    renew({ id, siteId, name, verified }: Pick<StoredVisitor, 'id' | 'siteId' | 'name' | 'verified'>): void {
      for (const stay of sites.get(siteId)?.here.values() ?? []) {
        const { live } = stay;
        if (live.visitorId !== id || (live.name === name && live.verified === verified)) continue;
        stay.live = { ...live, name, verified };
        if (stay.isTold) tell(stay);
      }
    },

    /** The site's owner has said whether agents see who is there. */
    changeSite({ id: siteId, settings }: Pick<Site, 'id' | 'settings'>): void {
      for (const stay of sites.get(siteId)?.here.values() ?? []) {
        if (!settings.liveVisitors) untell(stay);
        else if (!stay.isTold) tell(stay);
      }
    },

    async list(
      caller: AgentCaller,
      { siteId }: PayloadOf<AgentRequests, 'live:list'>,
    ): Promise<ReplyOf<AgentRequests, 'live:list'>> {
      await parts.membership.requireMember(caller, siteId);
      if (!(await isOn(siteId))) return { visitors: [], total: 0 };
      const here = [...(sites.get(siteId)?.here.values() ?? [])];
      const visitors = here.filter(({ isTold }) => isTold).map(seen);
      return { visitors: visitors.sort((a, b) => b.sinceMs - a.sinceMs), total: here.length };
    },

    /** Behind a live id; `not_found` when the visitor has left, or agents of the site may not see it. */
    async find(
      siteId: string,
      liveId: string,
    ): Promise<Pick<Stay, 'tokenHash' | 'visit'> & { browser: string }> {
      const here = [...(sites.get(siteId)?.here.values() ?? [])];
      const stay = here.find(({ live, isTold }) => isTold && live.id === liveId);
      if (!stay || !(await isOn(siteId))) throw new RapportError('not_found', { field: 'to.liveId' });
      return { tokenHash: stay.tokenHash, visit: stay.visit, browser: stay.live.browser };
    },

    close(): void {
      roster.close();
      sites.clear();
    },
  };
}

/** Tells as `publisher` does, and lets `onVisitor` hear of every record that agents are told of. */
export function followVisitors(publisher: Publisher, onVisitor: (visitor: StoredVisitor) => void): Publisher {
  return {
    ...publisher,
    toSite(siteId, fact, ...args) {
      publisher.toSite(siteId, fact, ...args);
      const [told] = args;
      if (fact === 'visitor:changed' && 'visitor' in told && 'mergedInto' in told.visitor)
        onVisitor(told.visitor);
    },
  };
}
