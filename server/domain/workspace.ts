import { RapportError } from '../../shared/errors.ts';
import { templateFaults } from '../../shared/model/template.ts';
import { type Workspace as Items, isOwnersItem, type WorkspaceItem } from '../../shared/model/workspace.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Membership } from './membership.ts';
import type { Publisher } from './publisher.ts';

/** Items of one kind: every console of the site holds them all. */
const maxItems = 500;

type AgentPayload<E extends keyof AgentRequests> = PayloadOf<AgentRequests, E>;
type AgentReply<E extends keyof AgentRequests> = Promise<ReplyOf<AgentRequests, E>>;

export type Workspace = ReturnType<typeof createWorkspace>;

/** What the agents of a site share: labels, teams, canned replies, macros. */
export function createWorkspace(parts: {
  store: Pick<Store, 'removeItem' | 'saveItem' | 'team' | 'workspace'>;
  membership: Pick<Membership, 'requireMember' | 'requireOwner'>;
  publisher: Pick<Publisher, 'toSite'>;
  /** Who is in which team decides who gets a conversation. */
  onTeamsChange(siteId: string): void;
  clock: Clock;
}) {
  const { store, membership, publisher } = parts;

  const requireRight = (caller: AgentCaller, siteId: string, kind: WorkspaceItem['kind']) =>
    isOwnersItem(kind) ? membership.requireOwner(caller, siteId) : membership.requireMember(caller, siteId);

  const tell = (siteId: string, kind: WorkspaceItem['kind'], workspace: Items) => {
    publisher.toSite(siteId, 'workspace:changed', { siteId, workspace });
    if (kind === 'team') parts.onTeamsChange(siteId);
    return { workspace };
  };

  /** Refuses what would fail when it is used. */
  const check = async (siteId: string, item: WorkspaceItem): Promise<void> => {
    if (textsOf(item).some((text) => templateFaults(text).length > 0)) {
      throw new RapportError('malformed', { field: 'text' });
    }
    if (item.kind === 'team') {
      const members = new Set((await store.team({ siteId })).map(({ agent }) => agent.id));
      if (!item.agentIds.every((id) => members.has(id))) {
        throw new RapportError('not_found', { field: 'agentIds' });
      }
    }
    const all = itemsOf(await store.workspace({ siteId }), item.kind);
    if (all.length >= maxItems && all.every(({ id }) => id !== item.id)) {
      throw new RapportError('too_large', { field: 'item' });
    }
  };

  return {
    async open(
      caller: AgentCaller,
      { siteId }: AgentPayload<'workspace:open'>,
    ): AgentReply<'workspace:open'> {
      await membership.requireMember(caller, siteId);
      return { workspace: await store.workspace({ siteId }) };
    },

    async save(
      caller: AgentCaller,
      { siteId, item }: AgentPayload<'workspace:save'>,
    ): AgentReply<'workspace:save'> {
      await requireRight(caller, siteId, item.kind);
      await check(siteId, item);
      return tell(siteId, item.kind, await store.saveItem({ siteId, item, nowMs: parts.clock.nowMs() }));
    },

    async remove(
      caller: AgentCaller,
      { siteId, kind, id }: AgentPayload<'workspace:remove'>,
    ): AgentReply<'workspace:remove'> {
      await requireRight(caller, siteId, kind);
      return tell(siteId, kind, await store.removeItem({ siteId, kind, id }));
    },
  };
}

/** Texts of an item that may hold variables. */
function textsOf(item: WorkspaceItem): string[] {
  if (item.kind === 'canned') return [item.text];
  if (item.kind !== 'macro') return [];
  return item.actions.flatMap((action) =>
    action.do === 'send' || action.do === 'note' ? [action.text] : [],
  );
}

function itemsOf(workspace: Items, kind: WorkspaceItem['kind']): ReadonlyArray<{ id: string }> {
  switch (kind) {
    case 'label':
      return workspace.labels;
    case 'team':
      return workspace.teams;
    case 'canned':
      return workspace.canned;
    case 'macro':
      return workspace.macros;
  }
}
