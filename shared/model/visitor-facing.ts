import type { ConversationState, Entry } from './conversation.ts';

/**
 * What a visitor gets of an entry. Entries for agents only become `hidden`: they keep their number, so that the
 * visitor's gap check works, and nothing else of theirs leaves the server. Advancing {@link visitorFacingState} by what
 * this returns equals {@link visitorFacingState} of the advanced state.
 */
export function visitorFacingEntry(entry: Entry): Entry {
  switch (entry.kind) {
    case 'note':
    case 'labels':
    case 'priority':
      return hidden(entry);
    case 'edit':
    case 'deletion':
      return entry.payload.of === 'note' ? hidden(entry) : entry;
    case 'status':
      return entry.payload.status === 'snoozed' ? { ...entry, payload: { status: 'open' } } : entry;
    case 'assignment':
      return {
        ...entry,
        payload: { agentId: entry.payload.agentId, agentName: entry.payload.agentName },
      };
    case 'cobrowse':
      return entry.payload.event === 'recording_viewed' ? hidden(entry) : entry;
    default:
      return entry;
  }
}

function hidden({ conversationId, seq, atMs }: Entry): Entry {
  // The number says enough: not even the client id or the sender of a note is the visitor's business.
  return {
    conversationId,
    seq,
    kind: 'hidden',
    clientId: `hidden-${seq}`,
    sender: { role: 'system' },
    payload: {},
    atMs,
  };
}

/** What a visitor gets of a conversation. */
export function visitorFacingState(state: ConversationState): ConversationState {
  return {
    ...state,
    status: state.status === 'closed' ? 'closed' : 'open',
    snoozedUntilMs: null,
    team: null,
    priority: 'normal',
    labels: [],
    mentions: [],
  };
}
