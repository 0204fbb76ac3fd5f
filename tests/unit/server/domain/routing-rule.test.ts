import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextAssignments,
  queuePlaces,
  type Server,
  serversOf,
  type Waiting,
} from '../../../../server/domain/routing-rule.ts';

const waiting = (...teamIds: Array<string | null>): Waiting[] =>
  teamIds.map((teamId, at) => ({ conversationId: `cnv_${at + 1}`, teamId }));
const server = (agentId: string, facts: Partial<Server> = {}): Server => ({
  agentId,
  open: 0,
  capacity: 2,
  lastAssignedAtMs: 0,
  ...facts,
});
const noTeams = new Map<string, ReadonlySet<string>>();
const given = (...args: Parameters<typeof nextAssignments>) =>
  nextAssignments(...args).map(({ conversationId, agentId }) => `${conversationId} to ${agentId}`);

describe('who gets the next conversation', () => {
  it('goes round, beginning with the one whose turn was longest ago', () => {
    const servers = [server('ada', { lastAssignedAtMs: 20 }), server('bea', { lastAssignedAtMs: 10 })];
    expect(given(waiting(null, null, null), servers, noTeams)).toEqual([
      'cnv_1 to bea',
      'cnv_2 to ada',
      'cnv_3 to bea',
    ]);
  });

  it('nobody gets more than there is room for; who finds nobody waits', () => {
    const servers = [server('ada', { open: 2 }), server('bea', { open: 1 })];
    expect(given(waiting(null, null), servers, noTeams)).toEqual(['cnv_1 to bea']);
  });

  it('a team’s conversation goes to its members, and those behind it are not held up', () => {
    const teams = new Map([['tea_1', new Set(['ada'])]]);
    const servers = [server('ada', { open: 2 }), server('bea')];
    expect(given(waiting('tea_1', null), servers, teams)).toEqual(['cnv_2 to bea']);
  });

  it('a team that is gone keeps nobody waiting', () => {
    expect(given(waiting('tea_gone'), [server('ada')], noTeams)).toEqual(['cnv_1 to ada']);
  });

  it('the agent’s own capacity counts, else the site’s; those who are away get nothing', () => {
    const load = { open: 3, lastAssignedAtMs: 0 };
    const loads = [
      { agentId: 'ada', capacity: null, ...load },
      { agentId: 'bea', capacity: 9, ...load },
      { agentId: 'cleo', capacity: null, ...load },
    ];
    expect(
      serversOf(loads, new Set(['ada', 'bea']), 4).map(({ agentId, capacity }) => [agentId, capacity]),
    ).toEqual([
      ['ada', 4],
      ['bea', 9],
    ]);
  });

  it('whatever comes together, no capacity is overrun and nobody is given away twice', () => {
    const agent = fc.record({
      open: fc.nat(5),
      capacity: fc.integer({ min: 1, max: 5 }),
      lastAssignedAtMs: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(agent, { maxLength: 6 }), fc.nat(30), (agents, count) => {
        const servers = agents.map((facts, at) => server(`agt_${at}`, facts));
        const assignments = nextAssignments(waiting(...Array(count).fill(null)), servers, noTeams);
        expect(new Set(assignments.map(({ conversationId }) => conversationId)).size).toBe(
          assignments.length,
        );
        const room = servers.reduce((sum, { open, capacity }) => sum + Math.max(0, capacity - open), 0);
        expect(assignments).toHaveLength(Math.min(count, room));
        for (const { agentId, open, capacity } of servers) {
          const more = assignments.filter((one) => one.agentId === agentId).length;
          expect(more === 0 || open + more <= capacity).toBe(true);
        }
      }),
    );
  });
});

describe('places in the queue', () => {
  const full = (agentId: string) => server(agentId, { open: 2 });
  const places = (...args: Parameters<typeof queuePlaces>) => [...queuePlaces(...args)];

  it('are counted while all who are there are busy', () => {
    expect(places(waiting(null, null), [full('ada'), full('bea')], noTeams)).toEqual([
      ['cnv_1', 1],
      ['cnv_2', 2],
    ]);
  });

  it('there are none while somebody has room, and none when nobody is there', () => {
    expect(places(waiting(null), [full('ada'), server('bea')], noTeams)).toEqual([]);
    expect(places(waiting(null), [], noTeams)).toEqual([]);
  });

  it('count those who wait for the same agents only', () => {
    const teams = new Map([
      ['tea_1', new Set(['ada'])],
      ['tea_2', new Set(['bea'])],
    ]);
    expect(places(waiting('tea_1', 'tea_2', null, 'tea_1'), [full('ada'), full('bea')], teams)).toEqual([
      ['cnv_1', 1],
      ['cnv_2', 1],
      ['cnv_3', 3],
      ['cnv_4', 3],
    ]);
  });
});
