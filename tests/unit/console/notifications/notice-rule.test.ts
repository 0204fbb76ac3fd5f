import { describe, expect, it } from 'vitest';
import { entryNotice, noticeWords, waitingNotice } from '../../../../console/notifications/notice-rule.ts';
import {
  type ConversationState,
  type Entry,
  newConversation,
} from '../../../../shared/model/conversation.ts';
import { me, siteId, visitorOf } from '../log-story.ts';

const nowMs = 1_000_000;
const listener = { agentId: me.id, availability: 'online' as const, nowMs };
const row = (facts: Partial<ConversationState> = {}) => ({
  conversation: {
    ...newConversation({ id: 'cnv_1', siteId, visitorId: 'vis_1', createdAtMs: 1 }),
    waitingSinceMs: nowMs,
    ...facts,
  },
  visitor: { ...visitorOf('vis_1'), name: 'Ada' },
});
const own = { assignee: { id: me.id, name: me.name } };
const colleague = { role: 'agent', id: 'agt_ben', name: 'Ben', color: '#a34700' } as const;
const visitor = { role: 'visitor', id: 'vis_1', name: 'Ada' } as const;
const entry = (part: Pick<Entry, 'kind' | 'payload' | 'sender'>, atMs = nowMs) =>
  ({ conversationId: 'cnv_1', seq: 2, clientId: 'c', atMs, ...part }) as Entry;
const message = entry({ kind: 'message', payload: { text: 'Hello' }, sender: visitor });
const mention = entry({
  kind: 'note',
  payload: { text: '@Mara look', mentions: [me.id] },
  sender: colleague,
});

describe('what is worth a notice', () => {
  it('a visitor’s message in an own conversation, also while away', () => {
    expect(entryNotice(message, row(own), listener)).toBe('own');
    expect(entryNotice(message, row(own), { ...listener, availability: 'away' })).toBe('own');
  });

  it('a message that nobody has taken, only while available', () => {
    expect(entryNotice(message, row(), listener)).toBe('unassigned');
    expect(entryNotice(message, row(), { ...listener, availability: 'away' })).toBeNull();
  });

  it('a mention and an assignment by somebody else, never what one did oneself', () => {
    expect(entryNotice(mention, null, listener)).toBe('mention');
    const given = { agentId: me.id, agentName: me.name };
    const assignment = entry({ kind: 'assignment', payload: given, sender: colleague });
    expect(entryNotice(assignment, row(own), listener)).toBe('assigned');
    const self = { role: 'agent', ...me } as const;
    expect(entryNotice({ ...assignment, sender: self }, row(own), listener)).toBeNull();
    expect(entryNotice({ ...mention, sender: self }, row(own), listener)).toBeNull();
  });

  it('nothing of colleagues’ conversations, of answers, and of what was missed long ago', () => {
    const taken = row({ assignee: { id: 'agt_ben', name: 'Ben' } });
    expect(entryNotice(message, taken, listener)).toBeNull();
    expect(entryNotice({ ...message, sender: colleague }, row(own), listener)).toBeNull();
    expect(entryNotice({ ...message, atMs: nowMs - 61_000 }, row(own), listener)).toBeNull();
    expect(waitingNotice(row({ waitingSinceMs: null }), listener)).toBeNull();
    expect(waitingNotice(row({ status: 'snoozed' }), listener)).toBeNull();
  });

  it('a message of a conversation that is not known yet waits for it', () => {
    expect(entryNotice(message, null, listener)).toBe('unknown');
  });
});

it('a notice says who, and the first words', () => {
  expect(noticeWords('own', row(), message)).toEqual({ title: 'Ada', body: 'Hello' });
  const marked = { ...message, payload: { text: '**Hi**,\nmy *order*?' } } as Entry;
  expect(noticeWords('own', row(), marked).body).toBe('Hi, my order?');
  expect(noticeWords('mention', row(), mention)).toEqual({ title: 'Ben mentions you', body: '@Mara look' });
  const long = { ...message, payload: { text: 'x'.repeat(500) } } as Entry;
  expect(noticeWords('unassigned', row(), long).body).toHaveLength(140);
});
