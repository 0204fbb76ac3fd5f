import { describe, expect, it } from 'vitest';
import { newLog } from '../../../widget/conversation-log.ts';
import { badgeOf, connectionReasons } from '../../../widget/outside.ts';
import {
  firstState,
  isSurveyOpen,
  startingView,
  totalUnread,
  type WidgetState,
} from '../../../widget/store.ts';
import { ada, conversationId, entry, says, stateAfter, system, visitor } from './log-entries.ts';

const unknown = { isKept: false, followUntilMs: 0, hasStopped: false };
const withTalk = (...entries: Parameters<typeof stateAfter>[0]): WidgetState => ({
  ...firstState,
  opened: true,
  logs: { [conversationId]: newLog(stateAfter(entries)) },
});
const asked = withTalk(
  says(1, visitor, 'a'),
  entry(2, ada, 'status', { status: 'closed' }),
  entry(3, system, 'survey', { event: 'asked', surveyId: 'srv_1' }),
);
const dismissing: WidgetState['outbox'] = [
  {
    clientId: 'c',
    order: 1,
    task: { kind: 'survey_dismiss', conversationId, surveyId: 'srv_1' },
    composedAtMs: 0,
    tries: 0,
    firstTryAtMs: null,
    state: 'pending',
    error: null,
  },
];

describe('the connection', () => {
  const isWanted = (...args: Parameters<typeof connectionReasons>) =>
    Object.values(connectionReasons(...args)).some(Boolean);

  it('is not there for somebody who only looks at pages', () => {
    expect(isWanted(firstState, unknown, 0)).toBe(false);
  });

  it('is not there for a visitor whose conversations are long over', () => {
    expect(isWanted(firstState, { isKept: true, followUntilMs: 1_000, hasStopped: false }, 2_000)).toBe(
      false,
    );
  });

  it.each<[string, WidgetState, typeof unknown]>([
    ['the panel is open', { ...firstState, panel: 'open' }, unknown],
    ['a message waits', { ...firstState, outbox: dismissing }, unknown],
    ['an answer may come', firstState, { isKept: true, followUntilMs: 9_000, hasStopped: false }],
    ['a stop is not delivered', firstState, { isKept: true, followUntilMs: 0, hasStopped: true }],
  ])('is there when %s', (_, state, kept) => {
    expect(isWanted(state, kept, 5_000)).toBe(true);
  });

  it('is there for agents to see who is on the site, where the site wants that', () => {
    expect(isWanted(firstState, { ...unknown, isLive: true }, 0)).toBe(true);
  });

  it('is not there without the consent that the site asks for, whatever the reason', () => {
    const state: WidgetState = {
      ...firstState,
      consented: false,
      panel: 'open',
      outbox: dismissing,
      pageWaits: true,
    };
    const kept = { isKept: true, followUntilMs: 9_000, hasStopped: true, isLive: true };
    expect(isWanted(state, kept, 5_000)).toBe(false);
    expect(isWanted({ ...state, consented: true }, kept, 5_000)).toBe(true);
  });

  it('does not stay for a failed message, which waits for the visitor', () => {
    const outbox = dismissing.map((item) => ({ ...item, state: 'failed' as const }));
    expect(isWanted({ ...firstState, outbox }, unknown, 0)).toBe(false);
  });
});

describe('the badge', () => {
  it('counts what is unread', () => {
    expect(badgeOf(withTalk(says(1, ada, 'a'), says(2, ada, 'b')))).toEqual({
      text: '2',
      label: '2 unread messages',
    });
  });

  it('shows the last page’s count until the connection tells', () => {
    expect(totalUnread({ ...firstState, keptUnread: 4 })).toBe(4);
    expect(totalUnread({ ...withTalk(), keptUnread: 4 })).toBe(0);
  });

  it('goes at once with what was read in this browser', () => {
    const state = withTalk(says(1, ada, 'a'));
    expect(badgeOf({ ...state, readHere: { [conversationId]: 1 } }).text).toBeNull();
  });

  it('is a dot for a question, until it is answered, dismissed or on screen', () => {
    expect(badgeOf(asked)).toEqual({ text: '', label: 'a question for you' });
    expect(badgeOf({ ...asked, panel: 'open' }).text).toBeNull();
    expect(badgeOf({ ...asked, outbox: dismissing }).text).toBeNull();
    expect(isSurveyOpen({ ...asked, outbox: dismissing }, conversationId)).toBe(false);
  });
});

describe('the panel opens', () => {
  it('on the first view for a new visitor', () => {
    expect(startingView(firstState)).toEqual({ at: 'home' });
  });

  it('on the conversation under way, or the one that asks something', () => {
    const there = { at: 'conversation', conversationId };
    expect(startingView(withTalk(says(1, visitor, 'a')))).toEqual(there);
    expect(startingView(asked)).toEqual(there);
  });

  it('on the first view when everything is closed and read', () => {
    const state = withTalk(says(1, visitor, 'a'), entry(2, ada, 'status', { status: 'closed' }));
    expect(startingView(state)).toEqual({ at: 'home' });
  });

  it('on a first message that has not been sent yet', () => {
    const [item] = dismissing;
    if (!item) throw new Error('no item');
    const task = { kind: 'message' as const, text: 'a', conversationId: null, draftId: 'd' };
    expect(startingView({ ...firstState, outbox: [{ ...item, task }] })).toEqual({
      at: 'draft',
      draftId: 'd',
    });
  });
});
