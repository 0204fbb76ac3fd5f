import { expect, it } from 'vitest';
import type { AgentCaller } from '../../../../server/domain/caller.ts';
import { createWorkspace } from '../../../../server/domain/workspace.ts';
import { defaultSiteSettings } from '../../../../shared/model/site.ts';
import type { Label, Team } from '../../../../shared/model/workspace.ts';
import { createFakeClock } from '../../../integration/fake-clock.ts';

const siteId = 'sit_1';
const caller: AgentCaller = {
  agent: { id: 'agt_1', name: 'Ada', email: 'ada@example.com', color: '#000000', avatar: null },
  sessionId: 'ags_1',
};
const label = (at: number): Label => ({
  kind: 'label',
  id: `lbl_${at}`,
  name: `label ${at}`,
  color: '#000000',
});
const team: Team = { kind: 'team', id: 'tea_1', name: 'Returns', agentIds: [] };

function create(labels: Label[] = []) {
  const held = { labels, teams: [], canned: [], macros: [] };
  const reviewed: string[] = [];
  const site = { id: siteId, key: 'pk_shop', settings: defaultSiteSettings('Shop', []), createdAtMs: 0 };
  const workspace = createWorkspace({
    clock: createFakeClock(),
    store: {
      workspace: async () => held,
      saveItem: async () => held,
      removeItem: async () => held,
      team: async () => [],
    },
    membership: { requireMember: async () => site, requireOwner: async () => site },
    publisher: { toSite: () => {} },
    onTeamsChange: (id) => void reviewed.push(id),
  });
  return { workspace, reviewed };
}

it('who is in a team decides who gets a conversation: the queue is looked at again, for teams alone', async () => {
  const { workspace, reviewed } = create();
  await workspace.save(caller, { siteId, item: label(1) });
  await workspace.remove(caller, { siteId, kind: 'label', id: 'lbl_1' });
  expect(reviewed).toEqual([]);
  await workspace.save(caller, { siteId, item: team });
  await workspace.remove(caller, { siteId, kind: 'team', id: team.id });
  expect(reviewed).toEqual([siteId, siteId]);
});

it('holds at most 500 of a kind; one that is there can still be changed', async () => {
  const { workspace } = create(Array.from({ length: 500 }, (_, at) => label(at)));
  await expect(workspace.save(caller, { siteId, item: label(500) })).rejects.toMatchObject({
    code: 'too_large',
  });
  await workspace.save(caller, { siteId, item: label(499) });
});
