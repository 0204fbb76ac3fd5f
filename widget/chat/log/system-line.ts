import type { Entry, Sender } from '../../../shared/model/conversation.ts';
import * as logTexts from './log-texts.ts';

const nameOf = (sender: Sender) => (sender.role === 'agent' ? sender.name : null);

/** What an entry that is no message says to the visitor; null when it says nothing. */
export function systemLine(entry: Entry): string | null {
  const agent = nameOf(entry.sender) ?? logTexts.anAgent;
  switch (entry.kind) {
    case 'message':
      return entry.sender.role === 'system' ? entry.payload.text : null;
    case 'assignment': {
      const { agentId, agentName } = entry.payload;
      if (agentName === null) return null;
      const isOwnWish = entry.sender.role === 'agent' && entry.sender.id === agentId;
      return isOwnWish ? logTexts.joined(agentName) : logTexts.willAnswer(agentName);
    }
    case 'status':
      if (entry.payload.status !== 'closed') return logTexts.reopened;
      return entry.sender.role === 'visitor' ? logTexts.endedByYou : logTexts.closedBy(nameOf(entry.sender));
    case 'survey':
      return entry.payload.event === 'answered' ? logTexts.answered(entry.payload.score) : null;
    case 'cobrowse':
      return cobrowseLine(entry.payload, agent);
    default:
      return null;
  }
}

function cobrowseLine(
  payload: Extract<Entry, { kind: 'cobrowse' }>['payload'],
  agent: string,
): string | null {
  switch (payload.event) {
    case 'summary':
    case 'recording_viewed':
      return null;
    case 'recording_stopped':
      return logTexts.recordingStopped;
    case 'recording_deleted':
      return logTexts.recordingDeleted;
    case 'requested':
      return logTexts.cobrowseRequested(agent);
    case 'offered':
      return logTexts.cobrowseOffered;
    case 'accepted':
      return null;
    case 'started':
      return logTexts.cobrowseStarted;
    case 'ended':
      switch (payload.reason) {
        case 'declined':
          return logTexts.cobrowseDeclined;
        case 'visitor_stopped':
          return logTexts.cobrowseVisitorStopped(payload.durationMs);
        case 'agent_stopped':
          return logTexts.cobrowseAgentStopped(agent, payload.durationMs);
        case 'request_expired':
          return logTexts.cobrowseExpired;
        case 'visitor_gone':
          return logTexts.cobrowseGone(payload.durationMs);
        case 'withdrawn':
          return logTexts.cobrowseWithdrawn;
      }
  }
}
