import { expect, it } from 'vitest';
import { type MacroFacts, macroEntries } from '../../../../server/domain/macro-entries.ts';
import { takingId } from '../../../../server/domain/taking-entry.ts';
import type { MacroAction } from '../../../../shared/model/workspace.ts';

const ada = { id: 'agt_ada', name: 'Ada Lovelace' };
const bea = { id: 'agt_bea', name: 'Bea' };
const returns = { kind: 'team' as const, id: 'tea_1', name: 'Returns', agentIds: [] };

const run = (actions: MacroAction[], facts: Partial<MacroFacts> = {}) =>
  macroEntries(
    { actions },
    {
      conversation: { id: 'cnv_1', assignee: null, team: null },
      agent: ada,
      members: [ada, bea],
      teams: [returns],
      labels: [{ kind: 'label', id: 'lbl_1', name: 'refund', color: '#000000' }],
      values: {
        'visitor.name': null,
        'visitor.firstName': null,
        'visitor.email': null,
        'agent.name': 'Ada Lovelace',
        'agent.firstName': 'Ada',
        'site.name': 'Shop',
        'conversation.id': 'cnv_1',
      },
      clientIdOf: (place) => `id-${place}`,
      atMs: 1_000,
      ...facts,
    },
  );

it('each action is an entry of its own, in its order, in the agent’s name', () => {
  const entries = run([
    { do: 'send', text: 'Hello {{visitor.firstName|there}}, {{agent.firstName}} from {{site.name}}' },
    { do: 'label', added: ['lbl_1'], removed: [] },
    { do: 'snooze', minutes: 2 },
  ]);
  expect(entries.map(({ kind, payload, clientId }) => [kind, payload, clientId])).toEqual([
    ['message', { text: 'Hello there, Ada from Shop' }, 'id-0'],
    ['assignment', { agentId: ada.id, agentName: ada.name, by: 'hand' }, takingId('id-0')],
    ['labels', { added: ['lbl_1'], removed: [] }, 'id-1'],
    ['status', { status: 'snoozed', untilMs: 121_000 }, 'id-2'],
  ]);
  expect(entries.every(({ sender }) => sender.role === 'agent' && sender.id === ada.id)).toBe(true);
});

it('an answer takes what nobody has, unless somebody has it or the macro says who answers', () => {
  const kinds = (actions: MacroAction[], assignee: MacroFacts['conversation']['assignee'] = null) =>
    run(actions, { conversation: { id: 'cnv_1', assignee, team: null } }).map(({ kind }) => kind);
  const send: MacroAction = { do: 'send', text: 'Hello' };
  expect(kinds([send, send])).toEqual(['message', 'assignment', 'message']);
  expect(kinds([send], bea)).toEqual(['message']);
  expect(kinds([{ do: 'note', text: 'Hm' }])).toEqual(['note']);
  expect(kinds([send, { do: 'assign', agentId: null, teamId: 'tea_1' }])).toEqual(['message', 'assignment']);
});

it('a team without an agent waits in the team; an agent without a team leaves the team as it is', () => {
  const [toTeam, toBea, toNobody] = run([
    { do: 'assign', agentId: null, teamId: 'tea_1' },
    { do: 'assign', agentId: bea.id, teamId: null },
    { do: 'assign', agentId: null, teamId: null },
  ]);
  expect(toTeam?.payload).toMatchObject({ agentId: null, teamId: 'tea_1', teamName: 'Returns' });
  expect(toBea?.payload).toMatchObject({ agentId: bea.id, agentName: 'Bea', teamId: 'tea_1' });
  expect(toNobody?.payload).toMatchObject({ agentId: null, teamId: null });
});

it.each<[string, MacroAction, { code: string; field: string }]>([
  [
    'an agent who left',
    { do: 'assign', agentId: 'agt_gone', teamId: null },
    { code: 'not_found', field: 'actions.1.agentId' },
  ],
  [
    'a team that is gone',
    { do: 'assign', agentId: null, teamId: 'tea_gone' },
    { code: 'not_found', field: 'actions.1.teamId' },
  ],
  [
    'a label that is gone',
    { do: 'label', added: ['lbl_gone'], removed: [] },
    { code: 'not_found', field: 'actions.1.added' },
  ],
  [
    'a name nobody knows',
    { do: 'send', text: 'Hello {{visitor.name}}' },
    { code: 'malformed', field: 'text' },
  ],
  ['a broken variable', { do: 'note', text: 'Hello {{visitor.nam}}' }, { code: 'malformed', field: 'text' }],
  ['a text of nothing', { do: 'send', text: '{{visitor.name|}}' }, { code: 'malformed', field: 'text' }],
])('%s is told at its place', (_, action, refusal) => {
  expect(() => run([{ do: 'priority', priority: 'high' }, action])).toThrow(expect.objectContaining(refusal));
});
