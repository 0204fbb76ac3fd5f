import type { Entry, Sender } from '../../shared/model/conversation.ts';
import { texts } from '../texts.ts';

const nameOf = (sender: Sender) => (sender.role === 'agent' ? sender.name : null);

/** What an entry that is no message says to the visitor; null when it says nothing. */
export function systemLine(entry: Exclude<Entry, { kind: 'message' }>): string | null {
  const agent = nameOf(entry.sender) ?? texts.anAgent;
  switch (entry.kind) {
    case 'read':
      return null;
    case 'assignment': {
      const { agentId, agentName } = entry.payload;
      if (agentName === null) return null;
      const isOwnWish = entry.sender.role === 'agent' && entry.sender.id === agentId;
      return isOwnWish ? texts.joined(agentName) : texts.willAnswer(agentName);
    }
    case 'status':
      return entry.payload.status === 'resolved' ? texts.resolvedBy(nameOf(entry.sender)) : texts.reopened;
    case 'survey': {
      if (entry.payload.event !== 'answered') return null;
      const { score } = entry.payload;
      return texts.answered(texts.scores[score - 1] ?? '', score);
    }
    case 'cobrowse':
      return cobrowseLine(entry.payload, agent);
  }
}

function cobrowseLine(
  payload: Extract<Entry, { kind: 'cobrowse' }>['payload'],
  agent: string,
): string | null {
  switch (payload.event) {
    case 'requested':
      return texts.cobrowseRequested(agent);
    case 'offered':
      return texts.cobrowseOffered;
    case 'accepted':
      return null;
    case 'started':
      return texts.cobrowseStarted;
    case 'ended':
      switch (payload.reason) {
        case 'declined':
          return texts.cobrowseDeclined;
        case 'visitor_stopped':
          return texts.cobrowseVisitorStopped(payload.durationMs);
        case 'agent_stopped':
          return texts.cobrowseAgentStopped(agent, payload.durationMs);
        case 'request_expired':
          return texts.cobrowseExpired;
        case 'visitor_gone':
          return texts.cobrowseGone(payload.durationMs);
        case 'withdrawn':
          return texts.cobrowseWithdrawn;
      }
  }
}
