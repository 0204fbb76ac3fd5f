import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../shared/model/conversation.ts';
import {
  firstSeq,
  followUntilMs,
  hearHead,
  hearState,
  isBehind,
  latestOpen,
  newLog,
  receive,
  unreadCount,
  withEarlier,
  withEntries,
} from '../../../widget/conversation-log.ts';
import { ada, emptyState, entry, says, stateAfter, system, visitor } from './log-entries.ts';

const story: Entry[] = [
  says(1, visitor, 'Is the oak chair in stock?'),
  entry(2, ada, 'assignment', { agentId: 'agt_ada', agentName: 'Ada' }),
  says(3, ada, 'Yes, twelve of them.'),
  entry(4, visitor, 'read', { seq: 3 }),
  entry(5, ada, 'read', { seq: 1 }),
  entry(6, ada, 'cobrowse', { event: 'requested', sessionId: 'cbs_1' }),
  says(7, visitor, 'Thank you!'),
  entry(8, ada, 'status', { status: 'closed' }),
  entry(9, system, 'survey', { event: 'asked', surveyId: 'srv_1' }),
  entry(10, visitor, 'edit', { of: 'message', seq: 7, text: 'Thank you' }),
  entry(11, visitor, 'deletion', { of: 'message', seq: 7 }),
  entry(12, system, 'hidden', {}),
  entry(13, ada, 'delivered', { seq: 7 }),
  entry(14, visitor, 'form', { fields: [], consent: null }),
];

describe('a browser’s copy of a conversation', () => {
  it('equals the server’s state after every kind of entry', () => {
    for (let length = 1; length <= story.length; length += 1) {
      const log = receive(newLog(emptyState), story.slice(0, length));
      expect(log.state).toEqual(stateAfter(story.slice(0, length)));
    }
  });

  it('is the same whatever the order of arrival, with repeats', () => {
    const shuffled = [8, 2, 2, 13, 0, 5, 1, 12, 10, 3, 3, 4, 9, 7, 6, 0, 11].map(
      (index) => story[index] as Entry,
    );
    let log = withEntries(newLog(emptyState), []);
    for (const each of shuffled) log = receive(log, [each]);
    expect(log.state).toEqual(stateAfter(story));
    expect(log.entries).toEqual(story);
    expect(log.ahead).toEqual([]);
  });

  it('knows that it is behind while an entry between is missing', () => {
    const log = receive(receive(newLog(emptyState), story.slice(0, 2)), story.slice(3, 5));
    expect(log.state.lastSeq).toBe(2);
    expect(isBehind(log)).toBe(true);
    expect(isBehind(receive(log, story.slice(2, 3)))).toBe(false);
  });

  it('learns from a beat that it missed the newest entries', () => {
    const log = receive(newLog(emptyState), story.slice(0, 4));
    expect(isBehind(log)).toBe(false);
    expect(isBehind(hearHead(log, 6))).toBe(true);
  });

  it('keeps the entries it has when the server tells a newer state, and fetches the rest', () => {
    const loaded = withEntries(newLog(stateAfter(story.slice(0, 3))), story.slice(0, 3));
    const log = hearState(loaded, stateAfter(story));
    expect(log.entries).toEqual(story.slice(0, 3));
    expect(isBehind(log)).toBe(true);
    expect(receive(log, story.slice(3)).state).toEqual(stateAfter(story));
  });

  it('takes the newer state as it is when its entries were never looked at', () => {
    const log = hearState(newLog(stateAfter(story.slice(0, 3))), stateAfter(story));
    expect(log.state).toEqual(stateAfter(story));
    expect(isBehind(log)).toBe(false);
  });

  it('may hold the newest entries alone, and takes earlier ones before them', () => {
    const newest = withEntries(newLog(stateAfter(story.slice(0, 6))), story.slice(3, 6));
    expect(firstSeq(newest)).toBe(4);
    const later = receive(newest, story.slice(6));
    expect(later.state).toEqual(stateAfter(story));
    const whole = withEarlier(later, story.slice(0, 5));
    expect(whole.entries).toEqual(story);
    expect(firstSeq(whole)).toBe(1);
  });

  it('applies what arrived while it was being loaded', () => {
    const whileLoading = receive(newLog(stateAfter(story.slice(0, 4))), story.slice(5, 7));
    const log = withEntries(whileLoading, story.slice(0, 5));
    expect(log.entries).toEqual(story.slice(0, 7));
    expect(log.state).toEqual(stateAfter(story.slice(0, 7)));
  });
});

describe('unread messages', () => {
  it('are those that were read neither here nor elsewhere', () => {
    const state = stateAfter([says(1, visitor, 'a'), says(2, ada, 'b'), says(3, ada, 'c')]);
    expect(unreadCount(state)).toBe(2);
    expect(unreadCount(state, 2)).toBe(1);
  });
});

describe('following a conversation', () => {
  const hourMs = 60 * 60_000;

  it('lasts weeks while it is open and a day after it is closed', () => {
    const open = stateAfter(story.slice(0, 3));
    const closed = { ...stateAfter(story.slice(0, 8)), survey: { state: 'none' as const } };
    expect(followUntilMs(open)).toBeGreaterThan(20 * 24 * hourMs);
    expect(followUntilMs({ ...closed, unreadByVisitor: [] })).toBeLessThan(25 * hourMs);
  });

  it('goes on for a question that stands', () => {
    const asked = { ...stateAfter(story), unreadByVisitor: [] };
    expect(followUntilMs(asked)).toBeGreaterThan(20 * 24 * hourMs);
  });
});

it('an offer to show the page belongs to the open conversation in which something was said last', () => {
  const log = (id: string, status: 'open' | 'closed', createdAtMs: number) =>
    newLog({ ...emptyState, id, status, createdAtMs });
  expect(latestOpen({})).toBeNull();
  expect(latestOpen({ a: log('a', 'closed', 3) })).toBeNull();
  expect(latestOpen({ a: log('a', 'open', 1), b: log('b', 'open', 2), c: log('c', 'closed', 3) })).toBe('b');
});
