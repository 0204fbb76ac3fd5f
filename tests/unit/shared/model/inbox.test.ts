import { describe, expect, it } from 'vitest';
import { type ConversationState, newConversation } from '../../../../shared/model/conversation.ts';
import { inboxKey, isInView, matchesFilter, noFilter } from '../../../../shared/model/inbox.ts';

const conversation = (facts: Partial<ConversationState>): ConversationState => ({
  ...newConversation({ id: 'cnv_a', siteId: 'sit_a', visitorId: 'vis_a', createdAtMs: 1_000 }),
  ...facts,
});
const answered = (atMs: number) =>
  conversation({ lastMessage: { role: 'agent', preview: 'Hi', atMs, seq: 1 }, waitingSinceMs: null });

describe('order of the inbox', () => {
  it('who waits longest comes first, then what moved last', () => {
    const waitsLong = conversation({ waitingSinceMs: 5_000 });
    const waitsShort = conversation({ waitingSinceMs: 9_000 });
    const keys = [waitsLong, waitsShort, answered(80_000), answered(7_000)].map(inboxKey);

    expect(keys).toEqual([...keys].sort((a, b) => a - b));
  });

  it('a visitor who waits in a closed or snoozed conversation does not', () => {
    expect(inboxKey(conversation({ status: 'closed', waitingSinceMs: 5 }))).toBe(inboxKey(conversation({})));
    expect(inboxKey(conversation({ status: 'snoozed', snoozedUntilMs: 70_000, waitingSinceMs: 5 }))).toBe(
      70_000,
    );
  });

  it('is exact for every time that a clock shows', () => {
    const inTenThousandYears = 317_000_000_000_000;
    expect(Number.isSafeInteger(inboxKey(answered(inTenThousandYears)))).toBe(true);
    expect(inboxKey(answered(inTenThousandYears))).toBeGreaterThan(inTenThousandYears);
  });
});

describe('views', () => {
  const mine = conversation({ assignee: { id: 'agt_me', name: 'Me' }, mentions: ['agt_other'] });

  it.each([
    ['mine', true],
    ['unassigned', false],
    ['all', true],
    ['mentions', false],
    ['snoozed', false],
    ['closed', false],
  ] as const)('an open conversation of mine, %s: %s', (view, expected) => {
    expect(isInView(view, mine, 'agt_me')).toBe(expected);
  });

  it('mentions hold closed conversations too', () => {
    expect(isInView('mentions', { ...mine, status: 'closed' }, 'agt_other')).toBe(true);
  });
});

it('a filter wants all of its labels, the team and the signature', () => {
  const state = conversation({ labels: ['lbl_a', 'lbl_b'], team: { id: 'tea_a', name: 'Returns' } });
  const matches = (filter: Partial<typeof noFilter>, verified = false) =>
    matchesFilter({ ...noFilter, ...filter }, state, { verified });

  expect(matches({})).toBe(true);
  expect(matches({ labelIds: ['lbl_a', 'lbl_b'], teamId: 'tea_a' })).toBe(true);
  expect(matches({ labelIds: ['lbl_a', 'lbl_c'] })).toBe(false);
  expect(matches({ teamId: 'tea_b' })).toBe(false);
  expect(matches({ verifiedOnly: true })).toBe(false);
  expect(matches({ verifiedOnly: true }, true)).toBe(true);
});
