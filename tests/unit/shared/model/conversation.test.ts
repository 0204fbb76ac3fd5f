import { describe, expect, it } from 'vitest';
import { applyEntry, type Entry, newConversation } from '../../../../shared/model/conversation.ts';
import { agentIds, conversationId, visitorId } from './entries-arbitrary.ts';

const empty = newConversation({ id: conversationId, siteId: 'sit_a', visitorId, createdAtMs: 1 });
const visitor = { role: 'visitor', id: visitorId, name: null } as const;
const agent = { role: 'agent', id: agentIds[0], name: 'Mira', color: '#0072b2' } as const;

type Line = Pick<Entry, 'kind' | 'sender' | 'payload'>;

/** The conversation after these lines, one a second. */
function stateAfter(...lines: Line[]) {
  return lines.reduce(
    (state, line, index) =>
      applyEntry(state, {
        ...line,
        conversationId,
        seq: index + 1,
        clientId: `c${index}`,
        atMs: 1_000 * (index + 1),
      } as Entry),
    empty,
  );
}
const says = (sender: typeof visitor | typeof agent, text = 'Hello'): Line => ({
  kind: 'message',
  sender,
  payload: { text },
});
const cobrowse = (payload: Extract<Entry, { kind: 'cobrowse' }>['payload']): Line => ({
  kind: 'cobrowse',
  sender: visitor,
  payload,
});
const offered = cobrowse({ event: 'offered', sessionId: 'cbs_a' });
const ended = cobrowse({ event: 'ended', sessionId: 'cbs_a', reason: 'withdrawn', durationMs: 0 });

describe('who waits', () => {
  it('a visitor since the first word that nobody answered', () => {
    expect(stateAfter(says(visitor), says(visitor)).waitingSinceMs).toBe(1_000);
    expect(stateAfter(says(visitor), says(agent)).waitingSinceMs).toBeNull();
  });

  it('a visitor who offers the page, until somebody looks or the offer is over', () => {
    expect(stateAfter(offered).waitingSinceMs).toBe(1_000);
    expect(stateAfter(offered, cobrowse({ event: 'started', sessionId: 'cbs_a' })).waitingSinceMs).toBeNull();
    expect(stateAfter(offered, ended).waitingSinceMs).toBeNull();
  });

  it('a visitor whose offer is over and whose message is not answered still waits', () => {
    expect(stateAfter(says(visitor), offered, ended).waitingSinceMs).toBe(1_000);
  });

  it('nobody in a closed conversation', () => {
    expect(
      stateAfter(says(visitor), { kind: 'status', sender: agent, payload: { status: 'closed' } })
        .waitingSinceMs,
    ).toBeNull();
  });
});

describe('a snoozed conversation', () => {
  const snoozed: Line = { kind: 'status', sender: agent, payload: { status: 'snoozed', untilMs: 9_000 } };

  it('says until when, and opens when the visitor writes', () => {
    expect(stateAfter(says(visitor), snoozed)).toMatchObject({ status: 'snoozed', snoozedUntilMs: 9_000 });
    expect(stateAfter(snoozed, says(visitor))).toMatchObject({ status: 'open', snoozedUntilMs: null });
  });
});

describe('what stands in the list', () => {
  const message = (payload: Extract<Entry, { kind: 'message' }>['payload']): Line => ({
    kind: 'message',
    sender: visitor,
    payload,
  });
  const plan = {
    id: 'fil_a',
    name: 'plan.pdf',
    mime: 'application/pdf',
    sizeBytes: 9,
    widthPx: null,
    heightPx: null,
  };

  it('the names of files that came without words', () => {
    expect(stateAfter(message({ text: '', files: [plan] })).lastMessage?.preview).toBe('plan.pdf');
  });

  it('the words after an edit, and none after the message was taken back', () => {
    const edited = stateAfter(says(visitor), {
      kind: 'edit',
      sender: visitor,
      payload: { of: 'message', seq: 1, text: 'Hi' },
    });
    expect(edited.lastMessage?.preview).toBe('Hi');
    const takenBack = stateAfter(says(visitor), {
      kind: 'deletion',
      sender: visitor,
      payload: { of: 'message', seq: 1 },
    });
    expect(takenBack.lastMessage?.preview).toBe('');
  });

  it('nothing of a note', () => {
    const note: Line = { kind: 'note', sender: agent, payload: { text: 'Careful', mentions: [agentIds[1]] } };
    expect(stateAfter(says(visitor), note)).toMatchObject({
      lastMessage: { preview: 'Hello' },
      mentions: [agentIds[1]],
      waitingSinceMs: 1_000,
    });
  });
});

it('the time to the first answer is counted once', () => {
  expect(stateAfter(says(visitor), says(agent), says(visitor), says(agent)).firstReplyAfterMs).toBe(1_000);
});
