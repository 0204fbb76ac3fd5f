import { RapportError } from '../../shared/errors.ts';
import { maxEventsPerVisitor } from '../../shared/limits.ts';
import type { Visit } from '../../shared/model/page.ts';
import type { AgentRequests, PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { Store, StoredVisitor } from '../store/store.ts';
import type { AgentCaller, VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Connections } from './connections.ts';
import { randomId } from './identifier.ts';
import type { Membership } from './membership.ts';
import type { Presence } from './presence.ts';
import type { Publisher } from './publisher.ts';
import type { SiteDirectory } from './site-directory.ts';

export type Visitors = ReturnType<typeof createVisitors>;

type AgentPayload<E extends keyof AgentRequests> = PayloadOf<AgentRequests, E>;
type AgentReply<E extends keyof AgentRequests> = Promise<ReplyOf<AgentRequests, E>>;

/** What is known of visitors: told by themselves, signed by their site, or changed by agents. */
export function createVisitors(parts: {
  store: Pick<
    Store,
    | 'addEvents'
    | 'changeVisitor'
    | 'conversationsOfVisitors'
    | 'events'
    | 'identifyVisitor'
    | 'mergeVisitor'
    | 'samePerson'
    | 'visitorById'
  >;
  membership: Pick<Membership, 'requireMember'>;
  directory: Pick<SiteDirectory, 'byId'>;
  connections: Pick<Connections, 'endUnproved' | 'knowCustomer' | 'knowVisitor'>;
  presence: Pick<Presence, 'seen'>;
  publisher: Pick<Publisher, 'toSite'>;
  clock: Clock;
}) {
  const { store, membership, connections, presence, publisher, clock } = parts;

  const tell = (...visitors: StoredVisitor[]) => {
    for (const visitor of visitors) {
      publisher.toSite(visitor.siteId, 'visitor:changed', { visitor: presence.seen(visitor) });
    }
  };

  /** A record shows the name of the one it is merged into. */
  const tellWithMerged = async (visitor: StoredVisitor) => {
    const same = await store.samePerson({ siteId: visitor.siteId, visitorId: visitor.id });
    tell(visitor, ...same.filter(({ mergedInto }) => mergedInto?.id === visitor.id));
  };

  const isSignatureRequired = async (siteId: string) =>
    (await parts.directory.byId(siteId))?.settings.identity.mode === 'required';

  const read = async (siteId: string, visitorId: string): Promise<StoredVisitor> => {
    const visitor = await store.visitorById({ siteId, visitorId });
    if (!visitor) throw new RapportError('not_found');
    return visitor;
  };

  return {
    /**
     * What the site has signed becomes the record of this browser, which is made if there is none. A caller without
     * a proved identity stays as it is, and nothing is written.
     */
    async know(caller: VisitorCaller, visit: Visit): Promise<VisitorCaller> {
      const { siteId, tokenHash, identity, browser } = caller;
      if (!identity) return caller;
      const { externalId, name, email, attributes } = identity;
      const visitor = await store.identifyVisitor({
        siteId,
        tokenHash,
        visitorId: caller.visitorId ?? randomId('visitor'),
        externalId,
        name,
        email,
        attributes,
        visit,
        browser,
        nowMs: clock.nowMs(),
      });
      if (await isSignatureRequired(siteId)) connections.endUnproved(siteId, tokenHash);
      connections.knowVisitor({ siteId, tokenHash, visitorId: visitor.id });
      connections.knowCustomer({ siteId, externalId, visitorId: visitor.id });
      await tellWithMerged(visitor);
      const visitorIds = [...new Set([visitor.id, ...caller.visitorIds])];
      return { ...caller, visitorId: visitor.id, visitorIds };
    },

    /** Unsigned words. Of a site that requires its own signature they are no name and no address. */
    async update(
      caller: VisitorCaller,
      { change }: PayloadOf<VisitorRequests, 'visitor:update'>,
    ): Promise<ReplyOf<VisitorRequests, 'visitor:update'>> {
      const { siteId, visitorId } = caller;
      const isNamed = change.name !== undefined || change.email !== undefined;
      if (isNamed && (await isSignatureRequired(siteId))) throw new RapportError('identity_required');
      if (visitorId === null) throw new RapportError('wrong_phase');
      await tellWithMerged(await store.changeVisitor({ siteId, visitorId, change, nowMs: clock.nowMs() }));
      return {};
    },

    async track(
      { siteId, visitorId }: VisitorCaller,
      { events }: PayloadOf<VisitorRequests, 'event:track'>,
    ): Promise<ReplyOf<VisitorRequests, 'event:track'>> {
      if (visitorId === null) throw new RapportError('wrong_phase');
      await store.addEvents({ siteId, visitorId, events, nowMs: clock.nowMs() });
      return {};
    },

    async open(
      caller: AgentCaller,
      { siteId, visitorId }: AgentPayload<'visitor:open'>,
    ): AgentReply<'visitor:open'> {
      await membership.requireMember(caller, siteId);
      const visitor = await read(siteId, visitorId);
      const same = await store.samePerson({ siteId, visitorId });
      const visitorIds = [visitorId, ...same.map(({ id }) => id)];
      const [conversations, events] = await Promise.all([
        store.conversationsOfVisitors({ siteId, visitorIds }),
        Promise.all(visitorIds.map((id) => store.events({ siteId, visitorId: id }))),
      ]);
      return {
        visitor: presence.seen(visitor),
        same: same.map(presence.seen),
        conversations,
        events: events
          .flat()
          .sort((a, b) => b.atMs - a.atMs)
          .slice(0, maxEventsPerVisitor),
      };
    },

    /** Not name and address of a verified customer: those stand as the site signed them. */
    async change(
      caller: AgentCaller,
      { siteId, visitorId, change }: AgentPayload<'visitor:change'>,
    ): AgentReply<'visitor:change'> {
      await membership.requireMember(caller, siteId);
      const { verified } = await read(siteId, visitorId);
      const signed = (['name', 'email'] as const).find((part) => change[part] !== undefined);
      if (verified && signed) throw new RapportError('forbidden', { field: `change.${signed}` });
      const visitor = await store.changeVisitor({ siteId, visitorId, change, nowMs: clock.nowMs() });
      await tellWithMerged(visitor);
      return { visitor: presence.seen(visitor) };
    },

    async merge(
      caller: AgentCaller,
      { siteId, visitorId, intoId }: AgentPayload<'visitor:merge'>,
    ): AgentReply<'visitor:merge'> {
      await membership.requireMember(caller, siteId);
      const visitor = await store.mergeVisitor({ siteId, visitorId, intoId });
      tell(visitor, await read(siteId, intoId));
      return { visitor: presence.seen(visitor) };
    },

    async unmerge(
      caller: AgentCaller,
      { siteId, visitorId }: AgentPayload<'visitor:unmerge'>,
    ): AgentReply<'visitor:unmerge'> {
      await membership.requireMember(caller, siteId);
      const { mergedInto } = await read(siteId, visitorId);
      const visitor = await store.mergeVisitor({ siteId, visitorId, intoId: null });
      tell(visitor);
      if (mergedInto) tell(await read(siteId, mergedInto.id));
      return { visitor: presence.seen(visitor) };
    },
  };
}
