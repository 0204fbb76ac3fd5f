import { describe, expect, it } from 'vitest';
import { isSameScope, mayEnterList, movesCounts, standsIn } from '../../../console/inbox-scope.ts';
import { type ConversationState, type Entry, newConversation } from '../../../shared/model/conversation.ts';
import { noFilter } from '../../../shared/model/inbox.ts';
import { me, siteId, visitorOf } from './log-story.ts';

const scope = { siteIds: [siteId], filter: noFilter };
const row = (facts: Partial<ConversationState> = {}) => ({
  conversation: {
    ...newConversation({ id: 'cnv_1', siteId, visitorId: 'vis_1', createdAtMs: 1 }),
    ...facts,
  },
  visitor: visitorOf('vis_1'),
});
const entry = (kind: Entry['kind'], payload: object): Entry =>
  ({
    conversationId: 'cnv_1',
    seq: 2,
    clientId: 'c',
    sender: { role: 'system' },
    atMs: 1,
    kind,
    payload,
  }) as Entry;

describe('the scope of an inbox', () => {
  it('is the same whatever the order of its sites and labels', () => {
    const labels = (...labelIds: string[]) => ({ siteIds: ['a', 'b'], filter: { ...noFilter, labelIds } });
    expect(isSameScope(labels('x', 'y'), { ...labels('y', 'x'), siteIds: ['b', 'a'] })).toBe(true);
    expect(isSameScope(labels('x'), labels('x', 'y'))).toBe(false);
    expect(isSameScope(scope, { ...scope, filter: { ...noFilter, verifiedOnly: true } })).toBe(false);
  });

  it('leaves out other sites', () => {
    expect(standsIn('all', scope, row(), me.id)).toBe(true);
    expect(standsIn('all', scope, row({ siteId: 'sit_other' }), me.id)).toBe(false);
  });

  it('is counted anew when a conversation changes its view, not when it only moves up', () => {
    const open = row();
    expect(movesCounts(open, row({ lastSeq: 9, waitingSinceMs: 5 }), scope, me.id)).toBe(false);
    expect(movesCounts(open, row({ assignee: { id: me.id, name: me.name } }), scope, me.id)).toBe(true);
    expect(movesCounts(open, row({ status: 'closed' }), scope, me.id)).toBe(true);
    expect(movesCounts(null, open, scope, me.id)).toBe(true);
    expect(movesCounts(null, row({ siteId: 'sit_other' }), scope, me.id)).toBe(false);
  });

  it('is fetched for an unknown conversation only after what may bring it in', () => {
    const labelled = { ...scope, filter: { ...noFilter, labelIds: ['lbl_1'] } };
    expect(mayEnterList(entry('message', { text: 'Hello' }), scope)).toBe(true);
    expect(mayEnterList(entry('assignment', { agentId: null, agentName: null }), scope)).toBe(true);
    expect(mayEnterList(entry('note', { text: 'x', mentions: [] }), scope)).toBe(false);
    expect(mayEnterList(entry('note', { text: 'x', mentions: [me.id] }), scope)).toBe(true);
    expect(mayEnterList(entry('labels', { added: ['lbl_1'], removed: [] }), scope)).toBe(false);
    expect(mayEnterList(entry('labels', { added: ['lbl_1'], removed: [] }), labelled)).toBe(true);
    for (const kind of ['read', 'delivered', 'cobrowse', 'edit', 'priority'] as const) {
      expect(mayEnterList(entry(kind, {}), labelled)).toBe(false);
    }
  });
});
